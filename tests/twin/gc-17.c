/* chapter: 03 */
/* GC 17: rings of plain objects (s), of such as cut their links (x) and
 * of such as bring themselves back (r). */
#include <string.h>

#include "support/node.h"
#include "support/twin.h"

#define MOST 6

static coil_obj *survivors;
static int calls[MOST];

static void note(coil_obj *self)
{
    calls[value_of(node_get_borrowed(self, "number"))]++;
}

static void cut(coil_obj *self, void *context)
{
    (void)context;
    note(self);
    ok(node_set(self, "left", NULL));
    ok(node_set(self, "right", NULL));
}

static void back(coil_obj *self, void *context)
{
    (void)context;
    note(self);
    ok(coil_list_append(survivors, self));
}

static void build(const char *kinds)
{
    coil_obj *links[MOST];
    size_t len = strlen(kinds);

    for (size_t i = 0; i < len; i++) {
        links[i] = must(kinds[i] == 's' ? node_new("s")
                        : node_new_final("link", kinds[i] == 'x'
                                         ? cut : back, NULL));
        ok(node_set_steal(links[i], "number", number((int64_t)i)));
    }
    for (size_t i = 0; i < len; i++) {
        size_t left = (i + len - 1) % len;

        ok(node_set(links[i], "left", links[left]));
        ok(node_set(links[left], "right", links[i]));
    }
    for (size_t i = 0; i < len; i++)
        coil_decref(links[i]);
}

static void say_survivors(void)
{
    coil_obj *numbers = must(coil_list_new());

    for (size_t i = 0; i < coil_list_len(survivors); i++)
        ok(coil_list_append(numbers, node_get_borrowed(
            coil_list_get_borrowed(survivors, i), "number")));
    printf("  survivors");
    say_sorted(numbers);
    printf("\n");
    coil_decref(numbers);
}

static void run(const char *kinds)
{
    bool once = true;

    memset(calls, 0, sizeof calls);
    build(kinds);
    printf("%s: %td\n", kinds, coil_gc_collect(2));
    if (coil_list_len(survivors) > 0)
        say_survivors();
    coil_list_clear(survivors);
    printf("  then %td\n", coil_gc_collect(2));
    for (size_t i = 0; i < strlen(kinds); i++)
        once = once && calls[i] == (kinds[i] != 's');
    printf("  each finalizer once: %s\n", truth(once));
}

static void program(void)
{
    coil_gc_disable();
    survivors = must(coil_list_new());
    run("sss");
    run("xxx");
    run("xsxs");
    run("rrr");
    run("rsrs");
    run("rsxrsx");
    COIL_CLEAR(survivors);
}

int main(void)
{
    return twin_run(program);
}
