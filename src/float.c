#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "coil/float.h"
#include "coil/protocol.h"
#include "internal/int_layout.h"

struct coili_float {
    coil_obj head;
    double value;
};

/* float: making and reading */
coil_obj *coil_float_new(double value)
{
    struct coili_float *x = coil_object_new(&coil_float_type);

    if (x == NULL)
        return NULL;
    x->value = value;
    return &x->head;
}

static double float_of(coil_obj *o)
{
    return ((struct coili_float *)o)->value;
}

int coil_float_value(coil_obj *o, double *value)
{
    COIL_CHECK(o != NULL && value != NULL);
    if (coil_is(o, &coil_float_type)) {
        *value = float_of(o);
    } else if (coil_int_check(o)) {
        *value = (double)coili_int_of(o);
    } else {
        coil_error_set(COIL_TYPE_ERROR,
            "must be real number, not %s", o->type->name);
        return -1;
    }
    return 0;
}

/* float: repr */
/* float: the next decimal */
static void step_up(char *text)
{
    char *p = strchr(text, 'e') - 1;

    for (; p >= text; p--) {
        if (*p == '9') {
            *p = '0';
        } else if (*p >= '0' && *p < '9') {
            ++*p;
            return;
        }
    }
}

/* float: shortest digits */
/* Write |x| as d.ddde+XX into text, with as few digits as will do. */
static void shortest(double x, char text[32])
{
    int e;
    bool lopsided = frexp(x, &e) == 0.5;

    for (int more = 0; more < 17; more++) {
        snprintf(text, 32, "%.*e", more, x);
        if (strtod(text, NULL) == x)
            return;
        /* a power of two: try the next decimal, too, and return */
        if (lopsided) {
            step_up(text);
            if (strtod(text, NULL) == x)
                return;
        }
    }
}

/* float: place the digits */
static int plain(coil_text *out, const char *digits, int n,
                 int exponent)
{
    int before = exponent + 1;      /* digits before the point */

    if (before <= 0)
        return coil_text_format(out, "0.%.*s%.*s", -before, "0000",
                                n, digits);
    if (n <= before)
        return coil_text_format(out, "%.*s%.*s.0", n, digits,
                                before - n, "000000000000000");
    return coil_text_format(out, "%.*s.%.*s", before, digits,
                            n - before, digits + before);
}

static int scientific(coil_text *out, const char *digits, int n,
                      int exponent)
{
    return coil_text_format(out, "%c%s%.*se%c%02d", digits[0],
        n > 1 ? "." : "", n - 1, digits + 1,
        exponent < 0 ? '-' : '+', abs(exponent));
}

static int float_repr(coil_obj *self, coil_text *out)
{
    double x = float_of(self);
    char text[32], digits[20];
    int n = 0, exponent;

    if (isnan(x))
        return coil_text_add(out, "nan");
    if (signbit(x) && coil_text_add(out, "-") < 0)
        return -1;
    if (isinf(x))
        return coil_text_add(out, "inf");
    shortest(fabs(x), text);
    exponent = atoi(strchr(text, 'e') + 1);
    for (const char *p = text; *p != 'e'; p++)
        if (*p >= '0' && *p <= '9')
            digits[n++] = *p;
    return exponent >= -4 && exponent < 16
        ? plain(out, digits, n, exponent)
        : scientific(out, digits, n, exponent);
}

/* float: equality and hash */
static bool equals_int(double x, int64_t n)
{
    if (!(x >= -0x1p63 && x < 0x1p63))
        return false;               /* out of range, or not a number */
    return x == floor(x) && (int64_t)x == n;
}

static int float_equal(coil_obj *self, coil_obj *other)
{
    if (coil_is(other, &coil_float_type))
        return float_of(self) == float_of(other);
    if (coil_int_check(other))
        return equals_int(float_of(self), coili_int_of(other));
    return COIL_UNKNOWN;
}

static int64_t hash_of_float(double x)
{
    const uint64_t p = (UINT64_C(1) << 61) - 1;
    int e;
    uint64_t m = (uint64_t)ldexp(frexp(fabs(x), &e), 53);
    int turn = ((e - 53) % 61 + 61) % 61;
    uint64_t h = ((m << turn) & p) | m >> (61 - turn);
    int64_t hash = x < 0 ? -(int64_t)h : (int64_t)h;

    return hash == -1 ? -2 : hash;
}

static int float_hash(coil_obj *self, int64_t *hash)
{
    double x = float_of(self);

    if (isnan(x))
        *hash = (int64_t)((uintptr_t)self >> 4);
    else if (isinf(x))
        *hash = x > 0 ? 314159 : -314159;
    else
        *hash = hash_of_float(x);
    return 0;
}

static int float_truth(coil_obj *self)
{
    return float_of(self) != 0.0;
}

/* float: the type */
coil_type coil_float_type = {
    .head = COIL_TYPE_HEAD, .name = "float",
    .size = sizeof(struct coili_float), .repr = float_repr,
    .hash = float_hash, .equal = float_equal, .truth = float_truth,
};
