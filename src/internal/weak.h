/* weak.h - weak references, their table, their callbacks (internal) */
#ifndef COILI_WEAK_H
#define COILI_WEAK_H

#include "coil/weakref.h"
#include "internal/gc.h"

struct coili_weakref {
    coil_obj head;
    coil_obj *object;           /* borrowed; NULL: gone */
    struct coili_weakref *next, *previous;  /* of the same object */
    coil_weak_fn *fn;           /* or NULL */
    coil_obj *context;          /* owned, or NULL */
    int64_t hash;               /* of the object; -1: never asked */
};

static inline struct coili_weakref *coili_weakref_of(coil_obj *o)
{
    return (struct coili_weakref *)o;
}

static inline bool coili_is_weak(coil_obj *o)
{
    return o->type == &coil_weakref_type || o->type == &coil_proxy_type;
}

/* The slots that references and proxies share. */
coil_traverse_fn coili_weak_traverse;
coil_release_fn coili_weak_release;

/* internal weak: the table */
/* The row of an object that has weak references. */
struct coili_weak_row *coili_weak_find(coil_obj *o);

/* A row for one more object.  NULL: MemoryError. */
struct coili_weak_row *coili_weak_add(coil_obj *o);
void coili_weak_remove(struct coili_weak_row *row);
void coili_weak_validate(void);

/* The first reference to o, or NULL. */
static inline struct coili_weakref *coili_weak_first(coil_obj *o)
{
    return o->gc & COILI_WEAKLY ? coili_weak_find(o)->first : NULL;
}

/* internal weak: the end of an object */
/* Callbacks that wait to be called: references, each owned, linked by
 * next, in the order in which they will be called. */
struct coili_weak_calls {
    struct coili_weakref *first, **last;
};

/* Clear all weak references to o, and queue those with a callback that
 * are not unreachable themselves. */
void coili_weak_clear(coil_obj *o, struct coili_weak_calls *calls);

/* Call them, and let go of them. */
void coili_weak_call(struct coili_weak_calls *calls);

/* This one will not be asked again, nor called. */
void coili_weak_unlink(struct coili_weakref *r);

#endif
