/* tally_model.c - an exercise of the judge's own, which is in no
 * chapter */
#include "tally_model.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "model.h"

enum { MOST = 200 };

struct state {
    bool is;                    /* there is a tally */
    bool fails;                 /* the next request */
    long long items[MOST];
    size_t len;
};

static void make(const struct check *check, int i, struct dice *dice,
                 struct calls *calls)
{
    calls_add(calls, "open", "");
    calls_add(calls, "new", "");
    for (int n = 0; n < 2 + 3 * i; n++)
        calls_add(calls, "add", "i", dice_range(dice, -2000, 2000));
    if (check->name[0] == 'f') {
        calls_add(calls, "fail", "i", 0LL);
        calls_add(calls, "add", "i", 1000LL);
        calls_add(calls, "failed", "");
    }
    calls_add(calls, check->name[0] == 's' ? "sum" : "repr", "");
    calls_add(calls, "close", "");
}

static void *open_state(void)
{
    return calloc(1, sizeof(struct state));
}

static void repr(const struct state *s, struct text *answer)
{
    char some[32 * MOST] = "[";
    size_t len = 1;

    for (size_t i = 0; i < s->len; i++)
        len += (size_t)snprintf(some + len, sizeof some - len, "%s%lld",
                                i > 0 ? ", " : "", s->items[i]);
    some[len++] = ']';
    text_quote(answer, some, len);
}

static int step(void *state, const struct call *call,
                struct text *answer)
{
    struct state *s = state;
    long long sum = 0;

    if (call_is(call, "fail"))
        s->fails = true;
    if (call_is(call, "close"))
        s->is = false;
    if (call_is(call, "new"))   /* the judge itself keeps it inside */
        return s->is = true, s->len = 0, text_put(answer, "ok");
    if (!s->is || s->len == MOST)
        return MODEL_ILLEGAL;
    if (call_is(call, "add") && s->fails)
        return call_int(call, 0) == 1000
               ? text_put(answer, "MemoryError") : MODEL_ILLEGAL;
    if (call_is(call, "add"))
        return s->items[s->len++] = call_int(call, 0),
               text_put(answer, "ok");
    if (call_is(call, "failed"))
        return s->fails = false, text_put(answer, "yes");
    if (call_is(call, "repr"))
        return repr(s, answer), 0;
    for (size_t i = 0; i < s->len; i++)
        sum += s->items[i];
    return call_is(call, "sum") ? text_put(answer, "%lld", sum)
                                : MODEL_ILLEGAL;
}

static const struct check checks[] = {
    {.name = "build", .says = "a tally holds what was added",
     .weight = 2,
     .cases = 6},
    {.name = "faults", .says = "it survives a request that fails",
     .weight = 1, .cases = 3, .needs = "build"},
    {.name = "sum", .says = "the sum is right", .weight = 1,
     .cases = 6},
    {.name = "speed", .says = "and does not take long", .weight = 1,
     .cases = 12, .needs = "sum", .builds = "count", .ratio = 1.2},
    {0},
};

static const struct model model = {
    .exercise = "self-tally", .checks = checks, .make = make,
    .open = open_state, .step = step, .close = free,
};

static const struct exercise tally = {
    .name = "self-tally", .chapter = "02-containers", .title = "Tally",
    .points = 10, .judged = true,
    .files = (const char *const[]){"tally.c", NULL},
    .allow = (const char *const[]){"malloc", "free", "puts", NULL},
    .builds = "plain asan", .model = &model, .given = COIL_TALLY,
    .staff = COIL_TALLY,
};

const struct exercise *tally_exercise(void)
{
    return &tally;
}
