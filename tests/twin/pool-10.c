/* chapter: 04 */
/* POOL 10: zeros where they are promised, and freeing nothing. */
#include <string.h>

#include "support/twin.h"

static void program(void)
{
    static const char zeros[200];
    size_t size = sizeof(coil_var) + 22 * sizeof(coil_obj *);
    void *p = must(coil_memory_alloc(size));
    coil_obj *tuple;

    memset(p, 0xff, size);
    coil_memory_free(p, size);
    tuple = must(coil_tuple_new(22));
    printf("the same block: %s\n", truth(tuple == p));
    printf("zeros: %s\n",
           truth(memcmp((coil_var *)tuple + 1, zeros,
                        22 * sizeof(coil_obj *)) == 0));
    coil_decref(tuple);
    coil_memory_free(NULL, 0);
    puts("nothing is freed");
}

int main(void)
{
    return twin_run_with((coil_options){ .pool_threshold = 512 },
                         program);
}
