/* chapter: 03 */
/* GC 4: what a full collection returns. */
#include "support/twin.h"

static void ring(int n)
{
    coil_obj *first = must(coil_list_new()), *last = first;

    for (int i = 1; i < n; i++) {
        coil_obj *next = must(coil_list_new());

        ok(coil_list_append_steal(last, next));
        last = next;
    }
    ok(coil_list_append_steal(last, first));
}

static void program(void)
{
    static const int sizes[] = { 2, 3, 100 };
    coil_obj *x, *y, *key;

    coil_gc_disable();
    x = must(coil_list_new());
    ok(coil_list_append(x, x));
    COIL_CLEAR(x);
    printf("a list in itself: %td\n", coil_gc_collect(2));

    x = must(coil_dict_new());
    key = must(coil_str_from("self"));
    ok(coil_dict_set(x, key, x));
    COIL_CLEAR(key);
    COIL_CLEAR(x);
    printf("a dict in itself: %td\n", coil_gc_collect(2));

    x = must(coil_list_new());
    y = must(coil_tuple_of(1, x));
    ok(coil_list_append(x, y));
    COIL_CLEAR(x);
    COIL_CLEAR(y);
    printf("a list and a tuple: %td\n", coil_gc_collect(2));

    for (int i = 0; i < 3; i++) {
        ring(sizes[i]);
        printf("a ring of %d lists: %td\n", sizes[i],
               coil_gc_collect(2));
    }

    x = must(coil_list_new());
    ok(coil_list_append_steal(x, must(coil_list_new())));
    ok(coil_list_append_steal(x, wrap_steal(must(coil_list_new()))));
    COIL_CLEAR(x);
    printf("lists without a cycle: %td\n", coil_gc_collect(2));
    ring(2);
    coil_gc_collect(2);
    printf("the second time: %td\n", coil_gc_collect(2));
}

int main(void)
{
    return twin_run(program);
}
