/* chapter: 03 */
/* GC 14: two finalizers in a cycle; each sees its partner whole. */
#include "support/node.h"
#include "support/twin.h"

static void last_words(coil_obj *self, void *context)
{
    (void)context;
    printf("partner attr ");
    say_line(node_get_borrowed(node_get_borrowed(self, "partner"),
                               "attr"));
}

static coil_obj *partner_new(int64_t attr)
{
    coil_obj *self = must(node_new_final("node", last_words, NULL));

    ok(node_set_steal(self, "attr", number(attr)));
    return self;
}

static void program(void)
{
    coil_obj *a, *b, *garbage;

    coil_gc_disable();
    a = partner_new(1);
    b = partner_new(2);
    ok(node_set(a, "partner", b));
    ok(node_set(b, "partner", a));
    COIL_CLEAR(a);
    COIL_CLEAR(b);
    printf("collected: %td\n", coil_gc_collect(2));
    garbage = must(coil_gc_garbage());
    printf("garbage: %zu\n", coil_list_len(garbage));
    coil_decref(garbage);
}

int main(void)
{
    return twin_run(program);
}
