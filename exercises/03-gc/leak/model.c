/* model.c - gc-leak: pages with counts, and what can be reached */
#include <stdlib.h>
#include <string.h>

#include "model.h"

enum { SLOTS = 16, PAGES = 512, LINKS = 32 };

static const char *const names[] = {
    "ash", "birch", "cedar", "elm", "fir", "oak", "pine", "yew"
};

struct page {
    char name[16];
    bool alive;
    int count;                  /* slots and links of living pages */
    int links[LINKS], len;
    int promises;
};

struct state {
    bool desk;
    struct page pages[PAGES];
    int len;
    int slots[SLOTS];           /* pages, or -1 */
    char log[PAGES][16];
    int log_len;
};

static void *open_state(void)
{
    struct state *s = calloc(1, sizeof *s);

    for (int i = 0; i < SLOTS; i++)
        s->slots[i] = -1;
    return s;
}

/* ---- life and death ---------------------------------------------- */
static void die(struct state *s, int p)
{
    struct page *page = &s->pages[p];

    page->alive = false;
    for (int i = 0; i < page->promises && s->log_len < PAGES; i++)
        strcpy(s->log[s->log_len++], page->name);
}

static void let_go(struct state *s, int p)
{
    struct page *page = &s->pages[p];

    if (--page->count > 0 || !page->alive)
        return;
    die(s, p);
    for (int i = 0; i < page->len; i++)
        let_go(s, page->links[i]);
}

static void mark(const struct state *s, int p, bool *reached)
{
    if (reached[p])
        return;
    reached[p] = true;
    for (int i = 0; i < s->pages[p].len; i++)
        mark(s, s->pages[p].links[i], reached);
}

static void collect(struct state *s)
{
    bool reached[PAGES] = {false};

    for (int i = 0; i < SLOTS; i++)
        if (s->slots[i] >= 0)
            mark(s, s->slots[i], reached);
    for (int p = 0; p < s->len; p++) {
        if (!s->pages[p].alive || reached[p])
            continue;
        die(s, p);
        for (int i = 0; i < s->pages[p].len; i++)
            s->pages[s->pages[p].links[i]].count--;
    }
}

static int alive(const struct state *s)
{
    int n = 0;

    for (int p = 0; p < s->len; p++)
        n += s->pages[p].alive;
    return n;
}

/* ---- the calls --------------------------------------------------- */
static int *slot(struct state *s, const struct call *c, size_t i)
{
    long long k = call_int(c, i);

    return k >= 0 && k < SLOTS ? &s->slots[k] : NULL;
}

static int page(struct state *s, const struct call *c,
                struct text *answer)
{
    int *at = slot(s, c, 0), p;
    size_t len;
    const char *name = call_text(c, 1, &len);

    if (at == NULL || *at >= 0 || s->len == PAGES || len == 0
        || len > 15
        || strspn(name, "abcdefghijklmnopqrstuvwxyz") != len)
        return MODEL_ILLEGAL;
    for (p = 0; p < s->len; p++)
        if (s->pages[p].alive && strcmp(s->pages[p].name, name) == 0)
            break;
    text_put(answer, p < s->len ? "again" : "new");
    if (p == s->len) {
        s->pages[s->len++] = (struct page){.alive = true};
        memcpy(s->pages[p].name, name, len + 1);
    }
    for (int i = 0; i < SLOTS; i++)
        if (s->slots[i] == p)
            text_put(answer, " %d", i);
    s->pages[p].count++;
    *at = p;
    return 0;
}

static int by_bytes(const void *a, const void *b)
{
    return strcmp(a, b);
}

static int say_log(struct state *s, struct text *answer)
{
    qsort(s->log, (size_t)s->log_len, sizeof s->log[0], by_bytes);
    text_put(answer, "log");
    for (int i = 0; i < s->log_len; i++)
        text_put(answer, " %s", s->log[i]);
    s->log_len = 0;
    return 0;
}

static int links(const struct state *s, int p, struct text *answer)
{
    const struct page *page = &s->pages[p];

    text_put(answer, "\"[");
    for (int i = 0; i < page->len; i++)
        text_put(answer, "%s'%s'", i > 0 ? ", " : "",
                 s->pages[page->links[i]].name);
    return text_put(answer, "]\"");
}

static int of_page(struct state *s, const struct call *c,
                   struct text *answer)
{
    int *at = call_args(c) > 0 ? slot(s, c, 0) : NULL, *other;

    if (at == NULL || *at < 0)
        return MODEL_ILLEGAL;
    struct page *page = &s->pages[*at];
    if (call_is(c, "drop")) {
        let_go(s, *at);
        *at = -1;
        return text_put(answer, "%d alive", alive(s));
    }
    if (call_is(c, "links"))
        return links(s, *at, answer);
    if (call_is(c, "promise")) {
        page->promises++;
        return text_put(answer, "0");
    }
    other = slot(s, c, 1);
    if (other == NULL || *other < 0 || page->len == LINKS)
        return MODEL_ILLEGAL;
    page->links[page->len++] = *other;
    s->pages[*other].count++;
    return text_put(answer, "0");
}

static int step(void *state, const struct call *c, struct text *answer)
{
    struct state *s = state;

    if (call_is(c, "desk") && !s->desk) {
        s->desk = true;
        return text_put(answer, "ok");
    }
    if (!s->desk)
        return MODEL_ILLEGAL;
    if (call_is(c, "page"))
        return page(s, c, answer);
    if (call_is(c, "scarce-desk"))
        return text_put(answer, "desk");
    if (call_is(c, "odd"))
        return text_put(answer, "TypeError");
    if (call_is(c, "len"))
        return text_put(answer, "%d", alive(s));
    if (call_is(c, "log"))
        return say_log(s, answer);
    if (call_is(c, "collect")) {
        collect(s);
        return text_put(answer, "%d alive", alive(s));
    }
    if (call_is(c, "rounds") || call_is(c, "scarce")) {
        if (alive(s) > 0 || s->log_len > 0 || call_int(c, 0) < 0
            || call_int(c, 0) > (call_is(c, "rounds") ? 4 : 3))
            return MODEL_ILLEGAL;
        return text_put(answer, call_is(c, "rounds") ? "0 more"
                                                     : "0 0 more");
    }
    return of_page(s, c, answer);
}

static bool accept(const struct call *call, const char *want,
                   const char *got)
{
    static const char error[] = "MemoryError ";

    while ((call_is(call, "scarce") || call_is(call, "scarce-desk"))
           && strncmp(got, error, sizeof error - 1) == 0)
        got += sizeof error - 1;
    return strcmp(want, got) == 0;
}

/* ---- the cases --------------------------------------------------- */
struct making {
    struct dice *dice;
    struct calls *calls;
    bool made[SLOTS];
    bool drops, rings, links, promises;
};

static int a_page(struct making *m)
{
    int i = (int)dice_below(m->dice, SLOTS);

    for (int k = 0; k < SLOTS; k++, i = (i + 1) % SLOTS)
        if (m->made[i])
            return i;
    return -1;
}

static void add_page(struct making *m)
{
    for (int i = 0; i < SLOTS; i++) {
        if (m->made[i])
            continue;
        calls_add(m->calls, "page", "is", (long long)i,
                  dice_pick(m->dice, names,
                            sizeof names / sizeof *names));
        m->made[i] = true;
        return;
    }
}

static void add_any(struct making *m)
{
    long long i = a_page(m), k = a_page(m);

    switch (i < 0 ? 0 : dice_below(m->dice, 8)) {
    case 0:
    case 1:
        add_page(m);
        break;
    case 2:
    case 3:
        if (m->rings)
            calls_add(m->calls, "link", "ii", i, k);
        break;
    case 4:
        calls_add(m->calls, m->links ? "links" : "len", "i", i);
        break;
    case 5:
        if (m->promises)
            calls_add(m->calls, "promise", "i", i);
        break;
    default:
        if (!m->drops)
            break;
        calls_add(m->calls, "drop", "i", i);
        m->made[i] = false;
        break;
    }
}

static void make(const struct check *check, int i, struct dice *dice,
                 struct calls *calls)
{
    static const char first[] = "wdrlpf";
    long long kind = strchr(first, check->name[0]) - first - 1;
    struct making m = {.dice = dice, .calls = calls, .drops = kind >= 0,
                       .rings = kind < 0 || kind == 1,
                       .links = kind < 0,
                       .promises = kind == 3};

    calls_add(calls, "open", "");
    calls_add(calls, "desk", "");
    if (check->name[0] == 'l'
        || (kind >= 0 && kind < 4 && i % 4 == 3)) {
        calls_add(calls, "rounds", "ii", kind, 1LL + i);
    } else if (check->name[0] == 'f') {
        calls_add(calls, i % 2 ? "scarce" : "odd", "i",
                  (long long)(i / 2 % 4));
        calls_add(calls, "rounds", "ii", 4LL, 1LL + i);
        calls_add(calls, "scarce-desk", "");
    } else {
        for (int n = 0; n < 3 + 2 * i; n++)
            add_any(&m);
        calls_add(calls, "log", "");
        calls_add(calls, "len", "");
        calls_add(calls, "collect", "");
        calls_add(calls, "log", "");
    }
    if (kind >= 0)              /* "works" does not ask what is left */
        calls_add(calls, "close", "");
}

static const struct check checks[] = {
    {.name = "works", .weight = 1, .cases = 20, .builds = "plain",
     .says = "what worked before works"},
    {.name = "desk", .weight = 2, .cases = 20, .needs = "works",
     .says = "a page goes when nobody holds it"},
    {.name = "rings", .weight = 2, .cases = 30, .needs = "desk",
     .says = "the collector finds pages that link to each other"},
    {.name = "links", .weight = 1, .cases = 8, .needs = "works",
     .says = "to ask for links leaves nothing behind"},
    {.name = "promise", .weight = 2, .cases = 20, .needs = "desk",
     .says = "a page with a promise goes, and its name is told"},
    {.name = "failing", .weight = 2, .cases = 16, .needs = "desk",
     .says = "what fails leaves nothing behind"},
    {0},
};

const struct model model_gc_leak = {
    .exercise = "gc-leak", .checks = checks, .make = make,
    .open = open_state, .step = step, .close = free, .accept = accept,
};
