/* chapter: 03 */
/* LEAK 5: a cache that grows is a leak that no collector can see. */
#include "support/node.h"
#include "support/twin.h"

static size_t pages(void)
{
    return coil_census_of(&node_type);
}

static void program(void)
{
    coil_obj *cache = must(coil_dict_new()), *garbage;
    size_t before = pages();

    coil_gc_disable();
    for (int i = 0; i < 1000; i++) {
        coil_obj *key = number(i), *page = must(node_new("page"));

        ok(coil_dict_set(cache, key, page));
        coil_decref(key);
        coil_decref(page);
    }
    printf("collected: %td\n", coil_gc_collect(2));
    garbage = must(coil_gc_garbage());
    printf("uncollectable: %zu\n", coil_list_len(garbage));
    coil_decref(garbage);
    printf("pages more than before: %zu\n", pages() - before);
    coil_dict_clear(cache);
    printf("after clearing the cache: %zu\n", pages() - before);
    coil_decref(cache);
}

int main(void)
{
    return twin_run(program);
}
