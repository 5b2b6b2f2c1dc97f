#include "leak.h"

static coil_obj *length(coil_obj *s)
{
    if (!coil_str_check(s)) {
        coil_error_set(COIL_TYPE_ERROR, "a str is required");
        return NULL;
    }
    return coil_int_new((int64_t)coil_str_len(s));
}

coil_obj *leak_sum(coil_obj *a, coil_obj *b)
{
    coil_obj *m = NULL, *n = NULL, *sum = NULL;

    if (!(m = length(a)) || !(n = length(b)))
        goto done;
    sum = coil_add(m, n);
done:
    coil_decref(m);
    coil_decref(n);
    return sum;
}

coil_obj *leak_total(coil_obj *const *strs, size_t n)
{
    coil_obj *total = coil_int_new(0);

    for (size_t i = 0; total != NULL && i < n; i++) {
        coil_obj *len = length(strs[i]), *next = NULL;

        if (len != NULL)
            next = coil_add(total, len);
        coil_decref(len);
        coil_decref(total);
        total = next;
    }
    return total;
}
