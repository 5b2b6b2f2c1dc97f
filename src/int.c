#include <inttypes.h>

#include "coil/constants.h"
#include "coil/int.h"
#include "coil/protocol.h"
#include "internal/int_layout.h"

#define SMALL_MIN (-5)
#define SMALL_MAX 256

/* int: the small ones */
#define I1(n) { COIL_HEAD(&coil_int_type), (n) },
#define I4(n) I1(n) I1((n) + 1) I1((n) + 2) I1((n) + 3)
#define I16(n) I4(n) I4((n) + 4) I4((n) + 8) I4((n) + 12)
#define I64(n) I16(n) I16((n) + 16) I16((n) + 32) I16((n) + 48)
#define I256(n) I64(n) I64((n) + 64) I64((n) + 128) I64((n) + 192)

static struct coili_int small[SMALL_MAX - SMALL_MIN + 1] = {
    I4(-5) I1(-1) I256(0) I1(256)
};

/* int: making and reading */
coil_obj *coil_int_new(int64_t value)
{
    struct coili_int *n;

    if (value >= SMALL_MIN && value <= SMALL_MAX)
        return &small[value - SMALL_MIN].head;
    if ((n = coil_object_new(&coil_int_type)) == NULL)
        return NULL;
    n->value = value;
    return &n->head;
}

bool coil_int_check(coil_obj *o)
{
    COIL_CHECK(o != NULL);
    return coil_is(o, &coil_int_type) || coil_is(o, &coil_bool_type);
}

int coil_int_value(coil_obj *o, int64_t *value)
{
    COIL_CHECK(value != NULL);
    if (!coil_int_check(o)) {
        coil_error_set(COIL_TYPE_ERROR, "'%s' object cannot be "
            "interpreted as an integer", o->type->name);
        return -1;
    }
    *value = coili_int_of(o);
    return 0;
}

/* int: slots */
int64_t coili_hash_of_int(int64_t value)
{
    const uint64_t p = (UINT64_C(1) << 61) - 1;
    uint64_t size = value < 0 ? 0 - (uint64_t)value : (uint64_t)value;
    int64_t hash = (int64_t)(size % p);

    if (value < 0)
        hash = -hash;
    return hash == -1 ? -2 : hash;
}

int coili_int_hash(coil_obj *self, int64_t *hash)
{
    *hash = coili_hash_of_int(coili_int_of(self));
    return 0;
}

int coili_int_equal(coil_obj *self, coil_obj *other)
{
    if (!coil_int_check(other))
        return COIL_UNKNOWN;
    return coili_int_of(self) == coili_int_of(other);
}

int coili_int_truth(coil_obj *self)
{
    return coili_int_of(self) != 0;
}

static int int_repr(coil_obj *self, coil_text *out)
{
    return coil_text_format(out, "%" PRId64, coili_int_of(self));
}

coil_type coil_int_type = {
    .head = COIL_TYPE_HEAD, .name = "int",
    .size = sizeof(struct coili_int), .repr = int_repr,
    .hash = coili_int_hash, .equal = coili_int_equal,
    .truth = coili_int_truth,
};
