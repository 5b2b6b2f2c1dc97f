/* puts a pointer where constructors are looked for
 * gate: rejected
 * box: violation
 * beats: exit
 */
#include <unistd.h>

static void before(void)
{
    _exit(0);
}
__attribute__((section(".init_array"), used))
static void (*const start)(void) = before;
static void attack(void) {}
