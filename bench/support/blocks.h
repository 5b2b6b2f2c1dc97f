/* blocks.h - the work of chapter 4, for any allocator
 *
 * Who includes it has defined bench_alloc(size) and bench_free(p, size).
 *
 *     cases [--quick]     short loops: pairs, batches, churn
 *     million N           N blocks of 48 bytes: taken, given back in a
 *                         random order, taken again
 *     memory-SIZE N       what N living blocks hold, and what is kept
 *                         when they are gone
 *     peak N              the most that N steps of churn hold
 *
 * All but the first want a process of their own: they ask what the
 * system is asked for, and a second time it would not be asked.
 */
#ifndef BENCH_BLOCKS_H
#define BENCH_BLOCKS_H

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bench.h"
#include "resident.h"

#define STACKED 64              /* blocks */
#define CHURNED 100000
#define MILLION_BLOCKS 1000000

static char *blocks[MILLION_BLOCKS];
static char *stacked[STACKED];
static uint16_t blocks_size[CHURNED];

/* A block is written at both ends, and its first byte read again. */
static char *blocks_take(size_t size)
{
    char *p = bench_alloc(size);

    if (p != NULL)
        p[0] = p[size - 1] = (char)(size / 8);
    return p;
}

static int blocks_give(char *p, size_t size)
{
    int first = (unsigned char)p[0];

    bench_free(p, size);
    return first;
}

/* ---- a block, and 64 ---- */
static int64_t pair_check(size_t size)
{
    char *p = blocks_take(size);

    return p != NULL ? blocks_give(p, size) : -1;
}

static double pair_run(size_t n, size_t size)
{
    double start = bench_now();

    while (n-- > 0) {
        char *p = bench_alloc(size);
        p[0] = 1;
        BENCH_KEEP(p);
        bench_free(p, size);
    }
    return bench_now() - start;
}

static int64_t batch_check(size_t size)
{
    int64_t sum = 0;

    for (int i = 0; i < STACKED; i++)
        if ((stacked[i] = blocks_take(size)) == NULL)
            return -1;
    for (int i = STACKED - 1; i >= 0; i--)
        sum += blocks_give(stacked[i], size);
    return sum;
}

static double batch_run(size_t n, size_t size)
{
    double start = bench_now();

    while (n-- > 0)
        batch_check(size);
    return bench_now() - start;
}

/* ---- churn: a random one goes, another comes ---- */
/* size 0: from 16 to 512.  The bytes now alive are counted in *alive. */
static size_t churn_step(uint64_t *state, size_t size, int64_t *alive)
{
    uint64_t x = bench_random(state);
    size_t i = (size_t)(x % CHURNED);

    if (size == 0)
        size = (size_t)(bench_random(state) % 497) + 16;
    if (blocks[i] != NULL) {
        blocks_give(blocks[i], blocks_size[i]);
        *alive -= blocks_size[i];
    }
    blocks[i] = blocks_take(size);
    blocks_size[i] = (uint16_t)size;
    *alive += (int64_t)size;
    return blocks[i] != NULL ? size : 0;
}

static void churn_end(void)
{
    for (size_t i = 0; i < CHURNED; i++) {
        if (blocks[i] != NULL)
            blocks_give(blocks[i], blocks_size[i]);
        blocks[i] = NULL;
    }
}

static int64_t churn_check(size_t size)
{
    uint64_t state = 1;
    int64_t sum = 0, alive = 0;

    for (size_t n = 0; n < 2 * CHURNED; n++)
        sum += (int64_t)churn_step(&state, size, &alive);
    churn_end();
    return sum;
}

/* The blocks are there before the clock starts. */
static double churn_run(size_t n, size_t size)
{
    uint64_t state = 1;
    int64_t alive = 0;
    double start;

    for (size_t i = 0; i < 3 * CHURNED; i++)
        churn_step(&state, size, &alive);
    start = bench_now();
    for (size_t i = 0; i < n * CHURNED; i++)
        churn_step(&state, size, &alive);
    start = bench_now() - start;
    churn_end();
    return start;
}

#define BLOCKS_CASE(kind, name, size)                             \
    static int64_t kind##_check_##name(void)                      \
    { return kind##_check(size); }                                \
    static double kind##_run_##name(size_t n)                     \
    { return kind##_run(n, size); }

BLOCKS_CASE(pair, 16, 16)
BLOCKS_CASE(pair, 48, 48)
BLOCKS_CASE(pair, 128, 128)
BLOCKS_CASE(pair, 512, 512)
BLOCKS_CASE(batch, 48, 48)
BLOCKS_CASE(batch, 512, 512)
BLOCKS_CASE(churn, 48, 48)
BLOCKS_CASE(churn, mixed, 0)

static const struct bench_case blocks_cases[] = {
    {"pair-16", 1, pair_check_16, pair_run_16},
    {"pair-48", 1, pair_check_48, pair_run_48},
    {"pair-128", 1, pair_check_128, pair_run_128},
    {"pair-512", 1, pair_check_512, pair_run_512},
    {"batch-48", STACKED, batch_check_48, batch_run_48},
    {"batch-512", STACKED, batch_check_512, batch_run_512},
    {"churn-48", CHURNED, churn_check_48, churn_run_48},
    {"churn-mixed", CHURNED, churn_check_mixed, churn_run_mixed},
};

/* ---- a million: each part is timed once ---- */
static int blocks_fill(size_t n, size_t size)
{
    for (size_t i = 0; i < n; i++)
        if ((blocks[i] = blocks_take(size)) == NULL)
            return -1;
    return 0;
}

static void blocks_free(size_t n, size_t size)
{
    for (size_t i = 0; i < n; i++)
        bench_free(blocks[i], size);
}

static void blocks_shuffle(size_t n)
{
    uint64_t state = 1;

    for (size_t i = n - 1; i > 0; i--) {
        size_t k = (size_t)(bench_random(&state) % (i + 1));
        char *p = blocks[i];

        blocks[i] = blocks[k];
        blocks[k] = p;
    }
}

/* The numbers of the check: what stands in the blocks. */
static void blocks_row(const char *name, double value, size_t n,
                       size_t size)
{
    char text[32];
    int64_t sum = 0;

    for (size_t i = 0; i < n; i++)
        sum += blocks[i][0] + blocks[i][size - 1];
    snprintf(text, sizeof text, "%" PRId64, sum);
    bench_row(name, value, text);
}

static int million(size_t n)
{
    double start = bench_now(), first, back;

    if (blocks_fill(n, 48) < 0)
        return -1;
    first = bench_now() - start;
    blocks_row("million-first", first / (double)n, n, 48);
    blocks_shuffle(n);
    start = bench_now();
    blocks_free(n, 48);
    back = bench_now() - start;
    start = bench_now();
    if (blocks_fill(n, 48) < 0)
        return -1;
    start = bench_now() - start;
    blocks_row("million-back", back / (double)n, n, 48);
    blocks_row("million-again", start / (double)n, n, 48);
    blocks_free(n, 48);
    return 0;
}

/* ---- memory ---- */
static int memory(size_t size, size_t n)
{
    char name[32], text[32];
    double before = resident(), full, kept;

    if (blocks_fill(n, size) < 0)
        return -1;
    full = resident() - before;
    snprintf(name, sizeof name, "held-%zu", size);
    blocks_row(name, full / (double)n, n, size);
    blocks_shuffle(n);
    blocks_free(n, size);
    kept = resident() - before;
    if (kept < RESIDENT_PAGE)
        kept = RESIDENT_PAGE;
    snprintf(name, sizeof name, "kept-%zu", size);
    snprintf(text, sizeof text, "%zu", n * size);
    bench_row(name, 100 * kept / full, text);
    return before > 0 ? 0 : -1;
}

static int peak(size_t n)
{
    double before = resident(), most = 0;
    int64_t alive = 0, most_alive = 0, sum = 0;
    uint64_t state = 1;
    char text[32];

    for (size_t i = 1; i <= n; i++) {
        sum += (int64_t)churn_step(&state, 0, &alive);
        if (alive > most_alive)
            most_alive = alive;
        if (i % (n / 20) == 0 && resident() - before > most)
            most = resident() - before;
    }
    churn_end();
    snprintf(text, sizeof text, "%" PRId64, sum);
    bench_row("peak", most / (double)most_alive, text);
    return before > 0 ? 0 : -1;
}

/* 0; or -1: a check failed, no memory, or no such work. */
static int blocks_main(int argc, char **argv)
{
    size_t n = argc > 2 ? strtoul(argv[2], NULL, 10) : 0;
    size_t count = sizeof blocks_cases / sizeof *blocks_cases;

    /* our own memory is there before anything is counted */
    memset(blocks, 0, sizeof blocks);
    memset(blocks_size, 0, sizeof blocks_size);
    if (argc > 1 && strcmp(argv[1], "cases") == 0)
        return bench_cases(blocks_cases, count, argc > 2);
    if (n < 20 || n > MILLION_BLOCKS)
        return -1;
    if (strcmp(argv[1], "million") == 0)
        return million(n);
    if (strncmp(argv[1], "memory-", 7) == 0)
        return memory(strtoul(argv[1] + 7, NULL, 10), n);
    return strcmp(argv[1], "peak") == 0 ? peak(n) : -1;
}
#endif
