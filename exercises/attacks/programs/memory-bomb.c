/* takes memory without an end
 * gate: rejected
 * box: memory|timeout
 * beats: -
 */
#include <stdlib.h>
#include <string.h>

static void attack(void)
{
    for (;;) {
        char *p = malloc(1 << 22);
        if (p != NULL)
            memset(p, 1, 1 << 22);
    }
}
