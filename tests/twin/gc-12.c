/* chapter: 03 */
/* GC 12: a full run waits until a quarter of the old objects is new. */
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

static size_t runs_of(int generation)
{
    size_t n = 0;

    for (size_t i = 0; i < runs_len; i++)
        n += runs[i] == '0' + generation;
    return n;
}

static void program(void)
{
    coil_obj *kept;

    coil_gc_disable();
    kept = must(coil_list_new());
    ok(coil_gc_add_callback(note, NULL));
    coil_gc_freeze();
    coil_gc_collect(2);
    runs_len = 0;
    coil_gc_set_threshold(100, 3, 2);
    coil_gc_enable();
    for (int i = 0; i < 40000; i++)
        ok(coil_list_append_steal(kept, must(coil_list_new())));
    coil_gc_disable();
    printf("runs: %zu\n", runs_len);
    printf("middle: %zu\n", runs_of(1));
    printf("full at:");
    for (size_t i = 0; i < runs_len; i++)
        if (runs[i] == '2')
            printf(" %zu", i);
    printf("\n");
    coil_decref(kept);
}

int main(void)
{
    return twin_run(program);
}
