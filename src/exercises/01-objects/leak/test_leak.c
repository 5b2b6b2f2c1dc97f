#include <stdio.h>
#include <string.h>

#include "leak.h"

static coil_obj *long_str(size_t len)
{
    char bytes[1000];

    memset(bytes, 'x', len);
    return coil_str_new(bytes, len);
}

int main(void)
{
    coil_runtime *rt = coil_runtime_open(NULL);
    coil_obj *two[] = { long_str(300), long_str(700) }, *sum = NULL;
    int64_t value = 0;

    for (size_t n = 0; sum == NULL; n++) {
        coil_memory_fail_at(n);
        sum = leak_sum(two[0], two[1]);
        printf("%zu: %s\n", n, coil_memory_failed() ? "failed" : "ok");
        coil_error_clear();
    }
    if (coil_int_value(sum, &value) < 0 || value != 1000)
        printf("the sum is not 1000\n");
    coil_decref(sum);
    sum = leak_total(two, 2);
    if (coil_int_value(sum, &value) < 0 || value != 1000)
        printf("the total is not 1000\n");
    coil_decref(sum);
    coil_decref(two[0]);
    coil_decref(two[1]);
    size_t left = coil_runtime_close(rt);
    printf("%zu objects are left\n", left);
    return left == 0 && value == 1000 ? 0 : 1;
}
