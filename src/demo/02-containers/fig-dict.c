#include <coil/coil.h>

int main(void)
{
    const char *names[] = { "red", "green", "blue" };
    coil_options options = { .hash_seed = 1 };
    coil_runtime *rt = coil_runtime_open(&options);
    coil_obj *d = coil_dict_new(), *key, *value;
    int rv;

    for (int i = 0; i < 3; i++) {
        key = coil_str_name(names[i]);
        value = coil_int_new(i);
        coil_dict_set(d, key, value);
        coil_decref(key);
        coil_decref(value);
    }
    rv = coil_dict_dump_graph(stdout, d);
    coil_decref(d);
    return coil_runtime_close(rt) == 0 && rv == 0 ? 0 : 1;
}
