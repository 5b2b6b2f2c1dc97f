/*
 * want: status = compile-error
 * want: compile.messages.0.text = undefined reference to 'tally_sum'
 */
#include "tally.h"

static int other_sum(coil_obj *tally, long long *sum);

coil_obj *tally_new(void)
{
    (void)other_sum;
    return coil_list_new();
}

int tally_add(coil_obj *tally, long long n)
{
    coil_obj *item = coil_int_new(n);
    int rv = item != NULL ? coil_list_append(tally, item) : -1;

    coil_decref(item);
    return rv;
}

static int other_sum(coil_obj *tally, long long *sum)
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
