/*
 * want: checks.build.status = crash
 * want: checks.build.case.calls.0 = open
 * want: checks.build.output = heap-use-after-free
 * want: checks.build.freed.0.function = tally_add
 * want: checks.build.freed.0.line = 22
 */
#include "tally.h"

coil_obj *tally_new(void)
{
    return coil_list_new();
}

/* The list owns it once, and it is dropped twice. */
int tally_add(coil_obj *tally, long long n)
{
    coil_obj *item = coil_int_new(n + 5000);
    int rv = item != NULL ? coil_list_append(tally, item) : -1;

    coil_decref(item);
    coil_decref(item);
    return rv;
}

int tally_sum(coil_obj *tally, long long *sum)
{
    *sum = (long long)coil_list_len(tally);
    return 0;
}
