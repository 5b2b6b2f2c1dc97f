/*
 * want: status = partial
 * want: checks.speed.status = wrong
 * want: checks.speed.build = count
 * want: score = 8
 */
#include "tally.h"

coil_obj *tally_new(void)
{
    return coil_list_new();
}

int tally_add(coil_obj *tally, long long n)
{
    coil_obj *item = coil_int_new(n);
    int rv = item != NULL ? coil_list_append(tally, item) : -1;

    coil_decref(item);
    return rv;
}

int tally_sum(coil_obj *tally, long long *sum)
{
    *sum = 0;
    for (size_t i = 0; i < coil_list_len(tally); i++) {
        int64_t n;

        if (coil_int_value(coil_list_get_borrowed(tally, i), &n) < 0)
            return -1;
        for (size_t k = 0; k < i; k++)
            if (coil_int_value(coil_list_get_borrowed(tally, k),
                               &n) < 0)
                return -1;
        coil_int_value(coil_list_get_borrowed(tally, i), &n);
        *sum += n;
    }
    return 0;
}
