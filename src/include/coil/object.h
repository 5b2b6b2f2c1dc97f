/* object.h - the head of every object, its type and its count
 *
 * Every object begins with a coil_obj.  Its count is the number of
 * references that owners have announced; when the last one is taken
 * back, the object is released at once.
 *
 *     coil_obj *n = coil_int_new(1000);     // new: count 1
 *     coil_list_append(list, n);            // keeps: count 2
 *     coil_decref(n);                       // ours is gone: count 1
 *
 * Threads: confined; an object belongs to one runtime.
 */
#ifndef COIL_OBJECT_H
#define COIL_OBJECT_H

#include "coil/error.h"

/* object: the head */
typedef struct coil_obj coil_obj;
typedef struct coil_type coil_type;

struct coil_obj {
    coil_type *type;
    uint32_t count;         /* references; top bit set: immortal */
    uint32_t gc;            /* the collector's word, see below */
};

typedef struct coil_var coil_var;
struct coil_var {
    coil_obj head;
    size_t len;             /* items of type->item_size bytes each */
};

#define COIL_IMMORTAL UINT32_C(0x80000000)
#define COIL_HEAD(type) { (type), COIL_IMMORTAL, 0 }
#define COIL_TYPE_HEAD COIL_HEAD(&coil_type_type)

/* object: types */
/* object: the signatures of slots */
/* Visit each reference the object holds, once for each time it holds
 * it; stop when visit returns non-zero, and return that. */
typedef int coil_visit_fn(coil_obj *child, void *arg);
typedef int coil_traverse_fn(coil_obj *self, coil_visit_fn *visit,
                             void *arg);

/* Drop references so that no cycle can pass through the object; it
 * must remain valid, as if it had become empty. */
typedef void coil_clear_fn(coil_obj *self);

/* The last words of an object that nobody holds.  It is still whole.
 * Runs at most once; may store a reference to self somewhere, which
 * keeps the object alive.  An error left pending is ignored. */
typedef void coil_finalize_fn(coil_obj *self);

/* Drop all references and memory that the object holds, but not the
 * object's own block. */
typedef void coil_release_fn(coil_obj *self);

typedef struct coil_text coil_text;
typedef int coil_repr_fn(coil_obj *self, coil_text *out);
typedef int coil_hash_fn(coil_obj *self, int64_t *hash);  /* not -1 */
typedef int coil_equal_fn(coil_obj *self, coil_obj *other);
typedef int coil_truth_fn(coil_obj *self);
typedef coil_obj *coil_iter_fn(coil_obj *self);
typedef int coil_next_fn(coil_obj *self, coil_obj **item);

struct coil_type {
    coil_obj head;                  /* a type is an object, too */
    const char *name;               /* as Python would print it */
    size_t size;                    /* bytes of the fixed part */
    size_t item_size;               /* bytes an item, 0: no items */
    bool weak;                      /* may be weakly referenced */

    /* slots that manage an object's life */
    coil_traverse_fn *traverse;     /* containers: show each reference */
    coil_clear_fn *clear;           /* containers: drop them */
    coil_finalize_fn *finalize;     /* Python's __del__ */
    coil_release_fn *release;       /* drop what the object holds */
    /* slots that answer questions */
    coil_repr_fn *repr;             /* NULL: "<name object>" */
    coil_hash_fn *hash;             /* NULL: by identity, or none */
    coil_equal_fn *equal;           /* NULL: identity */
    coil_truth_fn *truth;           /* NULL: true */
    coil_iter_fn *iter;             /* NULL: not iterable */
    coil_next_fn *next;             /* NULL: not an iterator */

    _Atomic uint32_t census;        /* private: zero at first */
};

extern coil_type coil_type_type;

/* object: counting */
/* coil_incref - one more owner; returns o, now new
 *
 * Unchecked: o is not NULL; the read would crash at once.
 * Cost:      one read, one test, one write of o.
 */
static inline coil_obj *coil_incref(coil_obj *o)
{
    if (!(o->count & COIL_IMMORTAL))
        o->count++;
    return o;
}

/* coil_release - the last owner of o lets go (not for clients)
 *
 * Checked: o has an owner to lose.
 */
void coil_release(coil_obj *o);

/* coil_decref - one owner less; the last one releases the object
 *
 * Ownership: steals o.  NULL does nothing.
 * Checked:   o has an owner to lose.
 * Cost:      one read, one test, one write; the release of everything
 *            that only o kept alive.  It can run finalizers.
 */
static inline void coil_decref(COIL_STEALS coil_obj *o)
{
    if (o == NULL)
        return;
    if ((int32_t)o->count > 1)          /* 2 owners or more */
        o->count--;
    else if (!(o->count & COIL_IMMORTAL))
        coil_release(o);
}

/* COIL_CLEAR - set the pointer p to NULL, then release what it held;
 * p is evaluated twice */
#define COIL_CLEAR(p)                           \
    do {                                        \
        coil_obj *coil_old_ = (coil_obj *)(p);  \
        (p) = NULL;                             \
        coil_decref(coil_old_);                 \
    } while (0)

/* coil_count - the number of references; COIL_IMMORTAL or more for an
 * object that is not counted */
static inline uint32_t coil_count(coil_obj *o)
{
    return o->count;
}

/* object: making and releasing */
/* coil_object_new     - an object of this type, without items
 * coil_object_new_var - one with len items
 *
 * Ownership: returns new.  The body of a container is filled with
 *            zeros; that of other objects is not set.
 * Errors:    NULL with COIL_MEMORY_ERROR.
 * Checked:   the type has a name and a sensible size.
 * Cost:      one allocation.
 */
COIL_NEW void *coil_object_new(coil_type *type);
COIL_NEW void *coil_object_new_var(coil_type *type, size_t len);

/* coil_is - is o of exactly this type? */
static inline bool coil_is(coil_obj *o, const coil_type *type)
{
    return o->type == type;
}

/* In a traverse slot whose parameters are called visit and arg. */
#define COIL_VISIT(child)                                    \
    do {                                                     \
        int coil_rv_;                                        \
        if ((child) != NULL &&                               \
            (coil_rv_ = visit((coil_obj *)(child), arg)) != 0) \
            return coil_rv_;                                 \
    } while (0)
#endif
