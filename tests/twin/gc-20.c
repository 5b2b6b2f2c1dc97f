/* chapter: 03 */
/* GC 20: freezing, referents, and an error inside a finalizer. */
#include <stdbool.h>

#include "support/node.h"
#include "support/twin.h"

static void fail(coil_obj *self, void *context)
{
    (void)self, (void)context;
    coil_error_set(COIL_VALUE_ERROR, "last words");
}

static int is_alive(coil_obj *ref)
{
    return coil_weakref_get_borrowed(ref) != NULL;
}

static void freezing(void)
{
    coil_obj *x = must(node_new("node")), *alive;
    ptrdiff_t collected;

    ok(node_set(x, "me", x));
    alive = must(coil_weakref_new(x, NULL, NULL));
    coil_gc_freeze();
    COIL_CLEAR(x);
    collected = coil_gc_collect(2);
    printf("frozen: %td %s\n", collected, truth(is_alive(alive)));
    coil_gc_unfreeze();
    coil_gc_collect(2);
    printf("unfrozen: %s\n", truth(is_alive(alive)));
    coil_decref(alive);
}

static void referents(void)
{
    coil_obj *list = must(coil_list_of(2, number(1), number(2)));
    coil_obj *tuple = must(coil_tuple_of(2, number(0), number(0)));
    coil_obj *dict = must(coil_dict_new()), *all, *found, *s, *x;

    ok(coil_dict_set(dict, number(3), number(4)));
    all = must(coil_list_of(3, list, dict, tuple));
    found = must(coil_gc_referents(all));
    printf("referents:");
    say_sorted(found);
    printf("\n");
    coil_decref(found);
    coil_decref(all);
    s = must(coil_str_from("a"));
    x = must(coil_float_new(2.5));
    all = must(coil_list_of(4, number(1), s, x, COIL_NONE));
    found = must(coil_gc_referents(all));
    printf("of atoms: ");
    say_line(found);
    coil_decref(found);
    coil_decref(all);
    coil_decref(list), coil_decref(tuple), coil_decref(dict);
    coil_decref(s), coil_decref(x);
}

static void failing(bool cycle)
{
    coil_obj *x = must(node_new_final("fails", fail, NULL)), *alive;
    ptrdiff_t collected;

    alive = must(coil_weakref_new(x, NULL, NULL));
    if (cycle)
        ok(node_set(x, "me", x));
    COIL_CLEAR(x);
    if (cycle) {
        collected = coil_gc_collect(2);
        printf("collected: %td\n", collected);
    }
    printf("dead: %s\n", truth(!is_alive(alive)));
    coil_decref(alive);
}

static void program(void)
{
    coil_gc_disable();
    freezing();
    referents();
    failing(false);
    failing(true);
}

int main(void)
{
    return twin_run(program);
}
