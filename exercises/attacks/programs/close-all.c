/* closes all descriptors and stays
 * gate: rejected
 * box: timeout
 * beats: -
 */
#include <unistd.h>

static void attack(void)
{
    for (int fd = 0; fd < 64; fd++)
        close(fd);
    for (;;)
        pause();
}
