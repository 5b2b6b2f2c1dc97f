#include <stdio.h>
#include <string.h>

#include "coil/dict.h"
#include "internal/gc.h"
#include "internal/list_layout.h"
#include "internal/tuple_layout.h"

/* search: the state of a pass */
struct pass {
    struct coili_marks *m;
    uintptr_t base;             /* of the region, as in m */
    size_t span;
    const bool *at_work;        /* pages where something is examined */
    uint32_t *trial;
    coil_visit_fn *visit;       /* for children without marks */
    void *arg;
    uint32_t at;                /* next entry of the ring */
    uint32_t *ring[COILI_IN_FLIGHT];    /* trial counts */
    uint32_t nobody;            /* the ring is full of it at first */
};

static struct pass begin(struct coili_marks *m, coil_visit_fn *visit,
                         void *arg)
{
    return (struct pass){
        .m = m, .base = m->base, .span = m->span,
        .at_work = m->at_work, .trial = m->trial,
        .visit = visit, .arg = arg,
    };
}

/* A child without marks is the other engine's, unless it is NULL. */
__attribute__((noinline))
static void pass_on(struct pass *p, coil_obj *child)
{
    if (child != NULL)
        p->visit(child, p->arg);
}

/* The second search examines what the first has not reached. */
static inline uint64_t scope(const struct pass *p, uint32_t r)
{
    return p->m->again ? p->m->row[r].spare : p->m->row[r].examined;
}

/* Fetch the elements that the walk will need in the row. */
static inline void look_ahead(const struct pass *p, uint32_t r)
{
    if (r >= p->m->rows)
        return;
    COILI_EACH_GRAIN(scope(p, r), r, x) {
        coil_obj *o = coili_at(p->m, x);

        if (o->type == &coil_list_type)
            __builtin_prefetch(coili_list_of(o)->items);
    }
}

/* search: taking off the inner references */
/* Put a trial count into the ring, and take one off that which went in
 * 16 ago: the fetch has had time to arrive. */
static inline void take_off_later(struct pass *p, uint32_t *at,
                                  uint32_t *trial)
{
    uint32_t **entry = &p->ring[(*at)++ % COILI_IN_FLIGHT];

    __builtin_prefetch(trial, 1);
    --**entry;
    *entry = trial;
}

static void fill_ring(struct pass *p)
{
    for (int i = 0; i < COILI_IN_FLIGHT; i++)
        p->ring[i] = &p->nobody;
}

static void flush_ring(struct pass *p)
{
    for (int i = 0; i < COILI_IN_FLIGHT; i++)
        take_off_later(p, &p->at, &p->nobody);
}

static inline void take_off(struct pass *p, uint32_t *at,
                            coil_obj *child)
{
    size_t offset = (uintptr_t)child - p->base;

    if (offset >= p->span)
        pass_on(p, child);
    else if (p->at_work[offset >> 16])
        take_off_later(p, at, &p->trial[offset / 32]);
}

static int take_off_child(coil_obj *child, void *arg)
{
    struct pass *p = arg;

    take_off(p, &p->at, child);
    return 0;
}

static inline void take_off_items(struct pass *p, coil_obj **items,
                                  size_t len)
{
    uint32_t at = p->at;

    for (size_t i = 0; i < len; i++)
        take_off(p, &at, items[i]);
    p->at = at;
}

/* search: the counting pass */
static inline void count_object(struct pass *p, uint32_t x)
{
    coil_obj *o = coili_at(p->m, x);

    p->trial[x / 2] += o->count;
    if (o->type == &coil_list_type) {
        take_off_items(p, coili_list_of(o)->items,
                       coili_list_of(o)->len);
    } else if (o->type == &coil_tuple_type) {
        take_off_items(p, coili_tuple_of(o)->items,
                       coili_tuple_of(o)->len);
        coili_marks_note_plain(p->m, o, x);
    } else {
        p->m->row[x / 64].special |= coili_bit(x);
        o->type->traverse(o, take_off_child, p);
        if (p->m->full && o->type == &coil_dict_type)
            coili_marks_note_plain(p->m, o, x);
    }
}

static void prepare_row(struct coili_marks *m, uint32_t r)
{
    struct coili_marks_row *row = &m->row[r];

    row->special = row->plain = 0;
    row->spare = m->again ? row->suspect : 0;
    for (uint32_t k = 0; k < 4; k++)    /* in pieces: no call for it */
        memset(m->trial + r * 32 + k * 8, 0, 8 * sizeof *m->trial);
}

void coili_marks_count(struct coili_marks *m, bool again,
                       coil_visit_fn *visit, void *arg)
{
    struct pass p = begin(m, visit, arg);
    uint32_t r, next;

    m->top = COILI_NOBODY;      /* counts take the place of links */
    if (m->span == 0)
        return;
    fill_ring(&p);
    m->again = again;
    m->any_plain = m->any_doubt = false;
    COILI_EACH_EXAMINED_ROW(m, k)
        prepare_row(m, k);
    r = coili_next_examined(m, 0);
    for (look_ahead(&p, r); r < m->rows; r = next) {
        next = coili_next_examined(m, r + 1);
        look_ahead(&p, next);
        COILI_EACH_GRAIN(scope(&p, r), r, x)
            count_object(&p, x);
    }
    flush_ring(&p);
}

/* search: a count that is too small */
static void check_counts(const struct coili_marks *m)
{
    char text[120];

    COILI_EACH_EXAMINED_ROW(m, r)
        COILI_EACH_GRAIN(m->row[r].examined, r, x) {
            coil_obj *o = coili_at(m, x);
            uint32_t trial = m->trial[x / 2];

            if (!(trial >> 31) || (o->count & COIL_IMMORTAL))
                continue;
            snprintf(text, sizeof text, "refcount is too small: "
                "a %s has count %u and %u references", o->type->name,
                (unsigned)o->count, (unsigned)(o->count - trial));
            coil_check_failed("checked error", text, "coil_gc_collect");
        }
}

/* search: finding the roots */
bool coili_marks_find_roots(struct coili_marks *m, uint32_t *left)
{
    uint32_t all = 0;
    uint64_t found = 0;

    m->left = left;
    m->cursor = COILI_NOBODY;
    if (m->span == 0)
        return false;
    COILI_EACH_EXAMINED_ROW(m, r) {
        uint64_t *suspect = &m->row[r].suspect, roots = 0;

        const uint32_t *trial = m->trial + r * 32;

        for (int k = 31; k >= 0; k--) {
            all |= trial[k];
            roots = roots << 2 | (trial[k] != 0);
        }
        roots = (roots | roots << 1) & *suspect;
        found |= roots;
        *suspect &= ~roots;
        *left += (uint32_t)__builtin_popcountll(*suspect);
    }
    if (all >> 31 && !m->again)
        check_counts(m);
    return found != 0;
}

/* search: reaching */
/* Returns how many were reached: one, or none. */
static inline uint32_t reach(struct pass *p, coil_obj *child)
{
    size_t offset = (uintptr_t)child - p->base;

    if (offset >= p->span)
        pass_on(p, child);
    else if (p->at_work[offset >> 16])
        return coili_marks_reach(p->m, (uint32_t)(offset / 16));
    return 0;
}

static int reach_child(coil_obj *child, void *arg)
{
    struct pass *p = arg;
    uint32_t reached = reach(p, child);     /* may change *left */

    *p->m->left -= reached;
    return 0;
}

static inline void reach_items(struct pass *p, coil_obj **items,
                               size_t len)
{
    uint32_t reached = 0;

    for (size_t i = 0; i < len; i++)
        reached += reach(p, items[i]);
    *p->m->left -= reached;
}

/* search: the marking pass */
static void show_children(struct pass *p, uint32_t x)
{
    coil_obj *o = coili_at(p->m, x);

    if (o->type == &coil_list_type)
        reach_items(p, coili_list_of(o)->items, coili_list_of(o)->len);
    else if (o->type == &coil_tuple_type)
        reach_items(p, coili_tuple_of(o)->items,
                    coili_tuple_of(o)->len);
    else
        o->type->traverse(o, reach_child, p);
}

static void show_those_behind(struct pass *p)
{
    struct coili_marks *m = p->m;

    while (m->top != COILI_NOBODY) {
        uint32_t x = m->top;

        m->top = m->trial[x / 2];
        show_children(p, x);
    }
}

/* Within the row, too, what is reached may lie on either side. */
static void show_row(struct pass *p, uint32_t r)
{
    struct coili_marks_row *row = &p->m->row[r];
    uint64_t shown = 0, next;

    p->m->cursor = r * 64;
    while ((next = scope(p, r) & ~row->suspect & ~shown) != 0) {
        next &= -next;
        shown |= next;
        show_children(p, r * 64 + (uint32_t)__builtin_ctzll(next));
        show_those_behind(p);
    }
}

void coili_marks_show_roots(struct coili_marks *m, coil_visit_fn *visit,
                            void *arg)
{
    struct pass p = begin(m, visit, arg);

    if (m->span == 0)
        return;
    COILI_EACH_EXAMINED_ROW(m, r) {
        if (*m->left == 0)
            break;
        show_row(&p, r);
    }
    m->cursor = COILI_NOBODY;   /* the walk is over: all is behind */
}

bool coili_marks_show_rest(struct coili_marks *m, coil_visit_fn *visit,
                           void *arg)
{
    struct pass p = begin(m, visit, arg);
    bool any = m->top != COILI_NOBODY;

    show_those_behind(&p);
    return any;
}
