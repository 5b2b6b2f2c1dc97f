/* tuple_layout.h - inside a tuple (internal) */
#ifndef COILI_TUPLE_LAYOUT_H
#define COILI_TUPLE_LAYOUT_H

#include "coil/tuple.h"

struct coili_tuple {
    coil_obj head;
    size_t len;
    coil_obj *items[];      /* owned; NULL until filled */
};

static inline struct coili_tuple *coili_tuple_of(coil_obj *o)
{
    return (struct coili_tuple *)o;
}

void coili_tuple_validate(coil_obj *tuple);
#endif
