#include <stdio.h>
#include <string.h>

#include "sort.h"

/* By tens only: 31 and 37 are equal. */
static int by_tens(coil_obj *a, coil_obj *b, void *context)
{
    int64_t m = 0, n = 0;
    int *left = context;

    if ((*left)-- == 0) {
        coil_error_set(COIL_RUNTIME_ERROR, "asked too often");
        return -2;
    }
    if (coil_int_value(a, &m) < 0 || coil_int_value(b, &n) < 0)
        return -2;
    return m / 10 < n / 10 ? -1 : m / 10 > n / 10;
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

/* test_sort.c: the questions */
int main(void)
{
    static const int64_t values[] = { 37, 52, 31, 18, 55, 36, 50, 12 };
    coil_runtime *rt = coil_runtime_open(NULL);
    coil_obj *list = coil_list_new();
    int left = 3, bad = 0;

    for (size_t i = 0; i < 8; i++)
        bad |= coil_list_append_steal(list, coil_int_new(values[i]));
    bad |= sort_list(list, by_tens, &left) != -1;
    coil_error_clear();
    bad |= expect(list, "[37, 52, 31, 18, 55, 36, 50, 12]");
    left = 24;
    bad |= sort_list(list, by_tens, &left) != 0;
    coil_error_print(stdout);
    coil_error_clear();
    bad |= expect(list, "[18, 12, 37, 31, 36, 52, 55, 50]");
    coil_decref(list);
    return coil_runtime_close(rt) == 0 && bad == 0 ? 0 : 1;
}
