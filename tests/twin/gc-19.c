/* chapter: 03 */
/* GC 19: save-all, callbacks around a run, and work inside
 * finalizers. */
#include "support/node.h"
#include "support/twin.h"

static int note(coil_obj *context, const coil_gc_info *info)
{
    (void)context;
    printf("('%s', %d, %zu, %zu)\n", info->stop ? "stop" : "start",
           info->generation, info->collected, info->uncollectable);
    return 0;
}

static void make_loop(void)
{
    coil_obj *x = must(coil_list_new());

    ok(coil_list_append_steal(x, x));   /* it owns itself */
}

static void collects(coil_obj *self, void *context)
{
    (void)self, (void)context;
    printf("inside: %td\n", coil_gc_collect(2));
}

static void makes(coil_obj *self, void *context)
{
    (void)self, (void)context;
    make_loop();
}

static void saving(void)
{
    coil_obj *garbage, *first;

    coil_gc_set_debug(COIL_GC_SAVE_ALL);
    make_loop();
    printf("saving all: %td\n", coil_gc_collect(2));
    garbage = must(coil_gc_garbage());
    first = coil_list_get_borrowed(garbage, 0);
    printf("garbage: %zu %s\n", coil_list_len(garbage),
           truth(coil_list_get_borrowed(first, 0) == first));
    coil_gc_set_debug(0);
    coil_list_clear(garbage);
    coil_decref(garbage);
    printf("emptied: %td\n", coil_gc_collect(2));
}

static void finalizing(node_fn *fn)
{
    coil_obj *x = must(node_new_final("node", fn, NULL));

    ok(node_set(x, "me", x));
    COIL_CLEAR(x);
    printf("collected: %td\n", coil_gc_collect(2));
    printf("again: %td\n", coil_gc_collect(2));
}

static void program(void)
{
    coil_gc_disable();
    saving();
    make_loop();
    ok(coil_gc_add_callback(note, NULL));
    coil_gc_collect(2);
    coil_gc_collect(0);
    coil_gc_remove_callback(note, NULL);
    finalizing(collects);
    finalizing(makes);
}

int main(void)
{
    return twin_run(program);
}
