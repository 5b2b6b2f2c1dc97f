#include <stdio.h>
#include <string.h>

#include "frozen.h"

static coil_obj *frozen_of(int64_t a, int64_t b, int64_t c)
{
    coil_obj *list = coil_list_new(), *frozen = NULL;

    if (coil_list_append_steal(list, coil_int_new(a)) == 0
        && coil_list_append_steal(list, coil_int_new(b)) == 0
        && coil_list_append_steal(list, coil_int_new(c)) == 0)
        frozen = frozen_new(list);
    coil_decref(list);
    return frozen;
}

int main(void)
{
    coil_runtime *rt = coil_runtime_open(NULL);
    coil_obj *a = frozen_of(1, 2, 3000), *b = frozen_of(3000, 1, 2);
    coil_obj *dict = coil_dict_new(), *value = NULL;
    int bad = coil_equal(a, b) != 1;

    coil_print(stdout, a);              /* frozenset({1, 2, 3000}) */
    printf("\n");
    bad |= coil_dict_set(dict, a, COIL_TRUE) < 0;
    bad |= coil_dict_get(dict, b, &value) != 1;
    coil_error_print(stdout);
    coil_error_clear();
    printf(bad ? "not found\n" : "found\n");
    coil_decref(value);
    coil_decref(dict);
    coil_decref(a);
    coil_decref(b);
    return coil_runtime_close(rt) == 0 && !bad ? 0 : 1;
}
