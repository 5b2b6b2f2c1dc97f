#include <stdio.h>
#include <string.h>

#include "fraction.h"

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
    coil_obj *f = fraction_new(4, -6), *g = fraction_new(-2, 3);
    coil_obj *two = fraction_new(2, 1), *same = coil_int_new(2);
    int64_t hash = 0;
    int bad = expect(f, "Fraction(-2, 3)");

    bad |= coil_equal(f, g) != 1 || coil_equal(same, two) != 1;
    bad |= coil_hash(two, &hash) < 0 || hash != 2;
    coil_decref(f);
    coil_decref(g);
    coil_decref(two);
    coil_error_clear();
    coil_decref(fraction_new(3, 0));
    bad |= !coil_error_is(COIL_ZERO_DIVISION_ERROR);
    coil_error_clear();
    return coil_runtime_close(rt) == 0 && !bad ? 0 : 1;
}
