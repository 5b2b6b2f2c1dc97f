/* calls the kernel by its 32-bit door
 * gate: rejected
 * box: crash
 * beats: -
 */
#include <stdio.h>

static void attack(void)
{
    long number = 20;

    __asm__ volatile ("int $0x80" : "+a"(number));
    puts("REACHED the 32-bit calls");
}
