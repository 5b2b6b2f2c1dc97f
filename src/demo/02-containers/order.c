#include <stdio.h>

#include <coil/coil.h>

/* order: strs, and a line of output */
static void store(coil_obj *d, const char *name, int value)
{
    coil_obj *key = coil_str_from(name);

    coil_dict_set(d, key, coil_int_new(value));     /* immortal */
    coil_decref(key);
}

static void print_line(coil_obj *o)
{
    coil_print(stdout, o);
    printf("\n");
}

/* order: what is not there, and what cannot be */
static void ask_in_vain(coil_obj *d)
{
    coil_obj *black = coil_str_from("black"), *row, *value;

    printf("%s ", coil_dict_get(d, black, &value) ? "?" : "None");
    printf("%s\n", coil_contains(d, black) ? "True" : "False");
    value = coil_dict_item(d, black);
    coil_error_print(stdout);
    coil_error_clear();
    row = coil_list_of(1, black);
    if (coil_dict_set(d, row, coil_int_new(5)) < 0)
        coil_error_print(stdout);
    coil_error_clear();
    coil_decref(value);
    coil_decref(row);
    coil_decref(black);
}

int main(void)
{
    coil_runtime *rt = coil_runtime_open(NULL);
    coil_obj *d = coil_dict_new(), *green = coil_str_from("green");

    store(d, "red", 0);
    store(d, "green", 1);
    store(d, "blue", 2);
    print_line(d);
    coil_dict_delete(d, green);
    store(d, "green", 3);
    store(d, "red", 4);
    print_line(d);
    ask_in_vain(d);
    coil_decref(green);
    coil_decref(d);
    return coil_runtime_close(rt) == 0 ? 0 : 1;
}
