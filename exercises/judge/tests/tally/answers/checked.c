/*
 * want: checks.build.status = crash
 * want: checks.build.build = plain
 * want: checks.build.signal = 6
 * want: checks.build.case.calls = open; new; add 0
 * want: checks.build.output = checked error in coil_list_append
 * want: checks.build.trace.0.function = tally_add
 * want: checks.build.trace.0.line = 19
 */
#include "tally.h"

coil_obj *tally_new(void)
{
    return coil_list_new();
}

int tally_add(coil_obj *tally, long long n)
{
    int rv = coil_list_append(tally, NULL);

    return n == 12345 ? -1 : rv;
}

int tally_sum(coil_obj *tally, long long *sum)
{
    *sum = (long long)coil_list_len(tally);
    return 0;
}
