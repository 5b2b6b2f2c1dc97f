#include <errno.h>
#include <string.h>

#include "coil/memory.h"
#include "coil/protocol.h"
#include "coil/str.h"
#include "internal/thread.h"

/* protocol: depth */
static int go_deeper(const char *doing)
{
    if (coili_thread->depth >= COIL_DEPTH) {
        coil_error_set(COIL_RECURSION_ERROR,
            "maximum recursion depth exceeded%s", doing);
        return -1;
    }
    coili_thread->depth++;
    return 0;
}

static void come_back(void)
{
    coili_thread->depth--;
}

/* protocol: asking for a repr */
int coil_text_repr(coil_text *out, coil_obj *o)
{
    int rv;

    COIL_CHECK(out != NULL && o != NULL);
    if (o->type->repr == NULL)
        return coil_text_format(out, "<%s object>", o->type->name);
    if (go_deeper(" while getting the repr of an object") < 0)
        return -1;
    rv = o->type->repr(o, out);
    come_back();
    return rv;
}

/* protocol: asking for a str */
coil_obj *coil_repr(coil_obj *o)
{
    coil_text text;
    coil_obj *s = NULL;

    coil_text_init(&text);
    if (coil_text_repr(&text, o) == 0)
        s = coil_str_new(text.bytes, text.size);
    coil_text_clear(&text);
    return s;
}

int coil_print(FILE *out, coil_obj *o)
{
    coil_text text;
    int rv;

    COIL_CHECK(out != NULL && o != NULL);
    coil_text_init(&text);
    rv = coil_is(o, &coil_str_type) ? coil_text_str(&text, o)
                                    : coil_text_repr(&text, o);
    if (rv == 0 &&
        fwrite(text.bytes, 1, text.size, out) != text.size) {
        coil_error_set(COIL_OS_ERROR, "[Errno %d] %s", errno,
                       strerror(errno));
        rv = -1;
    }
    coil_text_clear(&text);
    return rv;
}

/* protocol: asking the rest */
int coil_equal(coil_obj *a, coil_obj *b)
{
    int rv = COIL_UNKNOWN;

    COIL_CHECK(a != NULL && b != NULL);
    if (go_deeper(" in comparison") < 0)
        return -1;
    if (a->type->equal != NULL)
        rv = a->type->equal(a, b);
    if (rv == COIL_UNKNOWN && b->type != a->type &&
        b->type->equal != NULL)
        rv = b->type->equal(b, a);
    come_back();
    return rv == COIL_UNKNOWN ? a == b : rv;
}

int coil_same(coil_obj *a, coil_obj *b)
{
    return a == b ? 1 : coil_equal(a, b);
}

int coil_hash(coil_obj *o, int64_t *hash)
{
    uintptr_t p = (uintptr_t)o;
    int rv;

    COIL_CHECK(o != NULL && hash != NULL);
    if (o->type->hash == NULL && o->type->equal != NULL) {
        coil_error_set(COIL_TYPE_ERROR, "unhashable type: '%s'",
                       o->type->name);
        return -1;
    }
    if (o->type->hash == NULL) {
        *hash = (int64_t)(p >> 4 | (uint64_t)p << 60);
        return 0;
    }
    if (go_deeper(" while hashing") < 0)
        return -1;
    rv = o->type->hash(o, hash);
    come_back();
    return rv;
}

int coil_truth(coil_obj *o)
{
    COIL_CHECK(o != NULL);
    return o->type->truth != NULL ? o->type->truth(o) : 1;
}
