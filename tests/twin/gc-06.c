/* chapter: 03 */
/* GC 6: a cycle that is held from outside. */
#include "support/twin.h"

static void program(void)
{
    coil_obj *a = must(coil_list_new()), *b, *c, *more;

    coil_gc_disable();
    b = must(coil_list_of(1, a));
    ok(coil_list_append(a, b));
    more = wrap_steal(number(1));
    ok(coil_list_append_steal(more, wrap_steal(number(2))));
    ok(coil_list_append_steal(a, more));
    c = must(coil_list_of(1, a));
    COIL_CLEAR(a);
    COIL_CLEAR(b);
    printf("held: %td\n", coil_gc_collect(2));
    say_line(coil_list_get_borrowed(c, 0));
    COIL_CLEAR(c);
    printf("dropped: %td\n", coil_gc_collect(2));
}

int main(void)
{
    return twin_run(program);
}
