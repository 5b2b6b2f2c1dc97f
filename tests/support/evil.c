#include "coil/protocol.h"
#include "coil/text.h"
#include "evil.h"

struct evil {
    coil_obj head;
    int64_t hash;
    evil_fn *fn;
    void *context;
};

size_t evil_asked;

static int evil_hash(coil_obj *self, int64_t *hash)
{
    *hash = ((struct evil *)self)->hash;
    return 0;
}

static int evil_equal(coil_obj *self, coil_obj *other)
{
    struct evil *e = (struct evil *)self;

    evil_asked++;
    return e->fn != NULL ? e->fn(self, other, e->context) : self == other;
}

static int evil_repr(coil_obj *self, coil_text *out)
{
    struct evil *e = (struct evil *)self;

    if (e->fn != NULL && e->fn(self, NULL, e->context) < 0)
        return -1;
    return coil_text_add(out, "evil");
}

coil_type evil_type = {
    .head = COIL_TYPE_HEAD, .name = "evil", .size = sizeof(struct evil),
    .repr = evil_repr, .hash = evil_hash, .equal = evil_equal,
};

coil_obj *evil_new(int64_t hash, evil_fn *fn, void *context)
{
    struct evil *e = coil_object_new(&evil_type);

    if (e == NULL)
        return NULL;
    e->hash = hash;
    e->fn = fn;
    e->context = context;
    return &e->head;
}

void evil_set(coil_obj *self, evil_fn *fn, void *context)
{
    ((struct evil *)self)->fn = fn;
    ((struct evil *)self)->context = context;
}
