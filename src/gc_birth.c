#include <stdlib.h>

#include "coil/list.h"
#include "internal/gc.h"
#include "internal/list_layout.h"

/* birth: ages */
/* The counter may have begun anew: a birth is told by how many came
 * after it.  The generation weighs more. */
uint32_t coili_age(const struct coili_gc *gc, const coil_obj *o)
{
    const struct coili_marks *m = &gc->marks;
    uint32_t slot = o->gc & COILI_PLACE, birth, generation = 0;

    if (slot & COILI_BESIDE) {
        birth = slot & COILI_BIRTH;
        generation = (uint32_t)coili_marks_generation(m, o);
    } else {
        birth = m->born[slot];
        while (generation < COILI_FROZEN &&
               slot < gc->start[generation])
            generation++;
    }
    return generation << 29 | ((m->births - birth) & COILI_BIRTH);
}

/* birth: a list of grains */
void coili_list_begin(struct coili_marks *m)
{
    m->top = COILI_NOBODY;
    m->end = &m->top;
}

void coili_list_add(struct coili_marks *m, uint32_t r, uint64_t bits)
{
    COILI_EACH_GRAIN(bits, r, x) {
        *m->end = (uint32_t)x;
        m->end = &m->trial[x / 2];
        *m->end = COILI_NOBODY;
    }
}

/* birth: sorting it */
static bool is_older(const struct coili_gc *gc, uint32_t x, uint32_t y)
{
    return coili_age(gc, coili_at(&gc->marks, x)) >=
        coili_age(gc, coili_at(&gc->marks, y));
}

/* Cut off the first stretch, in which each is older than the next. */
static uint32_t cut_stretch(struct coili_gc *gc, uint32_t *list)
{
    uint32_t *trial = gc->marks.trial, first = *list, x = first;

    while (trial[x / 2] != COILI_NOBODY &&
           is_older(gc, x, trial[x / 2]))
        x = trial[x / 2];
    *list = trial[x / 2];
    trial[x / 2] = COILI_NOBODY;
    return first;
}

static uint32_t merge(struct coili_gc *gc, uint32_t x, uint32_t y)
{
    uint32_t first, *end = &first;

    while (x != COILI_NOBODY && y != COILI_NOBODY) {
        uint32_t *older = is_older(gc, x, y) ? &x : &y;

        *end = *older;
        end = &gc->marks.trial[*older / 2];
        *older = *end;
    }
    *end = x != COILI_NOBODY ? x : y;
    return first;
}

#define BINS 32                 /* bin i: 2 to the i stretches */

void coili_list_sort(struct coili_gc *gc)
{
    struct coili_marks *m = &gc->marks;
    uint32_t bin[BINS], list;

    for (int i = 0; i < BINS; i++)
        bin[i] = COILI_NOBODY;
    while (m->top != COILI_NOBODY) {
        int i = 0;

        list = cut_stretch(gc, &m->top);
        for (; bin[i] != COILI_NOBODY; i++) {
            list = merge(gc, bin[i], list);
            bin[i] = COILI_NOBODY;
        }
        bin[i] = list;
    }
    for (int i = 0; i < BINS; i++)
        m->top = merge(gc, bin[i], m->top);
}

/* birth: the dead of both kinds */
struct coili_elders coili_elders_begin(struct coili_gc *gc)
{
    return (struct coili_elders){ gc, gc->marks.top, gc->first };
}

uint32_t coili_list_suspect(const struct coili_marks *m, uint32_t x)
{
    while (x != COILI_NOBODY && !coili_marks_suspect(m, coili_at(m, x)))
        x = m->trial[x / 2];
    return x;
}

static coil_obj *take_grain(struct coili_elders *e)
{
    coil_obj *o = coili_at(&e->gc->marks, e->x);

    e->x = e->gc->marks.trial[e->x / 2];
    return o;
}

coil_obj *coili_elders_next(struct coili_elders *e)
{
    struct coili_gc *gc = e->gc;
    struct coili_marks *m = &gc->marks;
    coil_obj *o;

    e->x = coili_list_suspect(m, e->x);
    e->slot = coili_gc_next_dead(gc, e->slot);
    if (e->slot >= gc->end)
        return e->x != COILI_NOBODY ? take_grain(e) : NULL;
    o = gc->objects[e->slot];
    if (e->x != COILI_NOBODY &&
        coili_age(gc, coili_at(m, e->x)) > coili_age(gc, o))
        return take_grain(e);
    e->slot++;
    return o;
}

/* birth: a list object */
static int compare_ages(const void *a, const void *b)
{
    const struct coili_gc *gc = coili_gc_now();
    const coil_obj *p = *(coil_obj *const *)a;
    const coil_obj *q = *(coil_obj *const *)b;
    uint32_t x = coili_age(gc, p), y = coili_age(gc, q);

    if (x == y) {               /* of slots the first is the oldest */
        x = q->gc & COILI_PLACE;
        y = p->gc & COILI_PLACE;
    }
    return (x < y) - (x > y);
}

void coili_sort_objects(coil_obj *list)
{
    struct coili_list *l = coili_list_of(list);

    if (list != NULL && l->len > 0 && coili_gc_now()->marks.span > 0)
        qsort(l->items, l->len, sizeof *l->items, compare_ages);
}
