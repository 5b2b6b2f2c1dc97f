/* chapter: 03 */
/* LEAK 1: a million lists that are kept, with four settings. */
#include "support/twin.h"

#ifdef COIL_STRESS              /* each list would be a collection */
#define MANY 2000
#else
#define MANY 1000000
#endif

/* The runs of the collector by itself, as one digit each. */
static char runs[10000];
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
    static const size_t settings[][3] = {
        { 700, 10, 10 },
        { 10000, 10, 10 },
        { 100000, 50, 50 },
        { 0, 0, 0 },
    };
    coil_obj *kept;

    coil_gc_disable();
    kept = must(coil_list_new());
    ok(coil_gc_add_callback(note, NULL));
    for (size_t i = 0; i < 4; i++) {
        const size_t *t = settings[i];

        coil_list_clear(kept);
        coil_gc_freeze();
        coil_gc_collect(2);
        runs_len = 0;
        coil_gc_set_threshold(t[0], t[1], t[2]);
        coil_gc_enable();
        for (int k = 0; k < MANY; k++)
            ok(coil_list_append_steal(kept, wrap_steal(COIL_NONE)));
        coil_gc_disable();
        printf("(%zu, %zu, %zu): %zu young + %zu middle + %zu full\n",
               t[0], t[1], t[2], runs_of(0), runs_of(1), runs_of(2));
    }
    coil_decref(kept);
}

int main(void)
{
    return twin_run(program);
}
