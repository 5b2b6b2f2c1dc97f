/* pair.h - a container of two references, made by a client of the
 * library
 *
 *     coil_obj *p = pair_new(a, b);        // new; keeps a and b
 *
 * Needs chapter 1's object.h alone: no str, no repr.
 */
#ifndef PAIR_H
#define PAIR_H

#include "coil/object.h"

struct pair {
    coil_obj head;
    coil_obj *first, *second;   /* owned, or NULL */
};

extern coil_type pair_type;

COIL_NEW coil_obj *pair_new(coil_obj *first, coil_obj *second);
COIL_NEW coil_obj *pair_new_steal(COIL_STEALS coil_obj *first,
                                  COIL_STEALS coil_obj *second);

static inline struct pair *pair_of(coil_obj *o)
{
    return (struct pair *)o;
}

#endif
