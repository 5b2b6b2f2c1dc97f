/* chapter: 03 */
/* LEAK 16: nobody ever sees a count of zero. */
#include "support/node.h"
#include "support/twin.h"

static uint32_t seen[10];
static size_t seen_len;

static void finalize(coil_obj *self, void *context)
{
    (void)context;
    seen[seen_len++] = coil_count(self);
}

static void program(void)
{
    coil_obj *x = must(node_new_final("node", finalize, NULL)), *y,
             *ref;
    size_t below = 0;

    printf("named: %u\n", (unsigned)coil_count(x));
    y = coil_incref(x);
    printf("twice named: %u\n", (unsigned)coil_count(x));
    COIL_CLEAR(y);
    printf("once again: %u\n", (unsigned)coil_count(x));
    ref = must(coil_weakref_new(x, NULL, NULL));
    COIL_CLEAR(x);
    for (size_t i = 0; i < seen_len; i++)
        below += seen[i] < 1;
    printf("finalizers that saw less than one: %zu of %zu\n", below,
           seen_len);
    printf("the weak reference gives no dead object: ");
    say_line(coil_weakref_get_borrowed(ref));
    coil_decref(ref);
}

int main(void)
{
    return twin_run(program);
}
