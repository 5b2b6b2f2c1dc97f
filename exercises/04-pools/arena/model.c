/* model.c - pools-arena: places in a row, each with eight pools */
#include <stdlib.h>
#include <string.h>

#include "model.h"

enum { PLACES = 80, POOLS = 8, SLOTS = 1024, MOST = 64 };

struct state {
    bool out[PLACES];
    bool taken[PLACES][POOLS];
    int count[PLACES];
    struct slot {
        bool used;
        int place, pool;        /* place -1: there was none */
    } slots[SLOTS];
    long long left, asked;
};

static void *open_state(void)
{
    struct state *s = calloc(1, sizeof *s);

    s->left = PLACES;
    return s;
}

static int arenas(const struct state *s, bool open)
{
    int n = 0;

    for (int i = 0; i < PLACES; i++)
        n += s->out[i] && (!open || s->count[i] < POOLS);
    return n;
}

static int another(struct state *s)
{
    if (arenas(s, false) == MOST)
        return -1;
    s->asked++;
    for (int i = 0; i < PLACES && s->left > 0; i++) {
        if (s->out[i])
            continue;
        s->out[i] = true;
        s->left--;
        return i;
    }
    return -1;
}

/* From full to empty, and there from low to high. */
static int place_for_next(struct state *s)
{
    for (int count = POOLS - 1; count >= 0; count--)
        for (int i = 0; i < PLACES; i++)
            if (s->out[i] && s->count[i] == count)
                return i;
    return another(s);
}

static int take(struct state *s, struct slot *slot, struct text *answer)
{
    int i = place_for_next(s), pool = 0;

    *slot = (struct slot){true, i, 0};
    if (i < 0)
        return text_put(answer, "none");
    while (s->taken[i][pool])
        pool++;
    s->taken[i][pool] = true;
    s->count[i]++;
    slot->pool = pool;
    return text_put(answer, "%d.%d", i, pool);
}

static void back(struct state *s, int i)
{
    s->out[i] = false;
    s->left++;
    s->asked++;
}

static int say_arenas(const struct state *s, const char *what,
                      struct text *answer)
{
    text_put(answer, "%s arenas", what);
    for (int i = 0; i < PLACES; i++)
        if (s->out[i])
            text_put(answer, " %d", i);
    return 0;
}

static int give(struct state *s, struct slot *slot, struct text *answer)
{
    if (slot->place >= 0) {
        s->taken[slot->place][slot->pool] = false;
        s->count[slot->place]--;
        for (int i = PLACES; i-- > 0; )
            if (s->out[i] && s->count[i] == 0 && arenas(s, true) > 1)
                back(s, i);
    }
    *slot = (struct slot){false, 0, 0};
    return say_arenas(s, "ok", answer);
}

static int end(struct state *s, struct text *answer)
{
    for (int i = 0; i < PLACES; i++) {
        if (s->out[i])
            back(s, i);
        for (int k = 0; k < POOLS; k++)
            s->taken[i][k] = false;
        s->count[i] = 0;
    }
    for (int i = 0; i < SLOTS; i++)
        s->slots[i].used = false;
    return say_arenas(s, "closed", answer);
}

static int step(void *state, const struct call *c, struct text *answer)
{
    struct state *s = state;

    if (call_is(c, "end"))
        return end(s, answer);
    if (call_is(c, "asked"))
        return text_put(answer, "%lld", s->asked);
    long long n = call_args(c) > 0 ? call_int(c, 0) : -1;
    if (call_is(c, "left") && n >= 0 && n <= PLACES) {
        s->left = n;
        return text_put(answer, "ok");
    }
    if (n < 0 || n >= SLOTS)
        return MODEL_ILLEGAL;
    if (call_is(c, "take") && !s->slots[n].used)
        return take(s, &s->slots[n], answer);
    if (call_is(c, "give") && s->slots[n].used)
        return give(s, &s->slots[n], answer);
    return MODEL_ILLEGAL;
}

/* ---- the cases --------------------------------------------------- */
struct making {
    struct dice *dice;
    struct calls *calls;
    long long live[SLOTS], len, next;
};

static void add_take(struct making *m)
{
    if (m->next == SLOTS)
        return;
    calls_add(m->calls, "take", "i", m->next);
    m->live[m->len++] = m->next++;
}

static void add_give(struct making *m, long long i)
{
    calls_add(m->calls, "give", "i", m->live[i]);
    m->len--;
    memmove(&m->live[i], &m->live[i + 1],
            (size_t)(m->len - i) * sizeof m->live[0]);
}

static void give_any(struct making *m)
{
    if (m->len > 0)
        add_give(m, (long long)dice_below(m->dice, (uint64_t)m->len));
}

/* Up and down, at random. */
static void make_life(struct making *m, int i)
{
    for (int k = 0; k < 8 + 3 * i; k++)
        add_take(m);
    for (int k = 0; k < 4 + 4 * i; k++) {
        if (dice_below(m->dice, 5) < 3)
            give_any(m);
        else
            add_take(m);
    }
}

/* The first of four full arenas goes; the others have as many each. */
static void make_tie(struct making *m)
{
    for (int k = 0; k < 4 * POOLS; k++)
        add_take(m);
    for (int k = 3; k > 0; k--)
        add_give(m, k * POOLS + (long long)dice_below(m->dice, POOLS));
    for (int k = 0; k < POOLS; k++)
        add_give(m, 0);
    for (int k = 0; k < 4; k++)
        add_take(m);
}

static void make_first(struct making *m, int i)
{
    for (int k = 0; k < 2 + 3 * i; k++) {
        add_take(m);
        if (dice_below(m->dice, 3) == 0)
            add_give(m, m->len - 1);
    }
}

/* Full arenas; then one pool comes and goes. */
static void make_swing(struct making *m, int i)
{
    for (int k = 0; k < POOLS * (i % 4); k++)
        add_take(m);
    for (int k = 0; k < 3 + i; k++) {
        add_take(m);
        add_give(m, m->len - 1);
    }
    calls_add(m->calls, "asked", "");
    for (int k = 0; k < i; k++)
        give_any(m);
    calls_add(m->calls, "asked", "");
}

static void make_short(struct making *m, int i)
{
    bool all = i % 4 == 3;      /* as many as the books have room for */
    long long arenas = all ? MOST : 1 + i % 3;

    if (!all)
        calls_add(m->calls, "left", "i", arenas);
    for (long long k = 0; k < arenas * POOLS + 2; k++)
        add_take(m);
    for (int k = 0; k < 3; k++)
        give_any(m);
    for (int k = 0; k < 4; k++)
        add_take(m);
    calls_add(m->calls, "asked", "");
}

static void make(const struct check *check, int i, struct dice *dice,
                 struct calls *calls)
{
    struct making *m = calloc(1, sizeof *m);

    m->dice = dice;
    m->calls = calls;
    switch (check->name[0]) {
    case 'f':                                           /* first */
        make_first(m, i);
        break;
    case 'l':                                           /* life */
        if (i % 4 == 3)
            make_tie(m);
        else
            make_life(m, i);
        break;
    case 's':                                           /* swing */
        make_swing(m, i);
        break;
    case 'n':                                           /* none */
        make_short(m, i);
        break;
    default:                                            /* close */
        make_life(m, i);
        calls_add(calls, "end", "");
        m->len = 0;
        for (int k = 0; k < i; k++)
            add_take(m);
        give_any(m);
    }
    free(m);
}

static const struct check checks[] = {
    {.name = "first", .weight = 2, .cases = 12,
     .says = "one arena serves until it is full, the lowest pool "
             "first"},
    {.name = "life", .weight = 4, .cases = 40, .needs = "first",
     .says = "the fullest arena serves, and empty ones go back"},
    {.name = "swing", .weight = 2, .cases = 20, .needs = "first",
     .says = "the last place for a pool stays, and no other"},
    {.name = "none", .weight = 1, .cases = 8, .needs = "first",
     .says = "where there is no arena, there is no pool"},
    {.name = "close", .weight = 1, .cases = 12, .needs = "first",
     .says = "at the end all arenas go back"},
    {0},
};

const struct model model_pools_arena = {
    .exercise = "pools-arena", .checks = checks, .make = make,
    .open = open_state, .step = step, .close = free,
};
