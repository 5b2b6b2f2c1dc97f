#include <coil/coil.h>

int main(void)
{
    coil_runtime *rt = coil_runtime_open(NULL);
    const char *names[] = { "name", "row", "pair" };
    coil_obj *roots[3], *name = coil_list_new();

    coil_list_append_steal(name, coil_str_from("coil"));
    coil_list_append_steal(name, coil_str_from("er"));
    roots[0] = name;
    roots[1] = coil_list_of(2, name, name);
    roots[2] = coil_tuple_of(2, name, coil_int_new(2));
    coil_dump_graph(stdout, names, roots, 3);
    for (int i = 0; i < 3; i++)
        coil_decref(roots[i]);
    return coil_runtime_close(rt) == 0 ? 0 : 1;
}
