/* model.c - pools-guard: the same bytes, once more */
#include <stdlib.h>
#include <string.h>

#include "model.h"

enum { MOST = 512, HEAD = 16 };

struct state {
    long long size;             /* of the client's part; -1: no block */
    long long all;
    unsigned char bytes[MOST];
};

static void *open_state(void)
{
    struct state *s = calloc(1, sizeof *s);

    s->size = -1;
    return s;
}

static long long all_of(long long size)
{
    long long n = HEAD + size + 8;

    while (n % 16 != 0)
        n++;
    return n;
}

static int say_size(const struct call *c, struct text *answer)
{
    /* as the driver hands it on; -1 is the largest there is */
    uint64_t size = (uint64_t)call_int(c, 0);

    if (size > (uint64_t)-1 - 24 - 15)
        return text_put(answer, "0");
    return text_put(answer, "%llu",
                    (unsigned long long)((size + 24 + 15) & ~15ULL));
}

static int dress(struct state *s, const struct call *c,
                 struct text *answer)
{
    long long size = call_int(c, 1);

    if (size < 0 || size > MOST - 64 || call_int(c, 0) != all_of(size))
        return MODEL_ILLEGAL;
    s->size = size;
    s->all = all_of(size);
    for (long long i = 0; i < s->all; i++)
        s->bytes[i] = i < 6 ? 0 : i == 6 ? (unsigned char)(size / 256)
                      : i == 7 ? (unsigned char)(size % 256)
                      : i >= HEAD && i < HEAD + size ? 0xcd : 0xfd;
    return text_put(answer, "16");
}

/* ---- looking ----------------------------------------------------- */
static bool all_dead(const unsigned char *bytes, long long n)
{
    while (n > 0 && bytes[n - 1] == 0xdd)
        n--;
    return n == 0;
}

/* A digit of the enum, and where. */
static int look(const struct state *s, long long size, long long *at)
{
    unsigned long long said = 0;

    *at = 0;
    if (all_dead(s->bytes, HEAD))
        return 4;
    for (long long i = -1; i >= -8; i--)
        if (s->bytes[HEAD + i] != 0xfd)
            return *at = i, 1;
    for (int i = 0; i < 8; i++)
        said = said * 256 + s->bytes[i];
    if (said != (unsigned long long)size)
        return 3;
    for (long long i = size; i < s->all - HEAD; i++)
        if (s->bytes[HEAD + i] != 0xfd)
            return *at = i, 2;
    return 0;
}

static int say_look(const struct state *s, long long size,
                    struct text *answer)
{
    static const char *const names[] = {
        "whole", "front", "behind", "size", "dead"
    };
    long long at;
    int fault = look(s, size, &at);

    return text_put(answer, "%s %lld", names[fault], at);
}

static int bury(struct state *s, long long size, struct text *answer)
{
    long long at;
    int fault = look(s, size, &at);

    if (fault == 0)
        memset(s->bytes, 0xdd, (size_t)s->all);
    return text_put(answer, "%d", fault);
}

static int used(const struct state *s, struct text *answer)
{
    for (long long i = 0; i < s->all; i++)
        if (s->bytes[i] != 0xdd)
            return text_put(answer, "1 %lld", i - HEAD);
    return text_put(answer, "0 0");
}

static int step(void *state, const struct call *c, struct text *answer)
{
    struct state *s = state;

    if (call_is(c, "size"))
        return say_size(c, answer);
    if (call_is(c, "dress"))
        return dress(s, c, answer);
    if (s->size < 0)
        return MODEL_ILLEGAL;
    if (call_is(c, "bytes")) {
        text_put(answer, "bytes");
        for (long long i = 0; i < s->all; i++)
            text_put(answer, "%s%02x", i % 8 == 0 ? " " : "",
                     s->bytes[i]);
        return 0;
    }
    long long n = call_args(c) > 0 ? call_int(c, 0) : -1;
    if (call_is(c, "poke")) {
        if (n < -HEAD || n >= s->all - HEAD)
            return MODEL_ILLEGAL;
        s->bytes[HEAD + n] = (unsigned char)call_int(c, 1);
        return text_put(answer, "ok");
    }
    if (call_is(c, "look") && n >= 0)
        return say_look(s, n, answer);
    if (call_is(c, "bury") && n >= 0)
        return bury(s, n, answer);
    return call_is(c, "used") && n == s->size ? used(s, answer)
                                              : MODEL_ILLEGAL;
}

/* ---- the cases --------------------------------------------------- */
static long long a_byte(struct dice *dice)
{
    static const unsigned char likely[] = {
        0, 1, 'x', 0x7f, 0xff, 0xcd, 0xdd, 0xfd
    };

    return likely[dice_below(dice, sizeof likely)];
}

static void poke(struct dice *dice, struct calls *calls, long long low,
                 long long high)
{
    calls_add(calls, "poke", "ii", dice_range(dice, low, high),
              a_byte(dice));
}

static void make_sizes(struct dice *dice, struct calls *calls)
{
    static const long long far[] = { 0, 1, 8, 9, 24, -1, -8, -16,
                                     -24, -39, -40, -41 };

    for (size_t k = 0; k < sizeof far / sizeof *far; k++)
        calls_add(calls, "size", "i", far[k]);
    for (int k = 0; k < 8; k++)
        calls_add(calls, "size", "i", dice_range(dice, 0, 4096));
}

static void make(const struct check *check, int i, struct dice *dice,
                 struct calls *calls)
{
    long long size = i < 20 ? i : dice_range(dice, 0, 400);
    long long rest = all_of(size) - HEAD, other;
    char which = check->name[0];

    if (check->name[1] == 'i') {                        /* sizes */
        make_sizes(dice, calls);
        return;
    }
    calls_add(calls, "dress", "ii", all_of(size), size);
    if (which == 'd') {                                 /* dressed */
        calls_add(calls, "bytes", "");
        if (size > 0)
            poke(dice, calls, 0, size - 1);
        calls_add(calls, "look", "i", size);
    } else if (which == 'f') {                          /* front */
        for (int k = 0; k <= i % 3; k++)
            poke(dice, calls, -8, -1);
        calls_add(calls, "look", "i", size);
    } else if (which == 'b') {                          /* behind */
        for (int k = 0; k <= i % 3; k++)
            poke(dice, calls, i % 5 ? size : rest - 1, rest - 1);
        if (i % 4 == 3)
            poke(dice, calls, -8, -1);
        calls_add(calls, "look", "i", size);
    } else if (which == 's') {                          /* same */
        other = i % 2 ? dice_range(dice, size, size + 999)
                      : dice_range(dice, 0, size);
        other = i % 3 == 2 ? size : other;
        if (i % 3 == 2)
            calls_add(calls, "poke", "ii", -16LL + i / 3 % 8,
                      dice_range(dice, 2, 255));
        else if (i % 3 == 1)
            poke(dice, calls, size, rest - 1);
        calls_add(calls, "look", "i", other);
        calls_add(calls, "bury", "i", other);
        calls_add(calls, "bytes", "");
    } else {                                            /* end */
        if (i % 4 == 3)
            poke(dice, calls, i % 8 == 3 ? -8 : size, rest - 1);
        calls_add(calls, "bury", "i", size);
        calls_add(calls, "bytes", "");
        calls_add(calls, "look", "i", size);
        calls_add(calls, "bury", "i", size);
        for (int k = 0; k < i % 3; k++)
            poke(dice, calls, i % 2 ? -16 : size, rest - 1);
        calls_add(calls, "used", "i", size);
        calls_add(calls, "look", "i", size);
    }
}

static const struct check checks[] = {
    {.name = "sizes", .weight = 1, .cases = 4,
     .says = "a dressed block has room for its guards"},
    {.name = "dressed", .weight = 2, .cases = 24, .needs = "sizes",
     .says = "all bytes are as they should be"},
    {.name = "front", .weight = 2, .cases = 40, .needs = "dressed",
     .says = "the nearest damaged byte in front is told"},
    {.name = "behind", .weight = 2, .cases = 40, .needs = "dressed",
     .says = "the nearest damaged byte behind is told"},
    {.name = "same", .weight = 1, .cases = 30, .needs = "dressed",
     .says = "another size is told, and nothing behind is read"},
    {.name = "end", .weight = 2, .cases = 40, .needs = "dressed",
     .says = "a buried block is dead, and tells who writes to it"},
    {0},
};

const struct model model_pools_guard = {
    .exercise = "pools-guard", .checks = checks, .make = make,
    .open = open_state, .step = step, .close = free,
};
