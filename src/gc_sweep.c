#include "coil/memory.h"
#include "coil/str.h"
#include "internal/census.h"
#include "internal/gc.h"
#include "internal/list_layout.h"
#include "internal/object.h"
#include "internal/tuple_layout.h"

/* sweep: pinning */
static bool some_special(const struct coili_marks *m)
{
    COILI_EACH_EXAMINED_ROW(m, r)
        if (m->row[r].suspect & m->row[r].special)
            return true;
    return false;
}

static void pin(struct coili_marks *m)
{
    COILI_EACH_EXAMINED_ROW(m, r)
        COILI_EACH_GRAIN(m->row[r].suspect, r, x)
            coili_at(m, x)->count |= COIL_IMMORTAL;
}

/* sweep: emptying in silence */
static inline bool is_dead(const struct coili_marks *m,
                           const coil_obj *o)
{
    return coili_marks_has(m, o) && coili_marks_suspect(m, o);
}

/* Can nobody notice if a reference to this one is dropped? */
static bool is_silent(const coil_obj *o)
{
    const coil_type *type = o->type;

    if (o->count & COIL_IMMORTAL)
        return true;
    return type->traverse == NULL && type->finalize == NULL &&
        type->release == NULL && !(o->gc & COILI_WEAKLY);
}

enum noise { NOTHING, SILENCE, NOISE };

/* What is there to drop, besides references to the dead? */
static enum noise listen(const struct coili_marks *m, coil_obj **items,
                         size_t len)
{
    enum noise noise = NOTHING;

    for (size_t i = 0; i < len; i++) {
        if (items[i] == NULL || is_dead(m, items[i]))
            continue;
        if (!is_silent(items[i]))
            return NOISE;
        noise = SILENCE;
    }
    return noise;
}

/* The last element first, as a release does. */
static void drop_items(const struct coili_marks *m, coil_obj **items,
                       size_t len)
{
    while (len-- > 0) {
        coil_obj *item = items[len];

        if (item == NULL || is_dead(m, item))
            continue;
        items[len] = NULL;
        coil_decref(item);
    }
}

/* Free the block with the dead of its pool, if it lies in one. */
static inline void doom(struct coili_marks *m, void *p, size_t size)
{
    uint32_t x = coili_grain(m, p);

    if (!coili_marks_has(m, p)) {
        coil_memory_free(p, size);
        return;
    }
    m->row[x / 64].spare |= coili_bit(x);
    if (!(m->sieve[COILI_DOOMED].row[x / 4096] & coili_bit(x / 64)))
        coili_sieve_put(m, COILI_DOOMED, x / 64);
}

static void drop_list(struct coili_marks *m, struct coili_list *l,
                      enum noise noise)
{
    struct coili_list old = *l;

    if (noise != NOTHING) {
        l->items = NULL;
        l->len = l->cap = 0;
        drop_items(m, old.items, old.len);
    }
    doom(m, old.items, old.cap * sizeof *old.items);
}

/* Empty the object, unless somebody might notice. */
static bool empty_silently(struct coili_marks *m, coil_obj *o)
{
    struct coili_list *l = coili_list_of(o);
    struct coili_tuple *t = coili_tuple_of(o);
    enum noise noise;

    if (o->type == &coil_list_type) {
        m->lists++;
        noise = listen(m, l->items, l->len);
        if (noise != NOISE)
            drop_list(m, l, noise);
    } else {
        m->tuples++;
        noise = listen(m, t->items, t->len);
        if (noise == SILENCE)
            drop_items(m, t->items, t->len);
    }
    return noise != NOISE;
}

/* Returns the row's objects that must be emptied aloud. */
static uint64_t empty_row(struct coili_marks *m, uint32_t r)
{
    uint64_t suspect = m->row[r].suspect;
    uint64_t loud = suspect & m->row[r].special;

    COILI_EACH_GRAIN(suspect & ~loud, r, x)
        if (!empty_silently(m, coili_at(m, x)))
            loud |= coili_bit(x);
    return loud;
}

/* sweep: emptying aloud */
/* Some of them have slots.  Those in the vector will be emptied once
 * more, when there is nothing left. */
static void empty_aloud(struct coili_marks *m, coil_obj *o)
{
    if (o->type == &coil_list_type)
        drop_list(m, coili_list_of(o), NOISE);
    else if (o->type == &coil_tuple_type)
        drop_items(m, coili_tuple_of(o)->items,
                   coili_tuple_of(o)->len);
    else if (o->type->clear != NULL)
        o->type->clear(o);
}

void coili_marks_empty(struct coili_gc *gc)
{
    struct coili_marks *m = &gc->marks;
    struct coili_elders e;
    coil_obj *o;

    m->lists = m->tuples = 0;
    coili_list_begin(m);
    if (some_special(m) || coili_gc_next_dead(gc, gc->first) < gc->end)
        pin(m);
    COILI_EACH_EXAMINED_ROW(m, r)
        m->row[r].spare = 0;
    COILI_EACH_EXAMINED_ROW(m, r)
        coili_list_add(m, r, empty_row(m, r));
    if (m->top == COILI_NOBODY)
        return;
    coili_list_sort(gc);
    e = coili_elders_begin(gc);
    while ((o = coili_elders_next(&e)) != NULL)
        empty_aloud(m, o);
}

/* sweep: releasing and freeing */
static void release_loud(struct coili_marks *m)
{
    for (uint32_t x = m->top; x != COILI_NOBODY; x = m->trial[x / 2]) {
        coil_obj *o = coili_at(m, x);

        if (o->type != &coil_list_type && o->type != &coil_tuple_type &&
            o->type->release != NULL)
            o->type->release(o);
    }
}

static void uncount(struct coili_gc *gc, coil_type *type, size_t n)
{
    if (n == 0)
        return;
    gc->count[0] -= n < gc->count[0] ? n : gc->count[0];
    coili_census_add(type, -(int)n);
}

static void uncount_others(struct coili_gc *gc, uint32_t r)
{
    struct coili_marks_row *row = &gc->marks.row[r];

    COILI_EACH_GRAIN(row->suspect & row->special, r, x)
        uncount(gc, coili_at(&gc->marks, x)->type, 1);
}

#define MOST_ROWS 1024          /* of a pool: a MiB */

/* Free the dead and the doomed of the pool that has these rows. */
static void free_in_pool(struct coili_gc *gc, uint32_t first,
                         uint32_t rows)
{
    struct coili_pools *pools = &coili_thread->runtime->pools;
    struct coili_marks *m = &gc->marks;
    uint64_t dead[MOST_ROWS], any = 0;

    for (uint32_t i = 0; i < rows; i++) {
        struct coili_marks_row *row = &m->row[first + i];

        uncount_others(gc, first + i);
        any |= dead[i] = row->suspect | row->spare;
        m->tracked -= (size_t)__builtin_popcountll(row->suspect);
        row->tracked &= ~row->suspect;
        row->examined &= ~row->suspect;
        row->suspect = row->spare = 0;
    }
    if (any != 0)
        coili_pools_free_run(pools, coili_pool_of(pools,
            coili_at(m, first * 64)), dead);
}

void coili_marks_free(struct coili_gc *gc)
{
    struct coili_marks *m = &gc->marks;
    uint32_t rows, r;

    if (m->span == 0)
        return;
    release_loud(m);
    uncount(gc, &coil_list_type, m->lists);
    uncount(gc, &coil_tuple_type, m->tuples);
    rows = 1u << (coili_thread->runtime->pools.pool_shift - 10);
    for (r = 0; (r = coili_marks_next(m, COILI_WORK, COILI_DOOMED, r))
             < m->rows; r += rows) {
        r &= -rows;
        free_in_pool(gc, r, rows);
    }
    coili_sieve_empty(m, COILI_DOOMED);
}
