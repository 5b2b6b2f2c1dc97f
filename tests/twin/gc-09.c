/* chapter: 03 */
/* GC 9: garbage that lies partly in an old generation. */
#include "support/twin.h"

static void program(void)
{
    coil_obj *a, *b;

    coil_gc_disable();
    a = must(coil_list_new());
    coil_gc_collect(2);
    b = must(coil_list_of(1, a));
    ok(coil_list_append(a, b));
    COIL_CLEAR(a);
    COIL_CLEAR(b);
    for (int g = 0; g < 3; g++)
        printf("collect(%d): %td\n", g, coil_gc_collect(g));
}

int main(void)
{
    return twin_run(program);
}
