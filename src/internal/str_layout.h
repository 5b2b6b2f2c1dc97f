/* str_layout.h - inside a str, and its modules (internal) */
#ifndef COILI_STR_LAYOUT_H
#define COILI_STR_LAYOUT_H

#include "coil/str.h"

struct coili_str {
    coil_obj head;
    size_t size;            /* bytes, without the NUL; the var len */
    size_t len;             /* code points */
    int64_t hash;           /* -1: not yet computed */
    bool interned;          /* in the table; leaves it when released */
    char bytes[];           /* size of them, and a NUL */
};

static inline struct coili_str *coili_str_of(coil_obj *o)
{
    return (struct coili_str *)o;
}

/* Decode one code point and advance *p; -1 if it is not valid UTF-8. */
int32_t coili_utf8_next(const char **p, const char *end);

/* Does repr write the code point as it is? */
bool coili_printable(int32_t c);

/* The seeded hash of some bytes. */
int64_t coili_hash_bytes(const char *bytes, size_t size);

/* An interned str is being released. */
void coili_intern_forget(struct coili_str *s);
#endif
