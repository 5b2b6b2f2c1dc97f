/* model.c - pools-map: classes of three steps */
#include <stdlib.h>

#include "model.h"

enum { CLASSES = 16, LARGEST = 512, MOST = 64 };

struct state {
    long long requests[MOST];
    size_t len;
};

static long long size_of(long long class)
{
    if (class < 0 || class >= CLASSES)
        return 0;
    return class < 8    ? 16 * (class + 1)
           : class < 12 ? 128 + 32 * (class - 7)
                        : 256 + 64 * (class - 11);
}

static int class_of(long long request)
{
    for (int class = 0; class < CLASSES; class++)
        if (size_of(class) >= request)
            return class;
    return -1;
}

static long long waste(const struct state *s)
{
    long long sum = 0;

    for (size_t i = 0; i < s->len; i++)
        if (class_of(s->requests[i]) >= 0)
            sum += size_of(class_of(s->requests[i])) - s->requests[i];
    return sum;
}

/* Near a border more often than by chance. */
static long long a_request(struct dice *dice)
{
    long long class = dice_range(dice, 0, CLASSES - 1);

    if (dice_below(dice, 2) == 0)
        return dice_range(dice, 1, LARGEST);
    return size_of(class) + dice_range(dice, -1, class < CLASSES - 1);
}

static void make_waste(int i, struct dice *dice, struct calls *calls)
{
    for (int n = 0; n < i && n < MOST; n++) {
        bool large = dice_below(dice, 6) == 0;

        calls_add(calls, "request", "i",
                  large ? dice_range(dice, LARGEST + 1, 1 << 20)
                        : a_request(dice));
    }
    calls_add(calls, "waste", "");
}

static void make(const struct check *check, int i, struct dice *dice,
                 struct calls *calls)
{
    static const long long far[] = {
        513, 514, 528, 576, 1 << 20, (1LL << 31) + 8, (1LL << 32) + 16,
        0x7fffffffffffffff
    };

    if (check->name[0] == 'n') {                            /* number */
        calls_add(calls, "classes", "");
        calls_add(calls, "size", "i", dice_range(dice, 0, CLASSES - 1));
    } else if (check->name[0] == 'c') {                     /* class */
        for (int n = 0; n < 24; n++)
            calls_add(calls, "class", "i", a_request(dice));
    } else if (check->name[0] == 's') {                     /* size */
        calls_add(calls, "size", "i", (long long)i % CLASSES);
    } else if (check->name[0] == 'e') {                     /* edges */
        calls_add(calls, "class", "i", 0LL);
        calls_add(calls, "size", "i", dice_range(dice, -3, -1));
        calls_add(calls, "size", "i", (long long)CLASSES + i % 3);
        calls_add(calls, "class", "i", far[i % 8]);
    } else {
        make_waste(i, dice, calls);
    }
}

static void *open_state(void)
{
    return calloc(1, sizeof(struct state));
}

static int step(void *state, const struct call *call,
                struct text *answer)
{
    struct state *s = state;

    if (call_is(call, "classes"))
        return text_put(answer, "%d", CLASSES);
    if (call_is(call, "class") && call_int(call, 0) >= 0)
        return text_put(answer, "%d", class_of(call_int(call, 0)));
    if (call_is(call, "size"))
        return text_put(answer, "%lld", size_of(call_int(call, 0)));
    if (call_is(call, "waste"))
        return text_put(answer, "%lld", waste(s));
    if (call_is(call, "request") && s->len < MOST
        && call_int(call, 0) > 0) {
        s->requests[s->len++] = call_int(call, 0);
        return text_put(answer, "ok");
    }
    return MODEL_ILLEGAL;
}

static const struct check checks[] = {
    {.name = "number", .says = "there are as many classes as sizes",
     .weight = 1, .cases = 4},
    {.name = "size", .says = "every class has its size", .weight = 2,
     .cases = 16},
    {.name = "class", .says = "a request goes to the smallest block",
     .weight = 3, .cases = 20},
    {.name = "edges", .says = "nothing, too much, and no class at all",
     .weight = 2, .cases = 12},
    {.name = "waste",
     .says = "waste is what blocks have beyond requests",
     .weight = 2, .cases = 40},
    {0},
};

const struct model model_pools_map = {
    .exercise = "pools-map", .checks = checks, .make = make,
    .open = open_state, .step = step, .close = free,
};
