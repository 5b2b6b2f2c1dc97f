/* writes verdicts to all descriptors
 * gate: rejected
 * box: violation
 * beats: -
 */
#include <unistd.h>

static void attack(void)
{
    for (int fd = 3; fd < 40; fd++)
        if (write(fd, "ok pass 16\n", 11) < 0)
            continue;
}
