/*
 * want: checks.sum.status = crash
 * want: checks.sum.build = plain
 * want: checks.sum.signal = 11
 * want: checks.sum.case.calls = open; new; sum
 * want: checks.sum.trace.0.line = 30
 * want: checks.sum.trace.0.function = tally_sum
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
    volatile int *volatile nothing = NULL;

    *sum = 0;
    *nothing = 1;
    for (size_t i = 0; i < coil_list_len(tally); i++) {
        int64_t n;

        if (coil_int_value(coil_list_get_borrowed(tally, i), &n) < 0)
            return -1;
        *sum += n;
    }
    return 0;
}
