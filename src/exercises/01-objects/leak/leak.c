#include "leak.h"

coil_obj *leak_sum(coil_obj *a, coil_obj *b)
{
    coil_obj *m = coil_int_new((int64_t)coil_str_len(a));
    coil_obj *n = coil_int_new((int64_t)coil_str_len(b));
    coil_obj *sum;

    if (m == NULL || n == NULL)
        return NULL;
    sum = coil_add(m, n);
    coil_decref(m);
    coil_decref(n);
    return sum;
}

coil_obj *leak_total(coil_obj *const *strs, size_t n)
{
    (void)strs, (void)n;
    return coil_int_new(0);     /* yours adds them up */
}
