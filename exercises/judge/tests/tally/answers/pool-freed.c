/*
 * chapter: 04-pools
 * want: checks.build.status = crash
 * want: checks.build.build = asan
 * want: checks.build.output = heap-use-after-free
 */
#include "tally.h"

coil_obj *tally_new(void)
{
    char *freed = coil_memory_alloc(24);

    if (freed == NULL)
        return NULL;
    coil_memory_free(freed, 24);
    *(volatile char *)freed = 1;
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
