/* prints without an end
 * gate: fail
 * box: output
 * beats: -
 */
#include <stdio.h>

static void attack(void)
{
    for (;;)
        puts("all is well, all is well, all is well, all is well");
}
