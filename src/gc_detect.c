#include <stdio.h>
#include <string.h>

#include "coil/constants.h"
#include "coil/dict.h"
#include "internal/gc.h"
#include "internal/list_layout.h"
#include "internal/tuple_layout.h"

/* detect: the state of a search */
#define NOBODY UINT32_MAX

struct search {
    coil_obj **objects;         /* [0] is slot `base` of the vector */
    uint32_t *trial;            /* [0] belongs to it, too */
    uint64_t *reached, *plain;  /* bit 0 belongs to it */
    uint32_t base, span;        /* span slots are examined */
    uint32_t left;              /* suspects: slots not reached */
    uint32_t cursor;            /* slots below it have been shown */
    uint32_t top;               /* reached behind the cursor: a list
                                   linked through trial[] */
    bool full;                  /* all generations are examined */
    bool again;                 /* counts were checked before */
    bool any_plain;             /* some bit of plain is set */
    uint32_t at;                /* next entry of the queue */
    coil_obj *queue[COILI_IN_FLIGHT];
};

static inline bool has_bit(const uint64_t *bits, uint32_t x)
{
    return bits[x / 64] >> x % 64 & 1;
}

static inline void set_bit(uint64_t *bits, uint32_t x)
{
    bits[x / 64] |= UINT64_C(1) << x % 64;
}

/* The object's slot, counted from base.  What is not tracked, is older,
 * or was born since, gives a number that is no less than span. */
static inline uint32_t slot_of(const struct search *s, coil_obj *o)
{
    return (o->gc & COILI_PLACE) - s->base;
}

/* detect: the queue */
static void empty_queue(struct search *s)
{
    for (int i = 0; i < COILI_IN_FLIGHT; i++)
        s->queue[i] = COIL_NONE;
}

static void flush_queue(struct search *s, coil_visit_fn *visit)
{
    for (int i = 0; i < COILI_IN_FLIGHT; i++)
        visit(COIL_NONE, s);
}

/* Fetch what the walk over the vector will need soon. */
static inline void look_ahead(const struct search *s, uint32_t x)
{
    coil_obj *o;

    if (x + 32 >= s->span)
        return;
    __builtin_prefetch(s->objects[x + 32]);
    o = s->objects[x + 16];
    if (o != NULL && o->type == &coil_list_type)
        __builtin_prefetch(coili_list_of(o)->items);
}

/* detect: taking off the inner references */
static inline void take_off(struct search *s, coil_obj *child)
{
    uint32_t x = slot_of(s, child);

    /* take off a reference to an object tracked in another way */
    if (child->gc & COILI_BESIDE) {
        struct coili_marks *m = &coili_gc_now()->marks;

        m->trial[coili_grain(m, child) / 2]--;
    }
    if (x < s->span)
        s->trial[x]--;
}

static int take_off_later(coil_obj *child, void *arg)
{
    struct search *s = arg;

    take_off(s, coili_delay(s->queue, &s->at, child));
    return 0;
}

static inline void take_off_items(struct search *s, coil_obj **items,
                                  size_t len)
{
    uint32_t at = s->at;

    for (size_t i = 0; i < len; i++)
        if (items[i] != NULL)
            take_off(s, coili_delay(s->queue, &at, items[i]));
    s->at = at;
}

/* detect: containers of atoms */
/* A child that lets its holder be plain: an atom, or a tuple that is
 * plain itself.  Stops the traversal (1) at any other. */
static int is_plain(coil_obj *child, void *arg)
{
    struct search *s = arg;
    uint32_t x = slot_of(s, child);

    if (!coili_may_be_tracked(child))
        return 0;
    /* is a tuple plain that is tracked in another way? return */
    if (child->gc & COILI_BESIDE)
        return child->type != &coil_tuple_type ||
            !coili_marks_plain(&coili_gc_now()->marks, child);
    return !(child->type == &coil_tuple_type && x < s->span &&
             has_bit(s->plain, x));
}

static void note_if_plain(struct search *s, uint32_t x, coil_obj *o)
{
    if (o->type == &coil_tuple_type)
        for (size_t i = 0; i < coili_tuple_of(o)->len; i++)
            if (coili_tuple_of(o)->items[i] == NULL)
                return;
    if (o->type->traverse(o, is_plain, s) != 0)
        return;
    set_bit(s->plain, x);
    s->any_plain = true;
}

static void let_go_of_plain(struct coili_gc *gc)
{
    for (uint32_t x = 0; x < gc->end - gc->first; x++)
        if (gc->plain[x / 64] == 0)
            x |= 63;
        else if (has_bit(gc->plain, x) && has_bit(gc->reached, x))
            coili_gc_forget(gc->objects[gc->first + x]);
}

/* detect: the counting pass */
static void count_object(struct search *s, uint32_t x, coil_obj *o)
{
    s->trial[x] += o->count;
    if (o->type == &coil_list_type) {
        take_off_items(s, coili_list_of(o)->items,
                       coili_list_of(o)->len);
    } else if (o->type == &coil_tuple_type) {
        take_off_items(s, coili_tuple_of(o)->items,
                       coili_tuple_of(o)->len);
        note_if_plain(s, x, o);
    } else {
        o->type->traverse(o, take_off_later, s);
        if (s->full && o->type == &coil_dict_type)
            note_if_plain(s, x, o);
    }
}

static void count_references(struct search *s)
{
    memset(s->trial, 0, s->span * sizeof *s->trial);
    /* count the references of containers tracked in another way */
    coili_marks_count(&coili_gc_now()->marks, s->again,
                      take_off_later, s);
    for (uint32_t x = 0; x < s->span; x++) {
        look_ahead(s, x);
        if (has_bit(s->reached, x))
            continue;
        if (s->objects[x] == NULL)
            set_bit(s->reached, x);
        else
            count_object(s, x, s->objects[x]);
    }
    flush_queue(s, take_off_later);
}

/* detect: a count that is too small */
static void check_counts(const struct search *s)
{
    char text[120];

    for (uint32_t x = 0; x < s->span; x++) {
        coil_obj *o = s->objects[x];

        if (o == NULL || !(s->trial[x] >> 31) ||
            (o->count & COIL_IMMORTAL))
            continue;
        snprintf(text, sizeof text, "refcount is too small: "
            "a %s has count %u and %u references", o->type->name,
            (unsigned)o->count, (unsigned)(o->count - s->trial[x]));
        coil_check_failed("checked error", text, "coil_gc_collect");
    }
}

/* detect: finding the roots */
/* Reach those that are held from outside, and count the others.
 * Returns how many were reached that were not before. */
static uint32_t find_roots(struct search *s)
{
    uint32_t all = 0, found = 0;

    s->left = 0;
    for (uint32_t x = 0; x < s->span; x += 64) {
        uint32_t n = s->span - x < 64 ? s->span - x : 64;
        uint64_t roots = 0, *word = &s->reached[x / 64];

        for (uint32_t k = 0; k < n; k++) {
            roots |= (uint64_t)(s->trial[x + k] != 0) << k;
            all |= s->trial[x + k];
        }
        found += (uint32_t)__builtin_popcountll(roots & ~*word);
        *word |= roots;
        s->left += n - (uint32_t)__builtin_popcountll(*word);
    }
    if (all >> 31 && !s->again)
        check_counts(s);
    /* find the roots among objects tracked in another way */
    found += coili_marks_find_roots(&coili_gc_now()->marks, &s->left);
    return found;
}

/* detect: reaching */
static inline void reach(struct search *s, coil_obj *child)
{
    uint32_t x = slot_of(s, child);

    /* reach an object tracked in another way */
    if (child->gc & COILI_BESIDE) {
        struct coili_marks *m = &coili_gc_now()->marks;

        s->left -= coili_marks_reach(m, coili_grain(m, child));
    }
    if (x >= s->span || has_bit(s->reached, x))
        return;
    set_bit(s->reached, x);
    s->left--;
    if (x <= s->cursor) {       /* the walk will meet those ahead */
        s->trial[x] = s->top;
        s->top = x;
    }
}

static int reach_later(coil_obj *child, void *arg)
{
    struct search *s = arg;

    reach(s, coili_delay(s->queue, &s->at, child));
    return 0;
}

static inline void reach_items(struct search *s, coil_obj **items,
                               size_t len)
{
    uint32_t at = s->at;

    for (size_t i = 0; i < len; i++)
        if (items[i] != NULL)
            reach(s, coili_delay(s->queue, &at, items[i]));
    s->at = at;
}

/* detect: the marking pass */
static void show_children(struct search *s, coil_obj *o)
{
    if (o == NULL)
        return;
    if (o->type == &coil_list_type)
        reach_items(s, coili_list_of(o)->items, coili_list_of(o)->len);
    else if (o->type == &coil_tuple_type)
        reach_items(s, coili_tuple_of(o)->items,
                    coili_tuple_of(o)->len);
    else
        o->type->traverse(o, reach_later, s);
}

static void show_those_behind(struct search *s)
{
    while (s->top != NOBODY) {
        uint32_t x = s->top;

        s->top = s->trial[x];
        show_children(s, s->objects[x]);
    }
}

static void mark_reachable(struct search *s)
{
    /* show the children of roots tracked in another way */
    s->cursor = 0;              /* the walk has yet to begin */
    coili_marks_show_roots(&coili_gc_now()->marks, reach_later, s);
    for (uint32_t x = 0; x < s->span && s->left > 0; x++) {
        if (!has_bit(s->reached, x))
            continue;
        look_ahead(s, x);
        s->cursor = x;
        show_children(s, s->objects[x]);
        show_those_behind(s);
    }
    s->cursor = s->span;        /* the walk is over: all is behind */
    while (s->left > 0) {
        flush_queue(s, reach_later);
        /* show the children of others that were reached */
        while (coili_marks_show_rest(&coili_gc_now()->marks,
                                     reach_later, s))
            flush_queue(s, reach_later);
        if (s->top == NOBODY)
            break;
        show_those_behind(s);
    }
    empty_queue(s);
}

/* detect: a search */
static uint32_t search(struct coili_gc *gc, struct search *s)
{
    s->objects = gc->objects + gc->first;
    s->trial = gc->trial;
    s->reached = gc->reached;
    s->plain = gc->plain;
    s->base = gc->first;
    s->span = gc->end - gc->first;
    s->cursor = s->span;
    s->top = NOBODY;
    empty_queue(s);
    count_references(s);
    /* let a watcher see the trial counts */
    coili_gc_show(gc, COIL_GC_COUNTED);
    if (find_roots(s) > 0)
        mark_reachable(s);
    /* let a watcher see who is reached */
    coili_gc_show(gc, COIL_GC_MARKED);
    return s->left;
}

uint32_t coili_gc_detect(struct coili_gc *gc)
{
    struct search s = { .full = gc->full };
    uint32_t words = (gc->end - gc->first + 63) / 64, found;

    memset(gc->reached, 0, words * sizeof *gc->reached);
    memset(gc->plain, 0, words * sizeof *gc->plain);
    found = search(gc, &s);
    if (s.any_plain)
        let_go_of_plain(gc);
    /* let go of the plain ones tracked in another way */
    coili_marks_let_go_of_plain(gc);
    return found;
}

uint32_t coili_gc_detect_again(struct coili_gc *gc)
{
    struct search s = { .again = true };

    return search(gc, &s);
}
