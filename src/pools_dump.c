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
enum state { FRESH, FREE, KEPT, OUT };

static enum state state_of(const struct coili_pools *pools,
                           const struct coili_pool *pool, size_t offset)
{
    uint32_t kept = pools->kept[pool->class];
    void *const *block = pools->magazine[pool->class];
    const uint64_t *free = coili_pool_free(pools, pool);
    size_t grain = offset / COILI_GRAIN;
    char *p = coili_pool_start(pools, pool) + offset;

    if (offset >= pool->bump)
        return FRESH;
    if (free[grain / 64] >> grain % 64 & 1)
        return FREE;
    for (uint32_t i = 0; i < kept; i++)
        if (block[i] == p)
            return KEPT;
    return OUT;
}

/* A cell for each block, but one for more than three alike. */
static void write_blocks(FILE *out, const struct coili_pools *pools,
                         const struct coili_pool *pool)
{
    static const char *const names[] = {
        "fresh", "free", "in magazine", "out",
    };
    size_t size = (size_t)pool->class * COILI_GRAIN;
    size_t n = coili_pool_blocks(pools, pool->class), i = 0;

    while (i < n) {
        enum state is = state_of(pools, pool, pools->head + i * size);
        size_t to = i + 1;

        while (is != KEPT && to < n && is ==
               state_of(pools, pool, pools->head + to * size))
            to++;
        if (to - i <= 3)
            to = i + 1;
        fprintf(out, "|<b%zu> %zu", i, i);
        if (to > i + 1)
            fprintf(out, " to %zu", to - 1);
        fprintf(out, ": %s", names[is]);
        i = to;
    }
}

static void write_magazine(FILE *out, const struct coili_pools *pools,
                           const struct coili_pool *pool)
{
    uint32_t kept = pools->kept[pool->class];

    fprintf(out, "  magazine [shape=record,label=\"magazine");
    for (uint32_t i = kept; i > 0; i--)
        fprintf(out, "|<m%u> %u", (unsigned)i - 1, (unsigned)i - 1);
    fputs("\"];\n", out);
}

static void write_arrows(FILE *out, const struct coili_pools *pools,
                         const struct coili_pool *pool)
{
    uint32_t kept = pools->kept[pool->class];
    void *const *block = pools->magazine[pool->class];
    char *first = coili_pool_start(pools, pool) + pools->head;

    for (uint32_t i = kept; i > 0; i--) {
        char *p = block[i - 1];

        if (coili_pool_of(pools, p) == pool)
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
