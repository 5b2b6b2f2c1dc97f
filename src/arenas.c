#include <string.h>

#include "coil/error.h"
#include "internal/os.h"
#include "internal/pools.h"

/* arenas: shadows */
static void *shadow_new(struct coili_pools *pools, size_t per_arena)
{
    struct coili_shadow s = { .per_arena = per_arena };

    COIL_ASSERT(pools->shadows < COILI_SHADOWS);
    s.size = (pools->region >> pools->arena_shift) * per_arena;
    if ((s.at = coili_os_reserve(s.size)) == NULL)
        return NULL;
    if (pools->arenas > 0 &&
        coili_os_commit(s.at, pools->arenas * per_arena) < 0) {
        coili_os_release(s.at, s.size);
        return NULL;
    }
    pools->shadow[pools->shadows++] = s;
    return s.at;
}

void *coili_pools_shadow(struct coili_pools *pools, unsigned bits)
{
    size_t grains = coili_arena_size(pools) / COILI_GRAIN;
    void *at;

    COIL_ASSERT(pools->span > 0);
    if ((at = shadow_new(pools, grains * bits / 8)) == NULL)
        coil_error_set(COIL_MEMORY_ERROR, "out of memory");
    return at;
}

/* arenas: the region */
#define LEAST_REGION ((size_t)64 << 20)

static int make_tables(struct coili_pools *pools)
{
    size_t heads = coili_arena_pools(pools);
    size_t grains = coili_arena_size(pools) / COILI_GRAIN;

    pools->arena = shadow_new(pools, sizeof *pools->arena);
    pools->pool = shadow_new(pools, heads * sizeof *pools->pool);
    pools->free = shadow_new(pools, grains / 8);
    return pools->arena && pools->pool && pools->free ? 0 : -1;
}

static void release_all(struct coili_pools *pools)
{
    while (pools->shadows > 0) {
        struct coili_shadow *s = &pools->shadow[--pools->shadows];

        coili_os_release(s->at, s->size);
    }
    if (pools->reserved != NULL)
        coili_os_release(pools->reserved, pools->reserved_size);
    pools->reserved = NULL;
}

/* Addresses are given at multiples of a page only, so ask for an arena
 * more. */
static int reserve(struct coili_pools *pools)
{
    size_t arena = coili_arena_size(pools);

    pools->reserved_size = pools->region + arena;
    pools->reserved = coili_os_reserve(pools->reserved_size);
    if (pools->reserved == NULL || make_tables(pools) < 0) {
        release_all(pools);
        return -1;
    }
    pools->base = ((uintptr_t)pools->reserved + arena - 1) & -arena;
    pools->span = pools->region;
    return 0;
}

int coili_region_open(struct coili_pools *pools)
{
    size_t least = pools->region < LEAST_REGION ? pools->region
                                                : LEAST_REGION;

    while (reserve(pools) < 0) {
        pools->region /= 2;
        if (pools->region < least) {
            pools->limit = 0;
            return -1;
        }
    }
    return 0;
}

void coili_region_close(struct coili_pools *pools)
{
    coili_unpoison((char *)pools->base,
                   (size_t)pools->arenas << pools->arena_shift);
    release_all(pools);
    pools->span = 0;
    pools->limit = 0;
}

/* arenas: lists by room */
static void link_arena(struct coili_pools *pools, struct coili_arena *a)
{
    struct coili_arena **list = &pools->with_room[a->room];

    if (a->room == 0)
        return;
    a->prev = NULL;
    a->next = *list;
    if (*list != NULL)
        (*list)->prev = a;
    *list = a;
}

static void unlink_arena(struct coili_pools *pools,
                         struct coili_arena *a)
{
    if (a->room == 0)
        return;
    if (a->prev != NULL)
        a->prev->next = a->next;
    else
        pools->with_room[a->room] = a->next;
    if (a->next != NULL)
        a->next->prev = a->prev;
}

/* arenas: taking and returning */
static size_t arena_number(const struct coili_pools *pools,
                           const struct coili_arena *a)
{
    return (size_t)(a - pools->arena);
}

static char *arena_start(const struct coili_pools *pools,
                         const struct coili_arena *a)
{
    return (char *)pools->base
        + (arena_number(pools, a) << pools->arena_shift);
}

static char *entry_of(const struct coili_shadow *s, size_t number)
{
    return s->at + number * s->per_arena;
}

#define LARGE 64                /* arenas: so many are a large heap */

/* Huge pages are much cheaper, but may bring memory that is not used:
 * so only in a large heap. */
static int commit(struct coili_pools *pools, size_t number)
{
    size_t size = coili_arena_size(pools);
    char *start = (char *)pools->base + number * size;

    for (size_t i = 0; i < pools->shadows; i++) {
        struct coili_shadow *s = &pools->shadow[i];

        if (coili_os_commit(entry_of(s, number), s->per_arena) < 0)
            return -1;
    }
    if (coili_os_commit(start, size) < 0)
        return -1;
    if (pools->committed >= LARGE)
        coili_os_prefer_huge(start, size);
    coili_poison(start, size);
    return 0;
}

/* The lowest arena without memory.  So the heap stays low. */
static size_t next_arena(const struct coili_pools *pools)
{
    size_t number = 0;

    if (pools->committed == pools->arenas)
        return pools->arenas;
    while (pools->arena[number].committed)
        number++;
    return number;
}

int coili_arena_take(struct coili_pools *pools)
{
    size_t number = next_arena(pools);
    struct coili_arena *a = &pools->arena[number];

    if (number << pools->arena_shift >= pools->span ||
        commit(pools, number) < 0)
        return -1;
    if (number == pools->arenas)
        pools->arenas++;
    *a = (struct coili_arena){ .committed = true };
    a->room = a->fresh = (uint32_t)coili_arena_pools(pools);
    link_arena(pools, a);
    pools->empty++;
    pools->taken++;
    if (++pools->committed > pools->most)
        pools->most = pools->committed;
    return 0;
}

/* The heads of its pools become fresh with it. */
static void arena_return(struct coili_pools *pools,
                         struct coili_arena *a)
{
    size_t number = arena_number(pools, a);

    unlink_arena(pools, a);
    memset(&pools->pool[number * coili_arena_pools(pools)], 0,
           coili_arena_pools(pools) * sizeof *pools->pool);
    coili_os_uncommit(arena_start(pools, a), coili_arena_size(pools));
    for (size_t i = 0; i < pools->shadows; i++) {
        struct coili_shadow *s = &pools->shadow[i];

        coili_os_discard(entry_of(s, number), s->per_arena);
    }
    *a = (struct coili_arena){ .committed = false };
    pools->empty--;
    pools->committed--;
}

/* arenas: pools */
/* Of the arenas with room, the one that has least of it. */
static struct coili_arena *fullest(const struct coili_pools *pools)
{
    for (size_t room = 1; room <= coili_arena_pools(pools); room++)
        if (pools->with_room[room] != NULL)
            return pools->with_room[room];
    return NULL;
}

static struct coili_pool *pool_of_arena(struct coili_pools *pools,
                                        struct coili_arena *a)
{
    struct coili_pool *pool = a->unused;

    if (pool != NULL)
        a->unused = pool->next;
    else
        pool = &pools->pool[(arena_number(pools, a) + 1)
                            * coili_arena_pools(pools) - a->fresh--];
    return pool;
}

struct coili_pool *coili_pool_take(struct coili_pools *pools,
                                   size_t class)
{
    struct coili_arena *a = fullest(pools);
    struct coili_pool *pool;

    if (a == NULL)
        return NULL;
    pool = pool_of_arena(pools, a);
    pool->class = (uint16_t)class;
    pools->pools[class]++;
    pool->bump = pools->head;
    unlink_arena(pools, a);
    if (a->room-- == coili_arena_pools(pools))
        pools->empty--;
    link_arena(pools, a);
    return pool;
}

#define SPARE 16                /* arenas in use for one kept empty */

static void return_empty(struct coili_pools *pools)
{
    struct coili_arena **empty =
        &pools->with_room[coili_arena_pools(pools)];

    while (!pools->held && pools->empty > 1 + pools->committed / SPARE)
        arena_return(pools, *empty);
}

void coili_arenas_hold(struct coili_pools *pools, bool held)
{
    pools->held = held;
    return_empty(pools);
}

void coili_pool_give(struct coili_pools *pools, struct coili_pool *pool)
{
    struct coili_arena *a = &pools->arena[
        coili_pool_number(pools, pool) / coili_arena_pools(pools)];

    pools->pools[pool->class]--;
    memset(coili_pool_free(pools, pool), 0,
           coili_pool_size(pools) / COILI_GRAIN / 8);
    *pool = (struct coili_pool){ .next = a->unused };
    a->unused = pool;
    unlink_arena(pools, a);
    if (++a->room == coili_arena_pools(pools))
        pools->empty++;
    link_arena(pools, a);
    return_empty(pools);
}

/* arenas: a walk over the pools */
struct coili_pool *coili_pool_next(const struct coili_pools *pools,
                                   size_t number)
{
    size_t heads = pools->arenas * coili_arena_pools(pools);

    for (; number < heads; number++)
        if (pools->pool[number].class != 0)
            return &pools->pool[number];
    return NULL;
}
