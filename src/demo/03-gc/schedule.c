#include <stdio.h>

#include <coil/coil.h>

/* schedule: note the generation of each run */
static char runs[100];              /* a digit for each, and a NUL */
static int count;

static int note(coil_obj *context, const coil_gc_info *info)
{
    (void)context;
    if (!info->stop && count < 99)
        runs[count++] = (char)('0' + info->generation);
    return 0;
}

int main(void)
{
    coil_runtime *rt = coil_runtime_open(NULL);
    coil_obj *kept = coil_list_new();

    coil_gc_disable();
    coil_gc_add_callback(note, NULL);
    coil_gc_set_threshold(100, 3, 2);
    /* schedule: forget all that was made before */
    coil_gc_freeze();
    coil_gc_collect(2);
    count = 0;
    coil_gc_enable();
    for (int i = 0; i < 3000; i++)
        coil_list_append_steal(kept, coil_list_new());
    coil_gc_disable();
    printf("%d runs: %s\n", count, runs);
    coil_decref(kept);
    return coil_runtime_close(rt) == 0 ? 0 : 1;
}
