#include <coil/coil.h>

/* life: blocks of 48 bytes */
static void take(void **block, int n)
{
    for (int i = 0; i < n; i++)
        block[i] = coil_memory_alloc(48);
}

static void give(void **block, int n)
{
    for (int i = 0; i < n; i++)
        coil_memory_free(block[i], 48);
}

int main(void)
{
    coil_runtime *rt = coil_runtime_open(NULL);
    void *block[100];

    take(block, 100);
    give(block + 20, 60);
    coil_pool_dump_graph(stdout, block[0]);
    give(block, 20);
    give(block + 80, 20);
    return coil_runtime_close(rt) == 0 ? 0 : 1;
}
