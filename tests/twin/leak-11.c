/* chapter: 03 */
/* LEAK 11: what cannot be weakly referenced. */
#include "support/node.h"
#include "support/twin.h"

static coil_type slotted_type = {       /* .weak is not set */
    .head = COIL_TYPE_HEAD, .name = "Slotted", .size = sizeof(coil_obj),
};

static void try(coil_obj *x)
{
    coil_obj *ref = coil_weakref_new(must(x), NULL, NULL);

    if (ref == NULL) {
        coil_error_print(stdout);
        coil_error_clear();
    }
    coil_decref(ref);
    coil_decref(x);
}

static void say_works(const char *what, coil_obj *x)
{
    coil_obj *ref = must(coil_weakref_new(must(x), NULL, NULL));

    printf("%s: %s\n", what,
           truth(coil_weakref_get_borrowed(ref) == x));
    coil_decref(ref);
    coil_decref(x);
}

static void program(void)
{
    try(number(1));
    try(coil_str_from("a"));
    try(coil_list_new());
    try(coil_tuple_new(0));
    try(coil_dict_new());
    try(COIL_NONE);
    try(coil_object_new(&slotted_type));
    try(coil_float_new(2.5));
    try(COIL_TRUE);
    say_works("Node", node_new("node"));
    say_works("set", coil_set_new());
}

int main(void)
{
    return twin_run(program);
}
