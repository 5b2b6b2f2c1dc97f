/* chapter: 04 */
/* POOL 1: the class of a request. */
#include "coil/pools.h"
#include "support/twin.h"

static void program(void)
{
    static const size_t requests[] = {
        1, 16, 17, 32, 256, 257, 512, 513,
    };

    for (size_t i = 0; i < 8; i++) {
        coil_pools_stat before, after;
        size_t class = 0;
        void *p;

        coil_pools_stats(&before);
        p = must(coil_memory_alloc(requests[i]));
        coil_pools_stats(&after);
        for (size_t k = 0; k < COIL_POOL_SIZES; k++)
            if (after.sizes[k].used > before.sizes[k].used)
                class = after.sizes[k].size;
        printf("%zu -> ", requests[i]);
        if (class > 0)
            printf("%zu\n", class);
        else
            puts("not pooled");
        coil_memory_free(p, requests[i]);
    }
}

int main(void)
{
    return twin_run_with((coil_options){ .pool_threshold = 512 },
                         program);
}
