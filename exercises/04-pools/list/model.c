/* model.c - pools-list: a stack of what was given back, and a border */
#include <stdlib.h>

#include "model.h"

enum { POOLS = 2, POOL = 65536, HEAD = 64, BLOCKS = 4096,
      SLOTS = 8192 };

struct pool {
    long long size;             /* of a block; 0: not made */
    long long fresh;
    long long back[BLOCKS];     /* given back, the newest at the end */
    long long len, taken;
    long long touched;          /* nothing may be, from here on */
};

struct slot {
    struct pool *pool;          /* NULL: nothing is here */
    long long at;               /* -1: there was none */
};

struct state {
    struct pool pools[POOLS];
    struct slot slots[SLOTS];
};

static void *open_state(void)
{
    return calloc(1, sizeof(struct state));
}

static struct pool *pool_of(struct state *s, const struct call *call)
{
    long long i = call_int(call, 0);

    return i >= 0 && i < POOLS && s->pools[i].size > 0 ? &s->pools[i]
                                                         : NULL;
}

static int init(struct state *s, const struct call *call)
{
    long long i = call_int(call, 0), size = call_int(call, 1);

    if (i < 0 || i >= POOLS || size < 16 || size > 512 || size % 16 != 0
        || s->pools[i].taken > 0)
        return MODEL_ILLEGAL;
    s->pools[i] = (struct pool){.size = size, .fresh = HEAD};
    return 0;
}

static long long take(struct pool *p)
{
    long long at;

    if (p->len > 0) {
        at = p->back[--p->len];
    } else {
        if (p->fresh > POOL - p->size)
            return -1;
        at = p->fresh;
        p->fresh += p->size;
    }
    p->taken++;
    return at;
}

static int say_take(struct state *s, const struct call *call,
                    struct text *answer)
{
    struct pool *p = pool_of(s, call);
    long long i = call_int(call, 1);

    if (p == NULL || i < 0 || i >= SLOTS || s->slots[i].pool != NULL)
        return MODEL_ILLEGAL;
    s->slots[i] = (struct slot){p, take(p)};
    if (s->slots[i].at < 0)
        return text_put(answer, "NULL");
    return text_put(answer, "%c+%lld", (int)('A' + (p - s->pools)),
                    s->slots[i].at);
}

static int give(struct state *s, const struct call *call,
                struct text *answer)
{
    long long i = call_int(call, 0);

    if (i < 0 || i >= SLOTS)
        return MODEL_ILLEGAL;
    struct slot *slot = &s->slots[i];
    if (slot->pool != NULL && slot->at >= 0) {
        slot->pool->back[slot->pool->len++] = slot->at;
        slot->pool->taken--;
    }
    *slot = (struct slot){NULL, 0};
    return text_put(answer, "0 bytes changed");
}

static int run(struct state *s, const struct call *call,
               struct text *answer)
{
    struct pool *p = pool_of(s, call);
    long long width = call_int(call, 2);

    if (p == NULL || width < 1 || width > 64 || call_int(call, 1) < 1
        || width > p->len + (POOL - p->fresh) / p->size)
        return MODEL_ILLEGAL;
    for (long long i = 0; i < call_int(call, 1) % 2 + 2; i++) {
        long long blocks[64];

        for (long long k = 0; k < width; k++)
            blocks[k] = take(p);
        for (long long k = 0; k < width; k++)
            p->back[p->len++] = blocks[k];
        p->taken -= width;
    }
    return text_put(answer, "0 failed");
}

static int step(void *state, const struct call *call,
                struct text *answer)
{
    struct state *s = state;

    if (call_is(call, "init"))
        return init(s, call) < 0 ? MODEL_ILLEGAL
                                 : text_put(answer, "ok");
    if (call_is(call, "take"))
        return say_take(s, call, answer);
    if (call_is(call, "give"))
        return give(s, call, answer);
    if (call_is(call, "run"))
        return run(s, call, answer);
    struct pool *p = pool_of(s, call);
    if (call_is(call, "pool") && call_int(call, 1) >= 0
        && call_int(call, 1) < POOL && call_int(call, 0) >= 0
        && call_int(call, 0) < POOLS)
        return text_put(answer, "%c+0", (int)('A' + call_int(call, 0)));
    if (call_is(call, "numbers") && p != NULL)
        return text_put(answer, "%lld of %lld", p->taken,
                        (POOL - HEAD) / p->size);
    if (call_is(call, "touched") && p != NULL
        && call_int(call, 1) == p->fresh)
        return text_put(answer, "0");
    return MODEL_ILLEGAL;
}

/* ---- the cases --------------------------------------------------- */
struct making {
    struct dice *dice;
    struct calls *calls;
    long long sizes[POOLS], room[POOLS];
    long long live[POOLS][SLOTS], len[POOLS];
    long long most[POOLS];      /* ever taken at a time */
    long long slots;            /* used so far */
};

static long long a_size(struct dice *dice)
{
    return dice_below(dice, 3) == 0 ? 16 : 16 * dice_range(dice, 1, 32);
}

static void start(struct making *m, int pool, long long size)
{
    m->sizes[pool] = size;
    m->room[pool] = (POOL - HEAD) / size;
    calls_add(m->calls, "init", "ii", (long long)pool, size);
}

static void add_take(struct making *m, int pool)
{
    calls_add(m->calls, "take", "ii", (long long)pool, m->slots);
    if (m->len[pool] < m->room[pool])
        m->live[pool][m->len[pool]++] = m->slots;
    if (m->len[pool] > m->most[pool])
        m->most[pool] = m->len[pool];
    m->slots++;
}

static void add_give(struct making *m, int pool)
{
    long long *live = m->live[pool];
    long long i = (long long)dice_below(m->dice,
                                        (uint64_t)m->len[pool]);

    calls_add(m->calls, "give", "i", live[i]);
    live[i] = live[--m->len[pool]];
}

static void make_blocks(struct making *m, int i)
{
    for (int k = 0; k < 2 + 2 * i; k++) {
        int pool = (int)dice_below(m->dice, POOLS);

        if (m->len[pool] > 0 && dice_below(m->dice, 5) < 2)
            add_give(m, pool);
        else
            add_take(m, pool);
    }
    calls_add(m->calls, "numbers", "i", 0LL);
    calls_add(m->calls, "numbers", "i", 1LL);
}

/* To the end, and a little further; some come back. */
static void make_full(struct making *m)
{
    long long size = 16 * dice_range(m->dice, 24, 32);

    start(m, 0, size);
    for (long long k = 0; k < m->room[0] + 2; k++)
        add_take(m, 0);
    calls_add(m->calls, "numbers", "i", 0LL);
    for (int k = 0; k < 5; k++)
        add_give(m, 0);
    for (int k = 0; k < 6; k++)
        add_take(m, 0);
    calls_add(m->calls, "numbers", "i", 0LL);
}

static void make_lazy(struct making *m, int i)
{
    start(m, 0, a_size(m->dice));
    calls_add(m->calls, "touched", "ii", 0LL, (long long)HEAD);
    for (int k = 0; k < i; k++) {
        if (m->len[0] > 0 && dice_below(m->dice, 3) == 0)
            add_give(m, 0);
        else
            add_take(m, 0);
    }
    calls_add(m->calls, "touched", "ii", 0LL,
              HEAD + m->most[0] * m->sizes[0]);
}

static void make_pool(struct making *m)
{
    static const long long some[] = { 0, 1, 64, 32768, 65535 };

    for (int k = 0; k < 5; k++)
        calls_add(m->calls, "pool", "ii", (long long)k % 2, some[k]);
    for (int k = 0; k < 6; k++)
        calls_add(m->calls, "pool", "ii", dice_range(m->dice, 0, 1),
                  dice_range(m->dice, 0, POOL - 1));
}

static void make(const struct check *check, int i, struct dice *dice,
                 struct calls *calls)
{
    struct making *m = calloc(1, sizeof *m);

    m->dice = dice;
    m->calls = calls;
    if (check->name[0] == 'p') {                            /* pool */
        make_pool(m);
    } else if (check->name[0] == 'f') {                     /* full */
        make_full(m);
    } else if (check->name[0] == 'u') {                  /* untouched */
        make_lazy(m, i);
    } else if (check->name[0] == 's') {                     /* speed */
        start(m, 0, a_size(dice));
        calls_add(calls, "run", "iii", 0LL, 2000LL, 1LL);
        calls_add(calls, "run", "iii", 0LL, 60LL, 60LL);
    } else {
        start(m, 0, a_size(dice));
        start(m, 1, a_size(dice));
        if (check->name[0] == 'n')                        /* nothing */
            calls_add(calls, "give", "i", (long long)i);
        make_blocks(m, i);
    }
    free(m);
}

static const struct check checks[] = {
    {.name = "pool", .weight = 1, .cases = 4,
     .says = "a mask leads from each byte to its pool"},
    {.name = "blocks", .weight = 4, .cases = 40,
     .says = "the block that came back last goes out first, whole"},
    {.name = "nothing", .weight = 1, .cases = 4, .needs = "blocks",
     .says = "to give NULL back does nothing"},
    {.name = "full", .weight = 2, .cases = 8, .needs = "blocks",
     .says = "a pool gives all its blocks, and no more"},
    {.name = "untouched", .weight = 2, .cases = 20, .needs = "blocks",
     .says = "what was never taken is not touched"},
    {.name = "speed", .weight = 2, .cases = 4, .needs = "blocks",
     .builds = "count", .ratio = 2.0,
     .says = "taking and giving are a dozen instructions"},
    {0},
};

const struct model model_pools_list = {
    .exercise = "pools-list", .checks = checks, .make = make,
    .open = open_state, .step = step, .close = free,
};
