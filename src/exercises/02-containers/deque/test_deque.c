#include <stdio.h>
#include <string.h>

#include "deque.h"

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

int main(void)
{
    coil_runtime *rt = coil_runtime_open(NULL);
    coil_obj *row = deque_new(), *n, *list = coil_list_new();
    int bad = 0;

    for (int64_t i = 1; i <= 6; i++) {
        n = coil_int_new(i * 1000);
        bad |= (i % 2 ? deque_append(row, n)
                      : deque_append_left(row, n)) < 0;
        coil_error_clear();
        coil_decref(n);
    }
    bad |= expect(row, "deque([6000, 4000, 2000, 1000, 3000, 5000])");
    n = deque_pop_left(row);
    bad |= expect(n, "6000");
    coil_decref(n);
    bad |= coil_list_extend(list, row) < 0;     /* walks over it */
    coil_error_clear();
    bad |= expect(list, "[4000, 2000, 1000, 3000, 5000]");
    coil_decref(list);
    coil_decref(row);
    size_t left = coil_runtime_close(rt);
    printf("%zu objects are left\n", left);
    return bad || left > 0;
}
