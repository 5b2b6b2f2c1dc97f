/* ends with 0 when it is aborted
 * gate: rejected
 * box: violation
 * beats: exit
 */
#include <signal.h>
#include <unistd.h>

static void quit(int signal)
{
    (void)signal;
    _exit(0);
}
static void attack(void)
{
    signal(SIGABRT, quit);
    raise(SIGABRT);
}
