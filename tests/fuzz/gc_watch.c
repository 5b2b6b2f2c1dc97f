/* Ways of referring to an object without holding it. */
#include "coil/coil.h"
#include "gc_world.h"
#include "internal/gc.h"
#include "support/node.h"

static const char *const watch_keys[WATCHES] = {
    "a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l",
    "m", "n", "o", "p", "q", "r", "s", "t", "u", "v", "w", "x",
};

static coil_obj *values;        /* the dict of weak values */
static unsigned made;           /* watches so far */

void watch_begin(void)
{
    MUST_BE((values = coil_weak_values_new()) != NULL);
}

void watch_end(void)
{
    COIL_CLEAR(values);
}

/* ---- asking ------------------------------------------------------ */

coil_obj *watch_load(int n)
{
    struct watch *w = &watches[n];
    coil_obj *o = NULL;

    switch (w->way) {
    case PLAIN:
    case CALLBACK:
        return coil_weakref_get_borrowed(w->ref);
    case PROXY:
        if ((o = coil_proxy_get(w->ref)) == NULL) {
            MUST_BE(coil_error_is(COIL_REFERENCE_ERROR));
            coil_error_clear();
        }
        break;
    case WEAK_VALUE:
        MUST_BE(coil_weak_values_get(values, coil_int_new(n), &o) >= 0);
        break;
    default:
        coil_finalize_peek(w->ref, &o);
    }
    coil_decref(o);
    return o;
}

void watch_check_cleared(void)
{
    for (int n = 0; run.on && n < WATCHES; n++) {
        struct watch *w = &watches[n];

        if (w->used && !w->fresh && w->target != NONE &&
            run.doomed[w->target])
            MUST_BE_OF(watch_load(n) == NULL, w->target);
    }
}

/* Ask for a plain reference that only garbage has, to an object that is
 * not garbage. */
static void share_with_garbage(void)
{
    for (int n = 0; n < WATCHES; n++) {
        const struct watch *w = &watches[n];

        if (!w->used || w->way != PLAIN || w->owner == NONE ||
            w->target == NONE || model_reachable(w->owner) ||
            !model_reachable(w->target))
            continue;
        watch_new(PLAIN, NONE, w->target, NONE);
        return;
    }
}

/* The last that was made: others may have died at the same address. */
static struct watch *of_ref(coil_obj *ref)
{
    struct watch *last = NULL;

    for (struct watch *w = watches; w < watches + WATCHES; w++)
        if ((w->used || w->orphan) && w->ref == ref &&
            (last == NULL || w->number > last->number))
            last = w;
    return last;
}

static int called_back(coil_obj *ref, coil_obj *context)
{
    struct watch *w = of_ref(ref);

    MUST_BE(w != NULL && w->calls++ == 0);
    MUST_BE(context == (w->context == NONE ? NULL
                        : all[w->context].object));
    MUST_BE(coil_weakref_get_borrowed(ref) == NULL);
    if (run.on && w->owner != NONE)
        MUST_BE_OF(!run.doomed[w->owner] ||
                   model_reachable(w->owner), w->owner);
    w->context = NONE;
    watch_check_cleared();
    share_with_garbage();
    MUST_BE(coil_gc_collect(2) >= 0);
    return coil_error_kind() == NULL ? 0 : -1;
}

static int kept_promise(coil_obj *context)
{
    int64_t n;

    MUST_BE(coil_int_value(context, &n) == 0);
    MUST_BE(watches[n].used && watches[n].calls++ == 0);
    watch_check_cleared();
    return 0;
}

/* The reference itself, new, or NULL if it cannot be made. */
static coil_obj *make(enum way way, int n, coil_obj *o, coil_obj *c)
{
    coil_obj *key = coil_int_new(n);    /* small: needs no memory */

    switch (way) {
    case CALLBACK:
        return coil_weakref_new(o, called_back, c);
    case PROXY:
        return coil_proxy_new(o, NULL, NULL);
    case WEAK_VALUE:
        return coil_weak_values_set(values, key, o) < 0 ? NULL : key;
    case PROMISE:
        return coil_finalize_new(o, kept_promise, key);
    default:
        return coil_weakref_new(o, NULL, NULL);
    }
}

static coil_obj *hold(int i)
{
    return i == NONE ? NULL : coil_incref(all[i].object);
}

void watch_new(enum way way, int owner, int target, int context)
{
    int n = model_free_watch();
    struct watch *w = &watches[n < 0 ? 0 : n];
    coil_obj *o, *c, *by;

    if (n == NONE || target == NONE)
        return;
    o = hold(target), c = hold(context), by = hold(owner);
    *w = (struct watch){ .used = true, .fresh = true, .way = way,
                         .number = ++made,
                         .owner = NONE, .target = target,
                         .context = NONE };
    w->ref = make(way, n, o, c);
    w->used = w->ref != NULL &&
        (by == NULL || node_set(by, watch_keys[n], w->ref) == 0);
    w->owner = owner;
    w->context = context;
    if (!w->used || owner != NONE)
        coil_decref(w->ref);
    coil_decref(by), coil_decref(c), coil_decref(o);
}

void watch_drop(int n)
{
    struct watch w = watches[n];
    coil_obj *key = coil_int_new(n);

    watches[n].used = false;
    if (w.way == WEAK_VALUE && w.target != NONE)
        MUST_BE(coil_weak_values_delete(values, key) == 0);
    if (w.way == PROMISE)
        MUST_BE(coil_finalize_detach(w.ref) == (w.target != NONE));
    if (w.owner == NONE)
        coil_decref(w.ref);
    else
        node_set(all[w.owner].object, watch_keys[n], NULL);
}
