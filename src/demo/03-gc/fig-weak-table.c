#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <coil/coil.h>

#include "internal/weak.h"

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

/* fig-weak-table: the row and the list */
static int told(coil_obj *ref, coil_obj *context)
{
    (void)ref;
    (void)context;
    return 0;
}

static size_t number_of(coil_obj *const o[], size_t n, coil_obj *sought)
{
    size_t i = 0;

    while (i < n && o[i] != sought)
        i++;
    return i + 1;
}

static void draw_list(coil_obj *const o[], size_t n)
{
    const struct coili_weak_row *row = coili_weak_find(o[0]);
    struct coili_weakref *r = row->first;

    printf("  row [label=\"a row of\\nthe table\"];\n"
           "  row -> o%zu [style=dashed];\n"
           "  row -> o%zu [label=\"first\"];\n",
           number_of(o, n, row->object), number_of(o, n, &r->head));
    for (; r->next != NULL; r = r->next)
        printf("  o%zu -> o%zu [label=\"next\"];\n",
               number_of(o, n, &r->head),
               number_of(o, n, &r->next->head));
}

int main(void)
{
    coil_runtime *rt = coil_runtime_open(NULL);
    coil_obj *thing = coil_set_new();
    coil_obj *o[] = {
        thing, coil_weakref_new(thing, NULL, NULL),
        coil_weakref_new(thing, told, NULL),
        coil_weakref_new(thing, told, NULL),
    };
    const char *names[] = { "thing", "shared", "older", "newer" };

    draw_open(names, o, 4);
    draw_weak(o, 4);
    draw_list(o, 4);
    printf("}\n");
    for (int i = 0; i < 4; i++)
        coil_decref(o[i]);
    return coil_runtime_close(rt) == 0 ? 0 : 1;
}
