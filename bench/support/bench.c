#include "bench.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>
#if __has_include(<valgrind/callgrind.h>)
#include <valgrind/callgrind.h>
#else
#define CALLGRIND_TOGGLE_COLLECT ((void)0)
#endif

#define BATCHES 5
#define BATCH_NS 20e6
#define PROFILED 10000          /* operations, at least */

/* ---- clocks ---- */
static bool clock_is(const char *name)
{
    const char *clock = getenv("BENCH_CLOCK");

    return clock != NULL && strcmp(clock, name) == 0;
}

/* Any work is between two looks at the clock: collect there alone. */
static double callgrind_now(void)
{
    CALLGRIND_TOGGLE_COLLECT;
    return 0;
}

static double faults_now(void)
{
    struct rusage r;

    getrusage(RUSAGE_SELF, &r);
    return (double)r.ru_minflt;
}

double bench_now(void)
{
    struct timespec t;

    if (clock_is("callgrind"))
        return callgrind_now();
    if (clock_is("faults"))
        return faults_now();
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
    return (double)t.tv_sec * 1e9 + (double)t.tv_nsec;
}

void bench_row(const char *name, double ns, const char *check)
{
    printf("%s\t%.4f\t%s\n", name, ns, check);
    fflush(stdout);
}

static int by_size(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;

    return (x > y) - (x < y);
}

double bench_median(double *values, size_t n)
{
    qsort(values, n, sizeof *values, by_size);
    return (values[(n - 1) / 2] + values[n / 2]) / 2;
}

/* Rounds that take about a batch's time, and at least one. */
static size_t rounds_of(const struct bench_case *c)
{
    double ns;
    size_t n = 1;

    while ((ns = c->run(n)) < BATCH_NS / 4 && n < SIZE_MAX / 4)
        n *= 2;
    return ns < BATCH_NS ? n * 4 : n;
}

/* One case with as many operations as its row then says. */
static int profile_case(const struct bench_case *cases, size_t n)
{
    const char *name = getenv("BENCH_CASE");

    for (const struct bench_case *c = cases; c < cases + n; c++) {
        size_t rounds = 1 + PROFILED / c->per;

        if (name == NULL || strcmp(c->name, name) != 0)
            continue;
        if (c->check() == -1)
            return -1;
        c->run(rounds);
        bench_row(c->name, (double)rounds * (double)c->per, "");
        return 0;
    }
    return -1;
}

int bench_cases(const struct bench_case *cases, size_t n, bool quick)
{
    if (clock_is("callgrind"))
        return profile_case(cases, n);
    for (const struct bench_case *c = cases; c < cases + n; c++) {
        double ns[BATCHES];
        char text[32];
        int64_t check = c->check();

        if (check == -1) {
            fprintf(stderr, "%s: the check failed\n", c->name);
            return -1;
        }
        size_t rounds = quick ? 1 : rounds_of(c);
        for (int i = 0; i < BATCHES; i++)
            ns[i] = c->run(rounds) / ((double)rounds * (double)c->per);
        snprintf(text, sizeof text, "%" PRId64, check);
        bench_row(c->name, bench_median(ns, BATCHES), text);
    }
    return 0;
}

/* Knuth's constants for a linear congruence modulo 2^64; the low bits of
 * such a sequence are poor, so the high ones are used. */
uint64_t bench_random(uint64_t *state)
{
    *state = *state * 6364136223846793005u + 1442695040888963407u;
    return *state >> 33;
}
