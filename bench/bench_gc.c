/* bench_gc - chapter 3: collections, chains, schedules, weak references
 *
 *     bench_gc weakrefs [--quick]
 *     bench_gc live-random 1000000          (see python/graphs.py)
 *     bench_gc build-700 1000000 700 10 10  (see python/build.py)
 *     bench_gc pairs-strong 100000          (see python/pairs.py)
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "coil/coil.h"
#include "support/graph.h"
#include "support/open.h"

#define MANY 64             /* one count alone would wait for itself */

static void die(const char *what)
{
    fprintf(stderr, "bench_gc: %s\n", what);
    exit(1);
}

/* ---- weak references ---- */
static coil_type target_type = {
    .head = COIL_TYPE_HEAD, .name = "Target",
    .size = sizeof(coil_obj), .weak = true,
};
static coil_obj *targets[MANY], *references[MANY];

static int ignore(coil_obj *ref, coil_obj *context)
{
    (void)ref;
    (void)context;
    return 0;
}

static int64_t weak_get_check(void)
{
    int64_t found = 0;

    for (int i = 0; i < MANY; i++) {
        coil_obj *o = NULL;
        found += coil_weakref_get(references[i], &o) == 1 &&
                 o == targets[i];
        coil_decref(o);
    }
    return found;
}

static double weak_get_run(size_t n)
{
    coil_obj *o, *found;
    double start = bench_now();

    while (n-- > 0) {
        for (int i = 0; i < MANY; i++) {
            coil_weakref_get(references[i], &o);
            found = o;
            BENCH_KEEP(found);
            coil_decref(found);
        }
    }
    return bench_now() - start;
}

static int64_t weak_new_check(void)
{
    coil_obj *ref = coil_weakref_new(targets[0], ignore, NULL);
    int64_t result = ref != NULL && ref != references[0] ? 1 : -1;

    coil_decref(ref);
    return result;
}

static double weak_new_run(size_t n)
{
    double start = bench_now();

    while (n-- > 0) {
        coil_obj *ref = coil_weakref_new(targets[0], ignore, NULL);
        BENCH_KEEP(ref);
        coil_decref(ref);
    }
    return bench_now() - start;
}

static const struct bench_case weakrefs[] = {
    {"weakref-get", MANY, weak_get_check, weak_get_run},
    {"weakref-call", MANY, weak_get_check, weak_get_run},
    {"weakref-new", 1, weak_new_check, weak_new_run},
};

static void run_weakrefs(bool quick)
{
    for (int i = 0; i < MANY; i++) {
        targets[i] = coil_object_new(&target_type);
        if (targets[i] != NULL)
            references[i] = coil_weakref_new(targets[i], NULL, NULL);
        if (references[i] == NULL)
            die("no memory");
    }
    if (bench_cases(weakrefs, sizeof weakrefs / sizeof *weakrefs, quick) < 0)
        exit(1);
    for (int i = 0; i < MANY; i++) {
        COIL_CLEAR(references[i]);
        COIL_CLEAR(targets[i]);
    }
}

/* ---- heaps, as in graphs.py ---- */
static coil_obj *heap(const char *shape, size_t n, uint32_t *checksum)
{
    bool one = strcmp(shape, "self") == 0 || strcmp(shape, "rings") == 0;
    coil_obj *lists = coil_list_new_cap(n);
    uint64_t state = 1;

    for (size_t i = 0; i < n; i++)
        if (coil_list_append_steal(lists, one
                ? coil_list_of(1, COIL_NONE)
                : coil_list_of(2, COIL_NONE, COIL_NONE)) < 0)
            die("no memory");
    *checksum = 0;
    for (size_t i = 0; i < n; i++) {
        for (size_t k = 0; k < (one ? 1 : 2); k++) {
            size_t to = graph_edge(shape, i, k, n, &state);
            coil_list_set(coil_list_get_borrowed(lists, i), k,
                          coil_list_get_borrowed(lists, to));
            *checksum = *checksum * 31 + (uint32_t)to;
        }
    }
    return lists;
}

static void make_dead_list(void)
{
    coil_obj *dead = coil_list_of(1, COIL_NONE);

    if (dead == NULL || coil_list_set(dead, 0, dead) < 0)
        die("no memory");
    coil_decref(dead);
}

static void live(const char *name, const char *shape, size_t n,
                 bool one_dead, int times)
{
    uint32_t checksum;
    coil_obj *lists = heap(shape, n, &checksum);
    double spent[GRAPH_TIMES];
    ptrdiff_t found = 0;

    coil_gc_collect(2);
    for (int i = 0; i < GRAPH_TIMES; i++) {
        found = 0;
        spent[i] = 0;
        for (int k = 0; k < times; k++) {
            if (one_dead)
                make_dead_list();
            double start = bench_now();
            found += coil_gc_collect(2);
            spent[i] += bench_now() - start;
        }
        spent[i] /= (double)times * (double)n;
    }
    graph_row(name, bench_median(spent, GRAPH_TIMES), checksum, found);
    coil_list_clear(lists);
    coil_decref(lists);
    coil_gc_collect(2);
}

static void garbage(const char *name, const char *shape, size_t n)
{
    uint32_t checksum;
    coil_obj *lists = heap(shape, n, &checksum);
    ptrdiff_t found;

    coil_gc_collect(2);
    coil_list_clear(lists);
    double start = bench_now();
    found = coil_gc_collect(2);
    double spent = bench_now() - start;
    graph_row(name, spent / (double)n, checksum, found);
    coil_decref(lists);
}

/* From the last reference from outside until all are gone: what counts
 * find is part of it, unlike above. */
static void drop(const char *name, const char *shape, size_t n)
{
    uint32_t checksum;
    coil_obj *lists = heap(shape, n, &checksum);
    size_t before = coil_census_live();

    coil_gc_collect(2);
    double start = bench_now();
    coil_list_clear(lists);
    coil_gc_collect(2);
    double spent = bench_now() - start;
    graph_row(name, spent / (double)n, checksum,
              (ptrdiff_t)(before - coil_census_live()));
    coil_decref(lists);
}

static void chain(const char *name, size_t n)
{
    coil_obj *end = coil_list_new();
    char text[32];

    for (size_t i = 1; i < n; i++) {
        coil_obj *next = coil_list_new_cap(1);
        if (next == NULL || coil_list_append_steal(next, end) < 0)
            die("no memory");
        end = next;
    }
    double start = bench_now();
    coil_decref(end);
    double spent = bench_now() - start;
    snprintf(text, sizeof text, "%zu", n);
    bench_row(name, spent / (double)n, text);
}

/* The row of a program whose check is how often the collector ran. */
static void row_of_runs(const char *name, double ns,
                        const coil_gc_stat before[3])
{
    coil_gc_stat after[3];
    char text[96];

    coil_gc_stats(after);
    snprintf(text, sizeof text, "%zu %zu %zu",
             after[0].collections - before[0].collections,
             after[1].collections - before[1].collections,
             after[2].collections - before[2].collections);
    bench_row(name, ns, text);
}

/* ---- kept lists under thresholds, as in build.py ---- */
static void build(const char *name, size_t n, char **thresholds)
{
    coil_gc_stat before[3];
    coil_obj *lists = coil_list_new();

    coil_gc_stats(before);
    if (thresholds != NULL) {
        coil_gc_set_threshold(strtoul(thresholds[0], NULL, 10),
                              strtoul(thresholds[1], NULL, 10),
                              strtoul(thresholds[2], NULL, 10));
        coil_gc_enable();
    }
    double start = bench_now();
    for (size_t i = 0; i < n; i++)
        if (coil_list_append_steal(lists, coil_list_of(1, COIL_NONE)) < 0)
            die("no memory");
    double spent = bench_now() - start;
    coil_gc_disable();
    row_of_runs(name, spent / (double)n, before);
    coil_decref(lists);
}

/* ---- pairs of parent and child, as in pairs.py ---- */
struct node {
    coil_obj head;
    coil_obj *child, *parent;           /* owned, or NULL */
};

static int node_traverse(coil_obj *self, coil_visit_fn *visit, void *arg)
{
    COIL_VISIT(((struct node *)self)->child);
    COIL_VISIT(((struct node *)self)->parent);
    return 0;
}

static void node_clear(coil_obj *self)
{
    COIL_CLEAR(((struct node *)self)->child);
    COIL_CLEAR(((struct node *)self)->parent);
}

static coil_type node_type = {
    .head = COIL_TYPE_HEAD, .name = "Node", .weak = true,
    .size = sizeof(struct node), .traverse = node_traverse,
    .clear = node_clear, .release = node_clear,
};

static void make_pair(char way)
{
    struct node *parent = coil_object_new(&node_type);
    struct node *child = coil_object_new(&node_type);

    if (parent == NULL || child == NULL)
        die("no memory");
    parent->child = coil_incref(&child->head);
    child->parent = way == 'w'
        ? coil_weakref_new(&parent->head, NULL, NULL)
        : coil_incref(&parent->head);
    if (way == 'c')
        COIL_CLEAR(parent->child);
    coil_decref(&child->head);
    coil_decref(&parent->head);
}

static void pairs(const char *name, size_t n)
{
    coil_gc_stat before[3];

    coil_gc_stats(before);
    coil_gc_enable();
    double start = bench_now();
    for (size_t i = 0; i < n; i++)
        make_pair(strchr(name, '-')[1]);
    coil_gc_collect(2);
    double spent = bench_now() - start;
    coil_gc_disable();
    row_of_runs(name, spent / (double)n, before);
}

static void run_graph(const char *name, size_t n)
{
    char shape[32] = "";
    const char *one = strstr(name, "-one");

    if (strchr(name, '-') != NULL)
        snprintf(shape, sizeof shape, "%s", strchr(name, '-') + 1);
    if (one != NULL)
        shape[strlen(shape) - strlen("-one")] = '\0';
    if (strncmp(name, "live-", 5) == 0)
        live(name, shape, n, one != NULL, 1);
    else if (strcmp(name, "small") == 0)
        live(name, "self", n, false, 200);
    else if (strncmp(name, "garbage-", 8) == 0)
        garbage(name, shape, n);
    else if (strncmp(name, "drop-", 5) == 0)
        drop(name, shape, n);
    else
        chain(name, n);
}

int main(int argc, char **argv)
{
    coil_runtime *rt = bench_open(&argc, argv);

    if (rt == NULL || argc < 2)
        die("give a name");
    coil_gc_disable();
    coil_gc_collect(2);
    coil_gc_freeze();
    if (strcmp(argv[1], "weakrefs") == 0)
        run_weakrefs(argc > 2 && strcmp(argv[2], "--quick") == 0);
    else if (argc < 3)
        die("give a number");
    else if (strncmp(argv[1], "build-", 6) == 0)
        build(argv[1], strtoul(argv[2], NULL, 10),
              argc > 5 ? argv + 3 : NULL);
    else if (strncmp(argv[1], "pairs-", 6) == 0)
        pairs(argv[1], strtoul(argv[2], NULL, 10));
    else
        run_graph(argv[1], strtoul(argv[2], NULL, 10));
    return coil_runtime_close(rt) != 0;
}
