/* model.c - objects-stack: stacks of ints, stacks and guests */
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "model.h"

enum { STACKS = 3, MOST = 60, ROOM = 3500 };

struct item {
    char kind;                  /* an 'i'nt, a 's'tack, a 'g'uest */
    char act;                   /* as a guest goes: 'p'ush, 't'ake */
    long long n;                /* value, index, number */
};

struct stack {
    struct item items[MOST];
    size_t len;
    bool gone;
};

struct state {
    struct stack all[STACKS];
    size_t len, told_len;
    long long told[4 * MOST];
    bool failing, over;         /* after `fail`; after what it hit */
};

struct written {
    char s[ROOM + 100];
    size_t len;
    bool inside[STACKS];
};

/* ---- stacks ------------------------------------------------------ */
static int push(struct stack *s, struct item item)
{
    if (s->len == MOST)
        return MODEL_ILLEGAL;
    s->items[s->len++] = item;
    return 0;
}

/* A guest says its number, and then does what it came for. */
static int go(struct state *s, struct stack *stack, struct item item)
{
    int rv = 0;

    if (item.kind != 'g')
        return 0;
    if (s->told_len == 4 * MOST)
        return MODEL_ILLEGAL;
    s->told[s->told_len++] = item.n;
    if (item.act == 'p')
        rv = push(stack, (struct item){'i', 0, item.n});
    else if (item.act == 't' && stack->len > 0)
        rv = go(s, stack, stack->items[--stack->len]);
    return rv;
}

static int empty(struct state *s, struct stack *stack)
{
    struct stack old = *stack;
    int rv = 0;

    stack->len = 0;
    while (rv == 0 && old.len > 0)
        rv = go(s, stack, old.items[--old.len]);
    return rv;
}

static void tell(struct state *s, struct text *answer)
{
    text_put(answer, "gone:");
    for (size_t i = 0; i < s->told_len; i++)
        text_put(answer, " %lld", s->told[i]);
    s->told_len = 0;
}

/* ---- reprs ------------------------------------------------------- */
static void write_stack(const struct state *s, size_t which,
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
    if (item.kind == 's')
        write_stack(s, (size_t)item.n, out);
    else
        write_one(out, item.kind == 'i' ? number : "<guest object>");
}

static void write_stack(const struct state *s, size_t which,
                        struct written *out)
{
    const struct stack *stack = &s->all[which];

    if (out->inside[which] || out->len > ROOM) {
        write_one(out, "stack(...)");
        return;
    }
    out->inside[which] = true;
    write_one(out, "stack(");
    for (size_t i = 0; i < stack->len; i++) {
        write_one(out, i > 0 ? ", " : "");
        write_item(s, stack->items[i], out);
    }
    write_one(out, ")");
    out->inside[which] = false;
}

static int put_item(const struct state *s, struct item item,
                    struct text *answer)
{
    struct written out = {.len = 0};

    write_item(s, item, &out);
    return out.len > ROOM ? MODEL_ILLEGAL
                          : text_put(answer, "\"%s\"", out.s);
}

static int put_stack(const struct state *s, long long which,
                     struct text *answer)
{
    return put_item(s, (struct item){'s', 0, which}, answer);
}

/* ---- the calculator ---------------------------------------------- */
static int calculate(const char *text, struct text *answer)
{
    long long values[64];
    size_t len = 0;

    for (; *text != '\0'; text += strspn(text, " ")) {
        if (strchr(" ", *text) != NULL)
            continue;
        if (isdigit((unsigned char)*text)) {
            size_t digits = strspn(text, "0123456789");

            if (digits > 6 || len == 64)
                return MODEL_ILLEGAL;
            values[len++] = atoll(text);
            text += digits;
        } else {
            char op = *text++;

            if (strchr("+-*", op) == NULL)
                return MODEL_ILLEGAL;
            if (len < 2)
                return text_put(answer,
                                "the stack is empty: IndexError");
            long long b = values[--len], *a = &values[len - 1];
            if (llabs(*a) > 1 << 30 || llabs(b) > 1 << 30)
                return MODEL_ILLEGAL;
            *a = op == '+' ? *a + b : op == '-' ? *a - b : *a * b;
        }
    }
    if (len == 0)
        return text_put(answer, "the stack is empty: IndexError");
    if (len > 1)
        return text_put(answer, "%zu values are left: ValueError", len);
    return text_put(answer, "\"%lld\"", values[0]);
}

/* ---- cases ------------------------------------------------------- */
static void add_terms(int depth, struct dice *dice, char *out)
{
    static const char *const ops[] = { " +", " -", " *" };
    size_t len = strlen(out);

    if (depth == 0 || dice_below(dice, 4) == 0) {
        sprintf(out + len, " %d", (int)dice_below(dice, 10));
        return;
    }
    add_terms(depth - 1, dice, out);
    add_terms(depth - 1, dice, out);
    strcat(out, dice_pick(dice, ops, 3));
}

static void make_rpn(int i, struct dice *dice, struct calls *calls)
{
    static const char *const odd[] = {
        "", "+", "1 +", "1 2", "1 2 3 +", "1 2 + +", " 7 ", "300 400 *",
    };
    char text[400] = "1000";

    if (i < 8) {
        calls_add(calls, "rpn", "s", odd[i]);
        return;
    }
    add_terms(3, dice, text);
    strcat(text, " +");
    calls_add(calls, "rpn", "s", text);
}

static void make_push(int steps, struct dice *dice, struct calls *calls)
{
    static const char *const ops[] = { "pop", "top", "len", "repr" };

    for (int i = 0; i < steps; i++) {
        if (dice_below(dice, 2) == 0)
            calls_add(calls, "push", "ii", 0LL,
                      dice_range(dice, -9, 999));
        else if (dice_below(dice, 12) == 0)
            calls_add(calls, "nothing", "i", 0LL);
        else
            calls_add(calls, dice_pick(dice, ops, 4), "i", 0LL);
    }
}

static void make_repr(int i, struct dice *dice, struct calls *calls)
{
    calls_add(calls, "stack", "");
    for (int n = 0; n < 3 + i / 4; n++) {
        long long to = dice_range(dice, 0, 1);

        if (n % 3 == 0)
            calls_add(calls, "put", "ii", to, dice_range(dice, 0, 1));
        calls_add(calls, "push", "ii", to, dice_range(dice, 0, 999));
    }
    calls_add(calls, "repr", "i", 0LL);
    calls_add(calls, "repr", "i", 1LL);
    calls_add(calls, "pop", "i", 1LL);
}

static void make_clear(int i, struct dice *dice, struct calls *calls)
{
    static const char *const acts[] = { "p", "t", "-" };

    for (int n = 0; n < i / 2 + 1; n++) {
        if (dice_below(dice, 3) == 0)
            calls_add(calls, "push", "ii", 0LL,
                      dice_range(dice, 1, 999));
        else
            calls_add(calls, "guest", "iis", 0LL, (long long)n,
                      dice_pick(dice, acts, 3));
    }
    calls_add(calls, "clear", "ii", 0LL, (long long)i % 2);
    calls_add(calls, "repr", "i", 0LL);
    calls_add(calls, "push", "ii", 0LL, 300LL);
    calls_add(calls, "pop", "i", 0LL);
    calls_add(calls, "pop", "i", 0LL);
}

static void make_slots(int i, struct dice *dice, struct calls *calls)
{
    long long n = i / 2 + 1;

    if (i % 8 == 7) {
        calls_add(calls, "deep", "i", i < 20 ? 200LL : 100000LL);
        return;
    }
    for (long long k = 0; k < n; k++)
        calls_add(calls, "guest", "iis", 0LL, k, "-");
    if (i % 4 == 0)
        calls_add(calls, "put", "ii", 0LL, 0LL);
    calls_add(calls, "visit", "ii", 0LL, dice_range(dice, 1, n + 2));
    if (i % 4 == 0)
        calls_add(calls, "clear", "ii", 0LL, 1LL);
    calls_add(calls, "drop", "i", 0LL);
}

static void make_memory(int i, struct dice *dice, struct calls *calls)
{
    if (i % 4 == 0) {
        calls_add(calls, "fail", "i", (long long)i / 4 % 16);
        make_rpn(8 + i, dice, calls);
        return;
    }
    calls_add(calls, i < 3 ? "fail" : "stack", i < 3 ? "i" : "", 0LL);
    if (i < 3) {
        calls_add(calls, "stack", "");
        return;
    }
    for (int n = 0; n < i / 4; n++)
        calls_add(calls, "push", "ii", 0LL, 1000LL + n);
    calls_add(calls, "fail", "i", (long long)i % 2);
    calls_add(calls, "push", "ii", 0LL, 5000LL);
}

static void make(const struct check *check, int i, struct dice *dice,
                 struct calls *calls)
{
    if (check->name[0] == 'g') {                            /* growth */
        calls_add(calls, "requests", "i", i < 2 ? 100LL : 100000LL);
        return;
    }
    calls_add(calls, "open", "");
    if (strchr("prcs", check->name[0])
        && strcmp(check->name, "rpn") != 0)
        calls_add(calls, "stack", "");
    switch (check->name[0]) {
    case 'p': make_push(i + 1, dice, calls); break;
    case 'c': make_clear(i, dice, calls); break;
    case 's': make_slots(i, dice, calls); break;
    case 'm': make_memory(i, dice, calls); break;
    default:
        if (strcmp(check->name, "rpn") == 0)
            make_rpn(i, dice, calls);
        else
            make_repr(i, dice, calls);
    }
    calls_add(calls, "close", "");
}

/* ---- answers ----------------------------------------------------- */
static void *open_state(void)
{
    return calloc(1, sizeof(struct state));
}

/* What a push of an int or of a stack may answer: done; or, after
 * `fail`, nothing changed. */
static int step_push(struct state *s, long long at, struct item item,
                     struct text *answer)
{
    struct stack *stack = &s->all[at];

    if (s->failing) {
        text_put(answer, "-1 out of memory: MemoryError len %zu ",
                 stack->len);
        if (put_stack(s, at, answer) < 0)
            return MODEL_ILLEGAL;
        text_put(answer, " | ");
    }
    s->over = s->failing;
    if (push(stack, item) < 0)
        return MODEL_ILLEGAL;
    text_put(answer, "0  len %zu ", stack->len);
    return put_stack(s, at, answer);
}

static int step_take(struct state *s, const struct call *call,
                     struct stack *stack, struct text *answer)
{
    bool pop = call_is(call, "pop");
    int rv = 0;

    if (stack->len == 0) {
        text_put(answer, "the stack is empty: IndexError");
    } else {
        struct item item = stack->items[stack->len - 1];

        stack->len -= pop;
        rv = put_item(s, item, answer);
        if (rv == 0 && pop)
            rv = go(s, stack, item);
    }
    if (pop)
        tell(s, answer);
    return rv;
}

/* Nothing may refer to a stack that is dropped, and nothing in it may
 * reach for it. */
static int step_drop(struct state *s, struct stack *stack,
                     struct text *answer)
{
    for (size_t i = 0; i < s->len; i++)
        for (size_t k = 0; k < s->all[i].len; k++)
            if (s->all[i].items[k].kind == 's')
                return MODEL_ILLEGAL;
    for (size_t k = 0; k < stack->len; k++)
        if (stack->items[k].kind == 'g' && stack->items[k].act != '-')
            return MODEL_ILLEGAL;
    stack->gone = true;
    empty(s, stack);
    tell(s, answer);
    return 0;
}

static int step_first(struct state *s, const struct call *call,
                      struct text *answer)
{
    size_t len;

    if (call_is(call, "stack")) {
        if (s->len == STACKS)
            return MODEL_ILLEGAL;
        s->len++;
        text_put(answer, "1 \"stack()\"");
    } else if (call_is(call, "deep") && call_int(call, 0) >= 0) {
        text_put(answer, "ok");
    } else if (!call_is(call, "rpn")
               || calculate(call_text(call, 0, &len), answer) < 0) {
        return MODEL_ILLEGAL;
    }
    if (s->failing)
        text_put(answer, " | out of memory: MemoryError");
    s->over = s->failing;
    return 0;
}

static int step_on(struct state *s, const struct call *call,
                   long long at, struct text *answer)
{
    struct stack *stack = &s->all[at];
    long long n = call_args(call) > 1 ? call_int(call, 1) : 0;
    size_t len;

    if (call_is(call, "push"))
        return step_push(s, at, (struct item){'i', 0, n}, answer);
    if (call_is(call, "put") && n >= 0 && (size_t)n < s->len
        && !s->all[n].gone)
        return step_push(s, at, (struct item){'s', 0, n}, answer);
    if (s->failing)
        return MODEL_ILLEGAL;
    if (call_is(call, "nothing")) {
        text_put(answer, "-1 the first error: ValueError len %zu ",
                 stack->len);
        return put_stack(s, at, answer);
    }
    if (call_is(call, "guest")) {
        text_put(answer, "ok");
        return push(stack,
                    (struct item){'g', *call_text(call, 2, &len), n});
    }
    if (call_is(call, "len"))
        return text_put(answer, "%zu %d", stack->len, stack->len > 0);
    if (call_is(call, "repr"))
        return put_stack(s, at, answer);
    if (call_is(call, "clear")) {
        int rv = empty(s, stack);

        tell(s, answer);
        return rv;
    }
    if (call_is(call, "visit") && n > 0) {
        bool there = (size_t)n <= stack->len;

        return text_put(answer, "%lld, %d",
                        there ? n : (long long)stack->len,
                        there ? 7 : 0);
    }
    if (call_is(call, "drop"))
        return step_drop(s, stack, answer);
    return call_is(call, "pop") || call_is(call, "top")
           ? step_take(s, call, stack, answer) : MODEL_ILLEGAL;
}

static int step(void *state, const struct call *call,
                struct text *answer)
{
    struct state *s = state;

    s->failing |= call_is(call, "fail");
    if (s->over)
        return MODEL_ILLEGAL;
    if (call_is(call, "requests"))
        return text_put(answer, "len %lld, requests up to 200, live 0",
                        call_int(call, 0));
    if (call_args(call) == 0 || call_is(call, "deep")
        || call_is(call, "rpn"))
        return step_first(s, call, answer);
    long long at = call_int(call, 0);
    if (call_is(call, "fail") || at < 0 || (size_t)at >= s->len
        || s->all[at].gone)
        return MODEL_ILLEGAL;
    return step_on(s, call, at, answer);
}

static bool accept(const struct call *call, const char *want,
                   const char *got)
{
    long long len, requests, live;

    if (!call_is(call, "requests"))
        return accept_either(call, want, got);
    return sscanf(got, "len %lld, requests %lld, live %lld", &len,
                  &requests, &live) == 3
           && len == call_int(call, 0) && requests <= 200 && live == 0;
}

static const struct check checks[] = {
    {.name = "push", .says = "what comes last goes first", .weight = 6,
     .cases = 40},
    {.name = "repr", .says = "a stack is written, also within itself",
     .weight = 3, .cases = 24, .needs = "push"},
    {.name = "rpn", .says = "the calculator calculates", .weight = 3,
     .cases = 24, .needs = "push"},
    {.name = "clear",
     .says = "it is empty before the first object goes",
     .weight = 6, .cases = 60, .needs = "push"},
    {.name = "slots", .says = "the slots show, drop, and go deep",
     .weight = 4, .cases = 24, .needs = "push"},
    {.name = "memory",
     .says = "each request may fail, and nothing is lost",
     .weight = 5, .cases = 80, .needs = "push"},
    {.name = "growth", .says = "many pushes need few requests",
     .weight = 3, .cases = 4, .needs = "push"},
    {0},
};

const struct model model_objects_stack = {
    .exercise = "objects-stack", .checks = checks, .make = make,
    .open = open_state, .step = step, .close = free, .accept = accept,
};
