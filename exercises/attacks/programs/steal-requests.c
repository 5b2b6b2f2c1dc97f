/* reads the next request itself
 * gate: rejected
 * box: timeout
 * beats: -
 */
#include <unistd.h>

static void attack(void)
{
    char some[4096];

    while (read(0, some, sizeof some) > 0)
        continue;
    pause();
}
