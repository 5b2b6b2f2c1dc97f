/* model.c - objects-hook: accounts of blocks */
#include <stdlib.h>

#include "model.h"

enum { MOST = 48, LARGEST = 1 << 20 };

struct state {
    long long sizes[MOST];      /* 0: the block is gone */
    size_t len;
    long long now, most, wrong, requests[64];
    bool refusing;
};

/* ---- cases ------------------------------------------------------- */
static long long a_size(struct dice *dice)
{
    long long power = 1LL << dice_below(dice, 12);

    return dice_below(dice, 2) == 0 ? dice_range(dice, 1, 100)
           : power + dice_range(dice, power > 1 ? -1 : 0, 1);
}

/* Steps that keep an account, with a wrong size or a refusal now and
 * then: one in so many, 0 for none. */
static void make_steps(int steps, int wrong, int refuse,
                       struct dice *dice, struct calls *calls)
{
    long long sizes[MOST] = {0};
    size_t len = 0;

    for (int i = 0; i < steps && len < MOST - 1; i++) {
        size_t at = len > 0 ? dice_below(dice, len) : 0;
        bool no = refuse > 0 && dice_below(dice, (uint64_t)refuse) == 0;
        long long lie = wrong > 0
                        && dice_below(dice, (uint64_t)wrong) == 0
                        ? dice_range(dice, 1, 20) : 0;
        long long size = a_size(dice), kind = dice_range(dice, 0, 2);

        if (no)
            calls_add(calls, "refuse", "");
        if (kind == 0 || len == 0 || sizes[at] == 0) {
            calls_add(calls, "new", "i", size);
            if (!no)
                sizes[len++] = size;
        } else if (kind == 1) {
            calls_add(calls, "resize", "iii", (long long)at,
                      sizes[at] + lie, size);
            sizes[at] = no ? sizes[at] : size;
        } else {
            calls_add(calls, "free", "ii", (long long)at,
                      sizes[at] + lie);
            sizes[at] = 0;
        }
    }
    calls_add(calls, "below", "");
}

static void make(const struct check *check, int i, struct dice *dice,
                 struct calls *calls)
{
    long long first;

    switch (check->name[0]) {
    case 'a':                                           /* accounts */
        make_steps(i + 1, 0, 0, dice, calls);
        break;
    case 'p':                                           /* powers */
        first = i < 13 ? 1LL << i : a_size(dice);
        calls_add(calls, "new", "i", first);
        for (int n = 0; n < i; n++)
            calls_add(calls, "new", "i", a_size(dice));
        calls_add(calls, "resize", "iii", 0LL, first, a_size(dice));
        calls_add(calls, "requests", "");
        break;
    case 'w':                                           /* wrong */
        make_steps(i + 2, 2, 0, dice, calls);
        break;
    case 'f':                                           /* failure */
        make_steps(i + 1, i % 2 ? 4 : 0, 3, dice, calls);
        calls_add(calls, "requests", "");
        break;
    case 'h':                                           /* huge */
        calls_add(calls, "new", "i", 10LL);
        calls_add(calls, "new", "i",
                  dice_range(dice, i ? -16 : -1, -1));
        calls_add(calls, "resize", "iii", 0LL, 10LL,
                  dice_range(dice, -16, -1));
        calls_add(calls, "requests", "");
        calls_add(calls, "below", "");
        break;
    default:                                            /* runtime */
        calls_add(calls, "run", "i", (long long)i + 1);
        calls_add(calls, "below", "");
    }
}

/* ---- answers ----------------------------------------------------- */
static void *open_state(void)
{
    return calloc(1, sizeof(struct state));
}

static int accounts(struct state *s, const char *what,
                    struct text *answer)
{
    s->refusing = false;
    if (s->now > s->most)
        s->most = s->now;
    return text_put(answer, "%s: now %lld, most %lld, wrong %lld", what,
                    s->now, s->most, s->wrong);
}

/* Is there memory for a request of this size?  It is counted. */
static bool request(struct state *s, long long size)
{
    int power = 0;

    while ((unsigned long long)size >> power > 1)
        power++;
    s->requests[power]++;
    return !s->refusing && size >= 0 && size <= LARGEST / 2;
}

static int step_new(struct state *s, long long size,
                    struct text *answer)
{
    if (size == 0 || s->len == MOST)
        return MODEL_ILLEGAL;
    if (!request(s, size))
        return accounts(s, "NULL", answer);
    s->sizes[s->len++] = size;
    s->now += size;
    return accounts(s, "a block", answer);
}

static int step_change(struct state *s, const struct call *call,
                       struct text *answer)
{
    long long i = call_int(call, 0), old = call_int(call, 1);
    long long size = call_args(call) == 3 ? call_int(call, 2) : 0;

    if (i < 0 || (size_t)i >= s->len || s->sizes[i] == 0 || old <= 0
        || (size == 0 && !call_is(call, "free")))
        return MODEL_ILLEGAL;
    s->wrong += old != s->sizes[i];
    if (size != 0 && !request(s, size))
        return accounts(s, "NULL", answer);
    s->now += size - s->sizes[i];
    s->sizes[i] = size;
    return accounts(s, size == 0 ? "NULL" : "a block", answer);
}

static int step(void *state, const struct call *call,
                struct text *answer)
{
    struct state *s = state;
    size_t n = 0;

    if (call_is(call, "new"))
        return step_new(s, call_int(call, 0), answer);
    if (call_is(call, "resize") || call_is(call, "free"))
        return step_change(s, call, answer);
    if (call_is(call, "requests")) {
        for (int i = 0; i < 64; i++)
            if (s->requests[i] > 0)
                text_put(answer, "%lld*2^%d ", s->requests[i], i);
        return 0;
    }
    if (call_is(call, "refuse")) {
        s->refusing = true;
        return text_put(answer, "ok");
    }
    if (call_is(call, "below")) {
        for (size_t i = 0; i < s->len; i++)
            n += s->sizes[i] != 0;
        return text_put(answer, "%zu blocks, told 0 wrong things", n);
    }
    if (call_is(call, "run") && call_int(call, 0) > 0
        && call_int(call, 0) < 16 && s->len == 0 && !s->refusing)
        return text_put(answer, "less, live 0, now 0, wrong 0");
    return MODEL_ILLEGAL;
}

static const struct check checks[] = {
    {.name = "accounts",
     .says = "bytes in use, and the most there were",
     .weight = 5, .cases = 40},
    {.name = "powers", .says = "requests by their power of two",
     .weight = 3, .cases = 30},
    {.name = "wrong",
     .says = "a wrong size is seen, and the right one used",
     .weight = 5, .cases = 40, .needs = "accounts"},
    {.name = "failure",
     .says = "a request that fails changes nothing else",
     .weight = 3, .cases = 40, .needs = "accounts"},
    {.name = "huge", .says = "a size that is too large is a failure",
     .weight = 2, .cases = 10},
    {.name = "runtime", .says = "a runtime lives on it", .weight = 2,
     .cases = 10, .needs = "accounts"},
    {0},
};

const struct model model_objects_hook = {
    .exercise = "objects-hook", .checks = checks, .make = make,
    .open = open_state, .step = step, .close = free,
};
