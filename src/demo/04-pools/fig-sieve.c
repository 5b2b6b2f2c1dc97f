#include <coil/coil.h>

int main(void)
{
    coil_runtime *rt = coil_runtime_open(NULL);
    coil_obj *row = coil_list_new();

    coil_gc_disable();
    for (int i = 0; i < 10000; i++)
        coil_list_append_steal(row, coil_list_new());
    coil_gc_collect(2);
    for (size_t i = 1000; i < 10000; i += 4000)
        coil_list_set(row, i, COIL_NONE);
    for (size_t i = 1000; i < 10000; i += 4000) {
        coil_obj *young = coil_list_new();

        coil_list_set(row, i, young);
        coil_decref(young);
    }
    coil_pools_dump_sieve(stdout, 0);
    coil_decref(row);
    return coil_runtime_close(rt) == 0 ? 0 : 1;
}
