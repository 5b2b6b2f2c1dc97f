#include <stdarg.h>

#include "coil/protocol.h"
#include "coil/text.h"
#include "coil/tuple.h"
#include "internal/tuple_layout.h"
/* tuple: more headers */
#include "internal/iter.h"

/* tuple: making one */
static struct coili_tuple empty = { COIL_HEAD(&coil_tuple_type), 0 };

coil_obj *coil_tuple_new(size_t len)
{
    if (len == 0)
        return &empty.head;
    return coil_object_new_var(&coil_tuple_type, len);
}

coil_obj *coil_tuple_of(size_t n, ...)
{
    coil_obj *tuple = coil_tuple_new(n);
    va_list args;

    if (tuple == NULL)
        return NULL;
    va_start(args, n);
    for (size_t i = 0; i < n; i++) {
        coil_obj *item = va_arg(args, coil_obj *);

        COIL_CHECK(item != NULL);
        coili_tuple_of(tuple)->items[i] = coil_incref(item);
    }
    va_end(args);
    return tuple;
}

/* tuple: filling and reading */
int coil_tuple_set_steal(coil_obj *tuple, size_t i, coil_obj *item)
{
    struct coili_tuple *t = coili_tuple_of(tuple);

    COIL_CHECK(coil_tuple_check(tuple) && i < t->len);
    COIL_CHECK(coil_count(tuple) == 1 && t->items[i] == NULL);
    COIL_CHECK(item != tuple);
    t->items[i] = item;
    return item != NULL ? 0 : -1;
}

bool coil_tuple_check(coil_obj *o)
{
    COIL_CHECK(o != NULL);
    return coil_is(o, &coil_tuple_type);
}

size_t coil_tuple_len(coil_obj *tuple)
{
    COIL_CHECK(coil_tuple_check(tuple));
    return coili_tuple_of(tuple)->len;
}

coil_obj *coil_tuple_get_borrowed(coil_obj *tuple, size_t i)
{
    struct coili_tuple *t = coili_tuple_of(tuple);

    COIL_CHECK(coil_tuple_check(tuple));
    if (i >= t->len) {
        coil_error_set(COIL_INDEX_ERROR, "tuple index out of range");
        return NULL;
    }
    COIL_CHECK(t->items[i] != NULL);
    return t->items[i];
}

coil_obj *coil_tuple_get(coil_obj *tuple, size_t i)
{
    coil_obj *item = coil_tuple_get_borrowed(tuple, i);

    return item != NULL ? coil_incref(item) : NULL;
}

/* tuple: duties of a container */
static int tuple_traverse(coil_obj *self, coil_visit_fn *visit,
                          void *arg)
{
    struct coili_tuple *t = coili_tuple_of(self);

    for (size_t i = 0; i < t->len; i++)
        COIL_VISIT(t->items[i]);
    return 0;
}

static void tuple_release(coil_obj *self)
{
    struct coili_tuple *t = coili_tuple_of(self);

    for (size_t i = t->len; i > 0; i--)
        COIL_CLEAR(t->items[i - 1]);
}

void coili_tuple_validate(coil_obj *tuple)
{
    struct coili_tuple *t = coili_tuple_of(tuple);

    COIL_ASSERT(coil_is(tuple, &coil_tuple_type));
    for (size_t i = 0; i < t->len; i++)
        COIL_ASSERT(t->items[i] == NULL || t->items[i]->count > 0);
}

/* tuple: answers */
static int write_tuple(struct coili_tuple *t, coil_text *out)
{
    for (size_t i = 0; i < t->len; i++) {
        if (i > 0 && coil_text_add(out, ", ") < 0)
            return -1;
        if (coil_text_repr(out, t->items[i]) < 0)
            return -1;
    }
    return coil_text_add(out, t->len == 1 ? ",)" : ")");
}

static int tuple_repr(coil_obj *self, coil_text *out)
{
    coil_text_frame frame;
    int rv;

    if (coil_text_enter(out, self, &frame))
        return coil_text_add(out, "(...)");
    rv = coil_text_add(out, "(");
    if (rv == 0)
        rv = write_tuple(coili_tuple_of(self), out);
    coil_text_leave(out, &frame);
    return rv;
}

static int tuple_equal(coil_obj *self, coil_obj *other)
{
    struct coili_tuple *a = coili_tuple_of(self), *b;
    int rv = 1;

    if (!coil_is(other, &coil_tuple_type))
        return COIL_UNKNOWN;
    b = coili_tuple_of(other);
    if (a->len != b->len)
        return 0;
    for (size_t i = 0; i < a->len && rv == 1; i++)
        rv = coil_same(a->items[i], b->items[i]);
    return rv;
}

static int tuple_truth(coil_obj *self)
{
    return coili_tuple_of(self)->len > 0;
}

#define PRIME_1 UINT64_C(11400714785074694791)
#define PRIME_2 UINT64_C(14029467366897019727)
#define PRIME_5 UINT64_C(2870177450012600261)

static int tuple_hash(coil_obj *self, int64_t *hash)
{
    struct coili_tuple *t = coili_tuple_of(self);
    uint64_t sum = PRIME_5;
    int64_t one;

    for (size_t i = 0; i < t->len; i++) {
        if (coil_hash(t->items[i], &one) < 0)
            return -1;
        sum += (uint64_t)one * PRIME_2;
        sum = (sum << 31 | sum >> 33) * PRIME_1;
    }
    sum += t->len ^ (PRIME_5 ^ UINT64_C(3527539));
    *hash = sum == UINT64_MAX ? 1546275796 : (int64_t)sum;
    return 0;
}

/* tuple: iterating */
static int tuple_next(coil_obj *self, coil_obj **item)
{
    struct coili_iter *it = coili_iter_of(self);
    struct coili_tuple *t = coili_tuple_of(it->owner);

    if (t != NULL && it->at < t->len) {
        *item = coil_incref(t->items[it->at++]);
        return 1;
    }
    COIL_CLEAR(it->owner);
    return 0;
}

static coil_type tuple_iterator_type = {
    .head = COIL_TYPE_HEAD, .name = "tuple_iterator",
    .size = sizeof(struct coili_iter),
    .traverse = coili_iter_traverse, .clear = coili_iter_release,
    .release = coili_iter_release, .iter = coili_iter_self,
    .next = tuple_next,
};

static coil_obj *tuple_iter(coil_obj *self)
{
    return coili_iter_new(&tuple_iterator_type, self, NULL);
}

/* tuple: the type */
coil_type coil_tuple_type = {
    .head = COIL_TYPE_HEAD, .name = "tuple",
    .size = sizeof(struct coili_tuple), .item_size = sizeof(coil_obj *),
    .traverse = tuple_traverse, .release = tuple_release,
    .repr = tuple_repr, .hash = tuple_hash, .equal = tuple_equal,
    .truth = tuple_truth,
    /* tuple: the iteration slot */
    .iter = tuple_iter,
};
