/* chapter: 03 */
/* GC 8: one survival moves an object one generation up. */
#include "support/twin.h"

/* The generations in whose list of objects x is. */
static void say_where(const char *when, coil_obj *x)
{
    coil_obj *found = must(coil_list_new());

    for (int g = 0; g < 3; g++) {
        coil_obj *all = must(coil_gc_objects(g));

        for (size_t i = 0; i < coil_list_len(all); i++)
            if (coil_list_get_borrowed(all, i) == x)
                ok(coil_list_append_steal(found, number(g)));
        coil_decref(all);
    }
    printf("%s: ", when);
    say_line(found);
    coil_decref(found);
}

static void program(void)
{
    static const char *const when[] = {
        "after collect(0)", "after collect(1)", "after collect(2)",
    };
    coil_obj *x;

    coil_gc_disable();
    x = must(coil_list_new());
    say_where("new", x);
    for (int g = 0; g < 3; g++) {
        coil_gc_collect(g);
        say_where(when[g], x);
    }
    coil_decref(x);
}

int main(void)
{
    return twin_run(program);
}
