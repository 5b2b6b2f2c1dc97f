#include <string.h>

#include "coil/pools.h"
#include "internal/thread.h"

/* pools stats: the pools in use */
/* The pools are the runtime's, or those behind its guard. */
const struct coili_pools *coili_pools_now(void)
{
    const coil_runtime *rt = coili_thread->runtime;

    return rt->options.pools & COIL_POOLS_GUARD ? &rt->guard.pools
                                                : &rt->pools;
}

bool coil_pools_has(const void *p)
{
    return coili_pools_has(coili_pools_now(), p);
}

/* pools stats: counting */
static void count_pools(const struct coili_pools *pools,
                        coil_pools_stat *stat)
{
    const struct coili_pool *pool;

    COILI_EACH_POOL(pools, pool) {
        coil_pool_stat *s = &stat->sizes[pool->class - 1];

        s->pools++;
        s->used += pool->used;
        stat->pools++;
    }
}

static void count_sizes(const struct coili_pools *pools,
                        coil_pools_stat *stat)
{
    for (size_t class = 1; class < COILI_CLASSES; class++) {
        coil_pool_stat *s = &stat->sizes[class - 1];
        size_t bytes;

        s->size = class * COILI_GRAIN;
        s->per_pool = coili_pool_blocks(pools, class);
        s->used -= pools->kept[class];
        s->available = s->pools * s->per_pool - s->used;
        bytes = s->per_pool * s->size;
        stat->used += s->used * s->size;
        stat->available += s->available * s->size;
        stat->rest += s->pools
            * (coili_pool_size(pools) - pools->head - bytes);
    }
}

void coil_pools_stats(coil_pools_stat *stat)
{
    const struct coili_pools *pools = coili_pools_now();

    COIL_CHECK(stat != NULL);
    memset(stat, 0, sizeof *stat);
    stat->region_size = pools->span;
    stat->arena_size = coili_arena_size(pools);
    stat->pool_size = coili_pool_size(pools);
    stat->arenas = pools->committed;
    stat->arenas_most = pools->most;
    stat->arenas_taken = pools->taken;
    stat->arenas_returned = pools->taken - pools->committed;
    count_pools(pools, stat);
    count_sizes(pools, stat);
    stat->heads = stat->pools * pools->head;
    stat->pools_unused = stat->arenas * coili_arena_pools(pools)
        - stat->pools;
    stat->unused = stat->pools_unused * stat->pool_size;
}

/* pools stats: the report */
static void report_sizes(FILE *out, const coil_pools_stat *stat)
{
    fprintf(out, "%6s %8s %8s %12s %12s\n", "size", "per pool", "pools",
            "used", "available");
    for (size_t i = 0; i < COIL_POOL_SIZES; i++) {
        const coil_pool_stat *s = &stat->sizes[i];

        if (s->pools == 0)
            continue;
        fprintf(out, "%6zu %8zu %8zu %12zu %12zu\n", s->size,
                s->per_pool, s->pools, s->used, s->available);
    }
}

static void report_bytes(FILE *out, const char *what, size_t bytes)
{
    fprintf(out, "%-37s %12zu\n", what, bytes);
}

void coil_pools_report(FILE *out)
{
    coil_pools_stat stat;

    COIL_CHECK(out != NULL);
    coil_pools_stats(&stat);
    report_sizes(out, &stat);
    fprintf(out, "\n%zu arenas of %zu bytes, %zu at most; %zu taken, "
            "%zu returned\n%zu pools of %zu bytes, %zu more unused\n\n",
            stat.arenas, stat.arena_size, stat.arenas_most,
            stat.arenas_taken, stat.arenas_returned, stat.pools,
            stat.pool_size, stat.pools_unused);
    report_bytes(out, "bytes of blocks in use", stat.used);
    report_bytes(out, "bytes of available blocks", stat.available);
    report_bytes(out, "bytes of unused pools", stat.unused);
    report_bytes(out, "bytes left free before blocks", stat.heads);
    report_bytes(out, "bytes too few for a block", stat.rest);
    report_bytes(out, "bytes of arenas", stat.arenas * stat.arena_size);
}
