#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <coil/coil.h>

/* fig-weak: draw, and leave the graph open */
static void draw_open(const char *const names[], coil_obj *const o[],
                      size_t n)
{
    char *text = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&text, &size);

    coil_dump_graph(out, names, o, n);
    fclose(out);
    printf("%.*s", (int)(size - strlen("}\n")), text);
    free(text);
}

static void draw_weak(coil_obj *const o[], size_t n)
{
    for (size_t from = 0; from < n; from++)
        for (size_t to = 0; to < n; to++)
            if (coil_weakref_check(o[from]) &&
                coil_weakref_get_borrowed(o[from]) == o[to])
                printf("  o%zu -> o%zu [style=dashed,"
                       " constraint=false];\n", from + 1, to + 1);
}

/* fig-weak-dict: what an object holds */
static coil_obj *held_by(coil_obj *o, const coil_type *type)
{
    coil_obj *asked = coil_list_of(1, o), *found = NULL;
    coil_obj *held = coil_gc_referents(asked);

    for (size_t i = 0; i < coil_list_len(held); i++)
        if (coil_is(coil_list_get_borrowed(held, i), type))
            found = coil_list_get_borrowed(held, i);
    coil_decref(held);
    coil_decref(asked);
    return found;               /* borrowed: o holds it */
}

int main(void)
{
    coil_runtime *rt = coil_runtime_open(NULL);
    coil_obj *d = coil_weak_values_new(), *value = coil_set_new();
    coil_obj *key = coil_str_from("key"), *entry = NULL;
    const char *names[] = { "d", "value", NULL, NULL };

    coil_weak_values_set(d, key, value);
    coil_dict_get_borrowed(held_by(d, &coil_dict_type), key, &entry);
    coil_decref(key);
    coil_obj *o[] = {
        d, value, entry, held_by(d, &coil_weakref_type),
    };
    draw_open(names, o, 4);
    draw_weak(o, 4);
    printf("}\n");
    coil_decref(value);
    coil_decref(d);
    return coil_runtime_close(rt) == 0 ? 0 : 1;
}
