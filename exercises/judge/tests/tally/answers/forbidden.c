/*
 * want: status = rejected
 * want: score = 0
 * want: gate.0.symbol = system
 * want: gate.0.why = not in the list of what tally.c may use
 */
#include <stdlib.h>

#include "tally.h"

coil_obj *tally_new(void)
{
    if (system("true") != 0)
        return NULL;
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
        *sum += n;
    }
    return 0;
}
