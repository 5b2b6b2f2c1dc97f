/*
 * chapter: 04-pools
 * want: checks.build.status = leak
 * want: checks.build.build = asan
 * want: checks.build.case.calls = open; new
 * want: checks.build.trace.0.file = tally.c
 * want: checks.build.trace.0.line = 13
 */
#include "tally.h"

coil_obj *tally_new(void)
{
    void *lost = coil_memory_alloc(24);

    *(volatile char *)lost = 1;
    return lost != NULL ? coil_list_new() : NULL;
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
        *sum += n;
    }
    return 0;
}
