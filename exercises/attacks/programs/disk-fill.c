/* writes without an end
 * gate: rejected
 * box: output
 * beats: -
 */
#include <fcntl.h>
#include <unistd.h>

static void attack(void)
{
    static char some[65536];
    int fd = open("/tmp/large", O_WRONLY | O_CREAT, 0600);

    while (write(fd, some, sizeof some) > 0)
        continue;
}
