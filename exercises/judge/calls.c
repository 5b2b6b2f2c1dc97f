/* calls.c - texts, calls, cases */
#include "calls.h"

#include <ctype.h>
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void *need(void *p)
{
    if (p == NULL) {
        fputs("judge: out of memory\n", stderr);
        exit(3);
    }
    return p;
}

void *need_resize(void *p, size_t len, size_t size)
{
    if (size != 0 && len > SIZE_MAX / size)
        need(NULL);
    size_t bytes = len * size;

    return need(realloc(p, bytes > 0 ? bytes : 1));
}

/* ---- texts ------------------------------------------------------- */
void text_clear(struct text *text)
{
    free(text->s);
    *text = (struct text){0};
}

static void text_reserve(struct text *text, size_t more)
{
    if (text->cap - text->len > more)
        return;
    text->cap = 2 * text->cap + more + 32;
    text->s = need_resize(text->s, text->cap, 1);
}

void text_add(struct text *text, const char *bytes, size_t len)
{
    text_reserve(text, len);
    if (len > 0)
        memcpy(text->s + text->len, bytes, len);
    text->len += len;
    text->s[text->len] = '\0';
}

const char *text_chars(const struct text *text)
{
    return text->s != NULL ? text->s : "";
}

int text_read(struct text *text, const char *path)
{
    char some[4096];
    size_t n;
    FILE *f = fopen(path, "r");
    bool bad;

    while (f != NULL && (n = fread(some, 1, sizeof some, f)) > 0)
        text_add(text, some, n);
    bad = f == NULL || ferror(f) != 0;
    if (f != NULL)
        fclose(f);
    return bad ? -1 : 0;
}

int text_put(struct text *text, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    int len = vsnprintf(NULL, 0, format, args);
    va_end(args);
    if (len < 0)
        need(NULL);
    text_reserve(text, (size_t)len);
    va_start(args, format);
    vsnprintf(text->s + text->len, (size_t)len + 1, format, args);
    va_end(args);
    text->len += (size_t)len;
    return 0;
}

int text_quote(struct text *text, const char *bytes, size_t len)
{
    text_add(text, "\"", 1);
    for (size_t i = 0; i < len; i++) {
        unsigned char c = (unsigned char)bytes[i];

        if (c < 0x20 || c > 0x7e || c == '"' || c == '\\')
            text_put(text, "\\x%02x", c);
        else
            text_add(text, bytes + i, 1);
    }
    text_add(text, "\"", 1);
    return 0;
}

static int hex_digit(int c)
{
    const char *digits = "0123456789abcdef";
    const char *found = c != '\0' ? strchr(digits, c) : NULL;

    return found != NULL ? (int)(found - digits) : -1;
}

int text_unquote(struct text *out, const char **p)
{
    const char *s = *p;

    if (*s++ != '"')
        return -1;
    text_add(out, "", 0);
    for (; *s != '"'; s++) {
        char c = *s;

        if (c < 0x20 || c > 0x7e)
            return -1;
        if (c == '\\') {
            if (s[1] != 'x' || hex_digit(s[2]) < 0
                || hex_digit(s[3]) < 0)
                return -1;
            c = (char)(hex_digit(s[2]) * 16 + hex_digit(s[3]));
            s += 3;
        }
        text_add(out, &c, 1);
    }
    *p = s + 1;
    return 0;
}

/* ---- calls ------------------------------------------------------- */
static struct call *calls_new(struct calls *calls, const char *op,
                              size_t len)
{
    if (calls->len == calls->cap) {
        calls->cap = 2 * calls->cap + 8;
        calls->at = need_resize(calls->at, calls->cap,
                                sizeof *calls->at);
    }
    struct call *call = &calls->at[calls->len++];

    *call = (struct call){.op = need(strndup(op, len))};
    return call;
}

static void call_add(struct call *call, const char *s, size_t len,
                     long long i)
{
    call->args = need_resize(call->args, call->len + 1,
                             sizeof *call->args);
    struct arg *arg = &call->args[call->len++];

    *arg = (struct arg){.i = i};
    if (s != NULL) {
        struct text copy = {0};

        text_add(&copy, s, len);
        arg->s = copy.s;
        arg->len = len;
    }
}

static void call_clear(struct call *call)
{
    for (size_t i = 0; i < call->len; i++)
        free(call->args[i].s);
    free(call->args);
    free(call->op);
}

void calls_add(struct calls *calls, const char *op, const char *form,
               ...)
{
    struct call *call = calls_new(calls, op, strlen(op));
    va_list args;

    va_start(args, form);
    for (; *form != '\0'; form++) {
        if (*form == 'i') {
            call_add(call, NULL, 0, va_arg(args, long long));
        } else if (*form == 's') {
            const char *s = va_arg(args, const char *);
            call_add(call, s, strlen(s), 0);
        } else if (*form == 'b') {
            const char *s = va_arg(args, const char *);
            call_add(call, s, va_arg(args, size_t), 0);
        } else {
            fprintf(stderr, "judge: a form has i, s and b, not %c\n",
                    *form);
            exit(3);
        }
    }
    va_end(args);
}

size_t calls_len(const struct calls *calls)
{
    return calls->len;
}

void calls_clear(struct calls *calls)
{
    for (size_t i = 0; i < calls->len; i++)
        call_clear(&calls->at[i]);
    free(calls->at);
    *calls = (struct calls){0};
}

void calls_copy(struct calls *to, const struct calls *from)
{
    for (size_t i = 0; i < from->len; i++) {
        const struct call *old = &from->at[i];
        struct call *call = calls_new(to, old->op, strlen(old->op));

        for (size_t k = 0; k < old->len; k++)
            call_add(call, old->args[k].s, old->args[k].len,
                     old->args[k].i);
    }
}

void calls_drop(struct calls *calls, size_t i, size_t len)
{
    for (size_t k = i; k < i + len; k++)
        call_clear(&calls->at[k]);
    memmove(&calls->at[i], &calls->at[i + len],
            (calls->len - i - len) * sizeof *calls->at);
    calls->len -= len;
}

void call_print(const struct call *call, struct text *out)
{
    text_put(out, "%s", call->op);
    for (size_t i = 0; i < call->len; i++) {
        text_put(out, " ");
        if (call->args[i].s != NULL)
            text_quote(out, call->args[i].s, call->args[i].len);
        else
            text_put(out, "%lld", call->args[i].i);
    }
}

static int parse_arg(struct call *call, const char **p)
{
    if (**p != '"') {
        char *end = NULL;

        errno = 0;
        long long i = strtoll(*p, &end, 10);
        if (end == *p || errno != 0 || (!isdigit((unsigned char)**p)
                                        && **p != '-'))
            return -1;
        call_add(call, NULL, 0, i);
        *p = end;
        return 0;
    }
    struct text text = {0};
    int rv = text_unquote(&text, p);

    if (rv == 0)
        call_add(call, text_chars(&text), text.len, 0);
    text_clear(&text);
    return rv;
}

int calls_parse(struct calls *calls, const char *line)
{
    size_t len = strcspn(line, " ");
    const char *p = line + len;

    if (len == 0)
        return -1;
    struct call *call = calls_new(calls, line, len);
    int rv = 0;

    while (rv == 0 && *p == ' ') {
        p++;
        rv = parse_arg(call, &p);
    }
    if (rv == 0 && *p == '\0')
        return 0;
    calls_drop(calls, calls->len - 1, 1);
    return -1;
}

/* ---- what a model asks ------------------------------------------- */
static const struct arg *arg_at(const struct call *call, size_t i,
                                bool is_int)
{
    if (i >= call->len || (call->args[i].s == NULL) != is_int) {
        fprintf(stderr,
                "judge: the model asks for argument %zu of %s\n", i,
                call->op);
        exit(3);
    }
    return &call->args[i];
}

bool call_is(const struct call *call, const char *op)
{
    return strcmp(call->op, op) == 0;
}

size_t call_args(const struct call *call)
{
    return call->len;
}

bool call_is_int(const struct call *call, size_t i)
{
    return i < call->len && call->args[i].s == NULL;
}

long long call_int(const struct call *call, size_t i)
{
    return arg_at(call, i, true)->i;
}

const char *call_text(const struct call *call, size_t i, size_t *len)
{
    const struct arg *arg = arg_at(call, i, false);

    if (len != NULL)
        *len = arg->len;
    return arg->s;
}
