#include "coil/pools.h"
#include "internal/pools.h"

/* pools dump: arenas */
static void write_pool(FILE *out, const struct coili_pools *pools,
                       size_t number, bool fresh)
{
    const struct coili_pool *pool = &pools->pool[number];

    if (pool->class != 0) {
        fprintf(out, "|%u bytes: %u of %zu",
                (unsigned)pool->class * COILI_GRAIN,
                (unsigned)pool->used,
                coili_pool_blocks(pools, pool->class));
    } else {
        fputs(fresh ? "|fresh" : "|emptied", out);
    }
}

static void write_arena(FILE *out, const struct coili_pools *pools,
                        size_t number)
{
    const struct coili_arena *a = &pools->arena[number];
    size_t per = coili_arena_pools(pools);

    fprintf(out, "  a%zu [shape=record,label=\"arena %zu", number,
            number);
    if (!a->committed)
        fputs("|returned", out);
    for (size_t i = 0; a->committed && i < per; i++)
        write_pool(out, pools, number * per + i, i >= per - a->fresh);
    fputs("\"];\n", out);
    if (number > 0)
        fprintf(out, "  a%zu -> a%zu [style=invis];\n", number - 1,
                number);
}

void coil_pools_dump_graph(FILE *out)
{
    const struct coili_pools *pools = coili_pools_now();

    COIL_CHECK(out != NULL);
    fputs("digraph arenas {\n  rankdir=LR;\n", out);
    for (size_t i = 0; i < pools->arenas; i++)
        write_arena(out, pools, i);
    fputs("}\n", out);
}

/* pools dump: blocks of a pool */
/* How many places of the magazine, from i up, hold neighbors in the
 * pool; 1 if they are no more than three.  No block is there twice, so
 * a run cannot turn. */
static uint32_t run_from(const struct coili_pools *pools,
                         const struct coili_pool *pool, uint32_t i)
{
    ptrdiff_t size = pool->class * COILI_GRAIN, by;
    void *const *block = pools->magazine[pool->class];
    uint32_t to = i + 1;

    for (; to < pools->kept[pool->class]; to++) {
        by = (char *)block[to] - (char *)block[to - 1];
        if ((by != size && by != -size) ||
            coili_pool_of(pools, block[i]) != pool ||
            coili_pool_of(pools, block[to]) != pool)
            break;
    }
    return to - i > 3 ? to - i : 1;
}

/* The lowest place of the run that has this place. */
static uint32_t run_with(const struct coili_pools *pools,
                         const struct coili_pool *pool, uint32_t place)
{
    uint32_t i = 0, n;

    while (i + (n = run_from(pools, pool, i)) <= place)
        i += n;
    return i;
}

enum { FRESH = -3, FREE, OUT };     /* or a run of the magazine */

static int state_of(const struct coili_pools *pools,
                    const struct coili_pool *pool, size_t number)
{
    size_t offset = pools->head + number * pool->class * COILI_GRAIN;
    void *const *block = pools->magazine[pool->class];
    const uint64_t *free = coili_pool_free(pools, pool);
    size_t grain = offset / COILI_GRAIN;

    if (offset >= pool->bump)
        return FRESH;
    if (free[grain / 64] >> grain % 64 & 1)
        return FREE;
    for (uint32_t i = 0; i < pools->kept[pool->class]; i++)
        if (block[i] == coili_pool_start(pools, pool) + offset)
            return (int)run_with(pools, pool, i);
    return OUT;
}

/* A cell for each block, but one for more than three alike. */
static void write_blocks(FILE *out, const struct coili_pools *pools,
                         const struct coili_pool *pool)
{
    static const char *const names[] = { "fresh", "free", "out" };
    size_t n = coili_pool_blocks(pools, pool->class), i = 0;

    while (i < n) {
        int is = state_of(pools, pool, i);
        size_t to = i + 1;

        while (to < n && state_of(pools, pool, to) == is)
            to++;
        if (to - i <= 3)
            to = i + 1;
        fprintf(out, "|<b%zu> %zu", i, i);
        if (to > i + 1)
            fprintf(out, " to %zu", to - 1);
        fprintf(out, ": %s", is < 0 ? names[is - FRESH]
                                    : "in magazine");
        i = to;
    }
}

static void write_magazine(FILE *out, const struct coili_pools *pools,
                           const struct coili_pool *pool)
{
    fprintf(out, "  magazine [shape=record,label=\"magazine");
    for (uint32_t i = pools->kept[pool->class], to; i > 0; i = to) {
        to = run_with(pools, pool, i - 1);
        fprintf(out, "|<m%u> %u", (unsigned)i - 1, (unsigned)i - 1);
        if (to < i - 1)
            fprintf(out, " to %u", (unsigned)to);
    }
    fputs("\"];\n", out);
}

static void write_arrows(FILE *out, const struct coili_pools *pools,
                         const struct coili_pool *pool)
{
    void *const *block = pools->magazine[pool->class];
    char *first = coili_pool_start(pools, pool) + pools->head;

    for (uint32_t i = pools->kept[pool->class], to; i > 0; i = to) {
        char *p = block[i - 1];

        to = run_with(pools, pool, i - 1);
        if (coili_pool_of(pools, p) != pool)
            continue;
        if ((char *)block[to] < p)
            p = block[to];
        fprintf(out, "  magazine:m%u -> pool:b%zu;\n",
                (unsigned)i - 1, (size_t)(p - first)
                / (pool->class * COILI_GRAIN));
    }
}

void coil_pool_dump_graph(FILE *out, const void *p)
{
    const struct coili_pools *pools = coili_pools_now();
    const struct coili_pool *pool;

    COIL_CHECK(out != NULL && coil_pools_has(p));
    pool = coili_pool_of(pools, p);
    COIL_CHECK(pool->class != 0);
    fputs("digraph pool {\n  rankdir=LR;\n", out);
    write_magazine(out, pools, pool);
    fprintf(out, "  pool [shape=record,label=\"pool of %u bytes",
            (unsigned)pool->class * COILI_GRAIN);
    write_blocks(out, pools, pool);
    fputs("\"];\n", out);
    write_arrows(out, pools, pool);
    fputs("}\n", out);
}
