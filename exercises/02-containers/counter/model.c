/* model.c - containers-counter: counts in the order of appearance */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "model.h"

enum { MOST = 48, LONGEST = 24, TEXT = 400 };

struct entry {
    char key[LONGEST + 1];
    long long count;
    bool many;                  /* a str in place of a count */
};

struct state {
    struct entry all[MOST];
    size_t len;
    char key[LONGEST + 1];
    enum { NO_KEY, STR, LIST } kind;
    bool open, failing, over;   /* after `fail`; after what it hit */
};

/* ---- the oracle -------------------------------------------------- */
static struct entry *find(struct state *s, const char *key)
{
    for (size_t i = 0; i < s->len; i++)
        if (strcmp(s->all[i].key, key) == 0)
            return &s->all[i];
    return NULL;
}

static struct entry *find_or_add(struct state *s, const char *key)
{
    struct entry *e = find(s, key);

    if (e == NULL && s->len < MOST) {
        e = &s->all[s->len++];
        *e = (struct entry){.count = 0};
        strcpy(e->key, key);
    }
    return e;
}

/* One of the characters that words are made of here; the only one of
 * two bytes is e acute. */
static bool plain(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')
           || (c != '\0' && strchr(",.-:;!", c) != NULL);
}

static bool blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* 1: a word, in `word`; 0: there is none; -1: it is no UTF-8; -2: too
 * much for this model. */
static int next_word(const char **p, const char *end, char *word)
{
    size_t len = 0;
    bool bad = false;

    while (*p < end && blank(**p))
        ++*p;
    for (; *p < end && !blank(**p); ++*p) {
        bool two = **p == '\303' && *p + 1 < end && (*p)[1] == '\251';

        if (!two && !plain(**p) && !(**p & 0x80))
            return -2;
        bad |= !two && (**p & 0x80);
        if (len + 2 > LONGEST)
            return -2;
        word[len++] = **p;
        if (two)
            word[len++] = *++*p;
    }
    word[len] = '\0';
    return bad ? -1 : len > 0;
}

static int count_words(struct state *s, const char *text, size_t size)
{
    char word[LONGEST + 1];
    int rv;

    for (const char *p = text;
         (rv = next_word(&p, text + size, word)) > 0; ) {
        struct entry *e = find_or_add(s, word);

        if (e == NULL)
            return -2;
        e->count++;
    }
    return rv;
}

/* ---- reprs ------------------------------------------------------- */
static void quote(struct text *answer, const char *s)
{
    for (; *s != '\0'; s++)
        text_put(answer, *s & 0x80 ? "\\x%02x" : "%c",
                 (unsigned char)*s);
}

static void put_pair(struct text *answer, const struct entry *e,
                     const char *between)
{
    text_put(answer, "'");
    quote(answer, e->key);
    text_put(answer, "'%s", between);
    if (e->many)
        text_put(answer, "'many'");
    else
        text_put(answer, "%lld", e->count);
}

static void put_dict(const struct state *s, struct text *answer)
{
    text_put(answer, "\"{");
    for (size_t i = 0; i < s->len; i++) {
        text_put(answer, i > 0 ? ", " : "");
        put_pair(answer, &s->all[i], ": ");
    }
    text_put(answer, "}\"");
}

static void put_most(const struct state *s, long long n,
                     struct text *answer)
{
    bool taken[MOST] = {false};

    text_put(answer, "\"[");
    for (long long i = 0; i < n && (size_t)i < s->len; i++) {
        size_t best = MOST;

        for (size_t k = 0; k < s->len; k++)
            if (!taken[k]
                && (best == MOST
                    || s->all[k].count > s->all[best].count))
                best = k;
        taken[best] = true;
        text_put(answer, i > 0 ? ", (" : "(");
        put_pair(answer, &s->all[best], ", ");
        text_put(answer, ")");
    }
    text_put(answer, "]\"");
}

/* ---- cases ------------------------------------------------------- */
static const char *const known[] = {
    "to", "be", "or", "not", "a", "ab", "caf\303\251", "x-1", "is", "1",
};

static void add_text(int words, struct dice *dice, char *text)
{
    static const char *const gaps[] = { " ", "  ", "\n", "\t", "\r\n",
        " \t " };

    text[0] = '\0';
    if (dice_below(dice, 3) == 0)
        strcat(text, dice_pick(dice, gaps, 6));
    for (int i = 0; i < words; i++) {
        strcat(text, dice_pick(dice, known, 10));
        if (i + 1 < words || dice_below(dice, 2) == 0)
            strcat(text, dice_pick(dice, gaps, 6));
    }
}

static void make_words(int i, struct dice *dice, struct calls *calls)
{
    static const char *const odd[] = { "", " ", "\n\n", "one", " one",
        "one " };
    char text[TEXT];

    add_text(i % 30, dice, text);
    strcat(text, " ");
    calls_add(calls, "words", "si", i < 6 ? odd[i] : text,
              i % 5 == 0 && i > 6 ? dice_range(dice, 100, 300) : 1LL);
}

static void make_add(int i, struct dice *dice, struct calls *calls)
{
    calls_add(calls, "new", "");
    for (int n = 0; n < i + 2; n++) {
        calls_add(calls, "key", "s", dice_pick(dice, known, 10));
        calls_add(calls, "add", "i", i % 4 == 3 && n > 0 ? INT64_MAX - n
                                     : dice_range(dice, -9, 600));
    }
}

static void add_counts(int n, struct dice *dice, struct calls *calls)
{
    calls_add(calls, "new", "");
    for (int i = 0; i < n; i++) {
        calls_add(calls, "key", "s", known[i % 10]);
        calls_add(calls, "add", "i", 300 + dice_range(dice, 0, 3));
    }
}

static void make_types(int i, struct dice *dice, struct calls *calls)
{
    char text[TEXT];

    if (i % 3 == 0) {
        add_text(i, dice, text);
        strcat(text, i % 2 ? " \377x" : "ab\303 c");
        calls_add(calls, "words", "si", text, 1LL);
        return;
    }
    add_counts(i / 2 + 1, dice, calls);
    if (i % 3 == 1) {
        calls_add(calls, "list", "");
        calls_add(calls, "add", "i", 1000LL);
        return;
    }
    calls_add(calls, "store", "s", dice_pick(dice, known, 10));
    calls_add(calls, "most", "i", dice_range(dice, 0, 3));
    calls_add(calls, "key", "s", dice_pick(dice, known, 10));
    calls_add(calls, "add", "i", 1000LL);
}

static void make_memory(int i, struct dice *dice, struct calls *calls)
{
    char text[TEXT];

    if (i % 3 == 0) {
        add_text(3 + i / 20, dice, text);
        strcat(text, " ");
        calls_add(calls, "fail", "i", (long long)i / 3);
        calls_add(calls, "words", "si", text, i % 2 ? 300LL : 1LL);
        return;
    }
    add_counts(i / 3 % 10, dice, calls);
    if (i % 3 == 1) {
        calls_add(calls, "key", "s", dice_pick(dice, known, 10));
        calls_add(calls, "fail", "i", (long long)(i / 3 % 5));
        calls_add(calls, "add", "i", 1000LL);
    } else {
        calls_add(calls, "fail", "i",
                  dice_range(dice, 0, i / 3 % 10 + 5));
        calls_add(calls, "most", "i", 3LL);
    }
}

static void make(const struct check *check, int i, struct dice *dice,
                 struct calls *calls)
{
    calls_add(calls, "open", "");
    switch (check->name[0]) {
    case 'w': make_words(i, dice, calls); break;
    case 'a': make_add(i, dice, calls); break;
    case 't': make_types(i, dice, calls); break;
    case 'm':
        if (strcmp(check->name, "memory") == 0) {
            make_memory(i, dice, calls);
            break;
        }
        add_counts(i % 12, dice, calls);
        calls_add(calls, "most", "i", (long long)(i % 5) + i / 10);
    }
    calls_add(calls, "close", "");
}

/* ---- answers ----------------------------------------------------- */
static void *open_state(void)
{
    return calloc(1, sizeof(struct state));
}

static int step_words(struct state *s, const struct call *call,
                      struct text *answer)
{
    size_t size;
    const char *text = call_text(call, 0, &size);
    long long times = call_int(call, 1);
    char last = size > 0 ? text[size - 1] : ' ';
    int rv;

    /* Repeated, the last word must not grow into the first. */
    if (times < 1 || times > 300 || size > TEXT
        || (times > 1 && !blank(last)))
        return MODEL_ILLEGAL;
    s->len = 0;
    s->open = true;
    if ((rv = count_words(s, text, size)) < -1)
        return MODEL_ILLEGAL;
    for (size_t i = 0; i < s->len; i++)
        s->all[i].count *= times;
    if (rv < 0) {
        text_put(answer, "ValueError");
        s->open = false;
    } else {
        put_dict(s, answer);
    }
    if (s->failing)
        text_put(answer, " | MemoryError");
    s->over = s->failing;
    return 0;
}

static int step_add(struct state *s, const struct call *call,
                    struct text *answer)
{
    const char *error = NULL;
    struct entry *e = s->kind == STR ? find(s, s->key) : NULL;
    long long sum = 0;

    if (s->kind == LIST || (e != NULL && e->many))
        error = "TypeError";
    else if (__builtin_add_overflow(e != NULL ? e->count : 0,
                                    call_int(call, 0), &sum))
        error = "OverflowError";
    if (s->failing) {
        text_put(answer, "-1 MemoryError ");
        put_dict(s, answer);
        text_put(answer, " | ");
    }
    if (error == NULL && (e = find_or_add(s, s->key)) == NULL)
        return MODEL_ILLEGAL;
    if (error == NULL)
        e->count = sum;
    text_put(answer, "%d %s ", error != NULL ? -1 : 0,
             error != NULL ? error : "none");
    put_dict(s, answer);
    s->kind = NO_KEY;
    s->over = s->failing;
    return 0;
}

static int step_most(struct state *s, long long n, struct text *answer)
{
    bool many = false;

    if (n < 0)
        return MODEL_ILLEGAL;
    for (size_t i = 0; i < s->len; i++)
        many |= s->all[i].many;
    if (s->failing) {
        text_put(answer, "MemoryError ");
        put_dict(s, answer);
        text_put(answer, " | ");
    }
    if (many)
        text_put(answer, "TypeError");
    else
        put_most(s, n, answer);
    text_put(answer, " ");
    put_dict(s, answer);
    s->over = s->failing;
    return 0;
}

static int step_key(struct state *s, const struct call *call,
                    struct text *answer)
{
    size_t size;
    const char *p = call_text(call, 0, &size), *end = p + size;
    char key[LONGEST + 1];

    if (next_word(&p, end, key) != 1 || p != end || strlen(key) != size)
        return MODEL_ILLEGAL;
    if (call_is(call, "store")) {
        struct entry *e = find_or_add(s, key);

        if (e == NULL)
            return MODEL_ILLEGAL;
        e->many = true;
    } else {
        strcpy(s->key, key);
        s->kind = STR;
    }
    return text_put(answer, "ok");
}

static int step(void *state, const struct call *call,
                struct text *answer)
{
    struct state *s = state;

    s->failing |= call_is(call, "fail");
    if (s->over)
        return MODEL_ILLEGAL;
    if (call_is(call, "words"))
        return step_words(s, call, answer);
    if (call_is(call, "new") && !s->failing) {
        s->len = 0;
        s->open = true;
        return text_put(answer, "ok");
    }
    if (!s->open)
        return MODEL_ILLEGAL;
    if (call_is(call, "add") && s->kind != NO_KEY)
        return step_add(s, call, answer);
    if (call_is(call, "most"))
        return step_most(s, call_int(call, 0), answer);
    if (s->failing || s->kind != NO_KEY)
        return MODEL_ILLEGAL;
    if (call_is(call, "list")) {
        s->kind = LIST;
        return text_put(answer, "ok");
    }
    return call_is(call, "key") || call_is(call, "store")
           ? step_key(s, call, answer) : MODEL_ILLEGAL;
}

static const struct check checks[] = {
    {.name = "add", .says = "counts add up, and nothing is left over",
     .weight = 2, .cases = 30},
    {.name = "words", .says = "words are found, in order of appearance",
     .weight = 2, .cases = 40},
    {.name = "most", .says = "the most frequent come first",
     .weight = 2, .cases = 30, .needs = "add"},
    {.name = "types",
     .says = "a wrong key, count or text changes nothing",
     .weight = 2, .cases = 30, .needs = "add"},
    {.name = "memory", .says = "each request may fail", .weight = 2,
     .cases = 90, .needs = "add"},
    {0},
};

const struct model model_containers_counter = {
    .exercise = "containers-counter", .checks = checks, .make = make,
    .open = open_state, .step = step, .close = free,
    .accept = accept_either,
};
