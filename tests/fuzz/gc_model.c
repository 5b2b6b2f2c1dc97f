#include <string.h>

#include "gc_model.h"

struct entry all[MOST];
struct watch watches[WATCHES];

void model_reset(void)
{
    memset(all, 0, sizeof all);
    memset(watches, 0, sizeof watches);
}

int model_free_entry(void)
{
    for (int i = 0; i < MOST; i++)
        if (all[i].object == NULL)
            return i;
    return NONE;
}

int model_free_watch(void)
{
    for (int i = 0; i < WATCHES; i++)
        if (!watches[i].used)
            return i;
    return NONE;
}

bool model_is_empty(void)
{
    for (int i = 0; i < MOST; i++)
        if (all[i].object != NULL)
            return false;
    for (int n = 0; n < WATCHES; n++)
        if (watches[n].used)
            return false;
    return true;
}

/* ---- reaching ---------------------------------------------------- */

static void mark(bool *seen, int i)
{
    if (i == NONE || seen[i])
        return;
    seen[i] = true;
    for (int k = 0; k < LINKS; k++)
        mark(seen, all[i].link[k]);
    for (int w = 0; w < WATCHES; w++)
        if (watches[w].used && watches[w].owner == i)
            mark(seen, watches[w].context);
}

void model_reach(bool seen[MOST], const bool more[MOST])
{
    memset(seen, 0, MOST * sizeof *seen);
    for (int i = 0; i < MOST; i++)
        if (all[i].object != NULL &&
            (all[i].held || (more != NULL && more[i])))
            mark(seen, i);
    for (int w = 0; w < WATCHES; w++)
        if (watches[w].used && watches[w].owner == NONE)
            mark(seen, watches[w].context);
}

bool model_reachable(int i)
{
    bool seen[MOST];

    model_reach(seen, NULL);
    return seen[i];
}

/* ---- counting ---------------------------------------------------- */

void model_count(size_t count[MOST])
{
    memset(count, 0, MOST * sizeof *count);
    for (int i = 0; i < MOST; i++) {
        if (all[i].object == NULL)
            continue;
        count[i] += all[i].held;
        for (int k = 0; k < LINKS; k++)
            if (all[i].link[k] != NONE)
                count[all[i].link[k]]++;
    }
    for (int w = 0; w < WATCHES; w++)
        if (watches[w].used && watches[w].context != NONE)
            count[watches[w].context]++;
}

static bool is_kept(const bool *kept, int i)
{
    if (all[i].held)
        return true;
    for (int j = 0; j < MOST; j++)
        for (int k = 0; k < LINKS; k++)
            if (kept[j] && all[j].link[k] == i)
                return true;
    for (int w = 0; w < WATCHES; w++)
        if (watches[w].used && watches[w].context == i &&
            (watches[w].owner == NONE || kept[watches[w].owner]) &&
            (watches[w].target == NONE || kept[watches[w].target]))
            return true;
    return false;
}

void model_settle(bool kept[MOST])
{
    bool again = true;

    while (again) {
        again = false;
        for (int i = 0; i < MOST; i++) {
            if (!kept[i] || is_kept(kept, i))
                continue;
            kept[i] = false;
            again = true;
        }
    }
}

/* ---- dying ------------------------------------------------------- */

void model_died(int i)
{
    struct entry *e = &all[i];

    MUST_BE_OF(e->object != NULL, i);
    MUST_BE_OF(e->kind < REVIVER || e->finalized, i);
    e->object = NULL;
    e->held = false;
    for (int k = 0; k < LINKS; k++)
        e->link[k] = NONE;
    for (int w = 0; w < WATCHES; w++) {
        if (!watches[w].used)
            continue;
        if (watches[w].target == i)
            watches[w].target = NONE;
        if (watches[w].owner == i) {
            watches[w].used = false;
            watches[w].orphan = true;
        }
    }
}

/* ---- telling ----------------------------------------------------- */

static const char *const names[KINDS] = {
    "list", "tuple", "dict", "keys", "set", "node", "reviver",
    "cutter", "maker", "knitter", "watcher",
};

static void print(FILE *out)
{
    for (int i = 0; i < MOST; i++) {
        const struct entry *e = &all[i];

        if (e->object == NULL)
            continue;
        fprintf(out, "  %s %d%s%s%s%s ->", names[e->kind], i,
                e->held ? " held" : "",
                e->finalized ? " finalized" : "",
                e->frozen ? " frozen" : "", e->lost ? " lost" : "");
        for (int k = 0; k < LINKS; k++)
            if (e->link[k] != NONE)
                fprintf(out, " %d%s", e->link[k],
                        e->filler[k] ? "+" : "");
        fprintf(out, "\n");
    }
    for (int n = 0; n < WATCHES; n++) {
        const struct watch *w = &watches[n];

        if (w->used)
            fprintf(out, "  watch of way %d: owner %d, target %d, "
                    "context %d, calls %d\n", (int)w->way, w->owner,
                    w->target, w->context, w->calls);
    }
}

void model_fail(const char *file, int line, const char *what, int i)
{
    fprintf(stderr, "%s:%d: not so: %s", file, line, what);
    if (i != NONE)
        fprintf(stderr, ", of %s %d", names[all[i].kind], i);
    fprintf(stderr, "\n");
    print(stderr);
    abort();
}
