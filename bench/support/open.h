/* open.h - the runtime of a benchmark
 *
 * Chapters 1 to 3 are measured as they left the library: all memory
 * comes from malloc.  With --pools as the last argument, small blocks
 * come from the pools of chapter 4.
 */
#ifndef BENCH_OPEN_H
#define BENCH_OPEN_H

#include <stdlib.h>
#include <string.h>

#include "coil/coil.h"

/* Takes that argument away.  NULL: MemoryError. */
static inline coil_runtime *bench_open(int *argc, char **argv)
{
    coil_options options = { 0 };
    bool pools = *argc > 1 && strcmp(argv[*argc - 1], "--pools") == 0;

    if (getenv("BENCH_CLOCK") != NULL)
        options.hash_seed = 1;  /* what is counted is the same each time */
    if (pools)
        argv[--*argc] = NULL;
#ifdef COIL_POOLS_H
    else
        options.pools = COIL_POOLS_OFF;
#endif
    return coil_runtime_open(&options);
}
#endif
