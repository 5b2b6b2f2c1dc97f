/*
 * The use is in coil_decref, which is inlined: the line is where it was
 * called.
 *
 * want: checks.sum.status = crash
 * want: checks.sum.build = asan
 * want: checks.sum.case.calls = open; new; sum
 * want: checks.sum.trace.0.line = 40
 * want: checks.sum.freed.0.line = 39
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
    coil_obj *zero = coil_int_new(1000);

    *sum = 0;
    for (size_t i = 0; i < coil_list_len(tally); i++) {
        int64_t n;

        if (coil_int_value(coil_list_get_borrowed(tally, i), &n) < 0)
            return -1;
        *sum += n;
    }
    coil_decref(zero);
    coil_decref(zero);          /* once too often */
    return 0;
}
