/* chapter: 04 */
/* POOL 4: the blocks of a pool. */
#include "support/python_pools.h"
#include "support/twin.h"

#define MOST (8 * PYTHON_POOL / 16)
static void *block[MOST];

/* The largest number of blocks in a row that lie in one pool. */
static size_t most(size_t n)
{
    size_t run = 0, most = 0;

    for (size_t i = 0; i < n; i++) {
        if (i > 0 && (uintptr_t)block[i] / PYTHON_POOL ==
            (uintptr_t)block[i - 1] / PYTHON_POOL)
            run++;
        else
            run = 1;
        most = run > most ? run : most;
    }
    return most;
}

static void program(void)
{
    static const size_t sizes[] = { 16, 32, 64, 480, 512 };

    for (size_t i = 0; i < 5; i++) {
        size_t size = sizes[i], n = 8 * PYTHON_POOL / size;

        for (size_t k = 0; k < n; k++)
            block[k] = must(coil_memory_alloc(size));
        printf("%zu -> %zu\n", size, most(n));
        for (size_t k = 0; k < n; k++)
            coil_memory_free(block[k], size);
    }
}

int main(void)
{
    return twin_run_with((coil_options){ PYTHON_POOLS }, program);
}
