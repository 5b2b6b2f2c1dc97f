/* model.c - objects-fraction: terms, equality, hash
 *
 * The terms are worked out in 128 bits.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "model.h"

enum { MOST = 16 };

__extension__ typedef __int128 wide;

struct number {
    enum { FRACTION, INT, BOOL, KIN, OTHER } kind;
    int64_t n, d;
};

struct state {
    struct number all[MOST];
    size_t len;
    bool failing, over;         /* after `fail`; after what it hit */
};

/* ---- the oracle -------------------------------------------------- */
static wide common(wide a, wide b)
{
    while (b != 0) {
        wide rest = a % b;

        a = b;
        b = rest;
    }
    return a < 0 ? -a : a;
}

static bool reduce(wide n, wide d, struct number *out)
{
    wide by = common(n, d) * (d < 0 ? -1 : 1);

    n /= by;
    d /= by;
    *out = (struct number){FRACTION, (int64_t)n, (int64_t)d};
    return n >= INT64_MIN && n <= INT64_MAX && d <= INT64_MAX;
}

static int64_t hash_of(int64_t n)
{
    int64_t hash = n % ((INT64_C(1) << 61) - 1);

    return hash == -1 ? -2 : hash;
}

static bool equal(const struct number *a, const struct number *b)
{
    if (a->kind == KIN || b->kind == KIN)
        return true;            /* the other one is a fraction */
    return a->kind != OTHER && b->kind != OTHER && a->n == b->n
           && a->d == b->d;
}

/* ---- cases ------------------------------------------------------- */
static const int64_t far[] = {
    -1, (INT64_C(1) << 61) - 1, -(INT64_C(1) << 61) + 1, INT64_MIN,
    INT64_MIN + 1, INT64_MAX, INT64_MAX - 1, INT64_C(1) << 62,
    -(INT64_C(1) << 62), INT64_C(1) << 32,
};
enum { FAR = sizeof far / sizeof *far };

static int64_t an_int(struct dice *dice)
{
    switch (dice_below(dice, 4)) {
    case 0:
        return far[dice_below(dice, FAR)];
    case 1:
        return dice_range(dice, INT64_MIN, INT64_MAX);
    default:
        return dice_range(dice, -12, 12);
    }
}

static int64_t not_zero(int64_t n)
{
    return n != 0 ? n : 1;
}

static void make_terms(int i, struct dice *dice, struct calls *calls)
{
    long long most = i < 10 ? 4 : i < 30 ? 100 : 1 << 20;
    long long by = not_zero(dice_range(dice, -12, 12));

    calls_add(calls, "new", "ii", by * dice_range(dice, -most, most),
              by * (long long)not_zero(dice_range(dice, -most, most)));
    calls_add(calls, "repr", "i", 0LL);
    calls_add(calls, "truth", "i", 0LL);
    calls_add(calls, "check", "i", 0LL);
}

static void make_edges(int i, struct dice *dice, struct calls *calls)
{
    static const int64_t pairs[][2] = {
        {7, 0}, {0, 0}, {-3, 0}, {INT64_MIN, 0}, {INT64_MIN, 1},
        {INT64_MIN, -1}, {INT64_MIN, INT64_MIN}, {1, INT64_MIN},
        {2, INT64_MIN}, {-1, INT64_MIN}, {0, INT64_MIN},
        {INT64_MIN, -2},
        {INT64_MAX, INT64_MIN}, {INT64_MIN, INT64_MAX}, {INT64_MAX, -1},
        {INT64_MIN, 2},
    };

    if (i < 16)
        calls_add(calls, "new", "ii", pairs[i][0], pairs[i][1]);
    else
        calls_add(calls, "new", "ii", an_int(dice), an_int(dice));
}

/* Something to compare with a fraction n/d: the same more often than by
 * chance. */
static void make_other(int64_t n, int64_t d, struct dice *dice,
                       struct calls *calls)
{
    long long by = dice_range(dice, 1, 3);

    switch (dice_below(dice, 7)) {
    case 0:
        calls_add(calls, "int", "i", n);
        break;
    case 1:
        calls_add(calls, "bool", "i", n & 1);
        break;
    case 2:
        calls_add(calls, "float", "i", n);
        break;
    case 3:
        calls_add(calls, "str", "s", "1");
        break;
    case 4:
        calls_add(calls, "new", "ii", n * by, d * by);
        break;
    case 5:
        calls_add(calls, "kin", "");
        break;
    default:
        calls_add(calls, "new", "ii", n + dice_range(dice, 0, 1), d);
    }
}

static void make_equal(int i, struct dice *dice, struct calls *calls)
{
    int64_t n = dice_range(dice, -9, 9), d = dice_range(dice, 1, 3);

    if (i % 3 == 0)
        d = 1;
    if (i % 4 == 0)
        n = d * (i / 4 % 2);
    calls_add(calls, "new", "ii", n, d);
    make_other(n, d, dice, calls);
    calls_add(calls, "equal", "ii", 0LL, 1LL);
    calls_add(calls, "equal", "ii", 1LL, 0LL);
}

static void make_hash(int i, struct dice *dice, struct calls *calls)
{
    if (i % 2 == 0) {
        calls_add(calls, "new", "ii",
                  i / 2 < FAR ? far[i / 2] : an_int(dice), 1LL);
        calls_add(calls, "hash", "i", 0LL);
    } else {
        long long n = dice_range(dice, -50, 50),
            d = dice_range(dice, 1, 50);
        long long by = dice_range(dice, -5, -1);

        calls_add(calls, "new", "ii", n, d);
        calls_add(calls, "new", "ii", n * by, d * by);
        calls_add(calls, "hashes", "ii", 0LL, 1LL);
    }
}

static void make_memory(int i, struct dice *dice, struct calls *calls)
{
    long long n = dice_range(dice, 300, 400),
        d = dice_range(dice, 1, 2);

    if (i % 3 == 0) {
        calls_add(calls, "fail", "i", (long long)i / 3);
        calls_add(calls, "new", "ii", n, d);
        return;
    }
    calls_add(calls, "new", "ii", n, 1LL);
    calls_add(calls, "int", "i", n);
    calls_add(calls, "fail", "i", (long long)i / 3);
    if (i % 3 == 1)
        calls_add(calls, "hash", "i", 0LL);
    else
        calls_add(calls, "equal", "ii", 1LL, 0LL);
}

static void make(const struct check *check, int i, struct dice *dice,
                 struct calls *calls)
{
    calls_add(calls, "open", "");
    switch (check->name[0]) {
    case 't': make_terms(i, dice, calls); break;
    case 'o': make_edges(i, dice, calls); break;
    case 'e': make_equal(i, dice, calls); break;
    case 'h': make_hash(i, dice, calls); break;
    case 'm': make_memory(i, dice, calls); break;
    default:
        calls_add(calls, "spread", "ii", dice_range(dice, -1000, 1000),
                  dice_range(dice, 1, 5));
    }
    calls_add(calls, "close", "");
}

/* ---- answers ----------------------------------------------------- */
static void *open_state(void)
{
    return calloc(1, sizeof(struct state));
}

static int after(struct state *s, struct text *answer)
{
    if (s->failing)
        text_put(answer, " | out of memory: MemoryError");
    s->over = s->failing;
    return 0;
}

static int step_new(struct state *s, const struct call *call,
                    struct text *answer)
{
    struct number *to = &s->all[s->len];
    long long n = call_int(call, 0), d = call_int(call, 1);

    if (d == 0)
        text_put(answer, "Fraction(%lld, 0): ZeroDivisionError", n);
    else if (!reduce(n, d, to))
        text_put(answer, "the fraction does not fit: OverflowError");
    else {
        text_put(answer, "%" PRId64 "/%" PRId64, to->n, to->d);
        s->len++;
    }
    return after(s, answer);
}

static int step_other(struct state *s, const struct call *call,
                      struct text *answer)
{
    struct number *to = &s->all[s->len++];

    *to = (struct number){OTHER, 0, 1};
    if (call_is(call, "int") || call_is(call, "bool")) {
        to->kind = call_is(call, "int") ? INT : BOOL;
        to->n = to->kind == INT ? call_int(call, 0)
                                : call_int(call, 0) != 0;
    }
    if (call_is(call, "kin"))
        to->kind = KIN;
    return text_put(answer, "ok");
}

static int step_ask(struct state *s, const struct call *call,
                    struct text *answer)
{
    const struct number *a, *b = NULL;

    for (size_t i = 0; i < call_args(call); i++)
        if (call_int(call, i) < 0
            || (size_t)call_int(call, i) >= s->len)
            return MODEL_ILLEGAL;
    a = &s->all[call_int(call, 0)];
    if (call_args(call) > 1)
        b = &s->all[call_int(call, 1)];
    if (call_is(call, "check"))
        return text_put(answer, "%d", a->kind == FRACTION);
    if (a->kind != FRACTION && (b == NULL || b->kind != FRACTION))
        return MODEL_ILLEGAL;
    if (call_is(call, "repr"))
        return text_put(answer,
                        "\"Fraction(%" PRId64 ", %" PRId64 ")\"",
                        a->n, a->d);
    if (call_is(call, "truth"))
        return text_put(answer, "%d", a->n != 0);
    if (call_is(call, "hashes") && b != NULL && b->kind != KIN)
        return text_put(answer,
                        equal(a, b) ? "same" : "same | different");
    if (call_is(call, "equal") && b != NULL)
        text_put(answer, "%d", equal(a, b));
    else if (call_is(call, "hash") && a->d == 1)
        text_put(answer, "%" PRId64, hash_of(a->n));
    else
        return MODEL_ILLEGAL;
    return after(s, answer);
}

static int step(void *state, const struct call *call,
                struct text *answer)
{
    struct state *s = state;

    s->failing |= call_is(call, "fail");
    if (s->over || s->len == MOST)
        return MODEL_ILLEGAL;
    if (call_is(call, "kin"))
        return s->failing ? MODEL_ILLEGAL : step_other(s, call, answer);
    if (call_args(call) == 0)
        return MODEL_ILLEGAL;
    if (call_is(call, "new"))
        return step_new(s, call, answer);
    if (call_is(call, "spread"))
        return text_put(answer, "all hashes, nearly all different, "
                        "0 of them -1");
    if (call_is(call, "int") || call_is(call, "bool")
        || call_is(call, "float") || call_is(call, "str"))
        return s->failing ? MODEL_ILLEGAL : step_other(s, call, answer);
    return step_ask(s, call, answer);
}

static bool accept(const struct call *call, const char *want,
                   const char *got)
{
    size_t values, different, minus;

    if (!call_is(call, "spread"))
        return accept_either(call, want, got);
    return sscanf(got, "%zu hashes, %zu different, %zu of", &values,
                  &different, &minus) == 3
           && values > 600 && values - different <= values / 100
           && minus == 0;
}

static const struct check checks[] = {
    {.name = "terms",
     .says = "lowest terms, a positive denominator, a repr",
     .weight = 4, .cases = 60},
    {.name = "overflow", .says = "nothing below the line, and 64 bits",
     .weight = 4, .cases = 60},
    {.name = "equal", .says = "equal to fractions, ints and bools",
     .weight = 4, .cases = 80},
    {.name = "hash", .says = "what is equal hashes alike", .weight = 4,
     .cases = 40},
    {.name = "spread", .says = "what differs hashes differently",
     .weight = 2, .cases = 6, .needs = "hash"},
    {.name = "memory", .says = "each request may fail", .weight = 2,
     .cases = 12},
    {0},
};

const struct model model_objects_fraction = {
    .exercise = "objects-fraction", .checks = checks, .make = make,
    .open = open_state, .step = step, .close = free, .accept = accept,
};
