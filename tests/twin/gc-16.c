/* chapter: 03 */
/* GC 16: who comes back brings all it holds, and no stranger. */
#include "support/node.h"
#include "support/twin.h"

static coil_obj *saved;

static void back(coil_obj *self, void *context)
{
    (void)context;
    saved = coil_incref(self);
}

static void program(void)
{
    coil_obj *x, *partner;

    coil_gc_disable();
    x = must(node_new_final("back", back, NULL));
    partner = must(node_new("plain"));
    ok(node_set(x, "partner", partner));
    ok(node_set(partner, "partner", x));
    ok(node_set_steal(partner, "value", number(42)));
    COIL_CLEAR(partner);
    COIL_CLEAR(x);
    printf("collected: %td\n", coil_gc_collect(2));
    partner = node_get_borrowed(saved, "partner");
    printf("partner: %s ",
           truth(node_get_borrowed(partner, "partner") == saved));
    say_line(node_get_borrowed(partner, "value"));
    COIL_CLEAR(saved);
    printf("dropped: %td\n", coil_gc_collect(2));

    for (int i = 0; i < 10; i++) {
        x = must(coil_list_new());
        ok(coil_list_append_steal(x, x));       /* it owns itself */
    }
    x = must(node_new_final("back", back, NULL));
    ok(node_set(x, "me", x));
    COIL_CLEAR(x);
    printf("with ten strangers: %td\n", coil_gc_collect(2));
    COIL_CLEAR(saved);
    printf("dropped: %td\n", coil_gc_collect(2));
}

int main(void)
{
    return twin_run(program);
}
