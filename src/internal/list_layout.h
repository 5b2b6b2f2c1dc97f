/* list_layout.h - inside a list (internal) */
#ifndef COILI_LIST_LAYOUT_H
#define COILI_LIST_LAYOUT_H

#include "coil/list.h"

struct coili_list {
    coil_obj head;
    coil_obj **items;       /* NULL or cap places; owns the first len */
    size_t len, cap;
};

static inline struct coili_list *coili_list_of(coil_obj *o)
{
    return (struct coili_list *)o;
}

void coili_list_validate(coil_obj *list);

/* The slots of the type that can meet strangers, and truth. */
int coili_list_repr(coil_obj *self, coil_text *out);
int coili_list_equal(coil_obj *self, coil_obj *other);
int coili_list_truth(coil_obj *self);
#endif
