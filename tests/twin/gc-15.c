/* chapter: 03 */
/* GC 15: an object may bring itself back, once. */
#include "support/node.h"
#include "support/twin.h"

static coil_obj *saved;
static int calls;

static void back(coil_obj *self, void *context)
{
    (void)context;
    calls++;
    saved = coil_incref(self);
}

static void program(void)
{
    coil_obj *x;

    coil_gc_disable();
    x = must(node_new_final("back", back, NULL));
    ok(node_set(x, "me", x));
    COIL_CLEAR(x);
    printf("collected: %td\n", coil_gc_collect(2));
    printf("alive: %s\n",
           truth(saved != NULL &&
                 node_get_borrowed(saved, "me") == saved));
    printf("finalized: %d\n", calls);
    COIL_CLEAR(saved);
    printf("collected: %td\n", coil_gc_collect(2));
    printf("finalized: %d\n", calls);

    calls = 0;
    x = must(node_new_final("back", back, NULL));
    COIL_CLEAR(x);
    printf("without a cycle, alive: %s\n", truth(saved != NULL));
    COIL_CLEAR(saved);
    printf("finalized: %d\n", calls);
    printf("collected: %td\n", coil_gc_collect(2));
}

int main(void)
{
    return twin_run(program);
}
