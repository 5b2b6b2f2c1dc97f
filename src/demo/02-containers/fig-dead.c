#include <coil/coil.h>

/* fig-dead: store a name and a number */
static void store(coil_obj *d, const char *name, int value)
{
    coil_obj *key = coil_str_name(name);

    coil_dict_set(d, key, coil_int_new(value));     /* immortal */
    coil_decref(key);
}
int main(void)
{
    coil_options options = { .hash_seed = 1 };
    coil_runtime *rt = coil_runtime_open(&options);
    coil_obj *d = coil_dict_new(), *green = coil_str_name("green");
    int rv;

    store(d, "red", 0);
    store(d, "green", 1);
    store(d, "blue", 2);
    coil_dict_delete(d, green);
    store(d, "green", 3);
    rv = coil_dict_dump_graph(stdout, d);
    coil_decref(green);
    coil_decref(d);
    return coil_runtime_close(rt) == 0 && rv == 0 ? 0 : 1;
}
