#include <stdio.h>

#include <coil/coil.h>

/* surprise: show an object, and store under a key */
static void show(coil_obj *o, const char *after)
{
    coil_print(stdout, o);
    printf("%s", after);
}

static void put(coil_obj *d, coil_obj *key, const char *value)
{
    coil_obj *s = coil_str_from(value);

    coil_dict_set(d, key, s);
    coil_decref(s);
    coil_decref(key);
}

/* surprise: equal keys */
static coil_obj *equal_keys(void)
{
    coil_obj *d = coil_dict_new();

    put(d, coil_int_new(1), "int");
    put(d, coil_float_new(1.0), "float");
    put(d, COIL_TRUE, "bool");
    show(d, " ");
    printf("%zu\n", coil_dict_len(d));
    return d;
}

/* surprise: growing while walking */
static void grow_list(void)
{
    coil_obj *x = coil_list_new(), *it, *item;
    int64_t n;

    for (int i = 1; i <= 3; i++)
        coil_list_append_steal(x, coil_int_new(i));
    it = coil_iter(x);
    while (coil_next(it, &item) == 1) {
        coil_int_value(item, &n);
        if (n < 4)
            coil_list_append_steal(x, coil_int_new(n + 3));
        coil_decref(item);
    }
    coil_decref(it);
    show(x, "\n");
    coil_decref(x);
}

static void grow_dict(coil_obj *d)
{
    coil_obj *it = coil_iter(d), *key;

    while (coil_next(it, &key) == 1) {
        put(d, coil_str_from("more"), "0");
        coil_decref(key);
    }
    printf("%s\n", coil_error_text());
    coil_error_clear();
    coil_decref(it);
}

int main(void)
{
    coil_runtime *rt = coil_runtime_open(NULL);
    coil_obj *d = equal_keys(), *x = coil_list_new();

    grow_list();
    grow_dict(d);
    coil_decref(d);
    coil_list_append_steal(x, coil_int_new(1));
    coil_list_append(x, x);
    show(x, "\n");
    coil_list_clear(x);             /* cut the ring by hand */
    coil_decref(x);
    return coil_runtime_close(rt) == 0 ? 0 : 1;
}
