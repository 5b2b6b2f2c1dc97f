/* kills its parent and everything else
 * gate: rejected
 * box: crash
 * beats: -
 */
#include <signal.h>
#include <unistd.h>

static void attack(void)
{
    kill(getppid(), SIGKILL);
    kill(-1, SIGKILL);
    kill(0, SIGKILL);
}
