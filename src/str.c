#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "coil/memory.h"
#include "coil/protocol.h"
#include "internal/str_layout.h"

/* str: constructors */
static int count_points(const char *bytes, size_t size, size_t *len)
{
    const char *p = bytes, *end = bytes + size;

    for (*len = 0; p < end; ++*len) {
        if (coili_utf8_next(&p, end) < 0) {
            coil_error_set(COIL_VALUE_ERROR, "invalid UTF-8 at "
                "byte %zu", (size_t)(p - bytes));
            return -1;
        }
    }
    return 0;
}

coil_obj *coil_str_new(const char *bytes, size_t size)
{
    struct coili_str *s;
    size_t len;

    COIL_CHECK(bytes != NULL || size == 0);
    if (bytes == NULL)
        bytes = "";
    if (count_points(bytes, size, &len) < 0)
        return NULL;
    s = coil_object_new_var(&coil_str_type, size);
    if (s == NULL)
        return NULL;
    s->len = len;
    s->hash = -1;
    s->interned = false;
    memcpy(s->bytes, bytes, size);
    s->bytes[size] = '\0';
    return &s->head;
}

coil_obj *coil_str_from(const char *s)
{
    COIL_CHECK(s != NULL);
    return coil_str_new(s, strlen(s));
}

coil_obj *coil_str_format(const char *format, ...)
{
    va_list args;
    char *bytes;
    coil_obj *s;
    int size;

    va_start(args, format);
    size = vsnprintf(NULL, 0, format, args);
    va_end(args);
    COIL_CHECK(size >= 0);
    if ((bytes = coil_memory_alloc((size_t)size + 1)) == NULL)
        return NULL;
    va_start(args, format);
    vsnprintf(bytes, (size_t)size + 1, format, args);
    va_end(args);
    s = coil_str_new(bytes, (size_t)size);
    coil_memory_free(bytes, (size_t)size + 1);
    return s;
}

coil_obj *coil_str_concat(coil_obj *a, coil_obj *b)
{
    coil_text text;
    coil_obj *s = NULL;

    if (!coil_str_check(a) || !coil_str_check(b)) {
        coil_error_set(COIL_TYPE_ERROR,
            "can only concatenate str (not \"%s\") to str",
            (coil_str_check(a) ? b : a)->type->name);
        return NULL;
    }
    coil_text_init(&text);
    if (coil_text_str(&text, a) == 0 && coil_text_str(&text, b) == 0)
        s = coil_str_new(text.bytes, text.size);
    coil_text_clear(&text);
    return s;
}

/* str: access */
bool coil_str_check(coil_obj *o)
{
    COIL_CHECK(o != NULL);
    return coil_is(o, &coil_str_type);
}

size_t coil_str_len(coil_obj *o)
{
    COIL_CHECK(coil_str_check(o));
    return coili_str_of(o)->len;
}

const char *coil_str_bytes_borrowed(coil_obj *o, size_t *size)
{
    COIL_CHECK(coil_str_check(o));
    if (size != NULL)
        *size = coili_str_of(o)->size;
    return coili_str_of(o)->bytes;
}

int coil_text_str(coil_text *t, coil_obj *str)
{
    COIL_CHECK(coil_str_check(str));
    return coil_text_bytes(t, coili_str_of(str)->bytes,
                           coili_str_of(str)->size);
}

/* str: slots */
static int str_equal(coil_obj *self, coil_obj *other)
{
    struct coili_str *a = coili_str_of(self), *b;

    if (self == other)
        return 1;
    if (!coil_is(other, &coil_str_type))
        return COIL_UNKNOWN;
    b = coili_str_of(other);
    if (a->size != b->size || (a->interned && b->interned))
        return 0;
    return memcmp(a->bytes, b->bytes, a->size) == 0;
}

static int str_hash(coil_obj *self, int64_t *hash)
{
    struct coili_str *s = coili_str_of(self);

    if (s->hash == -1)
        s->hash = coili_hash_bytes(s->bytes, s->size);
    *hash = s->hash;
    return 0;
}

static int str_truth(coil_obj *self)
{
    return coili_str_of(self)->size > 0;
}

static int add_escaped(coil_text *out, int32_t c, char quote)
{
    switch (c) {
    case '\n': return coil_text_add(out, "\\n");
    case '\r': return coil_text_add(out, "\\r");
    case '\t': return coil_text_add(out, "\\t");
    }
    if (c == '\\' || c == quote)
        return coil_text_format(out, "\\%c", (char)c);
    if (c < 0x100)
        return coil_text_format(out, "\\x%02x", (unsigned)c);
    return coil_text_format(out, c < 0x10000 ? "\\u%04x" : "\\U%08x",
                            (unsigned)c);
}

static int str_repr(coil_obj *self, coil_text *out)
{
    struct coili_str *s = coili_str_of(self);
    const char *p = s->bytes, *end = s->bytes + s->size;
    char quote = memchr(p, '\'', s->size) != NULL &&
                 memchr(p, '"', s->size) == NULL ? '"' : '\'';
    int rv = coil_text_bytes(out, &quote, 1);

    while (rv == 0 && p < end) {
        const char *start = p;
        int32_t c = coili_utf8_next(&p, end);

        rv = c == '\\' || c == quote || !coili_printable(c)
            ? add_escaped(out, c, quote)
            : coil_text_bytes(out, start, (size_t)(p - start));
    }
    return rv < 0 ? -1 : coil_text_bytes(out, &quote, 1);
}

coil_type coil_str_type = {
    .head = COIL_TYPE_HEAD, .name = "str",
    .size = offsetof(struct coili_str, bytes) + 1, .item_size = 1,
    .repr = str_repr, .hash = str_hash, .equal = str_equal,
    .truth = str_truth,
};
