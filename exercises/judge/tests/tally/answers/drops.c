/*
 * want: status = fail
 * want: checks.build.status = wrong
 * want: checks.build.case.calls = open; new; add -1; repr
 * want: checks.build.case.expected = "[-1]"
 * want: checks.build.case.got = "[]"
 * want: checks.build.heap = list
 * want: checks.faults.status = skipped
 * want: checks.faults.needs = build
 * want: checks.speed.status = skipped
 */
#include "tally.h"

coil_obj *tally_new(void)
{
    return coil_list_new();
}

int tally_add(coil_obj *tally, long long n)
{
    if (n < 0)
        return 0;
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
        *sum += n;
    }
    return 0;
}
