/* model.c - containers-sort: elements are a key and where they were */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "model.h"

enum { MOST = 2000, SHOWN = 300, SHARE = 10000 };

struct state {
    long long all[MOST];
    size_t len;
    bool open, failing, over;   /* after `fail`; after what it hit */
};

/* ---- cases ------------------------------------------------------- */
static void add_keys(size_t n, long long different, struct dice *dice,
                     struct calls *calls)
{
    char keys[MOST];

    for (size_t i = 0; i < n; i++)
        keys[i] = (char)(dice_range(dice, 'a', 'a' + different - 1));
    calls_add(calls, "keys", "b", keys, n);
}

static void make_large(size_t n, struct dice *dice, struct calls *calls)
{
    add_keys(n, 150, dice, calls);
    calls_add(calls, "quick", "");
    for (size_t i = 0; n > 0 && i < 10; i++)
        calls_add(calls, "at", "i", (long long)dice_below(dice, n));
}

static void make(const struct check *check, int i, struct dice *dice,
                 struct calls *calls)
{
    long long at;

    calls_add(calls, "open", "");
    calls_add(calls, "new", "");
    switch (check->name[0]) {
    case 'o':                                           /* order */
        add_keys((size_t)i, i % 2 ? 26 : 3, dice, calls);
        calls_add(calls, "sort", "ii", 0LL, 0LL);
        break;
    case 'q':                                           /* questions */
        make_large(i < 20 ? (size_t)i : (size_t)i * 20, dice, calls);
        break;
    case 'f':                                           /* failure */
        add_keys((size_t)i / 2 + 2, 26, dice, calls);
        at = dice_range(dice, 0, i / 2);
        calls_add(calls, "sort", "ii", 1LL, at);
        break;
    case 'c':                                           /* changes */
        add_keys((size_t)i / 7 + 2, 26, dice, calls);
        at = dice_range(dice, 0, i / 7);
        calls_add(calls, "sort", "ii", 2LL + i % 7, at);
        break;
    case 'm':                                           /* memory */
        add_keys((size_t)i / 8 + 2, 26, dice, calls);
        calls_add(calls, "fail", "i", (long long)i % 8);
        calls_add(calls, "sort", "ii", i % 3 ? 0LL : 9LL, 0LL);
        break;
    default:                                            /* speed */
        make_large(1500, dice, calls);
    }
    calls_add(calls, "close", "");
}

/* ---- answers ----------------------------------------------------- */
static void *open_state(void)
{
    return calloc(1, sizeof(struct state));
}

static void put_list(const struct state *s, struct text *answer)
{
    text_put(answer, " \"[");
    for (size_t i = 0; i < s->len; i++)
        text_put(answer, "%s%lld", i > 0 ? ", " : "", s->all[i]);
    text_put(answer, "]\"");
}

static int by_key(const void *a, const void *b)
{
    long long m = *(const long long *)a, n = *(const long long *)b;

    if (m / SHARE != n / SHARE)
        return m / SHARE < n / SHARE ? -1 : 1;
    return (m > n) - (m < n);
}

/* Is each element still where its last digits say?  Then the order of
 * the whole numbers is the stable one. */
static bool fresh(const struct state *s)
{
    for (size_t i = 1; i < s->len; i++)
        if (s->all[i] % SHARE <= s->all[i - 1] % SHARE)
            return false;
    return true;
}

static int step_keys(struct state *s, const struct call *call,
                     struct text *answer)
{
    size_t size;
    const char *keys = call_text(call, 0, &size);

    if (size > MOST - s->len || !fresh(s))
        return MODEL_ILLEGAL;
    for (size_t i = 0; i < size; i++) {
        if ((unsigned char)keys[i] < 'a')
            return MODEL_ILLEGAL;
        s->all[s->len] = (long long)(unsigned char)keys[i] * SHARE
                         + (long long)s->len;
        s->len++;
    }
    return text_put(answer, "ok");
}

/* What the stranger does to the list; true: it is another one. */
static bool change(struct state *s, long long mode)
{
    switch (mode) {
    case 2:
        s->all[s->len++] = 77;
        return true;
    case 3:
        memmove(s->all, s->all + 1, --s->len * sizeof *s->all);
        return true;
    case 4:
        s->all[0] = 77;
        return true;
    case 5: case 7:
        s->len = 0;
        return true;
    case 8:
        for (size_t i = 0, j = s->len; i + 1 < j; i++) {
            long long item = s->all[i];

            s->all[i] = s->all[--j];
            s->all[j] = item;
        }
        return true;
    default:
        return false;
    }
}

static int step_sort(struct state *s, long long mode, long long at,
                     struct text *answer)
{
    bool asked = s->len > 1;

    if (mode < 0 || mode > 9 || s->len > SHOWN || !fresh(s)
        || at < 0 || (asked && (size_t)at > s->len - 2))
        return MODEL_ILLEGAL;
    if (s->failing) {
        if (mode != 0 && mode != 9)
            return MODEL_ILLEGAL;
        text_put(answer, "-1 out of memory: MemoryError");
        put_list(s, answer);
        text_put(answer, " | ");
        s->over = true;
    }
    bool changed = asked && change(s, mode);
    if (asked && (mode == 1 || mode == 7))
        text_put(answer, "-1 question %lld: RuntimeError", at + 1);
    else if (changed)
        text_put(answer, "-1 list modified during sort: ValueError");
    else {
        text_put(answer, "0 : none");
        qsort(s->all, s->len, sizeof *s->all, by_key);
    }
    put_list(s, answer);
    return 0;
}

static int step(void *state, const struct call *call,
                struct text *answer)
{
    struct state *s = state;

    s->failing |= call_is(call, "fail");
    if (s->over)
        return MODEL_ILLEGAL;
    if (call_is(call, "new") && !s->failing) {
        s->open = true;
        s->len = 0;
        return text_put(answer, "ok");
    }
    if (!s->open)
        return MODEL_ILLEGAL;
    if (call_is(call, "sort"))
        return step_sort(s, call_int(call, 0), call_int(call, 1),
                         answer);
    if (s->failing)
        return MODEL_ILLEGAL;
    if (call_is(call, "keys"))
        return step_keys(s, call, answer);
    if (call_is(call, "quick") && fresh(s)) {
        size_t levels = 0;

        while ((size_t)1 << levels < s->len)
            levels++;
        qsort(s->all, s->len, sizeof *s->all, by_key);
        return text_put(answer, "0, asked at most %zu times",
                        s->len * levels);
    }
    if (call_is(call, "at") && call_int(call, 0) >= 0
        && (size_t)call_int(call, 0) < s->len)
        return text_put(answer, "\"%lld\"", s->all[call_int(call, 0)]);
    return MODEL_ILLEGAL;
}

static bool accept(const struct call *call, const char *want,
                   const char *got)
{
    size_t most, asked;
    int rv, end = 0;

    if (!call_is(call, "quick"))
        return accept_either(call, want, got);
    return sscanf(want, "0, asked at most %zu", &most) == 1
           && sscanf(got, "%d, asked %zu times%n", &rv, &asked,
                     &end) == 2
           && got[end] == '\0' && rv == 0 && asked <= most;
}

static const struct check checks[] = {
    {.name = "order",
     .says = "elements come in order, equal ones as before",
     .weight = 6, .cases = 40},
    {.name = "questions",
     .says = "the order function is not asked too often",
     .weight = 4, .cases = 30, .needs = "order"},
    {.name = "failure", .says = "after its error the list is as it was",
     .weight = 5, .cases = 30, .needs = "order"},
    {.name = "changes",
     .says = "a change of the list is seen, and kept",
     .weight = 6, .cases = 84, .needs = "order"},
    {.name = "memory", .says = "each request may fail", .weight = 5,
     .cases = 80, .needs = "order"},
    {.name = "speed", .says = "it costs at most twice as much as ours",
     .weight = 4, .cases = 2, .needs = "questions", .builds = "count",
     .ratio = 2.0},
    {0},
};

const struct model model_containers_sort = {
    .exercise = "containers-sort", .checks = checks, .make = make,
    .open = open_state, .step = step, .close = free, .accept = accept,
};
