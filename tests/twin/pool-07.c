/* chapter: 04 */
/* POOL 7: arenas come, and go back to the system. */
#include "support/python_pools.h"
#include "support/twin.h"

#define MOST (31 * 64 * 8)
static void *block[MOST];

static bool about(size_t n, size_t low, size_t high)
{
    return low <= n && n <= high;
}

static void program(void)
{
    coil_pools_stat before, peak, after;

    coil_pools_stats(&before);
    for (size_t i = 0; i < MOST; i++)
        block[i] = must(coil_memory_alloc(512));
    coil_pools_stats(&peak);
    printf("pools of 512: %s\n",
           truth(about(peak.sizes[31].pools, 510, 514)));
    printf("arenas more: %s\n",
           truth(about(peak.arenas - before.arenas, 7, 9)));
    for (size_t i = 0; i < MOST; i++)
        coil_memory_free(block[i], 512);
    coil_pools_stats(&after);
    printf("arenas back: %s\n", truth(peak.arenas - after.arenas >= 5));
}

int main(void)
{
    return twin_run_with((coil_options){ PYTHON_POOLS }, program);
}
