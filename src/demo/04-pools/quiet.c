#include <stdio.h>

#include <coil/coil.h>

int main(void)
{
    coil_runtime *rt = coil_runtime_open(NULL);
    coil_pools_stat before, after;

    coil_decref(coil_float_new(0.5));
    coil_pools_stats(&before);
    for (int i = 0; i < 1000000; i++)
        coil_decref(coil_float_new(i));
    coil_pools_stats(&after);
    printf("arenas taken in between: %zu\n",
           after.arenas_taken - before.arenas_taken);
    return coil_runtime_close(rt) == 0 ? 0 : 1;
}
