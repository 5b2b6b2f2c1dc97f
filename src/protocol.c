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
/* protocol: asking later questions */
coil_obj *coil_iter(coil_obj *o)
{
    COIL_CHECK(o != NULL);
    if (o->type->iter == NULL) {
        coil_error_set(COIL_TYPE_ERROR, "'%s' object is not iterable",
                       o->type->name);
        return NULL;
    }
    return o->type->iter(o);
}

int coil_next(coil_obj *iter, coil_obj **item)
{
    COIL_CHECK(iter != NULL && item != NULL);
    *item = NULL;
    if (iter->type->next == NULL) {
        coil_error_set(COIL_TYPE_ERROR,
            "'%s' object is not an iterator", iter->type->name);
        return -1;
    }
    return iter->type->next(iter, item);
}

/* protocol: headers of those that have a length */
#include "coil/list.h"
#include "coil/tuple.h"
#include "coil/dict.h"
#include "coil/set.h"
ptrdiff_t coil_len(coil_obj *o)
{
    COIL_CHECK(o != NULL);
    if (coil_is(o, &coil_str_type))
        return (ptrdiff_t)coil_str_len(o);
    /* protocol: return the length of a container */
    if (coil_is(o, &coil_list_type))
        return (ptrdiff_t)coil_list_len(o);
    if (coil_is(o, &coil_tuple_type))
        return (ptrdiff_t)coil_tuple_len(o);
    if (coil_is(o, &coil_dict_type))
        return (ptrdiff_t)coil_dict_len(o);
    if (coil_is(o, &coil_set_type))
        return (ptrdiff_t)coil_set_len(o);
    coil_error_set(COIL_TYPE_ERROR, "object of type '%s' has no len()",
                   o->type->name);
    return -1;
}

static int find_by_walking(coil_obj *iter, coil_obj *wanted)
{
    coil_obj *item;
    int rv, same = 0;

    while (same == 0 && (rv = coil_next(iter, &item)) != 0) {
        if (rv < 0)
            return -1;
        same = coil_same(item, wanted);
        coil_decref(item);
    }
    return same;
}

int coil_contains(coil_obj *o, coil_obj *item)
{
    coil_obj *iter;
    int rv;

    COIL_CHECK(o != NULL && item != NULL);
    /* protocol: return what a look-up in a table says */
    if (coil_is(o, &coil_dict_type)) {
        coil_obj *value;

        return coil_dict_get_borrowed(o, item, &value);
    }
    if (coil_is(o, &coil_set_type))
        return coil_set_has(o, item);
    if (o->type->iter == NULL) {
        coil_error_set(COIL_TYPE_ERROR,
            "argument of type '%s' is not iterable", o->type->name);
        return -1;
    }
    if ((iter = coil_iter(o)) == NULL)
        return -1;
    rv = find_by_walking(iter, item);
    coil_decref(iter);
    return rv;
}
