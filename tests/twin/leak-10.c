/* chapter: 03 */
/* LEAK 10: callbacks around a cycle that is garbage. */
#include "support/node.h"
#include "support/twin.h"

static coil_obj *calls; /* a list: who was called, dead or not */

static int callback(coil_obj *ref, coil_obj *who)
{
    if (coil_list_append(calls, who) < 0)
        return -1;
    return coil_list_append(calls, coil_bool(
        coil_weakref_get_borrowed(ref) == NULL));
}

static coil_obj *watch(coil_obj *x, const char *name)
{
    coil_obj *who = must(coil_str_from(name));
    coil_obj *ref = must(coil_weakref_new(x, callback, who));

    coil_decref(who);
    return ref;
}

static void program(void)
{
    coil_obj *x = must(node_new("node")), *ref;

    coil_gc_disable();
    calls = must(coil_list_new());
    ok(node_set(x, "me", x));
    ok(node_set_steal(x, "ref", watch(x, "inside")));
    ref = watch(x, "outside");
    printf("alive before: %s\n",
           truth(coil_weakref_get_borrowed(ref) == x));
    COIL_CLEAR(x);
    printf("collected: %s\n", truth(coil_gc_collect(2) > 0));
    printf("calls:");
    for (size_t i = 0; i < coil_list_len(calls); i++) {
        printf(" ");
        say(coil_list_get_borrowed(calls, i));
    }
    printf("\nalive after: %s\n",
           truth(coil_weakref_get_borrowed(ref) != NULL));
    COIL_CLEAR(calls);
    coil_decref(ref);
}

int main(void)
{
    return twin_run(program);
}
