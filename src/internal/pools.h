/* pools.h - the region, its arenas and pools (internal)
 *
 * arenas.c         region, arenas, pools: whole pools come and go
 * pools.c          blocks: magazines, alloc, free
 * small.c          requests: to a pool or to the hook?
 * pools_options.c  what the client may choose
 * pools_stats.c    what a program may ask
 * pools_dump.c     drawings
 * pools_check.c    is all of it consistent?
 *
 * The region is one run of addresses, cut into arenas of one size, and
 * these into pools of one size.  All bookkeeping lies outside of it, in
 * tables that are indexed by the distance from the base: heads of
 * arenas, heads of pools, and shadows, which have an element for each
 * 16 bytes.  A free block is never touched.
 *
 * Threads: confined.
 */
#ifndef COILI_POOLS_H
#define COILI_POOLS_H

#include "coil/runtime.h"

#define COILI_GRAIN 16          /* bytes; blocks are multiples of it */
#define COILI_CLASSES 33        /* class n: blocks of n grains; not 0 */

/* internal pools: poison */
/* Under the address sanitizer, what is with no client is poisoned. */
#if defined(__SANITIZE_ADDRESS__)
#define COILI_POISON 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define COILI_POISON 1
#endif
#endif

#ifdef COILI_POISON
#include <sanitizer/asan_interface.h>
#define coili_poison(p, size) __asan_poison_memory_region(p, size)
#define coili_unpoison(p, size) __asan_unpoison_memory_region(p, size)
#define coili_is_poisoned(p) __asan_address_is_poisoned(p)
#else
#define COILI_POISON 0
#define coili_poison(p, size) ((void)(p), (void)(size))
#define coili_unpoison(p, size) ((void)(p), (void)(size))
#define coili_is_poisoned(p) ((void)(p), false)
#endif

/* internal pools: structures */
/* A block of a pool is fresh (from `bump` on), free (its bit is set in
 * the shadow `free`), or out: with a client or in a magazine. */
struct coili_pool {
    uint16_t class;             /* 0: none, and the next five are 0 */
    uint16_t scan;              /* no free block in a word before it */
    uint32_t bump;              /* offset of the first fresh block */
    uint32_t used;              /* blocks that are out */
    uint32_t freed;             /* blocks that are free */
    struct coili_pool *prev;    /* of the class, with room */
    struct coili_pool *next;    /* the same; or without class */
};

struct coili_arena {
    uint32_t room;              /* pools without class */
    uint32_t fresh;             /* those of them never used: the last */
    struct coili_pool *unused;  /* the others */
    struct coili_arena *prev;   /* with as much room, if it has any */
    struct coili_arena *next;
    bool committed;
};

/* A table with an entry for each arena.  It is zero where no arena has
 * been; where one was given back, its whole pages are. */
struct coili_shadow {
    char *at;
    size_t size;                /* bytes */
    size_t per_arena;           /* bytes of an entry */
};

#define COILI_MAGAZINE 64       /* blocks; or 0, without magazines */
#define COILI_SHADOWS 16
#define COILI_POOLS_PER_ARENA 256       /* at most */

struct coili_pools {
    /* fixed when the region is reserved */
    uintptr_t base;             /* of the region, at an arena's start */
    size_t span;                /* its bytes; 0: there is none */
    struct coili_pool *pool;    /* shadow: the heads, by number */
    uint64_t *free;             /* shadow: a bit for each grain */
    struct coili_arena *arena;  /* table, by number */
    /* fixed when the runtime is opened */
    size_t limit;               /* the largest request; 0: no pools */
    unsigned pool_shift, arena_shift;   /* log2 of the sizes */
    uint32_t keep;              /* blocks that a magazine may hold */
    uint32_t head;              /* bytes left free in front of a pool */
    uint32_t end[COILI_CLASSES];    /* offset behind the last block */
    size_t region;              /* bytes to ask for */
    /* blocks: by class */
    uint32_t kept[COILI_CLASSES];       /* blocks in its magazine */
    uint32_t pools[COILI_CLASSES];
    struct coili_pool *partial[COILI_CLASSES];      /* with room */
    void *magazine[COILI_CLASSES][COILI_MAGAZINE];
    /* arenas */
    struct coili_arena *with_room[COILI_POOLS_PER_ARENA + 1];
    uint32_t arenas;            /* that ever had memory: the first */
    uint32_t committed;         /* that have it now */
    uint32_t empty;             /* of those: without a pool in use */
    bool held;                  /* no arena goes back now */
    size_t most, taken;         /* see coil_pools_stat */
    struct coili_shadow shadow[COILI_SHADOWS];
    size_t shadows;
    void *reserved;             /* holds the region */
    size_t reserved_size;
};

/* internal pools: where is p? */
static inline bool coili_pools_has(const struct coili_pools *pools,
                                   const void *p)
{
    return (uintptr_t)p - pools->base < pools->span;
}

/* The rest asks for a p in the region.  Pools and grains are numbered
 * in the order of addresses. */
static inline size_t coili_grain_of(const struct coili_pools *pools,
                                    const void *p)
{
    return ((uintptr_t)p - pools->base) / COILI_GRAIN;
}

static inline struct coili_pool *
coili_pool_of(const struct coili_pools *pools, const void *p)
{
    return &pools->pool[((uintptr_t)p - pools->base)
                        >> pools->pool_shift];
}

static inline size_t coili_pool_number(const struct coili_pools *pools,
                                       const struct coili_pool *pool)
{
    return (size_t)(pool - pools->pool);
}

static inline char *coili_pool_start(const struct coili_pools *pools,
                                     const struct coili_pool *pool)
{
    return (char *)pools->base
        + (coili_pool_number(pools, pool) << pools->pool_shift);
}

static inline size_t coili_pool_size(const struct coili_pools *pools)
{
    return (size_t)1 << pools->pool_shift;
}

static inline size_t coili_arena_size(const struct coili_pools *pools)
{
    return (size_t)1 << pools->arena_shift;
}

static inline size_t coili_arena_pools(const struct coili_pools *pools)
{
    return (size_t)1 << (pools->arena_shift - pools->pool_shift);
}

/* The blocks that a pool of the class has. */
static inline size_t coili_pool_blocks(const struct coili_pools *pools,
                                       size_t class)
{
    return (pools->end[class] - pools->head) / (class * COILI_GRAIN);
}

/* The pool's words in the shadow of free blocks. */
static inline uint64_t *coili_pool_free(const struct coili_pools *pools,
                                        const struct coili_pool *pool)
{
    return pools->free + (coili_pool_number(pools, pool)
                          << (pools->pool_shift - 10));
}

/* No block to be had from it? */
static inline bool coili_pool_full(const struct coili_pools *pools,
                                   const struct coili_pool *pool)
{
    return pool->freed == 0 && pool->bump == pools->end[pool->class];
}

/* internal pools: whole pools */
/* Take a pool for blocks of a class from the fullest arena that has
 * one; NULL: none has. */
struct coili_pool *coili_pool_take(struct coili_pools *pools,
                                   size_t class);

/* Let another arena have memory.  -1: there is none, or no address. */
int coili_arena_take(struct coili_pools *pools);

/* The pool, of which no block is out, loses its class.  Its arena may
 * go back to the system. */
void coili_pool_give(struct coili_pools *pools,
                     struct coili_pool *pool);

/* Reserve the region.  -1: there is none, and there will be none. */
int coili_region_open(struct coili_pools *pools);
void coili_region_close(struct coili_pools *pools);

/* internal pools: blocks */
/* Fill in what the client left out; checks what it says. */
void coili_pools_complete(coil_options *options);

void coili_pools_open(struct coili_pools *pools,
                      const coil_options *options);
void coili_pools_close(struct coili_pools *pools);

/* A block of the class, whose magazine is empty, and more for the
 * magazine.  NULL: there is none, or there are no pools. */
void *coili_pools_refill(struct coili_pools *pools, size_t class);

/* Free a block for which there is no room in a magazine, or which must
 * not stay there. */
void coili_pools_spill(struct coili_pools *pools, void *p);

static inline size_t coili_class_of(size_t size)
{
    return (size + COILI_GRAIN - 1) / COILI_GRAIN;
}

/* A block of size bytes, 1 to limit; NULL: there is none. */
static inline void *coili_pools_alloc(struct coili_pools *pools,
                                      size_t size)
{
    size_t class = coili_class_of(size);
    void *p;

    if (pools->kept[class] > 0)
        p = pools->magazine[class][--pools->kept[class]];
    else if ((p = coili_pools_refill(pools, class)) == NULL)
        return NULL;
    coili_unpoison(p, size);
    return p;
}

/* Free a block of the region, which has size bytes or more.  Its pool
 * knows the class; but to guess it from the size, and to compare, does
 * not wait for the answer.  The last block that is out goes home, lest
 * a magazine keeps the pool. */
static inline void coili_pools_free(struct coili_pools *pools, void *p,
                                    size_t size)
{
    size_t class = coili_class_of(size);
    struct coili_pool *pool = coili_pool_of(pools, p);
    bool is_out;

    is_out = !coili_is_poisoned(p);
    COIL_CHECK(is_out);
    coili_poison(p, (size_t)pool->class * COILI_GRAIN);
    if (__builtin_expect(pool->class == class && pool->used > 1 &&
                         pools->kept[class] < pools->keep, 1))
        pools->magazine[class][pools->kept[class]++] = p;
    else
        coili_pools_spill(pools, p);
}

/* internal pools: for walks and for the collector */
/* The first pool with a class, from this number on; NULL: none. */
struct coili_pool *coili_pool_next(const struct coili_pools *pools,
                                   size_t number);

/* All of them, in the order of addresses.  It may free blocks. */
#define COILI_EACH_POOL(pools, p)                                 \
    for ((p) = coili_pool_next(pools, 0); (p) != NULL;            \
         (p) = coili_pool_next(pools,                             \
                               coili_pool_number(pools, p) + 1))

/* A table with so many bits (1 to 64) for each grain of the region, in
 * the order of addresses, or NULL: MemoryError.  The region must exist;
 * the table ends with it. */
void *coili_pools_shadow(struct coili_pools *pools, unsigned bits);

/* Free blocks of one pool.  `dead` has a bit for each grain of the
 * pool, set where such a block begins.  None of them may be in a
 * magazine.  Then the pool may have lost its class, and its arena its
 * memory. */
void coili_pools_free_run(struct coili_pools *pools,
                          struct coili_pool *pool,
                          const uint64_t *dead);

/* Held, no arena goes back to the system, nor its part of a shadow. */
void coili_arenas_hold(struct coili_pools *pools, bool held);

/* The pools of the current runtime, which may lie behind its guard. */
const struct coili_pools *coili_pools_now(void);

/* Is all of it consistent?  Asserts it. */
void coili_pools_validate(const struct coili_pools *pools);

#endif
