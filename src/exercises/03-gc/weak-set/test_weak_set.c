#include <stdio.h>

#include "weak_set.h"

/* tests of exercises: ask one question and compare */
static int failed;

static void expect(const char *what, long long got, long long want)
{
    if (got != want) {
        printf("%s: %lld, not %lld\n", what, got, want);
        failed = 1;
    }
}

int main(void)
{
    coil_runtime *rt = coil_runtime_open(NULL);
    coil_obj *set = weak_set_new(), *five = coil_int_new(5), *list;
    coil_obj *a = coil_weak_keys_new(), *b = coil_weak_keys_new();

    expect("weak_set_add", weak_set_add(set, a), 0);
    expect("the same again", weak_set_add(set, a), 0);
    expect("another", weak_set_add(set, b), 0);
    expect("five", weak_set_add(set, five), -1);
    expect("TypeError", coil_error_is(COIL_TYPE_ERROR), 1);
    coil_error_clear();
    expect("has five", weak_set_has(set, five), 0);
    expect("weak_set_len", (long long)weak_set_len(set), 2);
    COIL_CLEAR(a);
    expect("without a", (long long)weak_set_len(set), 1);
    list = weak_set_list(set);
    expect("the list", (long long)coil_list_len(list), 1);
    expect("b", coil_list_get_borrowed(list, 0) == b, 1);
    coil_decref(list);
    coil_decref(five);
    coil_decref(set);
    coil_decref(b);
    expect("what is left", (long long)coil_runtime_close(rt), 0);
    return failed;
}
