/* model.c - containers-levels: equalities change the graph, or fail */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "model.h"

enum { PLACES = 400, LISTS = 600, ROOM = 24, SHOWN = 310 };
enum { TWIN = 1000, ODD = -1, GONE = -1 };
/* What is no list stands in `entry` as -2 and below. */

struct row {
    short items[ROOM];          /* a number; TWIN more; or ODD */
    size_t len;
};

struct act {
    char kind;
    long long a, b;
};

struct state {
    size_t len, lists;
    struct row rows[LISTS];
    short entry[PLACES];        /* index in rows; GONE */
    struct act acts[PLACES];
    int armed;                  /* acts that were not done yet */
    int start;                  /* as an item; -2: none */
    bool open, failing, over;
};

struct far {
    short keys[PLACES], where[PLACES];
    int steps[PLACES];
    size_t len;
};

/* ---- cases ------------------------------------------------------- */
static void add_start(struct calls *calls, long long at, long long how)
{
    calls_add(calls, "start", "ii", at, how);
    calls_add(calls, "from", "");
}

/* Some steps between n places; one in `twins` leads to a twin. */
static void add_steps(int n, int twins, struct dice *dice,
                      struct calls *calls)
{
    calls_add(calls, "places", "i", (long long)n);
    for (long long i = dice_range(dice, 0, 2 * n); i > 0; i--) {
        long long a = dice_range(dice, 0, n - 1);
        long long b = dice_range(dice, 0, n - 1);
        bool twin = twins > 0 && dice_below(dice, (uint64_t)twins) == 0;

        calls_add(calls, twin ? "twin" : "step", "ii", a, b);
    }
}

static void make_errors(int i, struct dice *dice, struct calls *calls)
{
    int n = 2 + i / 5 % 8;
    long long at = dice_range(dice, 0, n - 1);

    add_steps(n, 3, dice, calls);
    calls_add(calls, "step", "ii", 0LL, at);
    if (i % 5 == 0)
        calls_add(calls, "odd", "i", at);
    else if (i % 5 < 3)
        calls_add(calls, "value", "ii", at,
                  i % 5 == 1 ? 0LL : dice_range(dice, 1, 4));
    else if (i % 5 == 3) {
        calls_add(calls, "act", "isii", at, "f", 0LL, 0LL);
        calls_add(calls, "twin", "ii", 0LL, at);
    }
    add_start(calls, 0, i % 10 == 4 ? 2 : i % 2);
    add_start(calls, at, 0);
}

/* An equality is asked where a twin is found, or has its turn. */
static void make_changes(int i, struct dice *dice, struct calls *calls)
{
    static const char *const kinds[] = { "g", "d", "c", "a", "r" };
    int n = 2 + i / 5 % 7;
    long long who = dice_range(dice, 0, n - 1);
    long long a = dice_below(dice, 2) ? 0 : dice_range(dice, 0, n - 1);

    add_steps(n, 2, dice, calls);
    calls_add(calls, dice_below(dice, 2) ? "twin" : "step", "ii", 0LL,
              who);
    calls_add(calls, "twin", "ii", a, who);
    if (dice_below(dice, 2))
        calls_add(calls, "step", "ii", a, dice_range(dice, 0, n - 1));
    calls_add(calls, "act", "isii", who, kinds[i % 5], a,
              dice_range(dice, 0, n - 1));
    add_start(calls, 0, (long long)dice_below(dice, 2));
    calls_add(calls, "graph", "");
}

static void add_row(struct calls *calls, long long n)
{
    calls_add(calls, "places", "i", n);
    calls_add(calls, "row", "");
}

static void make_memory(int i, struct dice *dice, struct calls *calls)
{
    int n = 1 + i / 6 % 12;
    bool far = i % 6 == 5;

    if (far) {
        add_row(calls, 300);
    } else {
        add_steps(n, 4, dice, calls);
        for (int k = 1; k < n; k++)
            calls_add(calls, "step", "ii", 0LL, (long long)k);
    }
    calls_add(calls, "start", "ii", 0LL, 0LL);
    calls_add(calls, "fail", "i",
              i < 6 ? (long long)i
                    : dice_range(dice, 0, far ? 70 : 8 + n));
    calls_add(calls, "from", "");
}

static void make(const struct check *check, int i, struct dice *dice,
                 struct calls *calls)
{
    calls_add(calls, "open", "");
    switch (check->name[0]) {
    case 't':                                               /* twins */
        add_steps(2 + i / 4, 2, dice, calls);
        add_start(calls, 0, i % 2);
        break;
    case 'f':                                               /* far */
        add_row(calls, i == 0 ? 3 : dice_range(dice, 258, 300));
        add_start(calls, 0, 0);
        break;
    case 'e': make_errors(i, dice, calls); break;
    case 'c': make_changes(i, dice, calls); break;
    case 'm': make_memory(i, dice, calls); break;
    case 's':
        calls_add(calls, "star", "i", i ? 3000LL : 3LL);
        break;
    default:                                                /* levels */
        add_steps(1 + i / 4, 0, dice, calls);
        add_start(calls, 0, 0);
        calls_add(calls, "graph", "");
    }
    calls_add(calls, "close", "");
}

/* ---- the walk ---------------------------------------------------- */
static struct row *row_of(struct state *s, long long at)
{
    return s->entry[at] >= 0 ? &s->rows[s->entry[at]] : NULL;
}

/* NULL, or the kind of an error. */
static const char *do_act(struct state *s, long long who)
{
    struct act act = s->acts[who];
    struct row *row = row_of(s, act.a);

    s->armed -= act.kind != 0;
    s->acts[who].kind = 0;
    if (act.kind == 'g')
        for (size_t i = 0; i < s->len; i++)
            s->entry[i] = GONE;
    else if (act.kind == 'd')
        s->entry[act.a] = GONE;
    else if (act.kind == 'c' && row != NULL)
        row->len = 0;
    else if (act.kind == 'a' && row != NULL && row->len < ROOM)
        row->items[row->len++] = (short)act.b;
    else if (act.kind == 'r' && row != NULL && s->lists < LISTS) {
        s->rows[s->lists] = (struct row){{(short)act.b}, 1};
        s->entry[act.a] = (short)s->lists++;
    }
    return act.kind == 'f' ? "ValueError" : NULL;
}

/* Two objects are one, or their equality is asked. */
static const char *ask(struct state *s, int one, int other)
{
    return one < TWIN && other < TWIN ? NULL : do_act(s, one % TWIN);
}

static void found(struct far *f, int item, int steps)
{
    f->where[item % TWIN] = (short)f->len;
    f->keys[f->len] = (short)item;
    f->steps[f->len++] = steps;
}

static const char *walk(struct state *s, struct far *f, size_t at)
{
    int place = f->keys[at];
    const char *error = NULL;

    if (s->entry[place % TWIN] != GONE)
        error = ask(s, place % TWIN, place);
    if (error != NULL || s->entry[place % TWIN] == GONE)
        return error != NULL ? error : "KeyError";
    struct row *row = row_of(s, place % TWIN);
    if (row == NULL)
        return "TypeError";
    for (size_t i = 0; error == NULL && i < row->len; i++) {
        int item = row->items[i];

        if (item == ODD)
            return "TypeError";
        if (f->where[item % TWIN] >= 0)
            error = ask(s, f->keys[f->where[item % TWIN]], item);
        else
            found(f, item, f->steps[at] + 1);
    }
    return error;
}

static const char *go(struct state *s, struct far *f, int start)
{
    const char *error = NULL;

    memset(f->where, -1, sizeof f->where);
    f->len = 0;
    if (start == ODD)
        return "TypeError";
    found(f, start, 0);
    for (size_t at = 0; error == NULL && at < f->len; at++)
        error = walk(s, f, at);
    return error;
}

/* ---- answers ----------------------------------------------------- */
static void *open_state(void)
{
    struct state *s = calloc(1, sizeof *s);

    if (s != NULL)
        s->start = -2;
    return s;
}

static void put_place(struct text *answer, int item)
{
    text_put(answer, "p%d%s", item % TWIN, item >= TWIN ? "x" : "");
}

static void put_row(const struct row *row, struct text *answer)
{
    text_put(answer, "[");
    for (size_t i = 0; i < row->len; i++) {
        text_put(answer, i > 0 ? ", " : "");
        if (row->items[i] == ODD)
            text_put(answer, "[]");
        else
            put_place(answer, row->items[i]);
    }
    text_put(answer, "]");
}

static int put_graph(struct state *s, struct text *answer)
{
    static const char *const values[] = {
        "None", "(p0,)", "'ab'", "1000"
    };
    const char *between = "";

    if (s->len > ROOM)
        return MODEL_ILLEGAL;
    text_put(answer, "\"{");
    for (size_t i = 0; i < s->len; i++) {
        if (s->entry[i] == GONE)
            continue;
        text_put(answer, "%sp%zu: ", between, i);
        between = ", ";
        if (s->entry[i] < 0)
            text_put(answer, "%s", values[-2 - s->entry[i]]);
        else
            put_row(&s->rows[s->entry[i]], answer);
    }
    return text_put(answer, "}\"");
}

static int step_from(struct state *s, struct text *answer)
{
    struct far far;

    if (s->start == -2 || (s->failing && s->armed > 0))
        return MODEL_ILLEGAL;
    const char *error = go(s, &far, s->start);
    s->start = -2;
    s->over = s->failing;
    if (s->failing)
        text_put(answer, "failed MemoryError | ");
    if (error != NULL)
        return text_put(answer, "%s", error);
    text_put(answer, "\"{");
    for (size_t i = 0; i < far.len; i++) {
        text_put(answer, i > 0 ? ", " : "");
        put_place(answer, far.keys[i]);
        text_put(answer, ": %d", far.steps[i]);
    }
    return far.len <= SHOWN ? text_put(answer, "}\"") : MODEL_ILLEGAL;
}

static int step_places(struct state *s, long long n,
                       struct text *answer)
{
    if (n < 1 || (size_t)n > SHOWN - s->len)
        return MODEL_ILLEGAL;
    for (; n > 0; n--)
        s->entry[s->len++] = (short)s->lists++;
    return text_put(answer, "ok");
}

static int step_row(struct state *s, struct text *answer)
{
    for (size_t i = 0; i + 1 < s->len; i++) {
        struct row *row = row_of(s, (long long)i);

        if (row == NULL || row->len == ROOM)
            return MODEL_ILLEGAL;
        row->items[row->len++] = (short)(i + 1);
    }
    return text_put(answer, "ok");
}

static int step_act(struct state *s, const struct call *call,
                    struct text *answer)
{
    long long who = call_int(call, 0), a = call_int(call, 2);
    long long b = call_int(call, 3);

    if (a < 0 || (size_t)a >= s->len || b < 0 || (size_t)b >= s->len
        || s->acts[who].kind != 0)
        return MODEL_ILLEGAL;
    s->acts[who] = (struct act){*call_text(call, 1, NULL), a, b};
    s->armed++;
    return text_put(answer, "ok");
}

/* What is done to the place that the call names first. */
static int step_at(struct state *s, const struct call *call,
                   struct text *answer)
{
    long long at = call_int(call, 0);
    long long n = call_args(call) == 2 ? call_int(call, 1) : 0;
    struct row *row = row_of(s, at);

    if (call_is(call, "start") && n >= 0 && n <= 2) {
        s->start = n == 2 ? ODD : (int)at + (n == 1 ? TWIN : 0);
        return text_put(answer, "ok");
    }
    if (call_is(call, "value") && s->entry[at] != GONE && n >= 0
        && n <= 4) {
        s->entry[at] = (short)-(1 + n);
        return text_put(answer, "ok");
    }
    if (row == NULL || row->len + 1 >= ROOM)
        return MODEL_ILLEGAL;
    if (call_is(call, "odd"))
        row->items[row->len++] = ODD;
    else if (n < 0 || (size_t)n >= s->len)
        return MODEL_ILLEGAL;
    else if (call_is(call, "step"))
        row->items[row->len++] = (short)n;
    else if (call_is(call, "twin"))
        row->items[row->len++] = (short)(TWIN + n);
    else
        return MODEL_ILLEGAL;
    return text_put(answer, "ok");
}

static int step(void *state, const struct call *call,
                struct text *answer)
{
    struct state *s = state;

    s->open |= call_is(call, "open");
    s->failing |= call_is(call, "fail");
    if (!s->open || s->over)
        return MODEL_ILLEGAL;
    if (call_is(call, "from"))
        return step_from(s, answer);
    if (s->failing)
        return MODEL_ILLEGAL;
    if (call_is(call, "places"))
        return step_places(s, call_int(call, 0), answer);
    if (call_is(call, "star") && call_int(call, 0) > 0)
        return text_put(answer, "%lld", call_int(call, 0));
    if (call_is(call, "row"))
        return step_row(s, answer);
    if (call_is(call, "graph") && s->len > 0)
        return put_graph(s, answer);
    if (call_args(call) == 0 || call_int(call, 0) < 0
        || (size_t)call_int(call, 0) >= s->len)
        return MODEL_ILLEGAL;
    return call_is(call, "act") ? step_act(s, call, answer)
                                : step_at(s, call, answer);
}

static const struct check checks[] = {
    {.name = "levels", .says = "places come as they are found",
     .weight = 6, .cases = 60},
    {.name = "twins", .says = "of equal places the first is the key",
     .weight = 3, .cases = 40, .needs = "levels"},
    {.name = "far", .says = "a long way has a distance for each place",
     .weight = 2, .cases = 3, .needs = "levels"},
    {.name = "errors", .says = "each error is passed on",
     .weight = 4, .cases = 100, .needs = "levels"},
    {.name = "changes", .says = "an equality may change the graph",
     .weight = 5, .cases = 160, .needs = "levels"},
    {.name = "memory", .says = "each request may fail",
     .weight = 4, .cases = 120, .needs = "levels"},
    {.name = "speed", .says = "it costs at most twice as much as ours",
     .weight = 3, .cases = 2, .needs = "levels", .builds = "count",
     .ratio = 2.0},
    {0},
};

const struct model model_containers_levels = {
    .exercise = "containers-levels", .checks = checks, .make = make,
    .open = open_state, .step = step, .close = free,
    .accept = accept_either,
};
