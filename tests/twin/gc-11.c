/* chapter: 03 */
/* GC 11: when the collector runs by itself, and on which
 * generations. */
#include "support/twin.h"

/* The runs of the collector by itself, as one digit each. */
static char runs[2000];
static size_t runs_len;

static int note(coil_obj *context, const coil_gc_info *info)
{
    (void)context;
    if (!info->stop && runs_len + 1 < sizeof runs)
        runs[runs_len++] = (char)('0' + info->generation);
    return 0;
}

static size_t total(void)
{
    coil_gc_stat s[3];

    coil_gc_stats(s);
    return s[0].collections + s[1].collections + s[2].collections;
}

static void program(void)
{
    coil_obj *kept;
    size_t before;

    coil_gc_disable();
    kept = must(coil_list_new());
    ok(coil_gc_add_callback(note, NULL));
    coil_gc_freeze();
    coil_gc_collect(2);
    runs_len = 0;
    coil_gc_set_threshold(100, 3, 2);
    coil_gc_enable();
    for (int i = 0; i < 6000; i++)
        ok(coil_list_append_steal(kept, must(coil_list_new())));
    coil_gc_disable();
    printf("runs: %zu\n%s\n", runs_len, runs);

    coil_gc_remove_callback(note, NULL);
    coil_list_clear(kept);
    coil_gc_freeze();
    coil_gc_collect(2);
    before = total();
    coil_gc_enable();
    for (int i = 0; i < 6000; i++)
        ok(coil_list_append_steal(kept, must(coil_dict_new())));
    coil_gc_disable();
    printf("runs for empty dicts: %zu\n", total() - before);
    printf("tracked: %s\n",
           truth(coil_gc_is_tracked(coil_list_get_borrowed(kept, 0))));
    coil_decref(kept);
}

int main(void)
{
    return twin_run(program);
}
