#include <stdio.h>

#include <coil/coil.h>

/* sets: the letters of a word */
static coil_obj *letters(const char *word)
{
    coil_obj *set = coil_set_new();

    for (; *word != '\0'; word++) {
        coil_obj *letter = coil_str_new(word, 1);

        coil_set_add(set, letter);
        coil_decref(letter);
    }
    return set;
}

/* sets: a sorted line */
static void print_sorted(coil_obj *set, const char *after)
{
    coil_obj *row = coil_list_new();

    for (char c = 'a'; c <= 'z'; c++) {
        coil_obj *letter = coil_str_new(&c, 1);

        if (coil_set_has(set, letter) == 1)
            coil_list_append(row, letter);
        coil_decref(letter);
    }
    coil_print(stdout, row);
    printf("%s", after);
    coil_decref(row);
}

/* sets: all questions */
static void ask(coil_obj *a, coil_obj *b)
{
    coil_obj *either = coil_set_union(a, b), *rdb = letters("rdb"),
             *both = coil_set_intersection(a, b),
             *rest = coil_set_difference(a, b), *z = coil_str_from("z");

    print_sorted(a, " ");
    printf("%zu\n", coil_set_len(a));
    print_sorted(either, "\n");
    print_sorted(both, " ");
    print_sorted(rest, "\n");
    printf("%s ", coil_equal(rest, rdb) ? "True" : "False");
    printf("%s\n", coil_set_has(a, z) ? "True" : "False");
    coil_set_discard(a, z);
    if (coil_set_remove(a, z) < 0)
        coil_error_print(stdout);
    coil_error_clear();
    /* sets: let go of all sets */
    coil_decref(either);
    coil_decref(both);
    coil_decref(rest);
    coil_decref(rdb);
    coil_decref(z);
}

int main(void)
{
    coil_runtime *rt = coil_runtime_open(NULL);
    coil_obj *a = letters("abracadabra"), *b = letters("alacazam");

    ask(a, b);
    coil_decref(a);
    coil_decref(b);
    return coil_runtime_close(rt) == 0 ? 0 : 1;
}
