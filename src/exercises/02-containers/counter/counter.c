#include "counter.h"

int counter_add(coil_obj *counts, coil_obj *key, int64_t n)
{
    coil_obj *count = coil_int_new(n);      /* and the old one? */

    return coil_dict_set(counts, key, count);
}

coil_obj *counter_words(const char *text, size_t size)
{
    (void)text, (void)size;
    return coil_dict_new();
}

coil_obj *counter_most(coil_obj *counts, size_t n)
{
    (void)n;
    return coil_dict_items(counts);
}
