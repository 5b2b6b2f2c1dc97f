/* chapter: 04 */
/* POOL 13: the numbers add up. */
#include "support/python_pools.h"
#include "support/twin.h"

#define MANY 5000
static void *block[MANY];

static coil_pool_stat stat_of(size_t size)
{
    coil_pools_stat stat;

    coil_pools_stats(&stat);
    return stat.sizes[size / 16 - 1];
}

static const char *adds_up(const coil_pool_stat *s, size_t per_pool)
{
    return truth(s->used + s->available == s->pools * per_pool);
}

static void program(void)
{
    static const size_t row[][2] = {
        { 16, 1021 }, { 32, 510 }, { 64, 255 }, { 480, 34 },
        { 512, 31 },
    };

    for (size_t i = 0; i < 5; i++) {
        size_t size = row[i][0];
        coil_pool_stat before = stat_of(size), after;

        for (size_t k = 0; k < MANY; k++)
            block[k] = must(coil_memory_alloc(size));
        after = stat_of(size);
        printf("%zu %s ", size, adds_up(&after, row[i][1]));
        if (size >= 480)
            printf("%zu ", after.used - before.used);
        for (size_t k = 0; k < MANY; k++)
            coil_memory_free(block[k], size);
        after = stat_of(size);
        puts(adds_up(&after, row[i][1]));
    }
}

int main(void)
{
    return twin_run_with((coil_options){ PYTHON_POOLS }, program);
}
