/* model.c - gc-observer: counted listeners, and a list with holes */
#include <stdlib.h>
#include <string.h>

#include "model.h"

enum { SLOTS = 32, LISTENERS = 512, ENTRIES = 1024, HOLE = -1 };
enum { NONE = 0, DROP, REMOVE, ADD, FAIL, AGAIN, UNSUBJECT };

struct listener {
    long long number;
    int count;                  /* its slot, and each telling of it */
    int does, to;
};

struct state {
    struct listener listeners[LISTENERS];
    int len;
    int slots[SLOTS];           /* listeners, or -1 */
    bool subject;
    int entries[ENTRIES];       /* listeners, or HOLE: never shorter */
    int entries_len;
};

static void *open_state(void)
{
    struct state *s = calloc(1, sizeof *s);

    for (int i = 0; i < SLOTS; i++)
        s->slots[i] = -1;
    return s;
}

/* ---- who listens ------------------------------------------------- */
static int entry_of(const struct state *s, int l)
{
    for (int i = 0; i < s->entries_len; i++)
        if (s->entries[i] == l)
            return i;
    return -1;
}

static int add(struct state *s, int l)
{
    if (entry_of(s, l) < 0 && s->entries_len < ENTRIES)
        s->entries[s->entries_len++] = l;
    return 0;
}

static int remove_one(struct state *s, int l)
{
    int i = entry_of(s, l);

    if (i < 0)
        return 0;
    s->entries[i] = HOLE;
    return 1;
}

static void let_go(struct state *s, int l)
{
    if (--s->listeners[l].count == 0)
        remove_one(s, l);
}

static void drop(struct state *s, int slot)
{
    int l = s->slots[slot];

    s->slots[slot] = -1;
    if (l >= 0)
        let_go(s, l);
}

static int listening(const struct state *s)
{
    int n = 0;

    for (int i = 0; i < s->entries_len; i++)
        n += s->entries[i] != HOLE;
    return n;
}

/* ---- an event ---------------------------------------------------- */
static int tell(struct state *s, struct text *answer);

static int act(struct state *s, int l, struct text *answer)
{
    int does = s->listeners[l].does, to = s->listeners[l].to, n;

    s->listeners[l].does = NONE;
    if (does == DROP)
        drop(s, to);
    else if (does == UNSUBJECT)
        s->subject = false;
    if (s->subject && s->slots[to] >= 0 && does == REMOVE) {
        text_put(answer, " remove %d", remove_one(s, s->slots[to]));
    } else if (s->subject && s->slots[to] >= 0 && does == ADD) {
        text_put(answer, " add %d", add(s, s->slots[to]));
    } else if (s->subject && s->slots[to] >= 0 && does == AGAIN) {
        text_put(answer, " [");
        n = tell(s, answer);
        text_put(answer, " ] ");
        text_put(answer, n < 0 ? "ValueError" : "%d", n);
    }
    return does == FAIL ? -1 : 0;
}

/* How many; -1: one of them failed. */
static int tell(struct state *s, struct text *answer)
{
    int len = s->entries_len, n = 0;

    for (int i = 0; n >= 0 && i < len; i++) {
        int l = s->entries[i];

        if (l == HOLE)
            continue;
        text_put(answer, " %lld", s->listeners[l].number);
        s->listeners[l].count++;
        n = act(s, l, answer) < 0 ? -1 : n + 1;
        let_go(s, l);
    }
    return n;
}

/* ---- the calls --------------------------------------------------- */
static int slot_of(const struct call *c, size_t i)
{
    long long k = call_args(c) > i ? call_int(c, i) : -1;

    return k >= 0 && k < SLOTS ? (int)k : -1;
}

static int new_listener(struct state *s, const struct call *c)
{
    int slot = slot_of(c, 0);

    if (slot < 0 || s->slots[slot] >= 0 || s->len == LISTENERS)
        return MODEL_ILLEGAL;
    s->listeners[s->len] = (struct listener){call_int(c, 1), 1, NONE,
        0};
    s->slots[slot] = s->len++;
    return 0;
}

static int set_does(struct state *s, const struct call *c)
{
    int slot = slot_of(c, 0), to = slot_of(c, 2);

    if (slot < 0 || s->slots[slot] < 0 || to < 0
        || call_int(c, 1) < NONE || call_int(c, 1) > UNSUBJECT)
        return MODEL_ILLEGAL;
    s->listeners[s->slots[slot]].does = (int)call_int(c, 1);
    s->listeners[s->slots[slot]].to = to;
    return 0;
}

static int of_subject(struct state *s, const struct call *c,
                      struct text *answer)
{
    int slot = slot_of(c, 0);

    if (call_is(c, "len"))
        return text_put(answer, "%d", listening(s));
    if (call_is(c, "odd"))
        return text_put(answer, "TypeError");
    if (call_is(c, "unsubject")) {
        s->subject = false;
        return text_put(answer, "gone");
    }
    if (call_is(c, "tell")) {
        text_put(answer, "told");
        int n = tell(s, answer);
        return n < 0 ? text_put(answer, " = ValueError")
                     : text_put(answer, " = %d", n);
    }
    if (call_is(c, "churn"))
        return call_int(c, 0) < 1 || listening(s) > 0 ? MODEL_ILLEGAL
               : text_put(answer, "0 more");
    if (slot < 0 || s->slots[slot] < 0)
        return MODEL_ILLEGAL;
    if (call_is(c, "add") || call_is(c, "scarce-add"))
        return text_put(answer, "%d", add(s, s->slots[slot]));
    if (call_is(c, "remove"))
        return text_put(answer, "%d", remove_one(s, s->slots[slot]));
    return MODEL_ILLEGAL;
}

static int step(void *state, const struct call *c, struct text *answer)
{
    struct state *s = state;
    int rv;

    if (call_is(c, "scarce"))
        return text_put(answer, "new");
    if (call_is(c, "drop")) {
        rv = slot_of(c, 0);
        if (rv < 0 || s->slots[rv] < 0)
            return MODEL_ILLEGAL;
        drop(s, rv);
        return text_put(answer, "gone");
    }
    if (call_is(c, "subject")) {
        rv = s->subject ? MODEL_ILLEGAL : 0;
        s->subject = true;
        s->entries_len = 0;
    } else if (call_is(c, "listener")) {
        rv = new_listener(s, c);
    } else if (call_is(c, "does")) {
        rv = set_does(s, c);
    } else {
        return s->subject ? of_subject(s, c, answer) : MODEL_ILLEGAL;
    }
    return rv < 0 ? MODEL_ILLEGAL : text_put(answer, "ok");
}

static bool accept(const struct call *call, const char *want,
                   const char *got)
{
    static const char error[] = "MemoryError ";

    while ((call_is(call, "scarce") || call_is(call, "scarce-add"))
           && strncmp(got, error, sizeof error - 1) == 0)
        got += sizeof error - 1;
    return strcmp(want, got) == 0;
}

/* ---- the cases --------------------------------------------------- */
static void some(struct dice *dice, struct calls *calls, int n)
{
    for (int i = 0; i < n; i++) {
        calls_add(calls, "listener", "ii", (long long)i, 10LL + i);
        if (dice_below(dice, 6) > 0)
            calls_add(calls, "add", "i", (long long)i);
    }
}

/* Without events in between. */
static void make_quiet(struct dice *dice, struct calls *calls, int i,
                       bool gone)
{
    int n = 2 + i / 4;
    bool there[SLOTS];

    some(dice, calls, n);
    memset(there, true, sizeof there);
    for (int k = 0; k < i; k++) {
        long long l = (long long)dice_below(dice, (uint64_t)n);

        if (!there[l])
            calls_add(calls, "listener", "ii", l, 100LL + k);
        there[l] = true;
        if (gone && dice_below(dice, 3) == 0) {
            calls_add(calls, "drop", "i", l);
            there[l] = false;
        } else {
            calls_add(calls, dice_below(dice, 3) ? "add" : "remove",
                      "i", l);
        }
        if (dice_below(dice, 3) == 0)
            calls_add(calls, dice_below(dice, 2) ? "tell" : "len", "");
    }
    calls_add(calls, "tell", "");
    calls_add(calls, "len", "");
}

static void make_busy(struct dice *dice, struct calls *calls, int i,
                      const int *does, uint64_t len)
{
    int n = 2 + i / 6;

    some(dice, calls, n);
    for (int k = 0; k < 1 + i / 8; k++)
        calls_add(calls, "does", "iii",
                  (long long)dice_below(dice, (uint64_t)n),
                  (long long)does[dice_below(dice, len)],
                  (long long)dice_below(dice, (uint64_t)n));
    calls_add(calls, "tell", "");
}

static void make(const struct check *check, int i, struct dice *dice,
                 struct calls *calls)
{
    static const int leave[] = { DROP, REMOVE },
                     join[] = { ADD, REMOVE },
                     any[] = { DROP, REMOVE, ADD, AGAIN },
                     fail[] = { FAIL, FAIL, DROP };
    bool more = true;

    calls_add(calls, "open", "");
    calls_add(calls, "subject", "");
    switch (check->name[0]) {
    case 'o':                                           /* order */
    case 'g':                                           /* gone */
        make_quiet(dice, calls, i, check->name[0] == 'g');
        more = false;
        break;
    case 'l':                                           /* leave */
        make_busy(dice, calls, i, leave, 2);
        break;
    case 'j':                                           /* join */
        make_busy(dice, calls, i, join, 2);
        break;
    case 'n':                                           /* nested */
        make_busy(dice, calls, i, any, 4);
        break;
    case 'f':                                           /* fail */
        if (i % 4 == 0)
            calls_add(calls, "odd", "");
        make_busy(dice, calls, i, fail, 3);
        break;
    case 'r':                                           /* rest */
        calls_add(calls, "churn", "ii", 1LL + 9 * i,
                  (long long)(i / 2) % 4);
        if (i % 4 > 0) {
            calls_add(calls, "listener", "ii", 0LL, 1LL);
            calls_add(calls, "add", "i", 0LL);
        }
        calls_add(calls, i % 2 ? "unsubject" : "tell", "");
        more = false;
        break;
    case 's':                                           /* subject */
        some(dice, calls, 2 + i / 2);
        calls_add(calls, "does", "iii", (long long)(i % 2),
                  (long long)UNSUBJECT, 0LL);
        calls_add(calls, "tell", "");
        more = false;
        break;
    default:                                            /* memory */
        some(dice, calls, i);
        calls_add(calls, "scarce", "");
        if (i > 0)
            calls_add(calls, "remove", "i", 0LL);
        if (i > 0)
            calls_add(calls, "scarce-add", "i", 0LL);
    }
    if (more) {
        calls_add(calls, "len", "");
        calls_add(calls, "tell", "");
    }
    calls_add(calls, "close", "");
}

static const struct check checks[] = {
    {.name = "order", .weight = 2, .cases = 30,
     .says = "listeners are told in order, each once"},
    {.name = "gone", .weight = 2, .cases = 30, .needs = "order",
     .says = "the subject owns no listener"},
    {.name = "leave", .weight = 2, .cases = 40, .needs = "gone",
     .says = "who has left while an event was told is not told"},
    {.name = "join", .weight = 1, .cases = 40, .needs = "gone",
     .says = "who has joined while an event was told is not told"},
    {.name = "nested", .weight = 1, .cases = 60, .needs = "leave",
     .says = "an event may be told within another"},
    {.name = "fail", .weight = 1, .cases = 24, .needs = "gone",
     .says = "an error ends the telling, and is passed on"},
    {.name = "subject", .weight = 1, .cases = 8, .needs = "gone",
     .says = "the subject may go while it tells"},
    {.name = "rest", .weight = 1, .cases = 16, .needs = "gone",
     .says = "nothing stays of who was there"},
    {.name = "memory", .weight = 1, .cases = 8, .needs = "gone",
     .says = "no memory is an error, and nothing changes"},
    {0},
};

const struct model model_gc_observer = {
    .exercise = "gc-observer", .checks = checks, .make = make,
    .open = open_state, .step = step, .close = free, .accept = accept,
};
