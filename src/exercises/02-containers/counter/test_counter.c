#include <stdio.h>
#include <string.h>

#include "counter.h"

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
    const char *text = "to be or  not\nto be";
    coil_obj *counts = counter_words(text, strlen(text));
    coil_obj *key = coil_str_from("or"), *most;
    int bad = expect(counts, "{'to': 2, 'be': 2, 'or': 1, 'not': 1}");

    bad |= counter_add(counts, key, 999) < 0;
    most = counter_most(counts, 2);
    bad |= expect(most, "[('or', 1000), ('to', 2)]");
    coil_decref(key);
    coil_decref(most);
    coil_decref(counts);
    size_t left = coil_runtime_close(rt);
    printf("%zu objects are left\n", left);
    return bad || left > 0;
}
