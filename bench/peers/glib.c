/* glib - counts and look-ups of GLib, as in chapters 1 and 2
 *
 *     peer_glib count-pair|dict-get [--quick]
 */
#include <string.h>

#include <glib-object.h>

#include "../support/bench.h"

#define MANY 64
#define TEN 10

static GObject *things[MANY];
static GHashTable *table;
static const char *names[TEN];
static int64_t numbers[TEN];

static int64_t count_check(void)
{
    for (int i = 0; i < MANY; i++)
        if (things[i] == NULL)
            things[i] = g_object_new(G_TYPE_OBJECT, NULL);
    g_object_ref(things[0]);
    g_object_unref(things[0]);
    return things[0]->ref_count;
}

static double count_run(size_t n)
{
    double start = bench_now();

    while (n-- > 0) {
        for (int i = 0; i < MANY; i++)
            (g_object_ref)(things[i]);
        for (int i = 0; i < MANY; i++)
            g_object_unref(things[i]);
    }
    return bench_now() - start;
}

/* The names are interned, so that a look-up compares addresses. */
static int64_t get_check(void)
{
    int64_t sum = 0;

    if (table == NULL) {
        table = g_hash_table_new(g_direct_hash, g_direct_equal);
        for (int i = 0; i < TEN; i++) {
            char *name = g_strdup_printf("name_%d", i);
            names[i] = g_intern_string(name);
            g_free(name);
            numbers[i] = i;
            g_hash_table_insert(table, (gpointer)names[i], &numbers[i]);
        }
    }
    for (int i = 0; i < TEN; i++) {
        int64_t *item = g_hash_table_lookup(table, names[i]);
        if (item == NULL)
            return -1;
        sum = sum * 10 + *item;
    }
    return sum;
}

static double get_run(size_t n)
{
    double start = bench_now();

    while (n-- > 0) {
        for (int i = 0; i < TEN; i++) {
            void *item = g_hash_table_lookup(table, names[i]);
            BENCH_KEEP(item);
        }
    }
    return bench_now() - start;
}

static const struct bench_case cases[] = {
    {"count-pair", MANY, count_check, count_run},
    {"dict-get", TEN, get_check, get_run},
};

int main(int argc, char **argv)
{
    int rv = 1;

    for (int i = 0; argc > 1 && i < 2; i++)
        if (strcmp(argv[1], cases[i].name) == 0)
            rv = bench_cases(&cases[i], 1, argc > 2) < 0;
    return rv;
}
