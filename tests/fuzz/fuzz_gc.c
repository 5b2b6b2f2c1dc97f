/* Random graphs against a model of who is reachable.
 *
 * The input is a program: objects are made, linked, watched, dropped,
 * frozen, collected, and now and then there is no memory.  After each
 * step, of each object:
 *
 *   - what others hold is alive, and has as many references as holders;
 *     what nobody holds is dead;
 *   - it holds what the model says that it holds;
 *   - what a run had to find is dead, or was revived by last words,
 *     which are spoken once; what it must not touch is alive;
 *   - weak references lead to the living, and only to them; callbacks
 *     are called once, and not for references that are garbage, too. */
#include <string.h>

#include "coil/coil.h"
#include "fuzz_bytes.h"
#include "gc_world.h"
#include "internal/gc.h"

#define STEPS 120               /* of an input */

struct run run;

/* ---- what the input says ----------------------------------------- */

int any_reachable(enum kind least)
{
    bool seen[MOST];
    int from = (int)(byte() % MOST);

    model_reach(seen, NULL);
    for (int n = 0; n < MOST; n++) {
        int i = (from + n) % MOST;

        if (seen[i] && all[i].kind >= least)
            return i;
    }
    return NONE;
}

size_t any_filler(void)
{
    unsigned n = byte();

    if (n < 192)
        return 0;
    return n < 252 ? n % 4 : 110;       /* more than a release recurs */
}

/* ---- steps ------------------------------------------------------- */

static void step_link(void)
{
    int from = any_reachable(LIST), to = any_reachable(LIST);
    int k = (int)(byte() % LINKS);
    size_t n = any_filler();

    if (may_link(from, to)) {
        coil_obj *o = coil_incref(all[from].object);

        link_at(from, k, to, n);        /* may run what drops `from` */
        coil_decref(o);
    }
}

static void step_unlink(void)
{
    int from = any_reachable(LIST);

    if (from != NONE && all[from].kind != TUPLE)
        unlink_at(from, (int)(byte() % LINKS));
}

static void step_drop(void)
{
    int from = (int)(byte() % MOST);

    for (int n = 0; n < MOST; n++) {
        int i = (from + n) % MOST;

        if (all[i].object != NULL && all[i].held) {
            entry_drop(i);
            return;
        }
    }
}

static void step_watch(void)
{
    enum way way = (enum way)(byte() % WAYS);
    int target = any_reachable(NODE), owner = NONE, context = NONE;

    if (target == NONE)
        return;
    if (way <= PROXY && byte() % 3 > 0)
        owner = any_reachable(NODE);
    if (way == CALLBACK && byte() % 2 > 0)
        context = any_reachable(LIST);
    watch_new(way, owner, target, context);
}

/* The program gets hold of what a watch leads to, garbage or not. */
static void step_take(void)
{
    int n = (int)(byte() % WATCHES);
    struct watch *w = &watches[n];

    if (!w->used || w->target == NONE || all[w->target].held)
        return;
    MUST_BE(watch_load(n) == all[w->target].object);
    coil_incref(all[w->target].object);
    all[w->target].held = true;
}

static void step_unwatch(void)
{
    int n = (int)(byte() % WATCHES);

    if (watches[n].used)
        watch_drop(n);
}

static void step_freeze(void)
{
    bool freeze = byte() % 3 == 0;

    (freeze ? coil_gc_freeze : coil_gc_unfreeze)();
    for (int i = 0; i < MOST; i++)
        if (all[i].object != NULL)
            all[i].frozen = freeze && coil_gc_is_tracked(all[i].object);
    MUST_BE(freeze || coil_gc_frozen() == 0);
}

/* What a run of the generation does not examine holds as the program
 * does. */
static void find_old(bool old[MOST], int generation)
{
    for (int i = 0; i < MOST; i++)
        old[i] = all[i].object != NULL &&
            coil_gc_generation(all[i].object) > generation;
}

/* So may a filler, which can be older than both its ends. */
static void add_behind_filler(bool old[MOST])
{
    for (int i = 0; i < MOST; i++)
        for (int k = 0; all[i].object != NULL && k < LINKS; k++)
            if (all[i].link[k] != NONE && all[i].filler[k] > 0)
                old[all[i].link[k]] = true;
}

static void step_collect(int generation)
{
    bool old[MOST], seen[MOST];

    find_old(old, generation);
    model_reach(run.safe, old);
    model_settle(run.safe);
    if (generation < 2)
        add_behind_filler(old);
    model_reach(seen, old);
    for (int i = 0; i < MOST; i++)
        run.doomed[i] = all[i].object != NULL && !seen[i];
    run.on = true;
    MUST_BE(coil_gc_collect(generation) >= 0);
    run.on = false;
    for (int i = 0; i < MOST; i++)
        old[i] = old[i] || all[i].knitted;
    model_reach(seen, old);
    for (int i = 0; i < MOST; i++)
        MUST_BE_OF(!run.doomed[i] || all[i].object == NULL || seen[i],
                   i);
}

/* Any run may clear the weak references to what is unreachable. */
static int run_begins(coil_obj *context, const coil_gc_info *info)
{
    bool seen[MOST];

    (void)context;
    model_reach(seen, NULL);
    for (int i = 0; !info->stop && i < MOST; i++)
        if (!seen[i])
            all[i].lost = true;
    return 0;
}

static void step(void)
{
    unsigned op = byte() % 32;

    if (op < 8)
        entry_make((enum kind)(byte() % KINDS));
    else if (op < 15)
        step_link();
    else if (op < 17)
        step_unlink();
    else if (op < 21)
        step_drop();
    else if (op < 25)
        step_watch();
    else if (op < 26)
        step_take();
    else if (op < 27)
        step_unwatch();
    else if (op < 28)
        step_freeze();
    else
        step_collect(op < 30 ? 2 : (int)op - 30);
}

/* ---- an input ---------------------------------------------------- */

static void step_and_check(void)
{
    bool failed;

    if (byte() % 8 == 0)
        coil_memory_fail_at(byte() % 8);
    step();
    failed = coil_memory_failed();
    if (coil_error_kind() != NULL) {
        MUST_BE(failed && coil_error_is(COIL_MEMORY_ERROR));
        coil_error_clear();
    }
    check_world();
}

/* Last words may revive what is dropped, each once: a chain of those
 * takes as many turns. */
static void drop_all(void)
{
    coil_gc_unfreeze();
    for (int i = 0; i < MOST; i++)
        all[i].frozen = false;
    for (int turn = 0; turn < MOST + 2 && !model_is_empty(); turn++) {
        for (int n = 0; n < WATCHES; n++)
            if (watches[n].used) {
                watch_drop(n);
                check_world();
            }
        for (int i = 0; i < MOST; i++)
            if (all[i].object != NULL && all[i].held) {
                entry_drop(i);
                check_world();
            }
        step_collect(2);
        check_world();
    }
}

static void quiet(void *context, const coil_error *error,
                  const char *where)
{
    (void)context, (void)where;
    MUST_BE(error->kind == COIL_MEMORY_ERROR);
}

/* Either engine, or both: where only what has up to 48 bytes is in a
 * pool, lists and short tuples are, and nothing else that holds. */
static coil_runtime *open_any(void)
{
    unsigned which = byte() % 3;

    return coil_runtime_open(&(coil_options){
        .hash_seed = 1, .unraisable = quiet,
        .pools = which == 0 ? COIL_POOLS_OFF : COIL_POOLS_ON,
        .pool_threshold = which == 1 ? 48 : 0 });
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    coil_runtime *rt;

    bytes_begin(bytes, size);
    rt = open_any();
    MUST_BE(rt != NULL);
    MUST_BE(coil_gc_add_callback(run_begins, NULL) == 0);
    model_reset();
    watch_begin();
    coil_gc_set_threshold(5 + byte() % 64, 2, 2);
    for (int n = 0; n < STEPS; n++)
        step_and_check();
    drop_all();
    watch_end();
    MUST_BE(coil_gc_collect(2) >= 0);   /* what last words have made */
    MUST_BE(coil_census_live() == 0);
    MUST_BE(coil_runtime_close(rt) == 0);
    return 0;
}
