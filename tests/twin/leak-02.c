/* chapter: 03 */
/* LEAK 2: a thousand parents and children, and the link back. */
#include "support/node.h"
#include "support/twin.h"

enum link { STRONG, WEAK, CUT };

static void make_pair(coil_obj *refs, enum link link)
{
    coil_obj *parent = must(node_new("parent")), *ref;
    coil_obj *child = must(node_new("child"));

    ref = must(coil_weakref_new(parent, NULL, NULL));
    ok(node_set(parent, "child", child));
    ok(node_set(child, "parent", link == WEAK ? ref : parent));
    if (link == CUT)
        ok(node_set(child, "parent", COIL_NONE));
    ok(coil_list_append_steal(refs, ref));
    coil_decref(parent);
    coil_decref(child);
}

static size_t alive(coil_obj *refs)
{
    size_t sum = 0;

    for (size_t i = 0; i < coil_list_len(refs); i++)
        sum += coil_weakref_get_borrowed(
            coil_list_get_borrowed(refs, i)) != NULL;
    return sum;
}

static void run(const char *what, enum link link)
{
    coil_obj *refs = must(coil_list_new());

    for (int i = 0; i < 1000; i++)
        make_pair(refs, link);
    printf("%s: %zu parents alive, ", what, alive(refs));
    printf("collected %td\n", coil_gc_collect(2));
    printf("  then alive: %zu\n", alive(refs));
    coil_decref(refs);
}

static void program(void)
{
    coil_gc_disable();
    run("strong", STRONG);
    run("weak", WEAK);
    run("cut by hand", CUT);
}

int main(void)
{
    return twin_run(program);
}
