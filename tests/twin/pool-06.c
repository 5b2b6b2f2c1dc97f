/* chapter: 04 */
/* POOL 6: emptied pools serve another class. */
#include "support/python_pools.h"
#include "support/twin.h"

#define LARGE (201 * 31)
#define SMALL (200 * 34)
static void *large[LARGE], *small[SMALL];

/* A few blocks stay, lest an arena goes back to the system. */
static bool stays(size_t i)
{
    return i % (31 * 20) == 0;
}

static uintptr_t pool_of(void *p)
{
    return (uintptr_t)p / PYTHON_POOL;
}

static bool was_emptied(uintptr_t pool)
{
    for (size_t i = 0; i < LARGE; i += 31)
        if (pool_of(large[i]) == pool)
            return !stays(i);
    return false;
}

static void program(void)
{
    size_t again = 0;

    for (size_t i = 0; i < LARGE; i++)
        large[i] = must(coil_memory_alloc(512));
    coil_memory_free(large[LARGE - 20], 512);
    printf("a full pool serves what came back: %s\n",
           truth(must(coil_memory_alloc(512)) == large[LARGE - 20]));

    for (size_t i = 0; i < LARGE; i++)
        if (!stays(i))
            coil_memory_free(large[i], 512);
    for (size_t i = 0; i < SMALL; i++)
        small[i] = must(coil_memory_alloc(480));
    for (size_t i = 0; i < SMALL; i += 34)
        again += was_emptied(pool_of(small[i]));
    printf("emptied pools serve another class: %s\n",
           truth(again > 100));
    for (size_t i = 0; i < SMALL; i++)
        coil_memory_free(small[i], 480);
    for (size_t i = 0; i < LARGE; i++)
        if (stays(i))
            coil_memory_free(large[i], 512);
}

int main(void)
{
    return twin_run_with((coil_options){ PYTHON_POOLS }, program);
}
