/* chapter: 03 */
/* LEAK 9: a weak reference, read inside the finalizer and after it. */
#include "support/node.h"
#include "support/twin.h"

static coil_obj *ref;

static void finalize(coil_obj *self, void *context)
{
    coil_obj *o;

    (void)context;
    coil_weakref_get(ref, &o);
    printf("inside, still the object: %s\n", truth(o == self));
    coil_decref(o);
}

static void program(void)
{
    coil_obj *x = must(node_new_final("node", finalize, NULL));

    ref = must(coil_weakref_new(x, NULL, NULL));
    printf("before: %s\n", truth(coil_weakref_get_borrowed(ref) == x));
    COIL_CLEAR(x);
    printf("after: ");
    say_line(coil_weakref_get_borrowed(ref));
    COIL_CLEAR(ref);
}

int main(void)
{
    return twin_run(program);
}
