/* bench_pools - chapter 4: blocks, without objects; see blocks.h */
#include "coil/coil.h"
#include "support/open.h"

#define bench_alloc(size) coil_memory_alloc(size)
#define bench_free(p, size) coil_memory_free(p, size)
#include "support/blocks.h"

int main(int argc, char **argv)
{
    coil_runtime *rt = bench_open(&argc, argv);
    int rv;

    if (rt == NULL)
        return 1;
    rv = blocks_main(argc, argv);
    return coil_runtime_close(rt) != 0 || rv < 0;
}
