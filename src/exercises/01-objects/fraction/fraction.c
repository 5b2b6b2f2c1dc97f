#include "fraction.h"

struct fraction {
    coil_obj head;
    int64_t n, d;
};

coil_type fraction_type = {
    .head = COIL_TYPE_HEAD, .name = "Fraction",
    .size = sizeof(struct fraction),
};

coil_obj *fraction_new(int64_t n, int64_t d)
{
    struct fraction *f = coil_object_new(&fraction_type);

    if (f == NULL)
        return NULL;
    f->n = n;
    f->d = d;
    return &f->head;
}

bool fraction_check(coil_obj *o)
{
    return coil_is(o, &fraction_type);
}

void fraction_terms(coil_obj *o, int64_t *n, int64_t *d)
{
    COIL_CHECK(fraction_check(o));
    *n = ((struct fraction *)o)->n;
    *d = ((struct fraction *)o)->d;
}
