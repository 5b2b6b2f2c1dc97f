/* chapter: 03 */
/* GC 13: what the threshold means. */
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

static coil_obj *kept;

static void keep(int n)
{
    for (int i = 0; i < n; i++)
        ok(coil_list_append_steal(kept, must(coil_list_new())));
}

static void churn(int n)
{
    for (int i = 0; i < n; i++) {
        coil_obj *a = must(coil_list_new()), *b = must(coil_list_new());

        coil_decref(a);
        coil_decref(b);
    }
}

static void measure(const char *what, size_t threshold,
                    void (*work)(int n), int n)
{
    coil_list_clear(kept);
    coil_gc_freeze();
    coil_gc_collect(2);
    runs_len = 0;
    coil_gc_set_threshold(threshold, 100, 100);
    coil_gc_enable();
    work(n);
    coil_gc_disable();
    printf("threshold %zu, %s: %zu runs, %zu of them young\n",
           threshold, what, runs_len, runs_of(0));
}

static void program(void)
{
    coil_gc_disable();
    kept = must(coil_list_new());
    ok(coil_gc_add_callback(note, NULL));
    measure("1000 kept", 50, keep, 1000);
    measure("5000 kept", 0, keep, 5000);
    measure("100000 times two made and dropped", 700, churn, 100000);
    COIL_CLEAR(kept);
}

int main(void)
{
    return twin_run(program);
}
