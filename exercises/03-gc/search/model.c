/* model.c - gc-search: reachability by passes over the references */
#include <stdlib.h>
#include <string.h>

#include "model.h"

enum { MOST = 1 << 20, SHOWN = 200 };

struct ref {
    long long from, to;
};

struct state {
    long long *counts;
    struct ref *refs;
    long long len, refs_len;
};

/* ---- the world --------------------------------------------------- */
static void *open_state(void)
{
    struct state *s = calloc(1, sizeof *s);

    s->counts = calloc(MOST, sizeof *s->counts);
    s->refs = calloc(MOST, sizeof *s->refs);
    return s;
}

static void close_state(void *state)
{
    struct state *s = state;

    free(s->counts);
    free(s->refs);
    free(s);
}

static void refer(struct state *s, long long from, long long to)
{
    s->refs[s->refs_len++] = (struct ref){from, to};
}

static int add_ring(struct state *s, const struct call *call)
{
    long long n = call_int(call, 0), first = s->len;

    if (n < 1 || n > MOST - s->len || n > MOST - s->refs_len)
        return MODEL_ILLEGAL;
    for (long long i = 0; i < n; i++) {
        long long a = first + i, b = first + (i + 1) % n;

        s->counts[s->len++] = 1 + (i == call_int(call, 1));
        if (call_int(call, 2) > 0)
            refer(s, a, b);
        else
            refer(s, b, a);
    }
    return 0;
}

/* ---- the answers ------------------------------------------------- */
/* What is held from outside; or the error. */
static const char *trial(const struct state *s, long long *held)
{
    for (long long i = 0; i < s->refs_len; i++) {
        const struct ref *r = &s->refs[i];

        if (r->from < 0 || r->from >= s->len || r->to < 0
            || r->to >= s->len)
            return "ValueError";
    }
    memcpy(held, s->counts, (size_t)s->len * sizeof *held);
    for (long long i = 0; i < s->refs_len; i++)
        held[s->refs[i].to]--;
    for (long long i = 0; i < s->len; i++)
        if (held[i] < 0)
            return "SystemError";
    return NULL;
}

static bool pass_over(const struct ref *r, long long *held)
{
    if (held[r->from] == 0 || held[r->to] != 0)
        return false;
    held[r->to] = 1;
    return true;
}

/* Over all references, forward and backward, until nothing changes. */
static void reach(const struct state *s, long long *held)
{
    bool changed = true;

    while (changed) {
        changed = false;
        for (long long i = 0; i < s->refs_len; i++)
            changed |= pass_over(&s->refs[i], held);
        for (long long i = s->refs_len; i-- > 0; )
            changed |= pass_over(&s->refs[i], held);
    }
}

static void say_garbage(const struct state *s, const long long *held,
                        bool sum, struct text *answer)
{
    uint64_t all = 0;
    long long n = 0;

    for (long long i = 0; i < s->len; i++)
        n += held[i] == 0;
    text_put(answer, "%lld:", n);
    for (long long i = 0; i < s->len; i++) {
        if (held[i] != 0)
            continue;
        all = all * 31 + (uint64_t)i;
        if (!sum)
            text_put(answer, " %lld", i);
    }
    if (sum)
        text_put(answer, " %llu", (unsigned long long)all);
}

static int question(const struct state *s, const struct call *call,
                    struct text *answer)
{
    long long *held = calloc(MOST, sizeof *held);
    const char *error = trial(s, held);

    if (error != NULL) {
        text_put(answer, "%s", error);
    } else if (call_is(call, "trial")) {
        text_put(answer, "trial");
        for (long long i = 0; i < s->len; i++)
            text_put(answer, " %lld", held[i]);
    } else {
        reach(s, held);
        say_garbage(s, held, call_is(call, "sum"), answer);
    }
    free(held);
    return 0;
}

static int step(void *state, const struct call *call,
                struct text *answer)
{
    struct state *s = state;

    if (call_is(call, "sum"))
        return question(s, call, answer);
    if (call_is(call, "trial") || call_is(call, "garbage")
        || call_is(call, "scarce"))
        return s->len <= SHOWN ? question(s, call, answer)
                               : MODEL_ILLEGAL;
    if (call_is(call, "ring") && add_ring(s, call) < 0)
        return MODEL_ILLEGAL;
    if (call_is(call, "object")) {
        if (s->len == MOST || call_int(call, 0) < 0
            || call_int(call, 0) > UINT32_MAX)
            return MODEL_ILLEGAL;
        s->counts[s->len++] = call_int(call, 0);
    }
    if (call_is(call, "refer")) {
        if (s->refs_len == MOST)
            return MODEL_ILLEGAL;
        refer(s, call_int(call, 0), call_int(call, 1));
    }
    return text_put(answer, "ok");
}

/* A request for memory that fails is MemoryError, however many there
 * are; then comes the answer. */
static bool accept(const struct call *call, const char *want,
                   const char *got)
{
    static const char error[] = "MemoryError ";

    while (call_is(call, "scarce")
           && strncmp(got, error, sizeof error - 1) == 0)
        got += sizeof error - 1;
    return strcmp(want, got) == 0;
}

/* ---- the cases --------------------------------------------------- */
/* Objects whose counts are right, but for `less` of one of them. */
static void make_world(struct dice *dice, int len, int refs, int less,
                       struct calls *calls)
{
    int counts[64] = {0}, from[128] = {0}, to[128] = {0};
    int wanting = -1;

    for (int i = 0; i < refs; i++) {
        from[i] = (int)dice_below(dice, (uint64_t)len);
        to[i] = (int)dice_below(dice, (uint64_t)len);
        counts[to[i]]++;
    }
    for (int i = 0; i < len; i++) {
        if (dice_below(dice, 5) == 0)
            counts[i] += (int)dice_range(dice, 1, 3);
        else if (counts[i] == 0)
            counts[i] = dice_below(dice, 2) == 0;
    }
    if (less > 0)
        counts[wanting = to[dice_below(dice, (uint64_t)refs)]] = 0;
    for (int i = 0; i < len; i++)
        calls_add(calls, "object", "i", (long long)counts[i]);
    for (int i = 0; i < refs; i++)
        calls_add(calls, "refer", "ii", (long long)from[i],
                  (long long)to[i]);
}

static void make_error(int i, struct dice *dice, struct calls *calls)
{
    static const long long far[] = { 0, 1, 1000000,
        0x7fffffffffffffff };
    int len = 1 + i % 7;

    make_world(dice, len, len, i % 3 > 0, calls);
    if (i % 3 < 2) {
        long long off = far[i % 4], to = dice_range(dice, 0, len - 1);

        off = off > 1000000 ? off : len + off;
        if (dice_below(dice, 2) == 0)
            calls_add(calls, "refer", "ii", off, to);
        else
            calls_add(calls, "refer", "ii", to, off);
    }
    calls_add(calls, "trial", "");
    calls_add(calls, "garbage", "");
}

static void make(const struct check *check, int i, struct dice *dice,
                 struct calls *calls)
{
    calls_add(calls, "open", "");
    if (check->name[0] == 'e') {                        /* errors */
        make_error(i, dice, calls);
    } else if (check->name[0] == 'l') {                 /* large */
        long long n = 200000 + dice_range(dice, 0, 999);

        calls_add(calls, "ring", "iii", 999LL, -1LL, (long long)i % 2);
        calls_add(calls, "ring", "iii", n, n / 3, (long long)i % 2);
        calls_add(calls, "sum", "");
    } else {
        if (i > 0)
            make_world(dice, 1 + i / 2, i, 0, calls);
        if (check->name[0] == 'g' && i % 4 == 3)
            calls_add(calls, "ring", "iii", (long long)i,
                      dice_range(dice, -1, i - 1),
                      dice_range(dice, 0, 1));
        calls_add(calls, check->name[0] == 'm' ? "scarce" : check->name,
                  "");
    }
    calls_add(calls, "close", "");
}

static const struct check checks[] = {
    {.name = "trial", .weight = 2, .cases = 24,
     .says = "a trial count is what comes from outside"},
    {.name = "garbage", .weight = 4, .cases = 60,
     .says = "garbage is what cannot be reached, in birth order"},
    {.name = "errors", .weight = 2, .cases = 24,
     .says = "a world that cannot be is an error"},
    {.name = "memory", .weight = 2, .cases = 12, .needs = "garbage",
     .says = "no memory is an error, and nothing is kept"},
    {.name = "large", .weight = 2, .cases = 2, .needs = "garbage",
     .says = "a ring of 200 000 takes no deep stack and no long time"},
    {0},
};

const struct model model_gc_search = {
    .exercise = "gc-search", .checks = checks, .make = make,
    .open = open_state, .step = step, .close = close_state,
    .accept = accept,
};
