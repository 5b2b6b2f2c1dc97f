/* chapter: 03 */
/* LEAK 14: dictionaries that hold their values or keys weakly. */
#include "support/node.h"
#include "support/twin.h"

static void weak_values(void)
{
    coil_obj *x = must(node_new("node")),
             *key = must(coil_str_from("x"));
    coil_obj *values = must(coil_weak_values_new()), *found;

    ok(coil_weak_values_set(values, key, x));
    ok(coil_weak_values_get(values, key, &found));
    printf("values: %zu %s\n", coil_weak_values_len(values),
           truth(found == x));
    COIL_CLEAR(found);
    COIL_CLEAR(x);
    ok(coil_weak_values_get(values, key, &found));
    printf("values: %zu ", coil_weak_values_len(values));
    say_line(found);
    coil_decref(found);
    coil_decref(values);
    coil_decref(key);
}

static void weak_keys(void)
{
    coil_obj *x = must(node_new("node")), *value = number(42);
    coil_obj *keys = must(coil_weak_keys_new()), *found;

    ok(coil_weak_keys_set(keys, x, value));
    ok(coil_weak_keys_get(keys, x, &found));
    printf("keys: %zu ", coil_weak_keys_len(keys));
    say_line(found);
    COIL_CLEAR(found);
    COIL_CLEAR(x);
    printf("keys: %zu\n", coil_weak_keys_len(keys));
    coil_decref(keys);
    coil_decref(value);
}

static void program(void)
{
    weak_values();
    weak_keys();
}

int main(void)
{
    return twin_run(program);
}
