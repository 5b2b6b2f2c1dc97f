/* chapter: 03 */
/* GC 18: an old object that only young garbage holds. */
#include "support/node.h"
#include "support/twin.h"

static coil_obj *other;         /* a weak reference */

static void say_other(const char *who)
{
    coil_obj *o;

    coil_weakref_get(other, &o);
    printf("%s sees ", who);
    say_line(o);
    coil_decref(o);
}

static int callback(coil_obj *ref, coil_obj *context)
{
    (void)ref, (void)context;
    say_other("callback");
    return 0;
}

static void finalize(coil_obj *self, void *context)
{
    (void)self, (void)context;
    say_other("finalizer");
}

static coil_obj *looped(coil_obj *node)
{
    ok(node_set(must(node), "loop", node));
    return node;
}

static void run(coil_obj *old, coil_weak_fn *call)
{
    coil_obj *young, *third, *ref, *o;

    coil_gc_collect(2);
    young = looped(node_new("young"));
    ok(node_set(young, "keeps", old));
    ok(node_set(old, "loop", NULL));
    third = looped(node_new("third"));
    other = must(coil_weakref_new(third, NULL, NULL));
    ref = must(coil_weakref_new(old, call, NULL));
    COIL_CLEAR(old);
    COIL_CLEAR(young);
    COIL_CLEAR(third);
    printf("collected: %td\n", coil_gc_collect(0));
    coil_weakref_get(ref, &o);
    printf("the old one: ");
    say_line(o);
    coil_decref(o);
    printf("later: %td\n", coil_gc_collect(2));
    coil_decref(ref);
    COIL_CLEAR(other);
}

static void program(void)
{
    coil_gc_disable();
    run(looped(node_new("old")), callback);
    run(looped(node_new_final("old", finalize, NULL)), NULL);
}

int main(void)
{
    return twin_run(program);
}
