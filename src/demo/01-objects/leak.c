#include <stdio.h>

#include <coil/coil.h>

int main(void)
{
    coil_runtime *rt = coil_runtime_open(NULL);
    coil_obj *a = coil_int_new(1000), *b = coil_int_new(2000);
    coil_obj *sum = coil_add(a, b);

    coil_print(stdout, sum);
    printf("\n");
    coil_decref(sum);
    coil_decref(a);
    coil_census_print(stdout);
    printf("%zu left\n", coil_census_live());
    coil_decref(b);                     /* what was missing */
    return coil_runtime_close(rt) == 0 ? 0 : 1;
}
