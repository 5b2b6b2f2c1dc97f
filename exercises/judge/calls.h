/* calls.h - texts and calls, as the judge's own files see them
 *
 * A call is written as "op 12 \"text\"": what a report shows is what
 * was sent.  Memory that is not there ends the judge, which then has
 * given no verdict.
 *
 * Threads: none.
 */
#ifndef COIL_JUDGE_CALLS_H
#define COIL_JUDGE_CALLS_H

#include "model.h"

struct text {
    char *s;                    /* ends with NUL; NULL while empty */
    size_t len, cap;
};

struct arg {
    char *s;                    /* NULL: an integer */
    size_t len;
    long long i;
};

struct call {
    char *op;
    struct arg *args;
    size_t len;
};

struct calls {
    struct call *at;
    size_t len, cap;
};

struct dice {
    uint64_t state;
};

/* need - p, which must not be NULL: the judge ends if it is
 * need_resize - as realloc, for len elements of size bytes */
void *need(void *p);
void *need_resize(void *p, size_t len, size_t size);

void text_clear(struct text *text);         /* frees */
void text_add(struct text *text, const char *bytes, size_t len);
const char *text_chars(const struct text *text);    /* never NULL */

/* text_read - append a file; 0, or -1 */
int text_read(struct text *text, const char *path);

void calls_clear(struct calls *calls);      /* frees */
void calls_copy(struct calls *to, const struct calls *from);
void calls_drop(struct calls *calls, size_t i, size_t len);
void call_print(const struct call *call, struct text *out);

/* calls_parse - add the call that line writes; -1: it is none */
int calls_parse(struct calls *calls, const char *line);

/* text_unquote - what stands in quotes at *p, and move *p behind it;
 * -1: not in the alphabet of docs/decisions/0008-exercises.md */
int text_unquote(struct text *out, const char **p);

/* dice_start - the dice of one case; the same for the same three */
void dice_start(struct dice *dice, uint64_t seed, const char *check,
                int i);
#endif
