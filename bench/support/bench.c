#include "bench.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#define BATCHES 5
#define BATCH_NS 20e6

double bench_now(void)
{
    struct timespec t;

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

int bench_cases(const struct bench_case *cases, size_t n, bool quick)
{
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
