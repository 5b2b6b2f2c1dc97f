/* chapter: 03 */
/* LEAK 6: which weak references are one object, and how many there
 * are. */
#include "support/node.h"
#include "support/twin.h"

static int callback(coil_obj *ref, coil_obj *context)
{
    (void)ref, (void)context;
    return 0;
}

static void program(void)
{
    coil_obj *x = must(node_new("node"));
    coil_obj *a = must(coil_weakref_new(x, NULL, NULL));
    coil_obj *b = must(coil_weakref_new(x, NULL, NULL));
    coil_obj *c = must(coil_weakref_new(x, callback, NULL));
    coil_obj *d = must(coil_weakref_new(x, callback, NULL));

    printf("two plain ones are the same: %s\n", truth(a == b));
    printf("two with a callback are the same: %s\n", truth(c == d));
    printf("a plain one and one with a callback: %s\n", truth(a == c));
    printf("count: %zu\n", coil_weakref_count(x));
    COIL_CLEAR(c);
    printf("one dropped: %zu\n", coil_weakref_count(x));
    COIL_CLEAR(a);
    COIL_CLEAR(b);
    COIL_CLEAR(d);
    printf("all dropped: %zu\n", coil_weakref_count(x));
    coil_decref(x);
}

int main(void)
{
    return twin_run(program);
}
