/* fails: errors */
/* a walk that fails is taken for one that ends */
#include "frozen.h"

struct frozen {
    coil_obj head;
    coil_obj *set;              /* owned; nobody else has it */
};

static struct frozen *frozen_of(coil_obj *o)
{
    COIL_CHECK(frozen_check(o));
    return (struct frozen *)o;
}

static coil_obj *set_of(coil_obj *iter)
{
    coil_obj *set = coil_set_new(), *item;
    int rv = 0;

    while (set != NULL && rv == 0 && coil_next(iter, &item) == 1) {
        rv = coil_set_add(set, item);
        coil_decref(item);
    }
    if (rv < 0)
        COIL_CLEAR(set);
    return set;
}

coil_obj *frozen_new(coil_obj *o)
{
    coil_obj *iter = NULL, *set = NULL;
    struct frozen *f = NULL;

    if (frozen_check(o))
        return coil_incref(o);
    if (!(iter = coil_iter(o)) || !(set = set_of(iter)))
        goto done;
    f = coil_object_new(&frozen_type);
    if (f != NULL)
        f->set = coil_incref(set);
done:
    coil_decref(iter);
    coil_decref(set);
    return (coil_obj *)f;
}

bool frozen_check(coil_obj *o)
{
    return coil_is(o, &frozen_type);
}

size_t frozen_len(coil_obj *frozen)
{
    return coil_set_len(frozen_of(frozen)->set);
}

int frozen_has(coil_obj *frozen, coil_obj *item)
{
    return coil_set_has(frozen_of(frozen)->set, item);
}

/* ---- slots ------------------------------------------------------- */
static int frozen_traverse(coil_obj *self, coil_visit_fn *visit,
                           void *arg)
{
    COIL_VISIT(frozen_of(self)->set);
    return 0;
}

static void frozen_release(coil_obj *self)
{
    COIL_CLEAR(frozen_of(self)->set);
}

static int frozen_repr(coil_obj *self, coil_text *out)
{
    int rv = coil_text_add(out, "frozenset(");

    if (rv == 0 && frozen_len(self) > 0)
        rv = coil_text_repr(out, frozen_of(self)->set);
    if (rv == 0)
        rv = coil_text_add(out, ")");
    return rv;
}

static int frozen_equal(coil_obj *self, coil_obj *other)
{
    coil_obj *set = frozen_of(self)->set;

    if (frozen_check(other))
        return coil_equal(set, frozen_of(other)->set);
    return coil_set_check(other) ? coil_equal(set, other)
                                 : COIL_UNKNOWN;
}

/* Each bit moves many others, and 0 does not stay 0. */
static uint64_t mix(uint64_t hash)
{
    const uint64_t odd = 0x9e3779b97f4a7c15u;

    hash = ~hash * odd;
    return odd * (hash ^ hash >> 32);
}

static int frozen_hash(coil_obj *self, int64_t *hash)
{
    coil_obj *item;
    uint64_t all = frozen_len(self);
    int64_t one;
    int rv = 0;

    for (size_t at = 0; rv == 0
         && coil_set_next(frozen_of(self)->set, &at, &item); ) {
        rv = coil_hash(item, &one);
        all ^= mix((uint64_t)one);
    }
    *hash = (int64_t)(all & INT64_MAX);     /* so it is not -1 */
    return rv;
}

static int frozen_truth(coil_obj *self)
{
    return frozen_len(self) > 0;
}

static coil_obj *frozen_iter(coil_obj *self)
{
    return coil_iter(frozen_of(self)->set);
}

coil_type frozen_type = {
    .head = COIL_TYPE_HEAD, .name = "frozenset",
    .size = sizeof(struct frozen),
    .traverse = frozen_traverse, .clear = frozen_release,
    .release = frozen_release, .repr = frozen_repr,
    .equal = frozen_equal, .hash = frozen_hash, .truth = frozen_truth,
    .iter = frozen_iter,
};
