/* set_layout.h - inside a set (internal) */
#ifndef COILI_SET_LAYOUT_H
#define COILI_SET_LAYOUT_H

#include "coil/set.h"
#include "internal/table.h"

struct coili_set {
    coil_obj head;
    struct coili_table table;
    size_t dead;            /* entries before this one are dead ... */
    uint32_t dead_shape;    /* ... while the table has this shape */
};

static inline struct coili_set *coili_set_of(coil_obj *o)
{
    return (struct coili_set *)o;
}

void coili_set_validate(coil_obj *set);
#endif
