/* chapter: 03 */
/* GC 5: what hangs off a cycle is counted and freed. */
#include "support/twin.h"

static void program(void)
{
    coil_obj *x = must(coil_list_new()), *hanging;

    coil_gc_disable();
    ok(coil_list_append(x, x));
    hanging = must(coil_list_new());
    ok(coil_list_append_steal(hanging, must(coil_list_new())));
    ok(coil_list_append_steal(hanging, must(coil_list_new())));
    ok(coil_list_append_steal(x, hanging));
    COIL_CLEAR(x);
    printf("collected: %td\n", coil_gc_collect(2));
}

int main(void)
{
    return twin_run(program);
}
