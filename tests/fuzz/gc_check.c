/* Is the world as the model says? */
#include "coil/coil.h"
#include "gc_world.h"
#include "internal/dict_layout.h"
#include "internal/gc.h"
#include "internal/list_layout.h"
#include "internal/set_layout.h"
#include "internal/tuple_layout.h"

static void check_structure(const struct entry *e)
{
    switch (e->kind) {
    case LIST:
        coili_list_validate(e->object);
        break;
    case TUPLE:
        coili_tuple_validate(e->object);
        break;
    case DICT:
    case KEYS:
        coili_dict_validate(e->object);
        break;
    case SET:
        coili_set_validate(e->object);
        break;
    default:
        MUST_BE(coil_gc_is_tracked(e->object));
    }
}

static bool may_be_in_cycle(coil_obj *o)
{
    return o->type->traverse != NULL &&
        (!coil_is(o, &coil_tuple_type) || coil_gc_is_tracked(o));
}

/* What is behind n fillers. */
static coil_obj *unwrap(coil_obj *o, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (i % 2)
            o = coil_list_get_borrowed(o, 0);
        else
            o = coil_tuple_get_borrowed(o, 0);
    }
    return o;
}

static void check_entry(int i, size_t count)
{
    const struct entry *e = &all[i];
    size_t members = 1;

    MUST_BE_OF(count > 0 && coil_count(e->object) == count, i);
    MUST_BE_OF(e->finalized == coil_gc_is_finalized(e->object), i);
    MUST_BE_OF(!e->frozen || coil_gc_generation(e->object) == 3, i);
    check_structure(e);
    for (int k = 0; k < LINKS; k++) {
        coil_obj *value = link_load(e, k), *want = NULL;

        if (e->link[k] != NONE) {
            want = all[e->link[k]].object;
            MUST_BE_OF(want != NULL && value != NULL, i);
            MUST_BE_OF(coil_gc_is_tracked(e->object) ||
                       !may_be_in_cycle(value), i);
            value = unwrap(value, e->filler[k]);
            members++;
        }
        MUST_BE_OF(value == want, i);
    }
    if (e->kind == SET)
        MUST_BE_OF(coil_set_len(e->object) == members, i);
    if (e->kind == DICT || e->kind == KEYS)
        MUST_BE_OF(coil_dict_len(e->object) == members, i);
}

static void check_watch(int n)
{
    struct watch *w = &watches[n];
    coil_obj *o = watch_load(n);

    if (w->target != NONE && o == NULL) {       /* cleared, and alive */
        MUST_BE_OF(all[w->target].lost, w->target);
        w->target = NONE;
    }
    if (w->target != NONE) {
        MUST_BE_OF(o == all[w->target].object, w->target);
        MUST_BE_OF(w->fresh || !run.doomed[w->target], w->target);
        MUST_BE_OF(w->calls == 0, w->target);
        return;
    }
    MUST_BE(o == NULL);
    if ((w->way == CALLBACK || w->way == PROMISE) && w->calls == 0) {
        MUST_BE(w->owner != NONE && all[w->owner].lost);
        w->calls = 1;           /* it was garbage, and came back */
    }
}

void check_world(void)
{
    size_t count[MOST];

    model_count(count);
    for (int i = 0; i < MOST; i++)
        if (all[i].object != NULL)
            check_entry(i, count[i]);
    for (int n = 0; n < WATCHES; n++)
        if (watches[n].used)
            check_watch(n);
    coili_gc_validate();
    for (int n = 0; n < WATCHES; n++)
        watches[n].fresh = watches[n].orphan = false;
    for (int i = 0; i < MOST; i++)
        all[i].lost = all[i].knitted = run.doomed[i] = false;
}
