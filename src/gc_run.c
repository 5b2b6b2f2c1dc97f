#include <string.h>

#include "coil/memory.h"
#include "internal/gc.h"

/* run: one run */
static size_t run(struct coili_gc *gc, int generation)
{
    uint32_t dead, survivors;

    /* reset the counters of the generations examined */
    if (generation + 1 < COILI_GENERATIONS)
        gc->count[generation + 1]++;
    for (int g = 0; g <= generation; g++)
        gc->count[g] = 0;
    gc->full = generation == COILI_GENERATIONS - 1;
    gc->first = gc->start[generation];
    gc->end = gc->len;
    gc->busy = true;
    /* begin a run for those tracked in another way */
    coili_marks_begin(&gc->marks, generation);
    dead = coili_gc_detect(gc);
    if (dead > 0)
        dead = coili_gc_reclaim(gc, dead);
    gc->busy = false;
    /* promote the survivors */
    for (int g = 0; g <= generation && g + 1 < COILI_GENERATIONS; g++)
        gc->start[g] = gc->end;
    if (gc->tracked < gc->len - 1)
        coili_gc_close_holes(gc, gc->first);
    /* note what the schedule must know */
    survivors = gc->start[generation < 2 ? generation : 1] - gc->first;
    /* add the survivors tracked in another way */
    survivors += coili_marks_end(&gc->marks, generation);
    if (generation == 1)
        gc->pending += survivors;
    if (generation == 2) {
        gc->long_lived = survivors;
        gc->pending = 0;
    }
    /* note the statistics */
    gc->stats[generation].collections++;
    gc->stats[generation].collected += dead;
    /* do what had to wait for the end of the run */
    if (gc->later != 0)
        coili_gc_set_frozen(gc, gc->later);
    gc->later = 0;
    return dead;
}

static size_t announced_run(struct coili_gc *gc, int generation)
{
    size_t dead;

    gc->running = true;
    /* tell those who asked that a run begins */
    coili_gc_tell(gc, &(coil_gc_info){ .generation = generation });
    dead = run(gc, generation);
    /* tell those who asked that the run is over */
    coili_gc_tell(gc, &(coil_gc_info){ .stop = true, .collected = dead,
                                       .generation = generation });
    gc->running = false;
    return dead;
}

/* run: by request */
ptrdiff_t coil_gc_collect(int generation)
{
    struct coili_gc *gc = coili_gc_now();
    coil_error saved;
    size_t dead;

    if (generation < 0 || generation >= COILI_GENERATIONS) {
        coil_error_set(COIL_VALUE_ERROR, "invalid generation");
        return -1;
    }
    if (gc->running)
        return 0;
    coil_error_save(&saved);
    dead = announced_run(gc, generation);
    coil_error_restore(&saved);
    return (ptrdiff_t)dead;
}

/* run: when it is time */
/* The oldest generation whose counter has passed its threshold; the
 * full run waits until a quarter of what it examined last is new. */
static int generation_due(const struct coili_gc *gc)
{
    for (int g = COILI_GENERATIONS - 1; g > 0; g--) {
        if (gc->count[g] <= gc->threshold[g])
            continue;
        if (g == 2 && gc->pending < gc->long_lived / 4)
            continue;
        return g;
    }
    return 0;
}

void coili_gc_when_due(void)
{
    struct coili_gc *gc = coili_gc_now();

    if (gc->off || gc->running || coil_error_kind() != NULL)
        return;
    if (COILI_STRESS) {
        /* run and validate, telling nobody */
        size_t containers = gc->tracked;

        /* count the containers tracked in another way */
        containers += gc->marks.tracked;
        if (!coili_may_wait(gc->calm++, containers)) {
            gc->calm = 0;
            gc->running = true;
            coili_gc_validate();
            run(gc, COILI_GENERATIONS - 1);
            coili_gc_validate();
            gc->running = false;
        }
        return;
    }
    if (gc->threshold[0] > 0 && gc->count[0] > gc->threshold[0])
        announced_run(gc, generation_due(gc));
}

/* run: steering */
void coil_gc_enable(void)
{
    coili_gc_now()->off = false;
}

void coil_gc_disable(void)
{
    coili_gc_now()->off = true;
}

bool coil_gc_is_enabled(void)
{
    return !coili_gc_now()->off;
}

void coil_gc_set_threshold(size_t young, size_t middle, size_t oldest)
{
    size_t *threshold = coili_gc_now()->threshold;

    threshold[0] = young;
    threshold[1] = middle;
    threshold[2] = oldest;
}

void coil_gc_threshold(size_t threshold[3])
{
    memcpy(threshold, coili_gc_now()->threshold,
           sizeof coili_gc_now()->threshold);
}

void coil_gc_counts(size_t count[3])
{
    memcpy(count, coili_gc_now()->count, sizeof coili_gc_now()->count);
}

/* run: closing */
void coili_gc_close(void)
{
    struct coili_gc *gc = coili_gc_now();

    COIL_CHECK(!gc->running);
    gc->off = true;
    /* keep the promises that wait for the end */
    coili_finalize_all();
    /* drop the callbacks on runs */
    coili_gc_drop_callbacks(gc);
    /* thaw what was frozen */
    coili_gc_set_frozen(gc, COILI_UNFREEZE);
    gc->running = true;
    run(gc, COILI_GENERATIONS - 1);
    /* drop what was saved */
    gc->debug = 0;
    COIL_CLEAR(gc->garbage);
    run(gc, COILI_GENERATIONS - 1);
    gc->running = false;
}
