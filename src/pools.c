#include <string.h>

#include "coil/pools.h"
#include "internal/pools.h"

/* pools: lists of those with room */
static void link_pool(struct coili_pools *pools,
                      struct coili_pool *pool)
{
    struct coili_pool **list = &pools->partial[pool->class];

    pool->prev = NULL;
    pool->next = *list;
    if (*list != NULL)
        (*list)->prev = pool;
    *list = pool;
}

static void unlink_pool(struct coili_pools *pools,
                        struct coili_pool *pool)
{
    if (pool->prev != NULL)
        pool->prev->next = pool->next;
    else
        pools->partial[pool->class] = pool->next;
    if (pool->next != NULL)
        pool->next->prev = pool->prev;
}

/* pools: blocks come back */
/* After some of its blocks were freed: the pool has room now. */
static void settle(struct coili_pools *pools, struct coili_pool *pool,
                   bool was_full)
{
    if (pool->used == 0) {
        if (!was_full)
            unlink_pool(pools, pool);
        coili_pool_give(pools, pool);
    } else if (was_full) {
        link_pool(pools, pool);
    }
}

/* Set the bits of blocks, as many as lie one after the other in a pool
 * that starts there; their number. */
static uint32_t set_free(const struct coili_pools *pools,
                         struct coili_pool *pool, void **block,
                         uint32_t n)
{
    uint64_t *free = coili_pool_free(pools, pool);
    char *start = coili_pool_start(pools, pool);
    size_t grains = coili_pool_size(pools) / COILI_GRAIN;
    uint32_t i;

    for (i = 0; i < n; i++) {
        size_t grain = (size_t)((char *)block[i] - start) / COILI_GRAIN;
        uint64_t bit = UINT64_C(1) << grain % 64;
        bool is_out = grain >= grains || !(free[grain / 64] & bit);

        COIL_CHECK(is_out);
        if (grain >= grains)
            break;
        free[grain / 64] |= bit;
        if (grain / 64 < pool->scan)
            pool->scan = (uint16_t)(grain / 64);
    }
    return i;
}

/* Put blocks into the pool of the first, as above. */
static uint32_t put(struct coili_pools *pools, void **block, uint32_t n)
{
    struct coili_pool *pool = coili_pool_of(pools, block[0]);
    bool was_full = coili_pool_full(pools, pool);

    n = set_free(pools, pool, block, n);
    pool->freed += n;
    pool->used -= n;
    if (was_full || pool->used == 0)
        settle(pools, pool, was_full);
    return n;
}

/* Take the n blocks that are longest in it out of a magazine. */
static void flush(struct coili_pools *pools, size_t class, uint32_t n)
{
    void **block = pools->magazine[class];
    uint32_t i = 0;

    while (i < n)
        i += put(pools, &block[i], n - i);
    pools->kept[class] -= n;
    memmove(block, block + n, pools->kept[class] * sizeof *block);
}

static void flush_all(struct coili_pools *pools)
{
    for (size_t class = 1; class < COILI_CLASSES; class++)
        flush(pools, class, pools->kept[class]);
}

/* A pool that becomes empty is a sign that more will.  If the magazine
 * could hold a block of each other, it must not. */
void coili_pools_spill(struct coili_pools *pools, void *p)
{
    struct coili_pool *pool = coili_pool_of(pools, p);
    size_t class = pool->class;
    uint32_t before = pools->pools[class];

    COIL_CHECK(class != 0);
    if (pools->keep == 0 || pool->used == 1) {
        put(pools, &p, 1);
    } else {
        if (pools->kept[class] == pools->keep)
            flush(pools, class, pools->keep / 2);
        pools->magazine[class][pools->kept[class]++] = p;
    }
    if (pools->pools[class] < before &&
        pools->pools[class] <= pools->kept[class])
        flush(pools, class, pools->kept[class]);
}

static void poison_run(struct coili_pools *pools,
                       struct coili_pool *pool, const uint64_t *dead)
{
    char *start = coili_pool_start(pools, pool);
    size_t grains = coili_pool_size(pools) / COILI_GRAIN;

    for (size_t grain = 0; grain < grains; grain++)
        if (dead[grain / 64] >> grain % 64 & 1)
            coili_poison(start + grain * COILI_GRAIN,
                         (size_t)pool->class * COILI_GRAIN);
}

void coili_pools_free_run(struct coili_pools *pools,
                          struct coili_pool *pool, const uint64_t *dead)
{
    uint64_t *free = coili_pool_free(pools, pool);
    size_t words = coili_pool_size(pools) / COILI_GRAIN / 64;
    bool was_full = coili_pool_full(pools, pool);
    uint32_t n = 0;

    if (COILI_POISON)
        poison_run(pools, pool, dead);
    for (size_t i = 0; i < words; i++) {
        COIL_ASSERT((free[i] & dead[i]) == 0);
        free[i] |= dead[i];
        n += (uint32_t)__builtin_popcountll(dead[i]);
    }
    if (n == 0)
        return;
    pool->scan = 0;
    pool->freed += n;
    pool->used -= n;
    settle(pools, pool, was_full);
}

/* pools: blocks go out */
/* Take n free blocks of the pool, those with the lowest addresses; the
 * lowest comes last. */
static void take_freed(struct coili_pools *pools,
                       struct coili_pool *pool, void **block,
                       uint32_t n)
{
    uint64_t *first = coili_pool_free(pools, pool);
    uint64_t *at = first + pool->scan, word = *at;
    char *start = coili_pool_start(pools, pool);

    pool->freed -= n;
    while (n > 0) {
        while (word == 0) {
            *at++ = 0;
            word = *at;
        }
        block[--n] = start + (at - first) * 64 * COILI_GRAIN
            + __builtin_ctzll(word) * COILI_GRAIN;
        word &= word - 1;
    }
    *at = word;
    pool->scan = (uint16_t)(at - first);
}

/* The same with blocks that were never used. */
static void take_fresh(struct coili_pools *pools,
                       struct coili_pool *pool, void **block,
                       uint32_t n)
{
    uint32_t size = pool->class * COILI_GRAIN;
    char *p = coili_pool_start(pools, pool) + pool->bump;

    pool->bump += n * size;
    for (; n > 0; p += size)
        block[--n] = p;
}

static uint32_t fresh(const struct coili_pools *pools,
                      const struct coili_pool *pool)
{
    return (pools->end[pool->class] - pool->bump)
        / (pool->class * COILI_GRAIN);
}

/* A pool of the class with room.  Before an arena is asked of the
 * system, the magazines are emptied: that may be enough. */
static struct coili_pool *pool_with_room(struct coili_pools *pools,
                                         size_t class)
{
    struct coili_pool *pool;

    if (pools->partial[class] != NULL)
        return pools->partial[class];
    if (pools->span == 0 && coili_region_open(pools) < 0)
        return NULL;
    if ((pool = coili_pool_take(pools, class)) == NULL) {
        flush_all(pools);
        pool = coili_pool_take(pools, class);
    }
    if (pool == NULL && coili_arena_take(pools) == 0)
        pool = coili_pool_take(pools, class);
    if (pool != NULL)
        link_pool(pools, pool);
    return pool;
}

static uint32_t least(uint32_t a, uint32_t b)
{
    return a < b ? a : b;
}

void *coili_pools_refill(struct coili_pools *pools, size_t class)
{
    struct coili_pool *pool = pool_with_room(pools, class);
    void **block = pools->magazine[class];
    uint32_t n = pools->keep > 0 ? pools->keep / 2 : 1;

    if (pool == NULL)
        return NULL;
    if (pool->freed > 0) {
        n = least(n, pool->freed);
        take_freed(pools, pool, block, n);
    } else {
        n = least(n, fresh(pools, pool));
        take_fresh(pools, pool, block, n);
    }
    pool->used += n;
    if (coili_pool_full(pools, pool))
        unlink_pool(pools, pool);
    pools->kept[class] = n - 1;
    return block[n - 1];
}

/* pools: opening and closing */
void coili_pools_open(struct coili_pools *pools,
                      const coil_options *options)
{
    size_t room = options->pool_size - options->pool_head;
    bool direct = (options->pools & COIL_POOLS_DIRECT) != 0;

    pools->pool_shift = (unsigned)__builtin_ctzll(options->pool_size);
    pools->arena_shift = (unsigned)__builtin_ctzll(options->pool_arena);
    pools->head = (uint32_t)options->pool_head;
    pools->region = options->pool_region;
    if (!(options->pools & COIL_POOLS_OFF))
        pools->limit = options->pool_threshold;
    for (size_t class = 1; class < COILI_CLASSES; class++) {
        size_t size = class * COILI_GRAIN;

        pools->end[class] = (uint32_t)(options->pool_head
                                       + room / size * size);
    }
    pools->keep = direct ? 0 : COILI_MAGAZINE;
}

void coili_pools_close(struct coili_pools *pools)
{
    if (pools->span > 0)
        coili_region_close(pools);
}
