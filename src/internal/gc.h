/* gc.h - the parts of the collector (internal)
 *
 * gc.c         the vector: tracking, growing, closing holes
 * gc_detect.c  which tracked objects are unreachable?
 * gc_reclaim.c their last words and their end
 * gc_run.c     when to run, over which generations
 * gc_inspect.c what a program may ask
 * gc_trace.c   a search, step by step, for pictures
 */
#ifndef COILI_GC_H
#define COILI_GC_H

#include <stdio.h>

#include "coil/tuple.h"
#include "internal/thread.h"

#define COILI_WEAKLY UINT32_C(0x40000000)   /* bit of gc */
#define COILI_PLACE UINT32_C(0x3fffffff)    /* bits of gc: the slot */

static inline struct coili_gc *coili_gc_now(void)
{
    return &coili_thread->runtime->gc;
}

/* internal gc: tracking */
int coili_gc_grow(struct coili_gc *gc);
void coili_gc_close_holes(struct coili_gc *gc, uint32_t from);

/* Give the object the next slot.  -1: MemoryError, not tracked. */
static inline int coili_gc_admit(coil_obj *o)
{
    struct coili_gc *gc = coili_gc_now();

    /* track the object in another way and return */
    if (coili_marks_take(&gc->marks, o)) {
        coili_marks_add(&gc->marks, o);
        return 0;
    }
    if (coili_thread->runtime->pools.span > 0) {
        int met = coili_marks_meet(gc, o);

        if (met != 0)
            return met > 0 ? 0 : -1;
    }
    if (gc->len == gc->cap && coili_gc_grow(gc) < 0)
        return -1;
    /* note what else is known of the new slot */
    if (gc->marks.span > 0)
        gc->marks.born[gc->len] = gc->marks.births++ & COILI_BIRTH;
    o->gc |= gc->len;
    gc->objects[gc->len++] = o;
    gc->tracked++;
    return 0;
}

static inline void coili_gc_forget(coil_obj *o)
{
    struct coili_gc *gc = coili_gc_now();
    uint32_t slot = o->gc & COILI_PLACE;

    /* forget an object that is tracked in another way and return */
    if (slot & COILI_BESIDE) {
        coili_marks_remove(&gc->marks, o);
        o->gc &= ~COILI_PLACE;
        return;
    }
    o->gc &= ~COILI_PLACE;
    gc->objects[slot] = NULL;
    gc->tracked--;
    if (slot == gc->len - 1 && slot >= gc->start[0] && !gc->busy)
        gc->len--;
}

/* May the object, now or later, be part of a cycle?  Not an atom, and
 * not a tuple that the collector has found to hold none but such. */
static inline bool coili_may_be_tracked(coil_obj *o)
{
    return o->type->traverse != NULL &&
        (o->type != &coil_tuple_type || (o->gc & COILI_PLACE));
}

#ifdef COIL_STRESS
#define COILI_STRESS 1          /* collect at every allocation */
#else
#define COILI_STRESS 0
#endif

/* After so many allocations, may a stress run still wait? */
static inline bool coili_may_wait(size_t allocations, size_t containers)
{
    return containers >= 4096 && allocations < containers / 64;
}

/* internal gc: the parts of a run */
/* What a run examines: slots first to end - 1.  A slot's bit in
 * `reached` is set if it is a hole or is held from outside.  Returns
 * the number of objects that are not. */
uint32_t coili_gc_detect(struct coili_gc *gc);
uint32_t coili_gc_detect_again(struct coili_gc *gc);

#define COILI_IN_FLIGHT 16      /* references in a queue */

/* Put a reference in, take out the one that went in 16 ago: the fetch
 * of its head has had time to arrive. */
static inline coil_obj *coili_delay(coil_obj **queue, uint32_t *at,
                                    coil_obj *in)
{
    coil_obj **entry = &queue[(*at)++ % COILI_IN_FLIGHT], *out = *entry;

    __builtin_prefetch(in);
    *entry = in;
    return out;
}

/* The unreached get their last words and are freed.  Returns how many
 * were freed, or saved. */
uint32_t coili_gc_reclaim(struct coili_gc *gc, uint32_t dead);

/* A container is about to be made, and the young counter has passed its
 * threshold: collect, unless something forbids it. */
void coili_gc_when_due(void);

/* Count a new container. */
static inline void coili_gc_count(void)
{
    struct coili_gc *gc = coili_gc_now();

    if (++gc->count[0] > gc->threshold[0] || COILI_STRESS)
        coili_gc_when_due();
}

static inline void coili_gc_uncount(void)
{
    struct coili_gc *gc = coili_gc_now();

    if (gc->count[0] > 0)
        gc->count[0]--;
}

enum { COILI_FREEZE = 1, COILI_UNFREEZE = -1 };
void coili_gc_set_frozen(struct coili_gc *gc, int what);

/* Tell those who asked. */
void coili_gc_tell(struct coili_gc *gc, const coil_gc_info *info);
void coili_gc_drop_callbacks(struct coili_gc *gc);

/* Let a watcher see this step of the search. */
void coili_gc_show(struct coili_gc *gc, int step);

/* What the search knows of the object, for a drawing. */
void coili_gc_note(FILE *out, const char *before, coil_obj *o);

/* internal gc: questions about slots */
/* Is the collector's bookkeeping consistent?  Asserts it. */
void coili_gc_validate(void);

/* The first slot from `from` on that holds an unreached object, or
 * gc->end if there is none. */
uint32_t coili_gc_next_dead(const struct coili_gc *gc, uint32_t from);

#define COILI_EACH_DEAD(gc, i)                             \
    for (uint32_t i = coili_gc_next_dead(gc, (gc)->first); \
         i < (gc)->end; i = coili_gc_next_dead(gc, i + 1))

/* Has this run found the object to be unreachable? */
static inline bool coili_gc_is_dead(const coil_obj *o)
{
    const struct coili_gc *gc = coili_gc_now();
    uint32_t x = (o->gc & COILI_PLACE) - gc->first;

    /* is an object tracked in another way unreachable? return */
    if (o->gc & COILI_BESIDE)
        return coili_marks_suspect(&gc->marks, o);
    return gc->busy && x < gc->end - gc->first &&
        !(gc->reached[x / 64] >> x % 64 & 1);
}

#endif
