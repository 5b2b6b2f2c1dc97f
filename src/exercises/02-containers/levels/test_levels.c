#include <stdio.h>
#include <string.h>

#include "levels.h"

static const char *const town[][2] = {
    {"station", "market"}, {"station", "park"}, {"market", "park"},
    {"market", "museum"}, {"park", "station"}, {"park", "lake"},
    {"lake", "museum"}, {"island", "lake"}, {"museum", "station"},
};

static int add_step(coil_obj *graph, const char *from, const char *to)
{
    coil_obj *place = coil_str_from(from), *list = NULL;
    int rv = coil_dict_get(graph, place, &list);

    if (rv == 0 && (list = coil_list_new()) != NULL)
        rv = coil_dict_set(graph, place, list);
    if (rv >= 0)
        rv = coil_list_append_steal(list, coil_str_from(to));
    coil_decref(list);
    coil_decref(place);
    return rv;
}

/* tests of exercises: compare a repr */
static int expect(coil_obj *o, const char *text)
{
    coil_obj *repr = o != NULL ? coil_repr(o) : NULL;
    const char *got = repr != NULL
                      ? coil_str_bytes_borrowed(repr, NULL) : "NULL";
    int bad = strcmp(got, text) != 0;

    if (bad)
        printf("%s\n  is not\n%s\n", got, text);
    coil_error_clear();
    coil_decref(repr);
    return bad;
}

/* test_levels.c: how far is it from the station? */
int main(void)
{
    coil_runtime *rt = coil_runtime_open(NULL);
    coil_obj *graph = coil_dict_new(), *far;
    coil_obj *start = coil_str_from("station");
    coil_obj *closed = coil_str_from("museum");
    int bad = 0;

    for (size_t i = 0; i < sizeof town / sizeof *town; i++)
        bad |= add_step(graph, town[i][0], town[i][1]) < 0;
    far = levels_from(graph, start);
    bad |= expect(far, "{'station': 0, 'market': 1, 'park': 1, "
                       "'museum': 2, 'lake': 2}");
    coil_decref(far);
    bad |= coil_dict_delete(graph, closed) < 0;
    far = levels_from(graph, start);
    bad |= far != NULL || !coil_error_is(COIL_KEY_ERROR);
    coil_error_print(stdout);               /* KeyError: 'museum' */
    coil_error_clear();
    coil_decref(far);
    coil_decref(closed);
    coil_decref(start);
    coil_decref(graph);
    return coil_runtime_close(rt) == 0 && !bad ? 0 : 1;
}
