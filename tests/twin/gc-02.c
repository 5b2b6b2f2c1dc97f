/* chapter: 01 */
/* GC 2: the finalizer runs when the last reference goes, not later. */
#include "support/node.h"
#include "support/twin.h"

static void noisy(coil_obj *self, void *context)
{
    (void)context;
    printf("del ");
    say_line(node_get_borrowed(self, "number"));
}

static coil_obj *noisy_new(int64_t n)
{
    coil_obj *self = must(node_new_final("noisy", noisy, NULL));

    ok(node_set_steal(self, "number", number(n)));
    return self;
}

static void program(void)
{
    coil_obj *x = noisy_new(1), *y;

    COIL_CLEAR(x);
    printf("immediate\n");
    x = noisy_new(2);
    y = coil_incref(x);
    COIL_CLEAR(x);
    printf("still held\n");
    COIL_CLEAR(y);
    printf("immediate\n");
}

int main(void)
{
    return twin_run(program);
}
