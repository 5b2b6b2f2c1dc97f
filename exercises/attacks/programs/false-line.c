/* says that its lines are the library's
 * gate: rejected
 * box: wrong
 * beats: -
 */
#line 1 "/usr/include/stdio.h"
static void attack(void)
{
    __asm__ volatile ("nop");
}
