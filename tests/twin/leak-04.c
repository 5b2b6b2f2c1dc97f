/* chapter: 03 */
/* LEAK 4: del takes one name away; the object goes with the last
 * owner. */
#include "support/node.h"
#include "support/twin.h"

static bool is_alive(coil_obj *ref)
{
    return coil_weakref_get_borrowed(ref) != NULL;
}

static void program(void)
{
    coil_obj *x, *y, *ref;

    coil_gc_disable();
    x = must(node_new("node"));
    y = coil_incref(x);
    ref = must(coil_weakref_new(x, NULL, NULL));
    COIL_CLEAR(x);
    printf("one of two names deleted, alive: %s\n",
           truth(is_alive(ref)));
    COIL_CLEAR(y);
    printf("the other too, alive: %s\n", truth(is_alive(ref)));
    COIL_CLEAR(ref);

    x = must(node_new("node"));
    ok(node_set(x, "me", x));
    ref = must(coil_weakref_new(x, NULL, NULL));
    COIL_CLEAR(x);
    printf("a cycle, alive: %s\n", truth(is_alive(ref)));
    printf("collected: %td\n", coil_gc_collect(2));
    printf("then alive: %s\n", truth(is_alive(ref)));
    COIL_CLEAR(ref);
}

int main(void)
{
    return twin_run(program);
}
