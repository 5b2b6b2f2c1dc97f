/* ends the program before main
 * gate: rejected
 * box: violation
 * beats: exit
 */
#include <unistd.h>

__attribute__((constructor)) static void before(void)
{
    _exit(0);
}
static void attack(void) {}
