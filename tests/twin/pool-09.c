/* chapter: 04 */
/* POOL 9: the bytes are kept across the border, both ways. */
#include <string.h>

#include "support/twin.h"

static void program(void)
{
    char *p = must(coil_memory_alloc(8));

    memcpy(p, "abcdefgh", 8);
    p = must(coil_memory_resize(p, 8, 600));
    printf("%.8s\n", p);
    p = must(coil_memory_resize(p, 600, 8));
    printf("%.8s\n", p);
    coil_memory_free(p, 8);
}

int main(void)
{
    return twin_run(program);
}
