/* boehm - the random heap of graphs.py as blocks of two pointers
 *
 *     peer_boehm live-random N
 *
 * Only the search is measured.  What is dead this collector sweeps
 * later, as it allocates; and it takes any word on the stack for a
 * pointer, one of which may keep most of a random heap alive.
 */
#include <stdlib.h>

#include <gc/gc.h>

#include "../support/graph.h"

struct node {
    struct node *to[2];
};

static uint32_t connect(struct node **nodes, const char *shape, size_t n)
{
    uint64_t state = 1;
    uint32_t checksum = 0;

    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < 2; k++) {
            size_t to = graph_edge(shape, i, k, n, &state);
            nodes[i]->to[k] = nodes[to];
            checksum = checksum * 31 + (uint32_t)to;
        }
    return checksum;
}

/* The references that do not lead where they should. */
static ptrdiff_t broken(struct node **nodes, const char *shape, size_t n)
{
    uint64_t state = 1;
    ptrdiff_t wrong = 0;

    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < 2; k++)
            wrong += nodes[i]->to[k] !=
                     nodes[graph_edge(shape, i, k, n, &state)];
    return wrong;
}

int main(int argc, char **argv)
{
    size_t n = argc > 2 ? strtoul(argv[2], NULL, 10) : 0;
    double spent[GRAPH_TIMES];
    struct node **nodes;
    const char *shape;
    uint32_t checksum;

    if (n == 0 || strncmp(argv[1], "live-", 5) != 0)
        return 1;
    shape = argv[1] + 5;
    setenv("GC_MARKERS", "1", 1);       /* the clock is of one thread */
    GC_INIT();
    nodes = GC_MALLOC_UNCOLLECTABLE(n * sizeof *nodes);
    for (size_t i = 0; nodes != NULL && i < n; i++)
        if ((nodes[i] = GC_MALLOC(sizeof *nodes[i])) == NULL)
            return 1;
    checksum = connect(nodes, shape, n);
    GC_gcollect();
    for (int i = 0; i < GRAPH_TIMES; i++) {
        double start = bench_now();
        GC_gcollect();
        spent[i] = bench_now() - start;
    }
    graph_row(argv[1], bench_median(spent, GRAPH_TIMES) / (double)n,
              checksum, broken(nodes, shape, n));
    return 0;
}
