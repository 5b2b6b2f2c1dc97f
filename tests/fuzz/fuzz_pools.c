/* Random requests against a model of who has which bytes.
 *
 * The first bytes of the input choose the options of a runtime, the
 * others are steps: blocks are made, resized, written and freed, many
 * of a pool at once, or while there is no memory.  Again and again
 *
 *   - every block is aligned, overlaps no other, and holds its bytes;
 *   - the numbers of coil_pools_stats are those of the model;
 *   - the hook was told the right sizes;
 *   - the pools are consistent.
 *
 * With guards, a step may also be a misuse, which must be found out. */
#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "coil/coil.h"
#include "coil/pools.h"
#include "fuzz_bytes.h"
#include "internal/pools.h"
#include "internal/thread.h"

#define MOST 96                 /* blocks at a time */
#define STEPS 200               /* of an input */

#define REQUIRE(cond) ((cond) ? (void)0 : broken(#cond, __LINE__))

static void broken(const char *cond, int line)
{
    fprintf(stderr, "fuzz_pools.c:%d: not so: %s\n", line, cond);
    abort();
}

/* ---- the input, and what follows from it ------------------------- */

static size_t any_size(void)
{
    unsigned kind = byte(), n = byte() | (kind & 1) << 8;

    if (kind < 200)
        return n;                       /* 0 to 511 */
    return kind < 230 ? 505 + n % 16 : n * 4;
}

/* ---- the client's hook, which knows each size -------------------- */

union prefix {
    size_t size;
    max_align_t align;
};

static size_t hook_bytes;
static bool dry;

static void *hook(void *context, void *p, size_t old, size_t size)
{
    union prefix *was = p ? (union prefix *)p - 1 : NULL, *now = NULL;

    (void)context;
    REQUIRE(was == NULL || was->size == old);
    if (size > 0) {
        if (dry || (now = malloc(sizeof *now + size)) == NULL)
            return NULL;
        now->size = size;
        hook_bytes += size;
        if (was != NULL)
            memcpy(now + 1, p, old < size ? old : size);
    }
    if (was != NULL) {
        hook_bytes -= old;
        free(was);
    }
    return now ? now + 1 : NULL;
}

/* ---- the model --------------------------------------------------- */

static struct entry {
    unsigned char *p;           /* NULL: none */
    size_t size;
    unsigned char seed;
} entry[MOST];

static bool guarded;

static void write_bytes(struct entry *e)
{
    for (size_t i = 0; i < e->size; i++)
        e->p[i] = (unsigned char)(e->seed + i * 7);
}

static void check_bytes(const struct entry *e, size_t size)
{
    for (size_t i = 0; i < size; i++)
        REQUIRE(e->p[i] == (unsigned char)(e->seed + i * 7));
}

static void check_place(const struct entry *e)
{
    REQUIRE((uintptr_t)e->p % 16 == 0);
    for (int i = 0; i < MOST; i++) {
        const struct entry *other = &entry[i];

        if (other == e || other->p == NULL)
            continue;
        REQUIRE(e->p + e->size <= other->p ||
                other->p + other->size <= e->p || e->size == 0 ||
                other->size == 0);
        REQUIRE(e->p != other->p);
    }
}

static void check_numbers(void)
{
    const struct coili_pools *pools = coili_pools_now();
    size_t used[COIL_POOL_SIZES] = { 0 };
    coil_pools_stat stat;

    for (int i = 0; i < MOST; i++)
        if (entry[i].p != NULL && coil_pools_has(entry[i].p))
            used[coili_pool_of(pools, entry[i].p)->class - 1]++;
    coil_pools_stats(&stat);
    for (int i = 0; i < COIL_POOL_SIZES; i++) {
        const coil_pool_stat *s = &stat.sizes[i];

        REQUIRE(s->used == used[i]);
        REQUIRE(s->used + s->available == s->pools * s->per_pool);
    }
    REQUIRE(stat.used + stat.available + stat.unused + stat.heads +
            stat.rest == stat.arenas * stat.arena_size);
}

static void check_all(void)
{
    for (int i = 0; i < MOST; i++)
        if (entry[i].p != NULL)
            check_bytes(&entry[i], entry[i].size);
    check_numbers();
    coili_pools_validate(coili_pools_now());
}

/* ---- steps ------------------------------------------------------- */

/* Did the request fail as it must, or did it not? */
static bool refused(void *p)
{
    REQUIRE((p == NULL) == (coil_error_kind() == COIL_MEMORY_ERROR));
    coil_error_clear();
    return p == NULL;
}

static void step_alloc(struct entry *e)
{
    size_t size = any_size();
    void *p;

    if (e->p != NULL)
        return;
    p = coil_memory_alloc(size);
    if (refused(p)) {
        REQUIRE(dry || coil_memory_failed());
        return;
    }
    *e = (struct entry){ p, size, (unsigned char)byte() };
    check_place(e);
    write_bytes(e);
}

static void step_resize(struct entry *e)
{
    size_t size = any_size(), kept = e->size < size ? e->size : size;
    void *p;

    if (e->p == NULL)
        return;
    p = coil_memory_resize(e->p, e->size, size);
    if (refused(p)) {
        REQUIRE(dry || coil_memory_failed());
        return;
    }
    e->p = p;
    check_bytes(e, kept);
    e->size = size;
    check_place(e);
    write_bytes(e);
}

static void step_free(struct entry *e)
{
    coil_memory_free(e->p, e->size);
    e->p = NULL;
}

/* All blocks that lie in the same pool as e. */
static void step_free_run(struct entry *e)
{
    struct coili_pools *pools = &coil_runtime_current()->pools;
    static uint64_t dead[1024];
    struct coili_pool *pool;
    char *start;

    if (guarded || e->p == NULL || !coil_pools_has(e->p))
        return;
    pool = coili_pool_of(pools, e->p);
    start = coili_pool_start(pools, pool);
    memset(dead, 0, sizeof dead);
    for (int i = 0; i < MOST; i++) {
        size_t grain = (size_t)((char *)entry[i].p - start) / 16;

        if (entry[i].p == NULL || !coil_pools_has(entry[i].p) ||
            coili_pool_of(pools, entry[i].p) != pool)
            continue;
        dead[grain / 64] |= UINT64_C(1) << grain % 64;
        entry[i].p = NULL;
    }
    coili_pools_free_run(pools, pool, dead);
}

/* ---- misuses ----------------------------------------------------- */

static sigjmp_buf found;

static void on_abort(int number)
{
    (void)number;
    siglongjmp(found, 1);
}

/* Free the block, which must be seen to be wrong. */
static void must_be_found(void *p, size_t size)
{
    struct sigaction mine = { .sa_handler = on_abort }, old;
    int saved = dup(STDERR_FILENO), null = open("/dev/null", O_WRONLY);
    volatile bool aborted = true;

    sigaction(SIGABRT, &mine, &old);
    dup2(null, STDERR_FILENO);
    if (sigsetjmp(found, 1) == 0) {
        coil_memory_free(p, size);
        aborted = false;
    }
    fflush(stderr);
    dup2(saved, STDERR_FILENO);
    close(saved);
    close(null);
    sigaction(SIGABRT, &old, NULL);
    REQUIRE(aborted);
}

static void step_misuse(struct entry *e)
{
    unsigned what = byte();
    size_t size = e->size > 0 ? e->size : 1;
    unsigned char *at;

    if (!guarded || e->p == NULL)
        return;
    if (what < 64) {
        must_be_found(e->p, size + 1 + what % 7);
        return;
    }
    at = what < 128 ? e->p + size + what % 8 : e->p - 1 - what % 16;
    *at ^= (unsigned char)(1 + what % 255);
    must_be_found(e->p, e->size);
    *at ^= (unsigned char)(1 + what % 255);
}

static void step(void)
{
    unsigned what = byte();
    struct entry *e = &entry[byte() % MOST];

    if (what < 100)
        step_alloc(e);
    else if (what < 150)
        step_resize(e);
    else if (what < 210)
        step_free(e);
    else if (what < 220)
        coil_memory_fail_at(byte() % 4);
    else if (what < 225)
        dry = !dry;
    else if (what < 235)
        step_free_run(e);
    else if (what < 245)
        step_misuse(e);
    else
        for (int i = 0; i < MOST / 2; i++)
            step_free(&entry[i]);
}

/* ---- a run ------------------------------------------------------- */

static coil_options any_options(void)
{
    static const unsigned pools[] = {
        COIL_POOLS_ON, COIL_POOLS_ON | COIL_POOLS_DIRECT,
        COIL_POOLS_ON | COIL_POOLS_GUARD,
        COIL_POOLS_ON | COIL_POOLS_GUARD | COIL_POOLS_DIRECT,
        COIL_POOLS_OFF | COIL_POOLS_GUARD, COIL_POOLS_OFF,
    };
    coil_options options = { .memory = hook, .hash_seed = 1,
                             .pools = pools[byte() % 6] };
    unsigned shape = byte();

    options.pool_threshold = 16 * (byte() % 32 + 1);
    options.pool_size = (size_t)4096 << shape % 3;
    options.pool_arena = 1 << 16;
    options.pool_head = (shape >> 2) % 4 * 16;
    options.pool_region = (size_t)1 << (16 + (shape >> 4) % 4);
    guarded = (options.pools & COIL_POOLS_GUARD) != 0;
    return options;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    coil_options options;
    coil_runtime *rt;

    bytes_begin(bytes, size);
    memset(entry, 0, sizeof entry);
    dry = false;
    options = any_options();
    rt = coil_runtime_open(&options);
    REQUIRE(rt != NULL);
    for (int i = 0; i < STEPS; i++) {
        step();
        if (i % 16 == 0)
            check_all();
    }
    for (int i = 0; i < MOST; i++)
        step_free(&entry[i]);
    check_all();
    REQUIRE(coil_runtime_close(rt) == 0);
    REQUIRE(hook_bytes == 0);
    return 0;
}
