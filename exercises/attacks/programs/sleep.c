/* sleeps
 * gate: rejected
 * box: timeout
 * beats: -
 */
#include <unistd.h>

static void attack(void)
{
    for (;;)
        pause();
}
