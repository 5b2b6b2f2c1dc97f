/* drive.c - the main of a driver: a call at a time, an answer each */
#include "drive.h"

#include <errno.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "coil/census.h"
#include "coil/coil.h"
#include "coil/dump.h"
#include "coil/error.h"
#include "coil/memory.h"
#include "coil/protocol.h"
#include "coil/runtime.h"
#include "coil/str.h"

#if __has_include("coil/pools.h")      /* from chapter 4 on */
#include "coil/pools.h"
#endif

enum { ANSWERS = 4, MOST_ARGS = 64, MOST_ROOTS = 64 };

struct arg {
    char *s;                    /* in the line; NULL: an integer */
    size_t len;
    long long i;
};

struct drive {
    char *nonce, *op;           /* in the line */
    struct arg args[MOST_ARGS];
    size_t len;
    char *answer;
    size_t size, cap;
};

static struct {
    const char *names[MOST_ROOTS];
    coil_obj *at[MOST_ROOTS];
    size_t len;
} roots;

static coil_runtime *world;

static void die(const char *why)
{
    fprintf(stderr, "driver: %s\n", why);
    exit(70);
}

/* ---- the call's arguments ---------------------------------------- */
size_t drive_args(const struct drive *d)
{
    return d->len;
}

long long drive_int(const struct drive *d, size_t i)
{
    if (i >= d->len || d->args[i].s != NULL)
        die("an integer is missing");
    return d->args[i].i;
}

const char *drive_text(const struct drive *d, size_t i, size_t *len)
{
    if (i >= d->len || d->args[i].s == NULL)
        die("a text is missing");
    if (len != NULL)
        *len = d->args[i].len;
    return d->args[i].s;
}

/* ---- the answer -------------------------------------------------- */
static void add(struct drive *d, const char *bytes, size_t len)
{
    if (len > SIZE_MAX / 2 - d->size)
        die("the answer is too long");
    if (d->size + len + 1 > d->cap) {
        d->cap = 2 * (d->size + len) + 64;
        d->answer = realloc(d->answer, d->cap);
        if (d->answer == NULL)
            die("no memory for the answer");
    }
    memcpy(d->answer + d->size, bytes, len);
    d->size += len;
    d->answer[d->size] = '\0';
}

void drive_say(struct drive *d, const char *format, ...)
{
    char some[1024];
    va_list args;

    va_start(args, format);
    int len = vsnprintf(some, sizeof some, format, args);
    va_end(args);
    if (len < 0 || (size_t)len >= sizeof some)
        die("the answer is too long");
    add(d, some, (size_t)len);
}

void drive_quote(struct drive *d, const char *bytes, size_t len)
{
    add(d, "\"", 1);
    for (size_t i = 0; i < len; i++) {
        unsigned char c = (unsigned char)bytes[i];

        if (c < 0x20 || c > 0x7e || c == '"' || c == '\\')
            drive_say(d, "\\x%02x", c);
        else
            add(d, bytes + i, 1);
    }
    add(d, "\"", 1);
}

void drive_error(struct drive *d)
{
    const coil_kind *kind = coil_error_kind();

    drive_say(d, "%s", kind != NULL ? kind->name : "none");
    coil_error_clear();
}

void drive_repr(struct drive *d, coil_obj *o)
{
    coil_obj *repr = coil_repr(o);

    if (repr == NULL) {
        drive_error(d);
        return;
    }
    size_t size;
    const char *bytes = coil_str_bytes_borrowed(repr, &size);

    drive_quote(d, bytes, size);
    coil_decref(repr);
}

void drive_root(const char *name, coil_obj *o)
{
    size_t i = 0;

    while (i < roots.len && strcmp(roots.names[i], name) != 0)
        i++;
    if (i == MOST_ROOTS)
        die("too many roots");
    roots.names[i] = name;
    roots.at[i] = o;
    roots.len += i == roots.len;
}

/* ---- what every driver knows ------------------------------------- */
/* In a pool no sanitizer sees that a block was lost, or used after it
 * was freed: its build has none. */
static void op_open(struct drive *d)
{
    coil_options options = {.hash_seed = 1};

#if defined DRIVE_ASAN && defined COIL_POOLS_H
    options.pools = COIL_POOLS_OFF;
#endif
    if (world != NULL)
        die("open, and a runtime is open");
    world = coil_runtime_open(&options);
    if (world == NULL)
        die("no memory for a runtime");
    drive_say(d, "ok");
}

static void reset(void)
{
    drive_reset();
    roots.len = 0;
}

/* A line for each type that has objects, or NULL; free it. */
static char *living(void)
{
    char *text = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&text, &size);

    if (out == NULL)
        return NULL;
    coil_census_print(out);
    fclose(out);
    return text;
}

/* " (int 1, list 2)" */
static void say_living(struct drive *d, const char *lines)
{
    const char *before = " (";

    for (size_t n; *lines != '\0'; lines += n + (lines[n] == '\n')) {
        n = strcspn(lines, "\n");
        drive_say(d, "%s%.*s", before, n < 80 ? (int)n : 80, lines);
        before = ", ";
    }
    drive_say(d, ")");
}

static void op_close(struct drive *d)
{
    if (world == NULL)
        die("close, and no runtime is open");
    reset();
    coil_error_clear();
    size_t before = coil_census_live();
    char *what = living();
    size_t live = coil_runtime_close(world);

    world = NULL;
    drive_say(d, "live %zu", live);
    if (live > 0 && live == before && what != NULL)
        say_living(d, what);    /* closing collected nothing */
    free(what);
}

static void op_case(struct drive *d)
{
    reset();
    if (world != NULL) {
        coil_error_clear();
        coil_runtime_close(world);
        world = NULL;
    }
    drive_say(d, "ok");
}

static void op_fail(struct drive *d)
{
    coil_memory_fail_at((size_t)drive_int(d, 0));
    drive_say(d, "ok");
}

static void op_failed(struct drive *d)
{
    drive_say(d, coil_memory_failed() ? "yes" : "no");
}

static void op_heap(struct drive *d)
{
    char *text = NULL;
    size_t size = 0;
    FILE *out = world != NULL ? open_memstream(&text, &size) : NULL;

    coil_error_clear();
    if (out != NULL) {
        coil_dump_graph(out, roots.names, roots.at, roots.len);
        fclose(out);
    }
    drive_quote(d, text != NULL ? text : "", size);
    free(text);
}

static void op_quit(struct drive *d)
{
    reset();
    if (world != NULL)
        coil_runtime_close(world);
    world = NULL;
    drive_say(d, "bye");
}

static const struct drive_op known[] = {
    {"open", op_open}, {"close", op_close}, {"case", op_case},
    {"fail", op_fail}, {"failed", op_failed}, {"heap", op_heap},
    {"quit", op_quit}, {0},
};

/* ---- the conversation -------------------------------------------- */
/* Decode the text in quotes at s, in place; returns what follows it. */
static char *take_text(struct arg *arg, char *s)
{
    char *to = arg->s = s + 1;

    for (s++; *s != '"'; s++) {
        unsigned c = (unsigned char)*s;

        if (c == '\\' && sscanf(s, "\\x%2x", &c) == 1)
            s += 3;
        else if (c == '\0' || c == '\\')
            die("a text is not well formed");
        *to++ = (char)c;
    }
    arg->len = (size_t)(to - arg->s);
    *to = '\0';
    return s + 1;
}

static void parse(struct drive *d, char *line)
{
    d->nonce = line;
    d->op = line + strcspn(line, " ");
    if (*d->op != ' ')
        die("a call without a name");
    *d->op++ = '\0';
    char *s = d->op + strcspn(d->op, " ");
    d->len = 0;
    while (*s != '\0') {
        *s++ = '\0';
        if (d->len == MOST_ARGS)
            die("too many arguments");
        struct arg *arg = &d->args[d->len++];
        *arg = (struct arg){0};
        if (*s == '"')
            s = take_text(arg, s);
        else
            arg->i = strtoll(s, &s, 10);
        if (*s != ' ' && *s != '\0')
            die("an argument is not well formed");
    }
}

static const struct drive_op *find(const char *name)
{
    const struct drive_op *const lists[] = { known, drive_ops };

    for (size_t i = 0; i < 2; i++)
        for (const struct drive_op *op = lists[i]; op->name != NULL;
             op++)
            if (strcmp(op->name, name) == 0)
                return op;
    die("an unknown call");
    return NULL;
}

static void send_answer(const char *s, size_t len)
{
    while (len > 0) {
        ssize_t n = write(ANSWERS, s, len);

        if (n < 0 && errno != EINTR)
            die("nobody listens");
        s += n > 0 ? n : 0;
        len -= n > 0 ? (size_t)n : 0;
    }
}

/* Instructions are counted from here to its return; the name is known
 * to the judge. */
__attribute__((noinline))
static void drive_counted(struct drive *d, const struct drive_op *op)
{
    op->run(d);
    __asm__ volatile ("");      /* no tail call */
}

static void answer(struct drive *d, char *line)
{
    parse(d, line);
    d->size = 0;
    drive_say(d, "%s ", d->nonce);
    drive_counted(d, find(d->op));
    add(d, "\n", 1);
    fflush(stdout);
    send_answer(d->answer, d->size);
}

int main(void)
{
    struct drive d = {0};
    char *line = NULL;
    size_t cap = 0;
    ssize_t len;
    bool more = true;

    while (more && (len = getline(&line, &cap, stdin)) > 0) {
        line[len - 1] = '\0';
        answer(&d, line);
        more = strcmp(d.op, "quit") != 0;
    }
    free(d.answer);
    free(line);
    return 0;
}
