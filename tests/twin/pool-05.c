/* chapter: 04 */
/* POOL 5: last freed, first reused. */
#include "support/twin.h"

static void program(void)
{
    void *a = must(coil_memory_alloc(496)),
         *b = must(coil_memory_alloc(496));
    coil_obj *x, *y;

    coil_memory_free(a, 496);
    coil_memory_free(b, 496);
    printf("b, then a: %s ", truth(must(coil_memory_alloc(496)) == b));
    printf("%s\n", truth(must(coil_memory_alloc(496)) == a));
    coil_memory_free(a, 496);
    coil_memory_free(b, 496);

    x = number(1000);
    coil_decref(x);
    y = number(1001);
    printf("object: %s\n", truth(y == x));
    coil_decref(y);
}

int main(void)
{
    return twin_run_with((coil_options){ .pool_threshold = 512 },
                         program);
}
