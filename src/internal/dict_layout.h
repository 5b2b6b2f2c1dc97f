/* dict_layout.h - inside a dict (internal) */
#ifndef COILI_DICT_LAYOUT_H
#define COILI_DICT_LAYOUT_H

#include "coil/dict.h"
#include "internal/table.h"

struct coili_dict {
    coil_obj head;
    struct coili_table table;
};

static inline struct coili_dict *coili_dict_of(coil_obj *o)
{
    return (struct coili_dict *)o;
}

void coili_dict_validate(coil_obj *dict);
#endif
