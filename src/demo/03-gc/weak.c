#include <stdio.h>

#include <coil/coil.h>

/* weak: a thing, and someone who is told */
static coil_type thing_type = {
    .head = COIL_TYPE_HEAD, .name = "Thing", .size = sizeof(coil_obj),
    .weak = true,
};

static int told(coil_obj *ref, coil_obj *name)
{
    coil_obj *o;

    coil_print(stdout, name);
    printf(" is told; it sees %s\n",
           coil_weakref_get(ref, &o) ? "?" : "None");
    return 0;
}

/* weak: four references to it */
static coil_obj *refs[4];

static const char *yes_no(bool yes)
{
    return yes ? "True" : "False";
}

static void refer_to(coil_obj *thing)
{
    coil_obj *name[2] = { coil_str_from("first"),
                          coil_str_from("second") };

    refs[0] = coil_weakref_new(thing, NULL, NULL);
    refs[1] = coil_weakref_new(thing, NULL, NULL);
    printf("one and the same: %s\n", yes_no(refs[0] == refs[1]));
    for (int i = 0; i < 2; i++) {
        refs[2 + i] = coil_weakref_new(thing, told, name[i]);
        coil_decref(name[i]);
    }
    printf("references: %zu\n", coil_weakref_count(thing));
}

int main(void)
{
    coil_runtime *rt = coil_runtime_open(NULL);
    coil_obj *thing = coil_object_new(&thing_type), *o;

    refer_to(thing);
    printf("leads to it: %s\n", yes_no(
               coil_weakref_get_borrowed(refs[0]) == thing));
    COIL_CLEAR(thing);
    printf("afterwards: %s\n",
           coil_weakref_get(refs[0], &o) ? "?" : "None");
    for (int i = 0; i < 4; i++)
        COIL_CLEAR(refs[i]);
    return coil_runtime_close(rt) == 0 ? 0 : 1;
}
