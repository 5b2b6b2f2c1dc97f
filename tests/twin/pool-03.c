/* chapter: 04 */
/* POOL 3: where the blocks of a new pool lie. */
#include "support/python_pools.h"
#include "support/twin.h"

#define MOST (12 * PYTHON_POOL / 16)
static char *block[MOST];

static void program(void)
{
    static const size_t sizes[] = { 16, 48, 480, 512 };

    for (size_t i = 0; i < 4; i++) {
        size_t size = sizes[i], n = 12 * PYTHON_POOL / size, first = 0;
        bool aligned = true;

        for (size_t k = 0; k < n; k++) {
            block[k] = must(coil_memory_alloc(size));
            aligned &= (uintptr_t)block[k] % 16 == 0;
            if ((uintptr_t)block[k] / PYTHON_POOL !=
                (uintptr_t)block[first] / PYTHON_POOL && first == 0)
                first = k;
        }
        printf("%zu aligned: %s\n", size, truth(aligned));
        printf("  first block at %zu\n",
               (size_t)((uintptr_t)block[first] % PYTHON_POOL));
        printf("  neighbors {%td}\n", block[first + 1] - block[first]);
        for (size_t k = 0; k < n; k++)
            coil_memory_free(block[k], size);
    }
}

int main(void)
{
    return twin_run_with((coil_options){ PYTHON_POOLS }, program);
}
