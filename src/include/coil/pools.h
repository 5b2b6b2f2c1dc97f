/* pools.h - where small blocks come from
 *
 * A runtime serves small requests itself.  It reserves a region of
 * addresses at the first of them, cuts it into arenas, an arena into
 * pools, a pool into blocks of one size.  An arena without a block in
 * use goes back to the system.  Larger requests, and all when there
 * are no more addresses or no pools are wanted, go to the hook.
 *
 * The options have names that begin with pool; this one puts guards
 * around each block, which find what writes outside of it:
 *
 *     coil_options options = { .pools = COIL_POOLS_GUARD };
 *     coil_runtime *rt = coil_runtime_open(&options);
 *
 * Threads: confined.
 */
#ifndef COIL_POOLS_H
#define COIL_POOLS_H

#include <stdio.h>

#include "coil/base.h"

/* pools.h: what may be chosen */
/* coil_options.pools: none of these, or some.  Without ON or OFF there
 * are pools unless the client has a memory hook.
 *
 *   OFF     all requests go to the hook
 *   ON      small requests come from pools, in spite of the hook
 *   DIRECT  freed blocks go into their pools at once: no magazines
 *   GUARD   each block has a head and a tail, which are examined when
 *           it is resized or freed; a fault is told on the standard
 *           error stream, and ends the process.  Where there are no
 *           pools, blocks of the hook are guarded
 */
enum {
    COIL_POOLS_OFF = 1,
    COIL_POOLS_ON = 2,
    COIL_POOLS_DIRECT = 4,
    COIL_POOLS_GUARD = 8,
};

/* The largest request that a pool serves, if the options do not say
 * less: a multiple of 16 up to 512, or 0 for no pools. */
#ifndef COIL_POOL_THRESHOLD
#define COIL_POOL_THRESHOLD 512
#endif

/* pools.h: what may be asked */
/* coil_pools_stats - count the blocks of the current runtime
 *
 * Whatever the numbers, for each size
 *     used + available == pools * per_pool
 * and for the whole
 *     arenas * arena_size == used + available + unused + heads + rest
 *
 * A block in a magazine is available.  With guards, the sizes are those
 * of the blocks with their guards.
 *
 * Cost: O(pools).
 */
#define COIL_POOL_SIZES 32

typedef struct coil_pool_stat coil_pool_stat;
struct coil_pool_stat {
    size_t size;                /* of a block */
    size_t per_pool;            /* blocks */
    size_t pools;
    size_t used, available;     /* blocks */
};

typedef struct coil_pools_stat coil_pools_stat;
struct coil_pools_stat {
    size_t region_size, arena_size, pool_size;  /* region: 0, if none */
    size_t arenas;              /* that have memory now */
    size_t arenas_most;         /* that had at a time */
    size_t arenas_taken, arenas_returned;   /* so far */
    size_t pools, pools_unused;
    size_t used, available;     /* bytes of blocks */
    size_t unused;              /* bytes of pools_unused */
    size_t heads, rest;         /* bytes at both ends of pools */
    coil_pool_stat sizes[COIL_POOL_SIZES];  /* 16, 32, ... 512 */
};
void coil_pools_stats(coil_pools_stat *stat);

/* coil_pools_report - write these numbers as a table */
void coil_pools_report(FILE *out);

/* coil_pools_dump_graph - draw all arenas and their pools
 * coil_pool_dump_graph  - draw the pool that p lies in, and the
 *                         magazine of its size
 *
 * Each writes a graph in Graphviz's language, without addresses.
 *
 * Checked: out is not NULL; p is a block of a pool.
 */
void coil_pools_dump_graph(FILE *out);
void coil_pool_dump_graph(FILE *out, const void *p);

/* coil_pools_has - does the block p lie in a pool? */
bool coil_pools_has(const void *p);

/* coil_pools_dump_sieve - draw where the collector looks for those
 *                         containers in pools that are of a generation:
 *                         0 to 2, or 3 for the frozen
 * coil_pools_dump_list  - draw its list of the dead in pools whose last
 *                         words are heard now; at other times it is
 *                         empty
 *
 * Each writes a graph in Graphviz's language, without addresses.
 *
 * Checked: out is not NULL; generation is one of the four.
 */
void coil_pools_dump_sieve(FILE *out, int generation);
void coil_pools_dump_list(FILE *out);

#endif
