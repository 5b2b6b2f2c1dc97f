/* model.c - containers-deque: ints, deques, guests and biters */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "model.h"

enum { DEQUES = 3, MOST = 80, ROOM = 3500 };

struct item {
    char kind;                  /* 'i'nt, 'd'eque, 'g'uest, 'b'iter */
    char act;                   /* as a guest goes: 'a'ppend, 't'ake */
    long long n;                /* value, index, number */
};

struct row {
    struct item items[MOST];
    size_t len;
    bool gone;
};

struct state {
    struct row all[DEQUES];
    size_t len, told_len;
    long long told[4 * MOST], number;
    bool has_number, failing, over;
    struct {
        enum { NONE, GOES_ON, BROKEN, ENDED } phase;
        size_t row, at, len, changes;
    } walk;
    size_t changes;             /* of any length */
};

/* ---- rows -------------------------------------------------------- */
static int append(struct state *s, struct row *r, size_t at,
                  struct item item)
{
    if (r->len == MOST)
        return MODEL_ILLEGAL;
    memmove(&r->items[at + 1], &r->items[at],
            (r->len++ - at) * sizeof item);
    r->items[at] = item;
    s->changes++;
    return 0;
}

static struct item take(struct state *s, struct row *r, size_t at)
{
    struct item item = r->items[at];

    memmove(&r->items[at], &r->items[at + 1],
            (--r->len - at) * sizeof item);
    s->changes++;
    return item;
}

/* A guest says its number, and then does what it came for. */
static int go(struct state *s, struct row *r, struct item item)
{
    if (item.kind != 'g')
        return 0;
    if (s->told_len == 4 * MOST)
        return MODEL_ILLEGAL;
    s->told[s->told_len++] = item.n;
    if (item.act == 'a')
        return append(s, r, r->len, (struct item){'i', 0, item.n});
    if (item.act == 't' && r->len > 0)
        return go(s, r, take(s, r, 0));
    return 0;
}

static int empty(struct state *s, struct row *r)
{
    struct row old = *r;
    int rv = 0;

    s->changes++;
    r->len = 0;
    for (size_t i = 0; rv == 0 && i < old.len; i++)
        rv = go(s, r, old.items[i]);
    return rv;
}

static void tell(struct state *s, struct text *answer)
{
    text_put(answer, " gone:");
    for (size_t i = 0; i < s->told_len; i++)
        text_put(answer, " %lld", s->told[i]);
    s->told_len = 0;
}

static bool has(const struct row *r, char kind)
{
    for (size_t i = 0; i < r->len; i++)
        if (r->items[i].kind == kind)
            return true;
    return false;
}

/* ---- reprs ------------------------------------------------------- */
struct written {
    char s[ROOM + 100];
    size_t len;
    bool inside[DEQUES];
};

static void write_row(const struct state *s, size_t which,
                      struct written *out);

static void write_one(struct written *out, const char *text)
{
    if (out->len + strlen(text) <= ROOM)
        strcpy(out->s + out->len, text);
    out->len += out->len <= ROOM ? strlen(text) : 0;
}

static void write_item(const struct state *s, struct item item,
                       struct written *out)
{
    char number[32];

    snprintf(number, sizeof number, "%lld", item.n);
    if (item.kind == 'd')
        write_row(s, (size_t)item.n, out);
    else
        write_one(out, item.kind == 'i' ? number : "<guest object>");
}

static void write_row(const struct state *s, size_t which,
                      struct written *out)
{
    const struct row *r = &s->all[which];

    if (out->inside[which] || out->len > ROOM) {
        write_one(out, "[...]");
        return;
    }
    out->inside[which] = true;
    write_one(out, "deque([");
    for (size_t i = 0; i < r->len; i++) {
        write_one(out, i > 0 ? ", " : "");
        write_item(s, r->items[i], out);
    }
    write_one(out, "])");
    out->inside[which] = false;
}

static int put_item(const struct state *s, struct item item,
                    struct text *answer)
{
    struct written out = {.len = 0};

    if (item.kind == 'b')
        return MODEL_ILLEGAL;
    if (item.kind == 'd')
        for (size_t i = 0; i < s->len; i++)
            if (has(&s->all[i], 'b'))
                return MODEL_ILLEGAL;
    write_item(s, item, &out);
    return out.len > ROOM ? MODEL_ILLEGAL
                          : text_put(answer, "\"%s\"", out.s);
}

static int put_row(const struct state *s, long long which,
                   struct text *answer)
{
    return put_item(s, (struct item){'d', 0, which}, answer);
}

/* ---- cases ------------------------------------------------------- */
static void add_number(struct calls *calls, const char *op,
                       long long to, long long n)
{
    calls_add(calls, "number", "i", n);
    calls_add(calls, op, "i", to);
}

static void make_ends(int steps, struct dice *dice, struct calls *calls)
{
    static const char *const adds[] = { "append", "left" };
    static const char *const ops[] = { "pop", "popleft", "len",
        "repr" };

    for (int i = 0; i < steps; i++) {
        if (dice_below(dice, 5) < 3)
            add_number(calls, dice_pick(dice, adds, 2), 0,
                       dice_range(dice, -9, 999));
        else
            calls_add(calls, dice_pick(dice, ops, 4), "i", 0LL);
    }
}

static void make_repr(int i, struct dice *dice, struct calls *calls)
{
    calls_add(calls, "deque", "");
    for (int n = 0; n < 3 + i / 4; n++) {
        long long to = dice_range(dice, 0, 1);

        if (n % 3 == 0)
            calls_add(calls, "put", "ii", to, dice_range(dice, 0, 1));
        add_number(calls, dice_below(dice, 2) ? "append" : "left", to,
                   dice_range(dice, 0, 999));
    }
    calls_add(calls, "repr", "i", 0LL);
    calls_add(calls, "repr", "i", 1LL);
}

/* Two rows that are the same, or nearly so, but turned differently. */
static void make_equal(int i, struct dice *dice, struct calls *calls)
{
    int n = i / 3 % 12;
    int odd = i % 3 == 0 ? (int)dice_below(dice, 12) : -1;

    calls_add(calls, "deque", "");
    for (int k = 0; k < n; k++)
        add_number(calls, "append", 0, 300 + k);
    for (int k = n - 1; k >= 0; k--)
        add_number(calls, "left", 1, 300 + k + (k == odd));
    if (i % 5 == 4)
        add_number(calls, "append", i % 2, 7);
    calls_add(calls, "equal", "ii", 0LL, 1LL);
    calls_add(calls, "equal", "ii", 1LL, 1LL);
    calls_add(calls, "list", "i", 0LL);
}

static void make_walk(int i, struct dice *dice, struct calls *calls)
{
    int n = i / 2 % 10, steps = (int)dice_below(dice, (uint64_t)n + 3);

    for (int k = 0; k < n; k++)
        add_number(calls, k % 2 ? "append" : "left", 0, 1000 + k);
    calls_add(calls, "walk", "i", 0LL);
    for (int k = 0; k < steps; k++)
        calls_add(calls, "next", "");
    if (i % 2 == 0)
        add_number(calls, "left", 0, 5);
    else if (i % 6 == 1)
        calls_add(calls, "pop", "i", 0LL);
    for (int k = 0; k < 3 + n; k++)
        calls_add(calls, "next", "");
    if (i % 3 == 0)
        calls_add(calls, "drop", "i", 0LL);
}

static void make_clear(int i, struct dice *dice, struct calls *calls)
{
    static const char *const acts[] = { "a", "t", "-" };

    for (int n = 0; n < i / 2 + 1; n++) {
        if (dice_below(dice, 3) == 0)
            add_number(calls, "left", 0, dice_range(dice, 1, 999));
        else
            calls_add(calls, "guest", "iis", 0LL, (long long)n,
                      i % 5 == 0 ? "-" : dice_pick(dice, acts, 3));
    }
    calls_add(calls, "visit", "ii", 0LL,
              dice_range(dice, 1, i / 2 + 3));
    if (i % 5 == 0) {
        calls_add(calls, "drop", "i", 0LL);
        return;
    }
    calls_add(calls, "clear", "ii", 0LL, (long long)i % 2);
    calls_add(calls, "repr", "i", 0LL);
    add_number(calls, "append", 0, 300);
    calls_add(calls, "popleft", "i", 0LL);
}

static void make_biters(int i, struct dice *dice, struct calls *calls)
{
    int n = i / 2 + 1, at = (int)dice_below(dice, (uint64_t)n);

    calls_add(calls, "deque", "");
    for (int k = 0; k < n; k++)
        for (long long to = 0; to < 2; to++) {
            if (k == at)
                calls_add(calls, "biter", "i", to);
            else
                calls_add(calls, "more", "ii", to, 1000LL + k);
        }
    if (i % 2 == 0)
        calls_add(calls, "gnaw", "i", 0LL);
    else
        calls_add(calls, "match", "ii", 0LL, 1LL);
    calls_add(calls, "len", "i", 0LL);
}

static void make_memory(int i, struct dice *dice, struct calls *calls)
{
    if (i < 3) {
        calls_add(calls, "fail", "i", (long long)i);
        calls_add(calls, "deque", "");
        return;
    }
    calls_add(calls, "deque", "");
    make_ends(i / 3, dice, calls);
    if (i % 3 == 0) {
        calls_add(calls, "fail", "i", (long long)i / 3 % 3);
        calls_add(calls, "walk", "i", 0LL);
        return;
    }
    calls_add(calls, "number", "i", 5000LL);
    calls_add(calls, "fail", "i", (long long)i / 3 % 2);
    calls_add(calls, i % 3 == 1 ? "append" : "left", "i", 0LL);
}

static void make(const struct check *check, int i, struct dice *dice,
                 struct calls *calls)
{
    calls_add(calls, "open", "");
    if (check->name[0] != 'm')
        calls_add(calls, "deque", "");
    switch (check->name[0]) {
    case 'r': make_repr(i, dice, calls); break;
    case 'w': make_walk(i, dice, calls); break;
    case 'c': make_clear(i, dice, calls); break;
    case 'b': make_biters(i, dice, calls); break;
    case 'm': make_memory(i, dice, calls); break;
    case 's':
        calls_add(calls, "churn", "iii", 0LL, i ? 5000LL : 3LL, 5000LL);
        break;
    default:
        if (strcmp(check->name, "equal") == 0)
            make_equal(i, dice, calls);
        else
            make_ends(i + 1, dice, calls);
    }
    calls_add(calls, "close", "");
}

/* ---- answers ----------------------------------------------------- */
static void *open_state(void)
{
    return calloc(1, sizeof(struct state));
}

/* An append: done; or, after `fail`, nothing changed. */
static int step_append(struct state *s, long long to, size_t at,
                       struct item item, struct text *answer)
{
    struct row *r = &s->all[to];

    if (s->failing) {
        text_put(answer, "-1 out of memory: MemoryError len %zu ",
                 r->len);
        if (put_row(s, to, answer) < 0)
            return MODEL_ILLEGAL;
        text_put(answer, " | ");
    }
    s->over = s->failing;
    if (append(s, r, at, item) < 0)
        return MODEL_ILLEGAL;
    text_put(answer, "0  len %zu ", r->len);
    return put_row(s, to, answer);
}

static int step_pop(struct state *s, struct row *r, bool left,
                    struct text *answer)
{
    int rv = 0;

    if (r->len == 0) {
        text_put(answer, "pop from an empty deque: IndexError");
    } else {
        struct item item = take(s, r, left ? 0 : r->len - 1);

        rv = put_item(s, item, answer);
        if (rv == 0)
            rv = go(s, r, item);
    }
    tell(s, answer);
    return rv;
}

/* Nothing may refer to what is dropped, but a walk, and nothing in it
 * may reach for it. */
static int step_drop(struct state *s, struct row *r,
                     struct text *answer)
{
    for (size_t i = 0; i < s->len; i++)
        if (has(&s->all[i], 'd'))
            return MODEL_ILLEGAL;
    for (size_t k = 0; k < r->len; k++)
        if (r->items[k].kind == 'g'
            && (r->items[k].act != '-' || s->walk.phase != NONE))
            return MODEL_ILLEGAL;
    r->gone = true;
    if (s->walk.phase == NONE)
        empty(s, r);
    tell(s, answer);
    return 0;
}

static int step_next(struct state *s, struct text *answer)
{
    struct row *r = &s->all[s->walk.row];
    static const char error[] =
        "-1 deque mutated during iteration: RuntimeError";

    if (s->walk.phase == NONE)
        return MODEL_ILLEGAL;
    if (s->walk.phase == ENDED)
        return text_put(answer, "0 ");
    if (s->walk.phase == BROKEN)
        return text_put(answer, "0  | %s", error);
    if (s->walk.len != r->len) {
        s->walk.phase = BROKEN;
        return text_put(answer, "%s", error);
    }
    if (s->walk.changes != s->changes)
        return MODEL_ILLEGAL;
    if (s->walk.at == r->len) {
        s->walk.phase = ENDED;
        return text_put(answer, "0 ");
    }
    text_put(answer, "1 ");
    return put_item(s, r->items[s->walk.at++], answer);
}

static int step_new(struct state *s, struct text *answer)
{
    if (s->len == DEQUES)
        return MODEL_ILLEGAL;
    s->len++;
    text_put(answer, "1 \"deque([])\"");
    if (s->failing)
        text_put(answer, " | out of memory: MemoryError");
    s->over = s->failing;
    return 0;
}

static int step_walk(struct state *s, size_t row, struct text *answer)
{
    s->walk.phase = GOES_ON;
    s->walk.row = row;
    s->walk.at = 0;
    s->walk.len = s->all[row].len;
    s->walk.changes = s->changes;
    text_put(answer, "ok, it holds 1");
    if (s->failing)
        text_put(answer, " | out of memory: MemoryError");
    s->over = s->failing;
    return 0;
}

/* Ints only: what an element answers is then known. */
static bool ints(const struct row *r)
{
    for (size_t i = 0; i < r->len; i++)
        if (r->items[i].kind != 'i')
            return false;
    return true;
}

static int step_list(struct state *s, const struct row *r,
                     struct text *answer)
{
    (void)s;
    if (!ints(r))
        return MODEL_ILLEGAL;
    text_put(answer, "0 none \"[");
    for (size_t i = 0; i < r->len; i++)
        text_put(answer, "%s%lld", i > 0 ? ", " : "", r->items[i].n);
    return text_put(answer, "]\" 0");
}

static int step_equal(const struct row *a, const struct row *b,
                      struct text *answer)
{
    bool same = a->len == b->len;

    if (!ints(a) || !ints(b))
        return MODEL_ILLEGAL;
    for (size_t i = 0; same && i < a->len; i++)
        same = a->items[i].n == b->items[i].n;
    return text_put(answer, "%d none", same);
}

/* A biter is certain to be asked, and empties all. */
static int step_bite(struct state *s, const struct row *a,
                     const struct row *b, struct text *answer)
{
    size_t i = 0;

    for (size_t k = 0; k < s->len; k++)
        if (has(&s->all[k], 'g') || has(&s->all[k], 'd'))
            return MODEL_ILLEGAL;
    while (i < a->len && a->items[i].kind == 'i' && (b == NULL
           || (i < b->len && b->items[i].kind == 'i'
               && b->items[i].n == a->items[i].n)))
        i++;
    if (i == a->len || a->items[i].kind != 'b' || a == b
        || (b != NULL && (a->len != b->len || b->items[i].kind != 'b')))
        return MODEL_ILLEGAL;
    for (size_t k = 0; k < s->len; k++)
        empty(s, &s->all[k]);
    return text_put(answer, "ok");
}

static int step_two(struct state *s, const struct call *call,
                    struct row *r, struct text *answer)
{
    long long at = call_int(call, 0), n = call_int(call, 1);
    size_t len;

    if (call_is(call, "guest")) {
        text_put(answer, "ok");
        return append(s, r, r->len,
                      (struct item){'g', *call_text(call, 2, &len), n});
    }
    if (call_is(call, "more")) {
        text_put(answer, "ok");
        return append(s, r, r->len, (struct item){'i', 0, n});
    }
    if (call_is(call, "clear")) {
        int rv = empty(s, r);

        tell(s, answer);
        return rv;
    }
    if (call_is(call, "visit") && n > 0) {
        bool there = (size_t)n <= r->len;

        return text_put(answer, "%lld, %d",
                        there ? n : (long long)r->len, there ? 7 : 0);
    }
    if (call_is(call, "churn"))
        return r->len == 0 && n > 0 && call_int(call, 2) > 0
               ? text_put(answer, "len %lld", n) : MODEL_ILLEGAL;
    if (n < 0 || (size_t)n >= s->len || s->all[n].gone)
        return MODEL_ILLEGAL;
    if (call_is(call, "put"))
        return step_append(s, at, r->len, (struct item){'d', 0, n},
                           answer);
    if (call_is(call, "equal"))
        return step_equal(r, &s->all[n], answer);
    return call_is(call, "match") ? step_bite(s, r, &s->all[n], answer)
                                  : MODEL_ILLEGAL;
}

static int step_one(struct state *s, const struct call *call,
                    struct row *r, struct text *answer)
{
    long long at = call_int(call, 0);

    if (call_is(call, "append") || call_is(call, "left")) {
        if (!s->has_number)
            return MODEL_ILLEGAL;
        s->has_number = false;
        return step_append(s, at, call_is(call, "left") ? 0 : r->len,
                           (struct item){'i', 0, s->number}, answer);
    }
    if (call_is(call, "walk"))
        return step_walk(s, (size_t)at, answer);
    if (s->failing)
        return MODEL_ILLEGAL;
    if (call_is(call, "pop") || call_is(call, "popleft"))
        return step_pop(s, r, call_is(call, "popleft"), answer);
    if (call_is(call, "len"))
        return text_put(answer, "%zu %d", r->len, r->len > 0);
    if (call_is(call, "repr"))
        return put_row(s, at, answer);
    if (call_is(call, "list"))
        return step_list(s, r, answer);
    if (call_is(call, "gnaw"))
        return step_bite(s, r, NULL, answer);
    if (call_is(call, "biter")) {
        text_put(answer, "ok");
        return append(s, r, r->len, (struct item){'b', 0, 0});
    }
    return call_is(call, "drop") ? step_drop(s, r, answer)
                                 : MODEL_ILLEGAL;
}

static int step(void *state, const struct call *call,
                struct text *answer)
{
    struct state *s = state;

    s->failing |= call_is(call, "fail");
    if (s->over || call_is(call, "fail"))
        return MODEL_ILLEGAL;
    if (call_is(call, "deque"))
        return step_new(s, answer);
    if (call_is(call, "next") && !s->failing)
        return step_next(s, answer);
    if (call_is(call, "number") && !s->failing) {
        s->number = call_int(call, 0);
        s->has_number = true;
        return text_put(answer, "ok");
    }
    if (call_args(call) == 0 || call_int(call, 0) < 0
        || (size_t)call_int(call, 0) >= s->len
        || s->all[call_int(call, 0)].gone)
        return MODEL_ILLEGAL;
    struct row *r = &s->all[call_int(call, 0)];
    return call_args(call) == 1 ? step_one(s, call, r, answer)
           : s->failing ? MODEL_ILLEGAL : step_two(s, call, r, answer);
}

static const struct check checks[] = {
    {.name = "ends",
     .says = "what goes in at one end comes out at either",
     .weight = 6, .cases = 60},
    {.name = "repr", .says = "a deque is written, also within itself",
     .weight = 2, .cases = 20, .needs = "ends"},
    {.name = "equal", .says = "equal are deques with equal elements",
     .weight = 3, .cases = 36, .needs = "ends"},
    {.name = "walk", .says = "an iterator walks, and sees a change",
     .weight = 5, .cases = 48, .needs = "ends"},
    {.name = "clear",
     .says = "it is empty before the first element goes",
     .weight = 3, .cases = 60, .needs = "ends"},
    {.name = "biters",
     .says = "an element may empty the deque when asked",
     .weight = 3, .cases = 20, .needs = "ends"},
    {.name = "memory",
     .says = "each request may fail, and nothing changes",
     .weight = 4, .cases = 90, .needs = "ends"},
    {.name = "speed", .says = "both ends cost as little as in ours",
     .weight = 4, .cases = 2, .needs = "ends", .builds = "count",
     .ratio = 3.0},
    {0},
};

const struct model model_containers_deque = {
    .exercise = "containers-deque", .checks = checks, .make = make,
    .open = open_state, .step = step, .close = free,
    .accept = accept_either,
};
