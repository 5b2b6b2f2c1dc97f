/*
 * want: checks.build.status = wrong
 * want: checks.build.case.expected = live 0
 * want: checks.build.case.got = live 1 (int 1)
 * want: checks.sum.status = wrong
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

    return rv;
}

int tally_sum(coil_obj *tally, long long *sum)
{
    *sum = 0;
    for (size_t i = 0; i < coil_list_len(tally); i++) {
        int64_t n;

        if (coil_int_value(coil_list_get_borrowed(tally, i), &n) < 0)
            return -1;
        *sum += n;
    }
    return 0;
}
