#include <coil/coil.h>

int main(void)
{
    coil_runtime *rt = coil_runtime_open(NULL);
    coil_obj *row = coil_list_new();

    for (int i = 0; i < 1000; i++)
        coil_list_append_steal(row, coil_list_of(1, COIL_NONE));
    coil_pools_report(stdout);
    coil_decref(row);
    return coil_runtime_close(rt) == 0 ? 0 : 1;
}
