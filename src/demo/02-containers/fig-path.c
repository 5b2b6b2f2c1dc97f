#include <coil/coil.h>

int main(void)
{
    coil_runtime *rt = coil_runtime_open(NULL);
    coil_obj *d = coil_dict_new();
    int rv;

    for (int i = 0; i < 3; i++)         /* small ints: immortal */
        coil_dict_set(d, coil_int_new(3 + 16 * i), coil_int_new(i));
    rv = coil_dict_dump_graph(stdout, d);
    coil_decref(d);
    return coil_runtime_close(rt) == 0 && rv == 0 ? 0 : 1;
}
