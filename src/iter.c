#include "internal/iter.h"

coil_obj *coili_iter_new(coil_type *type, coil_obj *owner,
                         const uint32_t *len)
{
    struct coili_iter *it = coil_object_new(type);

    if (it == NULL)
        return NULL;
    it->owner = coil_incref(owner);
    it->len = it->left = len != NULL ? *len : 0;
    return &it->head;
}

coil_obj *coili_iter_self(coil_obj *self)
{
    return coil_incref(self);
}

int coili_iter_traverse(coil_obj *self, coil_visit_fn *visit, void *arg)
{
    COIL_VISIT(coili_iter_of(self)->owner);
    return 0;
}

void coili_iter_release(coil_obj *self)
{
    COIL_CLEAR(coili_iter_of(self)->owner);
}
