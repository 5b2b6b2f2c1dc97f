/* graph.h - which list refers to which, as in graphs.py
 *
 * In C for us and for collectors that are libraries.
 */
#ifndef BENCH_GRAPH_H
#define BENCH_GRAPH_H

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "bench.h"

#define GRAPH_TIMES 5           /* a row is the median of so many */

/* The object that edge k of object i leads to, of n. */
static inline size_t graph_edge(const char *shape, size_t i, size_t k,
                                size_t n, uint64_t *state)
{
    if (strcmp(shape, "random") == 0)
        return bench_random(state) % n;
    if (strcmp(shape, "near") == 0)
        return (i + n - 1 - k) % n;
    if (strcmp(shape, "self") == 0)
        return i;
    return i % 100 == 99 ? i - 99 : (i + 1) % n;
}

static inline void graph_row(const char *name, double ns,
                             uint32_t checksum, ptrdiff_t found)
{
    char text[64];

    snprintf(text, sizeof text, "%" PRIu32 " %td", checksum, found);
    bench_row(name, ns, text);
}
#endif
