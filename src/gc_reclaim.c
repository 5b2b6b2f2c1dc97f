#include "coil/constants.h"
#include "internal/gc.h"
#include "internal/list_layout.h"
#include "internal/object.h"
#include "internal/tuple_layout.h"
/* reclaim: more headers */
#include "internal/weak.h"

/* reclaim: walking over the dead */
uint32_t coili_gc_next_dead(const struct coili_gc *gc, uint32_t from)
{
    while (from < gc->end) {
        uint32_t x = from - gc->first;
        uint64_t rest = ~gc->reached[x / 64] >> x % 64;

        if (rest == 0) {
            from += 64 - x % 64;
        } else {
            from += (uint32_t)__builtin_ctzll(rest);
            if (from < gc->end && gc->objects[from] != NULL)
                return from;
            from++;
        }
    }
    return gc->end;
}

static inline void look_ahead(const struct coili_gc *gc, uint32_t i)
{
    if (i + 16 < gc->end && gc->objects[i + 16] != NULL)
        __builtin_prefetch(gc->objects[i + 16], 1);
}

/* reclaim: pinning */
/* Make the dead immortal: dropping a reference to one does nothing. */
static void pin(struct coili_gc *gc)
{
    COILI_EACH_DEAD(gc, i) {
        look_ahead(gc, i);
        gc->objects[i]->count |= COIL_IMMORTAL;
    }
}

/* reclaim: emptying */
struct queue {
    uint32_t at;
    bool any;                   /* something may be in it */
    coil_obj *held[COILI_IN_FLIGHT];
};

static void flush(struct queue *q)
{
    for (int k = 0; q->any && k < COILI_IN_FLIGHT; k++)
        coil_decref(coili_delay(q->held, &q->at, NULL));
    q->any = false;
}

/* The last element first, as a release does. */
static void drop_items(struct queue *q, coil_obj **items, size_t len)
{
    q->any = true;
    while (len-- > 0) {
        coil_obj *item = items[len];

        items[len] = NULL;
        coil_decref(coili_delay(q->held, &q->at, item));
    }
}

static void drop_list(struct queue *q, struct coili_list *l)
{
    struct coili_list old = *l;

    l->items = NULL;
    l->len = l->cap = 0;
    drop_items(q, old.items, old.len);
    coil_memory_free(old.items, old.cap * sizeof *old.items);
}

/* Take from each of the dead what it refers to.  Returns whether some
 * must still be released in their own way. */
static bool empty(struct coili_gc *gc)
{
    struct queue queue = { 0 };
    bool others = false;

    COILI_EACH_DEAD(gc, i) {
        coil_obj *o = gc->objects[i];

        look_ahead(gc, i);
        if (o->type == &coil_list_type) {
            drop_list(&queue, coili_list_of(o));
        } else if (o->type == &coil_tuple_type) {
            drop_items(&queue, coili_tuple_of(o)->items,
                       coili_tuple_of(o)->len);
        } else {
            others = true;
            flush(&queue);
            if (o->type->clear != NULL)
                o->type->clear(o);
        }
    }
    flush(&queue);
    return others;
}

static void release_others(struct coili_gc *gc)
{
    COILI_EACH_DEAD(gc, i) {
        coil_obj *o = gc->objects[i];

        if (o->type != &coil_list_type && o->type != &coil_tuple_type &&
            o->type->release != NULL)
            o->type->release(o);
    }
}

static void free_blocks(struct coili_gc *gc)
{
    COILI_EACH_DEAD(gc, i) {
        coil_obj *o = gc->objects[i];

        look_ahead(gc, i);
        gc->objects[i] = NULL;
        gc->tracked--;
        coili_object_free(o);
    }
}

/* reclaim: weak references */
/* Clear the weak references to the dead, all before any callback is
 * called.  At the end, dead references forget their objects, too. */
static void clear_weakrefs(struct coili_gc *gc, bool at_end)
{
    struct coili_weak_calls calls = { NULL, &calls.first };

    COILI_EACH_DEAD(gc, i) {
        coil_obj *o = gc->objects[i];

        if (!(o->gc & COILI_WEAKLY))
            continue;
        if (!coili_is_weak(o))
            coili_weak_clear(o, &calls);
        else if (at_end)
            coili_weak_unlink(coili_weakref_of(o));
    }
    coili_weak_call(&calls);
}

/* reclaim: last words */
static bool some_have_words(struct coili_gc *gc)
{
    /* have those tracked in another way words? return */
    if (coili_marks_have_words(&gc->marks))
        return true;
    COILI_EACH_DEAD(gc, i) {
        coil_obj *o = gc->objects[i];

        look_ahead(gc, i);
        if ((o->gc & COILI_WEAKLY) ||
            (o->type->finalize != NULL && !(o->gc & COILI_FINALIZED)))
            return true;
    }
    return false;
}

static uint32_t hear_words(struct coili_gc *gc)
{
    uint32_t dead;

    /* hear the words of both kinds and return */
    if (gc->marks.span > 0)
        return coili_marks_hear_words(gc);
    /* clear the weak references to the dead */
    clear_weakrefs(gc, false);
    COILI_EACH_DEAD(gc, i) {
        coil_obj *o = coil_incref(gc->objects[i]);

        coili_finalize(o);
        coil_decref(o);
    }
    dead = coili_gc_detect_again(gc);
    /* clear the weak references made since */
    clear_weakrefs(gc, true);
    return dead;
}

/* reclaim: saving instead */
/* Keep the dead in a list, where a person can look at them.  One that
 * finds no room there stays unreachable, and is found again. */
static void save(struct coili_gc *gc)
{
    coil_obj *list = coil_gc_garbage();

    if (list == NULL)
        coil_error_ignore("saving what is unreachable");
    COILI_EACH_DEAD(gc, i)
        if (list != NULL && coil_list_append(list, gc->objects[i]) < 0)
            coil_error_ignore("saving what is unreachable");
    coil_decref(list);
}

/* reclaim: the whole */
uint32_t coili_gc_reclaim(struct coili_gc *gc, uint32_t dead)
{
    if (some_have_words(gc))
        dead = hear_words(gc);
    /* save the dead of both kinds and return */
    if (gc->marks.span > 0 && (gc->debug & COIL_GC_SAVE_ALL)) {
        coili_marks_save(gc);
        return dead;
    }
    /* save the dead and return */
    if (gc->debug & COIL_GC_SAVE_ALL) {
        save(gc);
        return dead;
    }
    pin(gc);
    /* pin and empty those tracked in another way */
    coili_marks_empty(gc);
    if (empty(gc))
        release_others(gc);
    /* reclaim those tracked in another way */
    coili_marks_free(gc);
    free_blocks(gc);
    return dead;
}
