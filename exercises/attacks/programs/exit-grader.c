/* ends with what a box that fails ends with
 * gate: rejected
 * box: violation
 * beats: -
 */
#include <unistd.h>

static void attack(void)
{
    _exit(126);
}
