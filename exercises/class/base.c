/* base.c - see base.h */
#define _XOPEN_SOURCE 700
#include "base.h"

#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "sha256.h"

static void fault_va(struct fault *fault, const char *format,
                     va_list args)
{
    if (!fault->text[0])
        vsnprintf(fault->text, sizeof fault->text, format, args);
}

int fault_set(struct fault *fault, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    fault_va(fault, format, args);
    va_end(args);
    return -1;
}

int fault_errno(struct fault *fault, const char *format, ...)
{
    int cause = errno;
    bool first = !fault->text[0];
    va_list args;

    va_start(args, format);
    fault_va(fault, format, args);
    va_end(args);
    if (first) {
        size_t len = strlen(fault->text);

        snprintf(fault->text + len, sizeof fault->text - len, ": %s",
                 strerror(cause));
    }
    return -1;
}

void *must_alloc(void *p, size_t size)
{
    p = realloc(p, size ? size : 1);
    if (!p) {
        fputs("coil: out of memory\n", stderr);
        exit(3);
    }
    return p;
}

static char *print_va(const char *format, va_list args)
{
    va_list again;
    va_copy(again, args);
    int len = vsnprintf(NULL, 0, format, again);
    va_end(again);
    char *text = must_alloc(NULL, (size_t)len + 1);

    vsnprintf(text, (size_t)len + 1, format, args);
    return text;
}

char *must_print(const char *format, ...)
{
    va_list args;

    va_start(args, format);
    char *text = print_va(format, args);
    va_end(args);
    return text;
}

/* ---- bytes ------------------------------------------------------- */
void bytes_add(struct bytes *b, const void *from, size_t len)
{
    if (b->cap < b->len + len + 1) {
        b->cap = (b->len + len + 1) * 2;
        b->at = must_alloc(b->at, b->cap);
    }
    if (len)
        memcpy(b->at + b->len, from, len);
    b->len += len;
    b->at[b->len] = 0;
}

void bytes_print(struct bytes *b, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    char *text = print_va(format, args);
    va_end(args);
    bytes_add(b, text, strlen(text));
    free(text);
}

void bytes_clear(struct bytes *b)
{
    free(b->at);
    *b = (struct bytes){0};
}

/* ---- words ------------------------------------------------------- */
void words_add(struct words *w, const char *text)
{
    w->at = must_alloc(w->at, (w->len + 1) * sizeof *w->at);
    w->at[w->len++] = must_print("%s", text);
}

bool words_have(const struct words *w, const char *text)
{
    for (size_t i = 0; i < w->len; i++) {
        if (strcmp(w->at[i], text) == 0)
            return true;
    }
    return false;
}

static int compare(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

void words_sort(struct words *w)
{
    if (w->len)
        qsort(w->at, w->len, sizeof *w->at, compare);
}

void words_clear(struct words *w)
{
    for (size_t i = 0; i < w->len; i++)
        free(w->at[i]);
    free(w->at);
    *w = (struct words){0};
}

/* ---- names ------------------------------------------------------- */
void hash_hex(const void *bytes, size_t len, char hex[HASH_HEX + 1])
{
    struct sha256_ctx sha;

    sha256_init(&sha);
    if (len > 0)
        sha256_update(&sha, len, bytes);
    sha256_hex(&sha, hex);
}

bool is_hex(const char *text, size_t len)
{
    return strlen(text) == len &&
        strspn(text, "0123456789abcdef") == len;
}

void time_text(int64_t seconds, char text[TIME_TEXT])
{
    time_t t = (time_t)seconds;
    struct tm tm;

    if (!gmtime_r(&t, &tm) ||
        !strftime(text, TIME_TEXT, "%Y-%m-%dT%H:%M:%SZ", &tm))
        strcpy(text, "?");
}

int time_read(const char *text, int64_t *seconds)
{
    int y, mo, d, h = 0, mi = 0, s = 0, n = 0;

    if (sscanf(text, "%4d-%2d-%2d%n", &y, &mo, &d, &n) != 3)
        return -1;
    if (text[n]) {
        int m = 0;

        if (sscanf(text + n, "T%2d:%2d:%2dZ%n", &h, &mi, &s, &m) != 3 ||
            m == 0 || text[n + m])
            return -1;
    }
    if (y < 1970 || mo < 1 || mo > 12 || d < 1 || d > 31 || h < 0 ||
        h > 23 || mi < 0 || mi > 59 || s < 0 || s > 60)
        return -1;
    /* Days since 1970, with a year that begins in March. */
    int64_t year = mo <= 2 ? y - 1 : y;
    int64_t month = mo <= 2 ? mo + 9 : mo - 3;
    int64_t day = year * 365 + year / 4 - year / 100 + year / 400 +
                  (month * 306 + 5) / 10 + d - 1 - 719468;

    *seconds = ((day * 24 + h) * 60 + mi) * 60 + s;
    return 0;
}

/* The length of the character at p, or 0 where it is not UTF-8. */
static size_t utf8_len(const unsigned char *p)
{
    static const unsigned char least[] = {0, 0, 0xc2, 0xe0, 0xf0};
    size_t n = *p < 0x80 ? 1 : *p < 0xe0 ? 2 : *p < 0xf0 ? 3 : 4;

    if (*p > 0xf4 || *p < least[n])
        return 0;
    for (size_t i = 1; i < n; i++) {
        if ((p[i] & 0xc0) != 0x80)
            return 0;
    }
    if ((*p == 0xe0 && p[1] < 0xa0) || (*p == 0xed && p[1] > 0x9f) ||
        (*p == 0xf0 && p[1] < 0x90) || (*p == 0xf4 && p[1] > 0x8f))
        return 0;
    return n;
}

bool is_plain(const char *text)
{
    const unsigned char *p = (const unsigned char *)text;

    while (*p) {
        size_t n = utf8_len(p);

        if (n == 0 || *p < 0x20 || *p == 0x7f ||
            (*p == 0xc2 && p[1] < 0xa0))
            return false;
        p += n;
    }
    return true;
}
