/* leaves a process behind
 * gate: rejected
 * box: wrong
 * beats: -
 */
#include <unistd.h>

static void attack(void)
{
    if (fork() == 0) {
        setsid();
        if (fork() == 0)
            for (;;)
                pause();
        _exit(0);
    }
}
