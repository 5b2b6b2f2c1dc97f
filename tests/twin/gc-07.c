/* chapter: 03 */
/* GC 7: garbage that holds a live list gives one reference back. */
#include "support/twin.h"

static void program(void)
{
    coil_obj *live = must(coil_list_new()), *x;

    coil_gc_disable();
    x = must(coil_list_of(1, live));
    ok(coil_list_append(x, x));
    printf("before: %u\n", (unsigned)coil_count(live));
    COIL_CLEAR(x);
    printf("collected: %td\n", coil_gc_collect(2));
    printf("after: %u\n", (unsigned)coil_count(live));
    say_line(live);
    coil_decref(live);
}

int main(void)
{
    return twin_run(program);
}
