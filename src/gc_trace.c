#include <stdio.h>

#include "internal/gc.h"

/* trace: showing a step */
void coil_gc_set_trace(coil_gc_trace_fn *fn, void *context)
{
    coili_gc_now()->trace = fn;
    coili_gc_now()->trace_context = context;
}

void coili_gc_show(struct coili_gc *gc, int step)
{
    if (gc->trace == NULL)
        return;
    gc->step = step;
    gc->trace(gc->trace_context, step);
    gc->step = 0;
}

/* trace: a note in a drawing */
void coili_gc_note(FILE *out, const char *before, coil_obj *o)
{
    struct coili_gc *gc = coili_gc_now();
    uint32_t x = (o->gc & COILI_PLACE) - gc->first;

    /* note an object tracked in another way and return */
    if (gc->step != 0 && (o->gc & COILI_BESIDE)) {
        coili_marks_note(&gc->marks, gc->step, out, before, o);
        return;
    }
    if (gc->step == 0 || x >= gc->end - gc->first)
        return;
    if (gc->step == COIL_GC_COUNTED)
        fprintf(out, "%strial %u", before, (unsigned)gc->trial[x]);
    else
        fprintf(out, "%s%s", before,
                coili_gc_is_dead(o) ? "garbage" : "reached");
}
