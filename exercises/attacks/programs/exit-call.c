/* ends the program with 0 in the first call
 * gate: rejected
 * box: violation
 * beats: exit
 */
#include <stdlib.h>

static void attack(void)
{
    exit(0);
}
