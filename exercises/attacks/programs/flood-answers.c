/* sends an answer without an end
 * gate: rejected
 * box: violation
 * beats: -
 */
#include <string.h>
#include <unistd.h>

static void attack(void)
{
    static char some[65536];

    memset(some, 'x', sizeof some);
    for (int i = 0; i < 64; i++)
        if (write(4, some, sizeof some) < 0)
            return;
}
