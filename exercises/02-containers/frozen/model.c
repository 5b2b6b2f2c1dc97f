/* model.c - containers-frozen: ints, strs and frozensets in sets */
#include <stdlib.h>
#include <string.h>

#include "model.h"

enum { SETS = 8, MOST = 32, LONGEST = 8 };

struct item {
    char kind;                  /* 'i'nt, 's'tr, 'f'rozenset, 'l'ist */
    long long n;                /* value, or index of a set */
    char s[LONGEST + 1];
};

struct set {
    struct item items[MOST];    /* each once, as they came */
    size_t len;
    bool frozen;
};

struct state {
    struct set all[SETS], list; /* list: not yet made into a set */
    size_t len;
    bool failing, over;         /* after `fail`; after what it hit */
};

/* ---- sets -------------------------------------------------------- */
static bool same_set(const struct state *s, const struct set *a,
                     const struct set *b);

static bool same(const struct state *s, const struct item *a,
                 const struct item *b)
{
    if (a->kind != b->kind)
        return false;
    return a->kind == 'f' ? same_set(s, &s->all[a->n], &s->all[b->n])
                          : a->n == b->n && strcmp(a->s, b->s) == 0;
}

static bool has(const struct state *s, const struct set *set,
                const struct item *item)
{
    for (size_t i = 0; i < set->len; i++)
        if (same(s, &set->items[i], item))
            return true;
    return false;
}

static bool same_set(const struct state *s, const struct set *a,
                     const struct set *b)
{
    for (size_t i = 0; i < a->len; i++)
        if (!has(s, b, &a->items[i]))
            return false;
    return a->len == b->len;
}

/* ---- reprs ------------------------------------------------------- */
static void put_items(const struct state *s, const struct set *set,
                      struct text *answer);

static void put_set(const struct state *s, const struct set *set,
                    struct text *answer)
{
    text_put(answer, set->frozen ? "frozenset("
                     : set->len ? "" : "set(");
    if (set->len > 0) {
        text_put(answer, "{");
        put_items(s, set, answer);
        text_put(answer, "}");
    }
    text_put(answer, set->frozen || set->len == 0 ? ")" : "");
}

static void put_items(const struct state *s, const struct set *set,
                      struct text *answer)
{
    for (size_t i = 0; i < set->len; i++) {
        const struct item *item = &set->items[i];

        text_put(answer, i > 0 ? ", " : "");
        if (item->kind == 'f')
            put_set(s, &s->all[item->n], answer);
        else if (item->kind == 's')
            text_put(answer, "'%s'", item->s);
        else
            text_put(answer, "%lld", item->n);
    }
}

/* ---- cases ------------------------------------------------------- */
static void add_some(int n, struct dice *dice, struct calls *calls)
{
    static const char *const strs[] = { "a", "b", "ab", "x", "" };

    for (int i = 0; i < n; i++) {
        if (dice_below(dice, 3) == 0)
            calls_add(calls, "str", "s", dice_pick(dice, strs, 5));
        else
            calls_add(calls, "int", "i",
                      dice_range(dice, -3, 900) % 400);
    }
}

static void make_made(int i, struct dice *dice, struct calls *calls)
{
    add_some(i, dice, calls);
    for (int k = 0; i % 4 == 3 && k < 2; k++)
        calls_add(calls, "int", "i", 7LL);
    calls_add(calls, "frozen", "");
    calls_add(calls, "len", "i", 0LL);
    calls_add(calls, "walk", "i", 0LL);
    calls_add(calls, "check", "i", 0LL);
    if (i % 3 == 0) {
        calls_add(calls, "of", "i", 0LL);
        add_some(i / 2, dice, calls);
        calls_add(calls, "set", "");
        calls_add(calls, "of", "i", 2LL);
        calls_add(calls, "check", "i", 2LL);
    }
    if (i > 0)
        calls_add(calls, "visit", "i", 0LL);
}

/* The same ints in another order, or nearly. */
static void make_equal(int i, struct dice *dice, struct calls *calls)
{
    long long first = dice_range(dice, -5, 600), n = i / 4;

    for (long long k = 0; k < n; k++)
        calls_add(calls, "int", "i", first + k);
    calls_add(calls, "frozen", "");
    for (long long k = n - 1; k >= 0; k--)
        calls_add(calls, "int", "i",
                  first + k + (k == 0 && i % 4 == 1));
    if (i % 8 == 6)
        calls_add(calls, "str", "s", "a");
    calls_add(calls, i % 3 == 0 ? "set" : "frozen", "");
    calls_add(calls, "equal", "ii", 0LL, 1LL);
    calls_add(calls, "equal", "ii", 1LL, 0LL);
    calls_add(calls, "equal", "ii", 0LL, 0LL);
    calls_add(calls, "equalint", "i", 0LL);
}

/* Frozensets in frozensets, and looking for them. */
static void make_keys(int i, struct dice *dice, struct calls *calls)
{
    add_some(i % 5, dice, calls);
    calls_add(calls, "frozen", "");
    calls_add(calls, "int", "i", 1000LL);
    calls_add(calls, "frozen", "");
    calls_add(calls, "item", "i", 0LL);
    calls_add(calls, "item", "i", dice_range(dice, 0, 1));
    add_some(i / 3, dice, calls);
    calls_add(calls, "frozen", "");
    calls_add(calls, "item", "i", dice_range(dice, 0, 1));
    add_some(2, dice, calls);
    calls_add(calls, "has", "i", 2LL);
    calls_add(calls, "int", "i", 1000LL);
    calls_add(calls, "frozen", "");
    calls_add(calls, "item", "i", 3LL);
    calls_add(calls, "has", "i", 2LL);
}

static void make_errors(int i, struct dice *dice, struct calls *calls)
{
    if (i == 0) {
        calls_add(calls, "none", "");
        return;
    }
    if (i == 1 || i == 8) {
        calls_add(calls, "broken", "i", i / 4LL);
        return;
    }
    add_some(i / 2, dice, calls);
    if (i % 2 == 0) {
        calls_add(calls, "list", "");
        add_some(i / 3, dice, calls);
        calls_add(calls, "frozen", "");
        return;
    }
    calls_add(calls, "frozen", "");
    calls_add(calls, "list", "");
    calls_add(calls, "has", "i", 0LL);
}

static void make(const struct check *check, int i, struct dice *dice,
                 struct calls *calls)
{
    calls_add(calls, "open", "");
    switch (check->name[1]) {
    case 'a': make_made(i, dice, calls); break;             /* made */
    case 'q': make_equal(i, dice, calls); break;            /* equal */
    case 'e':
        if (check->name[0] == 'k') {                        /* keys */
            make_keys(i, dice, calls);
            break;
        }
        add_some(i / 5, dice, calls);                       /* memory */
        calls_add(calls, "fail", "i",
                  dice_range(dice, 0, i < 9 ? 3 : 9));
        calls_add(calls, "frozen", "");
        break;
    case 'r': make_errors(i, dice, calls); break;           /* errors */
    default:                                                /* spread */
        calls_add(calls, "spread", "i",
                  i == 0 ? 0LL : dice_range(dice, 0, 900));
    }
    calls_add(calls, "close", "");
}

/* ---- answers ----------------------------------------------------- */
static void *open_state(void)
{
    return calloc(1, sizeof(struct state));
}

static int step_add(struct state *s, const struct call *call,
                    struct text *answer)
{
    struct item *item = &s->list.items[s->list.len];
    size_t size;

    if (s->failing || s->list.len == MOST)
        return MODEL_ILLEGAL;
    *item = (struct item){.kind = 'l'};
    if (call_is(call, "str")) {
        const char *text = call_text(call, 0, &size);

        if (size > LONGEST || strspn(text, "abx") != size)
            return MODEL_ILLEGAL;
        item->kind = 's';
        strcpy(item->s, text);
    } else if (!call_is(call, "list")) {
        item->kind = call_is(call, "int") ? 'i' : 'f';
        item->n = call_int(call, 0);
        if (item->kind == 'f'
            && (item->n < 0 || (size_t)item->n >= s->len
                || !s->all[item->n].frozen))
            return MODEL_ILLEGAL;
    }
    s->list.len++;
    return text_put(answer, "ok");
}

static int step_make(struct state *s, bool frozen, struct text *answer)
{
    struct set *to = &s->all[s->len];
    bool bad = false;

    if (s->len == SETS)
        return MODEL_ILLEGAL;
    *to = (struct set){.frozen = frozen};
    for (size_t i = 0; i < s->list.len; i++) {
        bad |= s->list.items[i].kind == 'l';
        if (!has(s, to, &s->list.items[i]))
            to->items[to->len++] = s->list.items[i];
    }
    s->list.len = 0;
    if (bad && !frozen)
        return MODEL_ILLEGAL;
    if (bad) {
        text_put(answer, "TypeError");
    } else {
        text_put(answer, "\"");
        put_set(s, to, answer);
        text_put(answer, "\"");
        s->len++;
    }
    if (s->failing)
        text_put(answer, " | MemoryError");
    s->over = s->failing;
    return 0;
}

static int step_of(struct state *s, const struct set *from,
                   struct text *answer)
{
    if (s->len == SETS)
        return MODEL_ILLEGAL;
    text_put(answer, from->frozen ? "itself \"" : "another \"");
    s->all[s->len] = *from;
    s->all[s->len++].frozen = true;
    put_set(s, &s->all[s->len - 1], answer);
    return text_put(answer, "\"");
}

static int step_has(struct state *s, const struct set *set,
                    struct text *answer)
{
    for (size_t i = 0; i < s->list.len; i++) {
        bool bad = s->list.items[i].kind == 'l';

        text_put(answer, "%d %s",
                 bad ? -1 : has(s, set, &s->list.items[i]),
                 bad ? "TypeError" : "");
    }
    s->list.len = 0;
    return 0;
}

static int step_ask(struct state *s, const struct call *call,
                    const struct set *set, struct text *answer)
{
    if (call_is(call, "check"))
        return text_put(answer, "%d", set->frozen);
    if (call_is(call, "of"))
        return step_of(s, set, answer);
    if (call_args(call) == 2) {
        const struct set *other = &s->all[call_int(call, 1)];
        bool equal = same_set(s, set, other);

        if (!set->frozen && !other->frozen)
            return MODEL_ILLEGAL;
        text_put(answer, "%d %snone", equal,
                 !set->frozen || !other->frozen ? "" : "same hash ");
        if (set->frozen && other->frozen && !equal)
            text_put(answer, " | 0 other hash none");
        return 0;
    }
    if (!set->frozen)
        return MODEL_ILLEGAL;
    if (call_is(call, "has"))
        return step_has(s, set, answer);
    if (call_is(call, "len"))
        return text_put(answer, "%zu %d", set->len, set->len > 0);
    if (call_is(call, "equalint"))
        return text_put(answer, "0 0 none");
    if (call_is(call, "visit") && set->len > 0)
        return text_put(answer, "1, 7, 0");
    if (!call_is(call, "walk"))
        return MODEL_ILLEGAL;
    text_put(answer, "0 none \"[");
    put_items(s, set, answer);
    return text_put(answer, "]\"");
}

static int step(void *state, const struct call *call,
                struct text *answer)
{
    struct state *s = state;

    s->failing |= call_is(call, "fail");
    if (s->over || call_is(call, "fail"))
        return MODEL_ILLEGAL;
    if (call_is(call, "int") || call_is(call, "str")
        || call_is(call, "list") || call_is(call, "item"))
        return step_add(s, call, answer);
    if (call_is(call, "frozen")
        || (call_is(call, "set") && !s->failing))
        return step_make(s, call_is(call, "frozen"), answer);
    if (s->failing)
        return MODEL_ILLEGAL;
    if (call_is(call, "none"))
        return text_put(answer, "TypeError");
    if (call_is(call, "broken") && call_int(call, 0) >= 0
        && call_int(call, 0) < MOST)
        return text_put(answer, "RuntimeError");
    if (call_is(call, "spread"))
        return text_put(answer, "4096 hashes, 0 of them -1");
    for (size_t i = 0; i < call_args(call); i++)
        if (call_int(call, i) < 0
            || (size_t)call_int(call, i) >= s->len)
            return MODEL_ILLEGAL;
    return call_args(call) > 0
           ? step_ask(s, call, &s->all[call_int(call, 0)], answer)
           : MODEL_ILLEGAL;
}

static const struct check checks[] = {
    {.name = "made", .says = "it holds each element once, as they came",
     .weight = 5, .cases = 24},
    {.name = "equal", .says = "equal are sets with equal elements",
     .weight = 4, .cases = 40, .needs = "made"},
    {.name = "keys", .says = "a frozenset is found as an element",
     .weight = 3, .cases = 24, .needs = "equal"},
    {.name = "errors",
     .says = "what has no hash, or no end, is not taken",
     .weight = 2, .cases = 16, .needs = "made"},
    {.name = "memory", .says = "each request may fail", .weight = 3,
     .cases = 50, .needs = "made"},
    {.name = "spread", .says = "no two subsets share a hash",
     .weight = 3, .cases = 4, .needs = "equal"},
    {0},
};

const struct model model_containers_frozen = {
    .exercise = "containers-frozen", .checks = checks, .make = make,
    .open = open_state, .step = step, .close = free,
    .accept = accept_either,
};
