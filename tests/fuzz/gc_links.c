/* The real objects: what they hold, how they are born, and what they
 * say at their end. */
#include "coil/coil.h"
#include "fuzz_bytes.h"
#include "gc_world.h"
#include "support/node.h"

static const char *const keys[LINKS] = { "0", "1", "2", "3" };

static int mending = NONE;      /* the entry whose links change */

/* ---- canaries ---------------------------------------------------- */

struct canary {
    coil_obj head;
    int owner;                  /* NONE: it has none yet */
};

static void canary_release(coil_obj *self)
{
    int i = ((struct canary *)self)->owner;

    if (i == NONE)
        return;
    MUST_BE_OF(!run.on || !run.safe[i], i);
    model_died(i);
}

static coil_type canary_type = {
    .head = COIL_TYPE_HEAD, .name = "canary",
    .size = sizeof(struct canary), .release = canary_release,
};

/* ---- links ------------------------------------------------------- */

static bool has_members(const struct entry *e)
{
    return e->kind == KEYS || e->kind == SET;
}

/* Members can be hashed, and are there once. */
bool may_link(int from, int to)
{
    if (to == NONE || from == NONE || all[from].kind == TUPLE)
        return false;
    for (int k = 0; k < LINKS && has_members(&all[from]); k++)
        if (all[to].kind < NODE || all[from].link[k] == to)
            return false;
    return true;
}

/* A chain of n containers to o, new. */
static coil_obj *wrap(coil_obj *o, size_t n)
{
    coil_incref(o);
    while (n-- > 0 && o != NULL) {
        coil_obj *outer = n % 2 ? coil_list_of(1, o)
                                : coil_tuple_of(1, o);

        coil_decref(o);
        o = outer;
    }
    return o;
}

/* e's link number k becomes value; NULL: nothing */
static int store(struct entry *e, int k, coil_obj *value)
{
    coil_obj *key = coil_int_new(k);    /* small: needs no memory */

    switch (e->kind) {
    case LIST:
        return coil_list_set(e->object, (size_t)k + 1,
                             value ? value : COIL_NONE);
    case DICT:
        if (value != NULL)
            return coil_dict_set(e->object, key, value);
        return coil_dict_delete(e->object, key);
    case KEYS:
        return coil_dict_set(e->object, value, COIL_NONE);
    case SET:
        return coil_set_add(e->object, value);
    default:
        return node_set(e->object, keys[k], value);
    }
}

void unlink_at(int from, int k)
{
    struct entry *e = &all[from];
    int old = e->link[k], outer = mending, rv;

    if (old == NONE)
        return;
    mending = from;
    e->link[k] = NONE;
    if (e->kind == KEYS)
        rv = coil_dict_delete(e->object, all[old].object);
    else if (e->kind == SET)
        rv = coil_set_discard(e->object, all[old].object);
    else
        rv = store(e, k, NULL);
    MUST_BE_OF(rv >= 0, from);          /* needs no memory */
    mending = outer;
}

void link_at(int from, int k, int to, size_t filler)
{
    struct entry *e = &all[from];
    coil_obj *value;
    int old, outer = mending;

    if (has_members(e))
        filler = 0;             /* only nodes can be members */
    if ((value = wrap(all[to].object, filler)) == NULL)
        return;
    if (has_members(e))
        unlink_at(from, k);
    mending = from;
    old = e->link[k];
    e->link[k] = NONE;
    if (store(e, k, value) < 0) {
        e->link[k] = old;
    } else {
        e->link[k] = to;
        e->filler[k] = filler;
    }
    mending = outer;
    coil_decref(value);
}

/* The value of link k, or NULL. */
coil_obj *link_load(const struct entry *e, int k)
{
    coil_obj *member = e->link[k] == NONE ? NULL
                                          : all[e->link[k]].object;
    coil_obj *value = NULL;

    switch (e->kind) {
    case LIST:
        value = coil_list_get_borrowed(e->object, (size_t)k + 1);
        return value == COIL_NONE ? NULL : value;
    case TUPLE:
        value = coil_tuple_get_borrowed(e->object, (size_t)k + 1);
        return value == COIL_NONE ? NULL : value;
    case DICT:
        coil_dict_get_borrowed(e->object, coil_int_new(k), &value);
        return value;
    case KEYS:
        return member != NULL && coil_dict_get_borrowed(e->object,
            member, &value) == 1 ? member : NULL;
    case SET:
        return member != NULL &&
            coil_set_has(e->object, member) == 1 ? member : NULL;
    default:
        return node_get_borrowed(e->object, keys[k]);
    }
}

/* ---- last words -------------------------------------------------- */

/* More than the collector has room for, most of it dead at once. */
static void make_garbage(void)
{
    coil_obj *l = coil_list_new();

    for (int n = 0; n < 300; n++)
        coil_decref(coil_list_new());
    if (l != NULL)
        coil_list_append(l, l);
    coil_decref(l);
}

/* One that it holds is to hold it, too. */
static void knit(int self)
{
    for (int k = 0; k < LINKS; k++) {
        int to = all[self].link[k];

        if (to == NONE || to == mending || !may_link(to, self) ||
            all[to].link[LINKS - 1] != NONE)
            continue;
        if (!run.on || !run.doomed[to] ||
            !coil_gc_is_tracked(all[to].object))
            all[self].knitted = true;
        link_at(to, LINKS - 1, self, 0);
        return;
    }
}

static void act(int self)
{
    struct entry *e = &all[self];

    switch (e->kind) {
    case REVIVER:
        coil_incref(e->object);
        e->held = true;
        break;
    case CUTTER:
        for (int k = 0; k < LINKS; k++)
            unlink_at(self, k);
        break;
    case MAKER:
        make_garbage();
        break;
    case KNITTER:
        knit(self);
        break;
    default:
        watch_new(self % 2 ? CALLBACK : PLAIN, NONE, self, NONE);
    }
}

static void last_words(coil_obj *self, void *context)
{
    struct entry *e = context;
    int i = (int)(e - all);

    if (e->object == NULL)      /* its birth has failed */
        return;
    MUST_BE_OF(e->object == self && !e->finalized, i);
    MUST_BE_OF(e->lost || !model_reachable(i), i);
    e->finalized = true;
    watch_check_cleared();
    act(i);
    MUST_BE(coil_gc_collect(2) >= 0);
}

/* ---- births ------------------------------------------------------ */

/* A tuple gets its links now: it must be whole before it is shown. */
static int fill_tuple(struct entry *e)
{
    for (int k = 0; k < LINKS; k++) {
        int to = byte() % 2 ? any_reachable(LIST) : NONE;
        size_t n = any_filler();
        coil_obj *value = to == NONE ? COIL_NONE
                                     : wrap(all[to].object, n);

        if (value == NULL)
            return -1;
        e->link[k] = to;
        e->filler[k] = n;
        coil_tuple_set_steal(e->object, (size_t)k + 1, value);
        if (k == 1 && byte() % 4 == 0)
            MUST_BE(coil_gc_collect(2) >= 0);
    }
    return 0;
}

static int fill(struct entry *e, coil_obj *canary)
{
    coil_obj *o = e->object;

    switch (e->kind) {
    case LIST:
        for (int k = 0; k < 1 + LINKS; k++)
            if (coil_list_append(o, k ? COIL_NONE : canary) < 0)
                return -1;
        return 0;
    case TUPLE:
        coil_tuple_set_steal(o, 0, coil_incref(canary));
        return fill_tuple(e);
    case DICT:
        return coil_dict_set(o, COIL_NONE, canary);
    case KEYS:
        return coil_dict_set(o, canary, COIL_NONE);
    case SET:
        return coil_set_add(o, canary);
    default:
        return node_set(o, "canary", canary);
    }
}

static coil_obj *bear(enum kind kind, struct entry *e)
{
    switch (kind) {
    case LIST:
        return coil_list_new();
    case TUPLE:
        return coil_tuple_new(1 + LINKS);
    case DICT:
    case KEYS:
        return coil_dict_new();
    case SET:
        return coil_set_new();
    case NODE:
        return node_new("node");
    default:
        return node_new_final("node", last_words, e);
    }
}

void entry_make(enum kind kind)
{
    int i = model_free_entry();
    struct entry e = { .kind = kind,
                       .link = { NONE, NONE, NONE, NONE },
                       .held = true };
    struct canary *canary;

    if (i == NONE || (canary = coil_object_new(&canary_type)) == NULL)
        return;
    canary->owner = NONE;
    e.object = bear(e.kind, &all[i]);
    if (e.object != NULL && fill(&e, &canary->head) == 0) {
        all[i] = e;
        canary->owner = i;
    } else {
        coil_decref(e.object);
    }
    coil_decref(&canary->head);
}

void entry_drop(int i)
{
    all[i].held = false;
    coil_decref(all[i].object);
}
