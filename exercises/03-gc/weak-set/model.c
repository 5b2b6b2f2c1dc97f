/* model.c - gc-weak-set: who lives, and who is in which set */
#include <stdlib.h>
#include <string.h>

#include "model.h"

enum { THINGS = 32, SETS = 2, OBJECTS = 1024, NO_HASH = 1000 };

struct object {
    long long number;
    bool alive, ring;
    int set;                    /* it owns this one; -1: none */
    bool watched, add;          /* when it goes, ask or add */
    int which, other;
};

struct set {
    bool held, alive;           /* by its slot; at all */
    int at[OBJECTS];            /* objects, as they were added */
    int len;
};

struct state {
    struct object objects[OBJECTS];
    int len;
    int slots[THINGS];          /* objects, or -1 */
    struct set sets[SETS];
};

static void *open_state(void)
{
    struct state *s = calloc(1, sizeof *s);

    for (int i = 0; i < THINGS; i++)
        s->slots[i] = -1;
    return s;
}

/* ---- sets -------------------------------------------------------- */
static void list(const struct state *s, const struct set *set,
                 struct text *answer)
{
    text_put(answer, "list");
    for (int i = 0; i < set->len; i++)
        text_put(answer, " %lld", s->objects[set->at[i]].number);
}

static bool has(const struct state *s, const struct set *set,
                long long number)
{
    for (int i = 0; i < set->len; i++)
        if (s->objects[set->at[i]].number == number)
            return true;
    return false;
}

static int ask(struct state *s, struct set *set, int o, bool add,
               struct text *answer)
{
    long long number = s->objects[o].number;
    bool there = has(s, set, number);

    if (number >= NO_HASH)
        return text_put(answer, "ValueError");
    if (add && !there)
        set->at[set->len++] = o;
    return text_put(answer, "%d", add ? 0 : there);
}

static void leave(struct set *set, int o)
{
    for (int i = 0; i < set->len; i++) {
        if (set->at[i] == o) {
            set->len--;
            memmove(&set->at[i], &set->at[i + 1],
                    (size_t)(set->len - i) * sizeof set->at[0]);
        }
    }
}

/* Who owns a set? */
static void look_at_sets(struct state *s)
{
    for (int k = 0; k < SETS; k++) {
        s->sets[k].alive = s->sets[k].held;
        for (int i = 0; i < s->len; i++)
            if (s->objects[i].alive && s->objects[i].set == k)
                s->sets[k].alive = true;
    }
}

/* ---- the end of a thing ------------------------------------------ */
static void die(struct state *s, int o, struct text *answer)
{
    struct object *object = &s->objects[o];

    object->alive = false;
    for (int k = 0; k < SETS; k++)
        leave(&s->sets[k], o);
    if (object->watched) {
        struct set *set = &s->sets[object->which];
        int other = s->slots[object->other];

        if (!set->held || other < 0) {
            text_put(answer, " nobody");
        } else {
            text_put(answer, object->add ? " add " : " has ");
            ask(s, set, other, object->add, answer);
            text_put(answer, " len %d ", set->len);
            list(s, set, answer);
        }
    }
    look_at_sets(s);
}

/* ---- the calls --------------------------------------------------- */
static struct set *set_of(struct state *s, const struct call *c,
                          size_t i)
{
    long long k = call_int(c, i);

    return k >= 0 && k < SETS && s->sets[k].held ? &s->sets[k] : NULL;
}

static int thing_of(struct state *s, const struct call *c, size_t i)
{
    long long k = call_int(c, i);

    return k >= 0 && k < THINGS ? s->slots[k] : -1;
}

static int new_thing(struct state *s, const struct call *c)
{
    long long k = call_int(c, 0);

    if (k < 0 || k >= THINGS || s->slots[k] >= 0 || s->len == OBJECTS
        || call_int(c, 1) < 0)
        return MODEL_ILLEGAL;
    s->objects[s->len] = (struct object){.number = call_int(c, 1),
                                         .alive = true, .set = -1};
    s->slots[k] = s->len++;
    return 0;
}

static int new_set(struct state *s, const struct call *c)
{
    long long k = call_int(c, 0);

    if (k < 0 || k >= SETS || s->sets[k].alive)
        return MODEL_ILLEGAL;
    s->sets[k] = (struct set){.held = true, .alive = true};
    return 0;
}

static int hold(struct state *s, const struct call *c)
{
    int o = thing_of(s, c, 0);

    if (o < 0 || s->objects[o].set >= 0 || s->objects[o].ring
        || s->objects[o].watched)
        return MODEL_ILLEGAL;
    if (call_int(c, 1) < 0)
        s->objects[o].ring = true;
    else if (set_of(s, c, 1) == NULL)
        return MODEL_ILLEGAL;
    else
        s->objects[o].set = (int)call_int(c, 1);
    return 0;
}

static int watch(struct state *s, const struct call *c)
{
    int o = thing_of(s, c, 0);
    long long which = call_int(c, 1), other = call_int(c, 2);

    if (o < 0 || s->objects[o].ring || s->objects[o].set >= 0
        || which < 0 || which >= SETS || other < 0 || other >= THINGS
        || s->slots[other] == o)
        return MODEL_ILLEGAL;
    s->objects[o].watched = true;
    s->objects[o].which = (int)which;
    s->objects[o].other = (int)other;
    s->objects[o].add = call_int(c, 3) != 0;
    return 0;
}

static int drop(struct state *s, const struct call *c,
                struct text *answer)
{
    int o = thing_of(s, c, 0);

    if (o < 0)
        return MODEL_ILLEGAL;
    s->slots[call_int(c, 0)] = -1;
    text_put(answer, "ok");
    if (!s->objects[o].ring)
        die(s, o, answer);
    return 0;
}

static int collect(struct state *s)
{
    for (int o = 0; o < s->len; o++) {
        bool held = false;

        for (int i = 0; i < THINGS; i++)
            held |= s->slots[i] == o;
        if (s->objects[o].alive && !held)
            die(s, o, NULL);    /* it is not watched */
    }
    return 0;
}

static int ask_set(struct state *s, const struct call *c,
                   struct text *answer)
{
    struct set *set = call_args(c) > 0 ? set_of(s, c, 0) : NULL;

    if (set == NULL)
        return MODEL_ILLEGAL;
    if (call_is(c, "unset")) {
        set->held = false;
        look_at_sets(s);
        if (!set->alive)
            set->len = 0;
        return text_put(answer, set->alive ? "kept" : "gone");
    }
    if (call_is(c, "len"))
        return text_put(answer, "%d", set->len);
    if (call_is(c, "list") || call_is(c, "scarce-list"))
        return list(s, set, answer), 0;
    if (call_is(c, "churn"))
        return set->len > 0 || call_int(c, 1) < 1 ? MODEL_ILLEGAL
               : text_put(answer, "0 more");
    if (call_is(c, "add-odd"))
        return text_put(answer, "TypeError");
    if (call_is(c, "has-odd"))
        return text_put(answer, call_int(c, 1) == 0 ? "0"
                                : "TypeError");
    int o = thing_of(s, c, 1);
    if (o < 0)
        return MODEL_ILLEGAL;
    if (call_is(c, "scarce-add") && s->objects[o].number < NO_HASH
        && !has(s, set, s->objects[o].number)) {
        /* what may stand between two attempts, for accept */
        text_put(answer, "[MemoryError len %d ] ", set->len);
        return ask(s, set, o, true, answer);
    }
    if (call_is(c, "add") || call_is(c, "has")
        || call_is(c, "scarce-has"))
        return ask(s, set, o, call_is(c, "add"), answer);
    return MODEL_ILLEGAL;
}

static int step(void *state, const struct call *c, struct text *answer)
{
    struct state *s = state;
    int rv = 1;

    if (call_is(c, "scarce"))
        return text_put(answer, "new");
    if (call_is(c, "drop"))
        return drop(s, c, answer);
    if (call_is(c, "set"))
        rv = new_set(s, c);
    else if (call_is(c, "thing"))
        rv = new_thing(s, c);
    else if (call_is(c, "hold"))
        rv = hold(s, c);
    else if (call_is(c, "watch"))
        rv = watch(s, c);
    else if (call_is(c, "collect"))
        rv = collect(s);
    return rv == 0 ? text_put(answer, "ok")
           : rv < 0 ? MODEL_ILLEGAL : ask_set(s, c, answer);
}

/* Any number of failures, each a MemoryError, and then the answer. */
static bool accept(const struct call *call, const char *want,
                   const char *got)
{
    char failed[64] = "MemoryError ";
    const char *end = strchr(want, ']');

    if (!call_is(call, "scarce") && !call_is(call, "scarce-add")
        && !call_is(call, "scarce-has")
            && !call_is(call, "scarce-list"))
        return false;
    if (*want == '[' && end != NULL && end - want < 60) {
        memcpy(failed, want + 1, (size_t)(end - want) - 1);
        failed[end - want - 1] = '\0';
        want = end + 2;
    }
    while (strncmp(got, failed, strlen(failed)) == 0)
        got += strlen(failed);
    return strcmp(want, got) == 0;
}

#include "cases.h"

static const struct check checks[] = {
    {.name = "elements", .weight = 2, .cases = 30,
     .says = "an element is there once, and the first of equals stays"},
    {.name = "gone", .weight = 3, .cases = 40, .needs = "elements",
     .says = "who goes leaves the set, and the set keeps nobody"},
    {.name = "alone", .weight = 2, .cases = 12, .needs = "elements",
     .says = "the set goes with its owner, and entries leave nothing"},
    {.name = "between", .weight = 2, .cases = 40, .needs = "gone",
     .says = "between two callbacks the answers are right as well"},
    {.name = "problems", .weight = 2, .cases = 12, .needs = "elements",
     .says = "what cannot be an element is an error, or not there"},
    {.name = "memory", .weight = 1, .cases = 12, .needs = "gone",
     .says = "no memory is an error, and the set is unchanged"},
    {0},
};

const struct model model_gc_weak_set = {
    .exercise = "gc-weak-set", .checks = checks, .make = make,
    .open = open_state, .step = step, .close = free, .accept = accept,
};
