#include <string.h>

#include "coil/memory.h"
#include "internal/object.h"
/* gc: more headers */
#include "internal/weak.h"

/* gc: the arrays */
#define FIRST_CAP 256           /* slots; a multiple of 64 */

static size_t arrays_size(uint32_t cap)
{
    return cap * (sizeof(coil_obj *) + sizeof(uint32_t))
        + cap / 64 * 2 * sizeof(uint64_t);
}

static void place_arrays(struct coili_gc *gc, void *block, uint32_t cap)
{
    gc->objects = block;
    gc->reached = (uint64_t *)(gc->objects + cap);
    gc->plain = gc->reached + cap / 64;
    gc->trial = (uint32_t *)(gc->plain + cap / 64);
    gc->cap = cap;
}

static void free_arrays(struct coili_gc *gc)
{
    if (gc->cap > 1)
        coil_memory_free(gc->objects, arrays_size(gc->cap));
}

/* gc: closing holes */
/* Move the objects of slots lo to hi down to slot `to` and on. */
static uint32_t move_down(struct coili_gc *gc, uint32_t to,
                          uint32_t lo, uint32_t hi)
{
    for (uint32_t i = lo; i < hi; i++) {
        coil_obj *o = gc->objects[i];

        if (o == NULL)
            continue;
        if (to != i) {
            o->gc = (o->gc & ~COILI_PLACE) | to;
            gc->objects[to] = o;
            /* move what else is known of a slot */
            if (gc->marks.span > 0)
                gc->marks.born[to] = gc->marks.born[i];
        }
        to++;
    }
    return to;
}

void coili_gc_close_holes(struct coili_gc *gc, uint32_t from)
{
    uint32_t to = from;

    for (int g = COILI_FROZEN; g >= 0; g--) {
        uint32_t lo = gc->start[g];
        uint32_t hi = g > 0 ? gc->start[g - 1] : gc->len;

        if (lo >= from)
            gc->start[g] = to;
        if (hi > from)
            to = move_down(gc, to, lo > from ? lo : from, hi);
    }
    gc->len = to;
}

/* gc: growing */
int coili_gc_grow(struct coili_gc *gc)
{
    struct coili_gc old = *gc;
    uint32_t cap = old.cap > 1 ? 2 * old.cap : FIRST_CAP;
    void *block;

    if (!gc->busy && gc->tracked < gc->cap / 4 * 3) {
        coili_gc_close_holes(gc, 1);
        return 0;
    }
    if (cap > COILI_PLACE) {
        coil_error_set(COIL_MEMORY_ERROR, "too many containers");
        return -1;
    }
    if ((block = coil_memory_alloc(arrays_size(cap))) == NULL)
        return -1;
    place_arrays(gc, block, cap);
    /* copy the old arrays and free them */
    memcpy(gc->objects, old.objects, old.cap * sizeof *old.objects);
    memcpy(gc->trial, old.trial, old.cap * sizeof *old.trial);
    memcpy(gc->reached, old.reached, old.cap / 8);
    memcpy(gc->plain, old.plain, old.cap / 8);
    free_arrays(&old);
    return 0;
}

/* gc: opening and closing */
void coili_gc_open(struct coili_gc *gc)
{
    static uint64_t only_slot[2];       /* never written to */

    place_arrays(gc, only_slot, 1);
    gc->len = 1;
    for (int g = 0; g <= COILI_FROZEN; g++)
        gc->start[g] = 1;
    /* set the usual thresholds */
    gc->threshold[0] = 700;
    gc->threshold[1] = gc->threshold[2] = 10;
}

void coili_gc_free_tables(struct coili_gc *gc)
{
    free_arrays(gc);
    /* free later tables of the collector */
    coili_marks_close(&gc->marks);
}

/* gc: tracking by request */
int coil_gc_track(coil_obj *o)
{
    COIL_CHECK(o != NULL && o->type->traverse != NULL);
    return coil_gc_is_tracked(o) ? 0 : coili_gc_admit(o);
}

void coil_gc_untrack(coil_obj *o)
{
    COIL_CHECK(o != NULL && o->type->traverse != NULL);
    /* is a run about to free it? return */
    if ((o->count & COIL_IMMORTAL) && coili_gc_is_dead(o))
        return;
    if (coil_gc_is_tracked(o))
        coili_gc_forget(o);
}

bool coil_gc_is_tracked(coil_obj *o)
{
    COIL_CHECK(o != NULL);
    return (o->gc & COILI_PLACE) != 0;
}

bool coil_gc_is_finalized(coil_obj *o)
{
    COIL_CHECK(o != NULL);
    return (o->gc & COILI_FINALIZED) != 0;
}

int coil_gc_generation(coil_obj *o)
{
    struct coili_gc *gc = coili_gc_now();
    uint32_t slot;

    COIL_CHECK(o != NULL);
    slot = o->gc & COILI_PLACE;
    if (slot == 0)
        return -1;
    /* return the generation of what is tracked in another way */
    if (slot & COILI_BESIDE)
        return coili_marks_generation(&gc->marks, o);
    for (int g = 0; g < COILI_FROZEN; g++)
        if (slot >= gc->start[g])
            return g;
    return COILI_FROZEN;
}

/* gc: validation */
void coili_gc_validate(void)
{
    struct coili_gc *gc = coili_gc_now();
    uint32_t tracked = 0;

    COIL_ASSERT(gc->start[COILI_FROZEN] == 1);
    COIL_ASSERT(gc->start[0] <= gc->len);
    for (int g = 0; g < COILI_FROZEN; g++)
        COIL_ASSERT(gc->start[g + 1] <= gc->start[g]);
    for (uint32_t i = 1; i < gc->len; i++) {
        coil_obj *o = gc->objects[i];

        if (o == NULL)
            continue;
        tracked++;
        COIL_ASSERT((o->gc & COILI_PLACE) == i);
        COIL_ASSERT(o->type->traverse != NULL && o->count > 0);
    }
    COIL_ASSERT(tracked == gc->tracked);
    /* validate what belongs to the collector */
    coili_weak_validate();
    /* validate what is tracked in another way */
    coili_marks_validate(&gc->marks);
}
