/* model.c - objects-leak: lengths, added */
#include <stdlib.h>

#include "model.h"

enum { MOST = 30, LONG = 700 };

struct state {
    long long sum;              /* of the strs */
    size_t len;
    bool other, failing;        /* something is no str; after `fail` */
};

static void add_str(struct calls *calls, struct dice *dice,
                    long long len)
{
    static const char *const units[] = { "x", "\303\251",
        "\342\202\254" };

    calls_add(calls, "str", "is", len, dice_pick(dice, units, 3));
}

static void add_strs(int n, struct dice *dice, struct calls *calls)
{
    for (int i = 0; i < n; i++)
        add_str(calls, dice, dice_range(dice, 0, LONG));
}

/* Strs with something among them that is none. */
static void make_types(int i, struct dice *dice, struct calls *calls)
{
    int n = i % 3 == 0 ? 2 : i / 2 + 1, at = (int)dice_below(dice, n);

    for (int k = 0; k < n; k++) {
        if (k == at)
            calls_add(calls, "int", "i", dice_range(dice, 0, LONG));
        else
            add_str(calls, dice, dice_range(dice, 257, LONG));
    }
    calls_add(calls, i % 3 == 0 ? "sum" : "total", "");
}

static void make_memory(int i, struct dice *dice, struct calls *calls)
{
    int n = i % 2 == 0 ? 2 : 2 + i / 10;

    for (int k = 0; k < n; k++)
        add_str(calls, dice, dice_range(dice, 257, LONG));
    calls_add(calls, "fail", "i", (long long)(i / 2 % 8));
    calls_add(calls, i % 2 == 0 ? "sum" : "total", "");
}

static void make(const struct check *check, int i, struct dice *dice,
                 struct calls *calls)
{
    char c = check->name[1];

    if (c == 't') {                                         /* starve */
        calls_add(calls, "starve", "iii", dice_range(dice, 257, LONG),
                  dice_range(dice, 257, LONG), (long long)i % 2);
        return;
    }
    calls_add(calls, "open", "");
    if (c == 'u') {                                         /* sum */
        add_strs(2, dice, calls);
        calls_add(calls, "sum", "");
    } else if (c == 'o') {                                  /* total */
        add_strs(i, dice, calls);
        calls_add(calls, "total", "");
    } else if (c == 'y') {                                  /* types */
        make_types(i, dice, calls);
    } else {                                                /* memory */
        make_memory(i, dice, calls);
    }
    calls_add(calls, "close", "");
}

static void *open_state(void)
{
    return calloc(1, sizeof(struct state));
}

static int step(void *state, const struct call *call,
                struct text *answer)
{
    struct state *s = state;

    if (call_is(call, "starve") && call_int(call, 0) > 256
        && call_int(call, 1) > 256)
        return text_put(answer, "out of memory MemoryError, live 0");
    if (call_is(call, "fail"))
        s->failing = true;
    if ((call_is(call, "int") || call_is(call, "str")) && s->len < MOST
        && !s->failing && call_int(call, 0) >= 0
        && call_int(call, 0) <= LONG) {
        size_t size = 0;

        if (call_is(call, "str"))
            call_text(call, 1, &size);
        s->len++;
        s->other |= call_is(call, "int");
        s->sum += size > 0 ? call_int(call, 0) : 0;
        return text_put(answer, "ok");
    }
    if (call_is(call, "sum") ? s->len != 2 : !call_is(call, "total"))
        return MODEL_ILLEGAL;
    if (s->other)
        text_put(answer, "a str is required TypeError");
    else
        text_put(answer, "int \"%lld\"", s->sum);
    if (s->failing)
        text_put(answer, " | out of memory MemoryError");
    s->failing = false;
    return 0;
}

static const struct check checks[] = {
    {.name = "sum", .says = "two lengths are added", .weight = 1,
     .cases = 20},
    {.name = "total", .says = "the lengths of any number are added",
     .weight = 2, .cases = MOST},
    {.name = "types", .says = "what is no str is a TypeError",
     .weight = 2, .cases = 20},
    {.name = "memory",
     .says = "each request may fail, and nothing is left",
     .weight = 3, .cases = 80, .needs = "sum"},
    {.name = "starve",
     .says = "all requests may fail; the first error counts",
     .weight = 2, .cases = 6, .needs = "sum"},
    {0},
};

const struct model model_objects_leak = {
    .exercise = "objects-leak", .checks = checks, .make = make,
    .open = open_state, .step = step, .close = free,
    .accept = accept_either,
};
