#include "internal/pools.h"

/* pools check: one pool */
static bool is_free(const struct coili_pools *pools, const void *p)
{
    size_t grain = coili_grain_of(pools, p);

    return pools->free[grain / 64] >> grain % 64 & 1;
}

/* Bits stand only where a block begins that is not fresh. */
static uint32_t count_free(const struct coili_pools *pools,
                           const struct coili_pool *pool)
{
    const uint64_t *free = coili_pool_free(pools, pool);
    size_t grains = coili_pool_size(pools) / COILI_GRAIN;
    size_t head = pools->head / COILI_GRAIN;
    uint32_t n = 0;

    for (size_t grain = 0; grain < grains; grain++) {
        if (!(free[grain / 64] >> grain % 64 & 1))
            continue;
        COIL_ASSERT(grain >= head);
        COIL_ASSERT((grain - head) % pool->class == 0);
        COIL_ASSERT(grain * COILI_GRAIN < pool->bump);
        COIL_ASSERT(grain / 64 >= pool->scan);
        n++;
    }
    return n;
}

static void check_pool(const struct coili_pools *pools,
                       const struct coili_pool *pool)
{
    uint32_t size = pool->class * COILI_GRAIN;
    uint32_t made = (pool->bump - pools->head) / size;

    COIL_ASSERT(pool->class < COILI_CLASSES);
    COIL_ASSERT(pool->bump == pools->head + made * size);
    COIL_ASSERT(pool->bump <= pools->end[pool->class]);
    COIL_ASSERT(pool->used > 0 && pool->used + pool->freed == made);
    COIL_ASSERT(count_free(pools, pool) == pool->freed);
}

static void check_unused(const struct coili_pools *pools,
                         const struct coili_pool *pool)
{
    const uint64_t *free = coili_pool_free(pools, pool);

    COIL_ASSERT(pool->used == 0 && pool->freed == 0);
    COIL_ASSERT(pool->bump == 0 && pool->scan == 0);
    for (size_t i = 0; i < coili_pool_size(pools) >> 10; i++)
        COIL_ASSERT(free[i] == 0);
}

/* pools check: lists and magazines */
static void check_class(const struct coili_pools *pools, size_t class)
{
    void *const *block = pools->magazine[class];
    const struct coili_pool *pool, *prev = NULL;
    size_t with_room = 0;

    for (pool = pools->partial[class]; pool; pool = pool->next) {
        COIL_ASSERT(pool->class == class && pool->prev == prev);
        COIL_ASSERT(!coili_pool_full(pools, pool));
        prev = pool;
        with_room++;
    }
    COILI_EACH_POOL(pools, pool)
        if (pool->class == class && !coili_pool_full(pools, pool))
            with_room--;
    COIL_ASSERT(with_room == 0);
    COIL_ASSERT(pools->kept[class] <= pools->keep);
    for (uint32_t i = 0; i < pools->kept[class]; i++) {
        COIL_ASSERT(coili_pools_has(pools, block[i]));
        COIL_ASSERT(coili_pool_of(pools, block[i])->class == class);
        COIL_ASSERT(!is_free(pools, block[i]));
        for (uint32_t j = 0; j < i; j++)
            COIL_ASSERT(block[i] != block[j]);
    }
}

/* pools check: arenas */
static void check_arena(const struct coili_pools *pools, size_t number)
{
    const struct coili_arena *a = &pools->arena[number];
    size_t per = coili_arena_pools(pools);
    const struct coili_pool *pool = &pools->pool[number * per];
    size_t unused = 0, listed = 0;

    for (size_t i = 0; i < per; i++, pool++) {
        if (pool->class != 0) {
            COIL_ASSERT(i < per - a->fresh);
            check_pool(pools, pool);
        } else {
            check_unused(pools, pool);
            unused++;
        }
    }
    for (pool = a->unused; pool != NULL; pool = pool->next)
        listed++;
    COIL_ASSERT(a->room == unused && unused == listed + a->fresh);
}

static size_t check_lists(const struct coili_pools *pools)
{
    const struct coili_arena *a, *prev;
    size_t n = 0;

    for (size_t room = 1; room <= coili_arena_pools(pools); room++) {
        prev = NULL;
        for (a = pools->with_room[room]; a != NULL; a = a->next) {
            COIL_ASSERT(a->committed && a->room == room);
            COIL_ASSERT(a->prev == prev);
            prev = a;
            n++;
        }
    }
    return n;
}

static void check_arenas(const struct coili_pools *pools)
{
    size_t committed = 0, empty = 0, full = 0;

    for (size_t i = 0; i < pools->arenas; i++) {
        const struct coili_arena *a = &pools->arena[i];

        if (!a->committed)
            continue;
        check_arena(pools, i);
        committed++;
        full += a->room == 0;
        empty += a->room == coili_arena_pools(pools);
    }
    COIL_ASSERT(committed == pools->committed);
    COIL_ASSERT(empty == pools->empty);
    COIL_ASSERT(check_lists(pools) == committed - full);
}

void coili_pools_validate(const struct coili_pools *pools)
{
    if (pools->span == 0)
        return;
    check_arenas(pools);
    for (size_t class = 1; class < COILI_CLASSES; class++)
        check_class(pools, class);
}
