#include "pair.h"

static int pair_traverse(coil_obj *self, coil_visit_fn *visit,
                         void *arg)
{
    COIL_VISIT(pair_of(self)->first);
    COIL_VISIT(pair_of(self)->second);
    return 0;
}

static void pair_clear(coil_obj *self)
{
    COIL_CLEAR(pair_of(self)->first);
    COIL_CLEAR(pair_of(self)->second);
}

coil_type pair_type = {
    .head = COIL_TYPE_HEAD,
    .name = "pair",
    .size = sizeof(struct pair),
    .traverse = pair_traverse,
    .clear = pair_clear,
    .release = pair_clear,
};

coil_obj *pair_new_steal(coil_obj *first, coil_obj *second)
{
    struct pair *p = coil_object_new(&pair_type);

    if (p == NULL) {
        coil_decref(first);
        coil_decref(second);
        return NULL;
    }
    p->first = first;
    p->second = second;
    return &p->head;
}

coil_obj *pair_new(coil_obj *first, coil_obj *second)
{
    return pair_new_steal(first ? coil_incref(first) : NULL,
                          second ? coil_incref(second) : NULL);
}
