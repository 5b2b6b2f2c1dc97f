/* bench.h - time a piece of work whose result has been checked
 *
 *     static const struct bench_case cases[] = {
 *         {"int", 1, int_check, int_run},
 *     };
 *     bench_cases(cases, 1, quick);
 *
 * prints a line a case: its name, nanoseconds an operation, and what the
 * check returned, separated by tabs.  Our programs and the extension
 * module inside CPython are compiled with the same copy of this file, so
 * that both are timed alike; run.py compares the checks.
 */
#ifndef BENCH_H
#define BENCH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Without these the compiler removes the work, as nobody uses it.  Keep
 * a copy of a variable whose address was given away: KEEP would write it
 * back to memory, and time that. */
#define BENCH_KEEP(x) __asm__ volatile("" : "+r"(x) : : "memory")
#define BENCH_CLOBBER() __asm__ volatile("" : : : "memory")

struct bench_case {
    const char *name;
    size_t per;                 /* operations in a round of run */
    int64_t (*check)(void);     /* the work's result; -1: it failed */
    double (*run)(size_t n);    /* n rounds; nanoseconds they took */
};

/* Processor time of this thread, in nanoseconds: what others do on the
 * same processor does not count.  All work here is one thread's.
 *
 * profile.py sets BENCH_CLOCK to what is counted instead: "callgrind"
 * has valgrind collect from each odd call to the next, and bench_cases
 * run BENCH_CASE alone; "faults" are pages that the system gave. */
double bench_now(void);

/* One line of output; check is free text without tab. */
void bench_row(const char *name, double ns, const char *check);

/* The median of n > 0 values, which are sorted. */
double bench_median(double *values, size_t n);

/* Check each case, then time it: the median of five batches of about 20
 * milliseconds, or of one round each if quick.  0, or -1 if a check
 * failed; its name is then on stderr. */
int bench_cases(const struct bench_case *cases, size_t n, bool quick);

/* The same sequence of pseudo-random numbers here and in graphs.py. */
uint64_t bench_random(uint64_t *state);
#endif
