/* int_layout.h - inside an int or a bool (internal) */
#ifndef COILI_INT_LAYOUT_H
#define COILI_INT_LAYOUT_H

#include "coil/int.h"
#include "coil/text.h"

struct coili_int {
    coil_obj head;
    int64_t value;
};

static inline int64_t coili_int_of(coil_obj *o)
{
    return ((struct coili_int *)o)->value;
}

/* The int's slots that bool borrows. */
int coili_int_hash(coil_obj *self, int64_t *hash);
int coili_int_equal(coil_obj *self, coil_obj *other);
int coili_int_truth(coil_obj *self);
int64_t coili_hash_of_int(int64_t value);
#endif
