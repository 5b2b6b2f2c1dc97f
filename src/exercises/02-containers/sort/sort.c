#include "sort.h"

static void swap(coil_obj *list, size_t i, size_t j)
{
    coil_obj *a = coil_list_get(list, i), *b = coil_list_get(list, j);

    coil_list_set(list, i, b);
    coil_list_set(list, j, a);
    coil_decref(a);
    coil_decref(b);
}

int sort_list(coil_obj *list, sort_order *order, void *context)
{
    for (size_t i = 0; i < coil_list_len(list); i++)
        for (size_t j = i + 1; j < coil_list_len(list); j++)
            if (order(coil_list_get_borrowed(list, i),
                      coil_list_get_borrowed(list, j), context) > 0)
                swap(list, i, j);
    return 0;
}
