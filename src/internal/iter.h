/* iter.h - what the iterators over containers share (internal) */
#ifndef COILI_ITER_H
#define COILI_ITER_H

#include "coil/object.h"

struct coili_iter {
    coil_obj head;
    coil_obj *owner;        /* owned; NULL once the end was reached */
    size_t at;              /* where the next step begins to look */
    size_t len;             /* of the owner at first, or CHANGED */
    size_t left;            /* elements still to come, of a table */
};

/* No container is as long: the owner has changed, for good. */
#define COILI_CHANGED SIZE_MAX

static inline struct coili_iter *coili_iter_of(coil_obj *o)
{
    return (struct coili_iter *)o;
}

/* A new iterator of this type; it keeps owner.  To make it may run
 * strangers, so the length, if it matters, is read afterwards. */
COIL_NEW coil_obj *coili_iter_new(coil_type *type, coil_obj *owner,
                                  const uint32_t *len);

/* Slots. */
coil_obj *coili_iter_self(coil_obj *self);
int coili_iter_traverse(coil_obj *self, coil_visit_fn *visit,
                        void *arg);
void coili_iter_release(coil_obj *self);
#endif
