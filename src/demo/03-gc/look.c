#include <stdio.h>

#include <coil/coil.h>

/* look: a line about an object */
static void show_steal(const char *what, coil_obj *o, const char *end)
{
    printf("%s ", what);
    coil_print(stdout, o);
    printf("%s", end);
    coil_decref(o);
}

/* look: what refers to what */
static coil_obj *ask(coil_obj *(*question)(coil_obj *), coil_obj *o)
{
    coil_obj *list = coil_list_of(1, o), *answer = question(list);

    coil_decref(list);
    return answer;
}

static void count_referrers(coil_obj *o)
{
    coil_obj *list = ask(coil_gc_referrers, o);

    printf("to a refer %zu\n", coil_list_len(list));
    coil_decref(list);
}

/* look: save garbage and let it go */
static void save_and_let_go(void)
{
    coil_obj *garbage;

    coil_gc_set_debug(COIL_GC_SAVE_ALL);
    printf("found: %d ", (int)coil_gc_collect(2));
    show_steal("saved:", coil_gc_garbage(), "\n");
    coil_gc_set_debug(0);
    garbage = coil_gc_garbage();
    coil_list_clear(garbage);
    coil_decref(garbage);
    printf("found: %d\n", (int)coil_gc_collect(2));
}

int main(void)
{
    coil_runtime *rt = coil_runtime_open(NULL);
    coil_obj *a = coil_list_of(1, coil_int_new(1)), *c, *key;
    coil_obj *b = coil_list_of(2, a, a);

    coil_gc_disable();
    c = coil_dict_new();
    key = coil_str_from("a");
    coil_dict_set(c, key, a);
    coil_decref(key);
    show_steal("b refers to", ask(coil_gc_referents, b), "\n");
    count_referrers(a);
    coil_list_append(b, b);
    coil_decref(b);
    save_and_let_go();
    count_referrers(a);
    coil_decref(c);
    coil_decref(a);
    return coil_runtime_close(rt) == 0 ? 0 : 1;
}
