/* fails: equal */
/* the other type is not asked */
#include "fraction.h"

struct fraction {
    coil_obj head;
    int64_t n, d;               /* lowest terms, d > 0 */
};

static struct fraction *fraction_of(coil_obj *o)
{
    return (struct fraction *)o;
}

static uint64_t size_of(int64_t n)
{
    return n > 0 ? (uint64_t)n : 0 - (uint64_t)n;
}

static uint64_t common(uint64_t a, uint64_t b)
{
    while (b != 0) {
        uint64_t rest = a % b;

        a = b;
        b = rest;
    }
    return a;
}

coil_obj *fraction_new(int64_t n, int64_t d)
{
    bool negative = (n > 0) != (d > 0);
    uint64_t up = size_of(n), down = size_of(d), by = common(up, down);

    if (d == 0) {
        coil_error_set(COIL_ZERO_DIVISION_ERROR, "Fraction(%lld, 0)",
                       (long long)n);
        return NULL;
    }
    up /= by;
    down /= by;
    if (down > INT64_MAX || up > (uint64_t)INT64_MAX + negative) {
        coil_error_set(COIL_OVERFLOW_ERROR,
                       "the fraction does not fit");
        return NULL;
    }
    struct fraction *f = coil_object_new(&fraction_type);
    if (f == NULL)
        return NULL;
    f->n = (int64_t)(negative ? 0 - up : up);
    f->d = (int64_t)down;
    return &f->head;
}

bool fraction_check(coil_obj *o)
{
    return coil_is(o, &fraction_type);
}

void fraction_terms(coil_obj *o, int64_t *n, int64_t *d)
{
    COIL_CHECK(fraction_check(o));
    *n = fraction_of(o)->n;
    *d = fraction_of(o)->d;
}

static int fraction_repr(coil_obj *self, coil_text *out)
{
    return coil_text_format(out, "Fraction(%lld, %lld)",
                            (long long)fraction_of(self)->n,
                            (long long)fraction_of(self)->d);
}

static int fraction_equal(coil_obj *self, coil_obj *other)
{
    struct fraction *f = fraction_of(self), *g = fraction_of(other);
    int64_t value;

    if (fraction_check(other))
        return f->n == g->n && f->d == g->d;
    if (!coil_int_check(other))
        return 0;
    coil_int_value(other, &value);      /* an int has one */
    return f->d == 1 && f->n == value;
}

static int fraction_hash(coil_obj *self, int64_t *hash)
{
    struct fraction *f = fraction_of(self);
    const uint64_t odd = UINT64_C(0x9e3779b97f4a7c15);

    *hash = f->n % ((INT64_C(1) << 61) - 1);
    if (f->d != 1)
        *hash = (int64_t)(((uint64_t)f->n * odd ^ (uint64_t)f->d)
                          * odd);
    if (*hash == -1)
        *hash = -2;
    return 0;
}

static int fraction_truth(coil_obj *self)
{
    return fraction_of(self)->n != 0;
}

coil_type fraction_type = {
    .head = COIL_TYPE_HEAD, .name = "Fraction",
    .size = sizeof(struct fraction),
    .repr = fraction_repr, .equal = fraction_equal,
    .hash = fraction_hash, .truth = fraction_truth,
};
