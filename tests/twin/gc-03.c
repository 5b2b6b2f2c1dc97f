/* chapter: 03 */
/* GC 3: 300 000 lists in each other, released; and closed into a
 * cycle. */
#include "support/twin.h"

static void program(void)
{
    coil_obj *x = must(coil_list_new()), *last;

    coil_gc_disable();
    for (int i = 0; i < 300000; i++)
        x = wrap_steal(x);
    COIL_CLEAR(x);
    printf("released\n");
    printf("collected: %td\n", coil_gc_collect(2));

    last = x = must(coil_list_new());
    for (int i = 0; i < 300000; i++)
        x = wrap_steal(x);
    ok(coil_list_append(last, x));      /* the name is x's, too */
    COIL_CLEAR(x);
    printf("collected: %td\n", coil_gc_collect(2));
}

int main(void)
{
    return twin_run(program);
}
