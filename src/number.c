#include <math.h>

#include "coil/float.h"
#include "coil/number.h"
#include "internal/int_layout.h"

/* number: looking at the operands */
struct operands {
    bool ints;              /* both are: m and n are set */
    int64_t m, n;
    double x, y;            /* set unless ints */
};

static bool is_number(coil_obj *o)
{
    return coil_int_check(o) || coil_is(o, &coil_float_type);
}

static int look_at(struct operands *v, const char *sign,
                   coil_obj *a, coil_obj *b)
{
    COIL_CHECK(a != NULL && b != NULL);
    if (!is_number(a) || !is_number(b)) {
        coil_error_set(COIL_TYPE_ERROR, "unsupported operand type(s)"
            " for %s: '%s' and '%s'", sign, a->type->name,
            b->type->name);
        return -1;
    }
    v->ints = coil_int_check(a) && coil_int_check(b);
    if (v->ints) {
        v->m = coili_int_of(a);
        v->n = coili_int_of(b);
        return 0;
    }
    return coil_float_value(a, &v->x) < 0 ||
           coil_float_value(b, &v->y) < 0 ? -1 : 0;
}

static coil_obj *overflow(void)
{
    coil_error_set(COIL_OVERFLOW_ERROR, "int does not fit 64 bits");
    return NULL;
}

/* number: sums */
#define SUM(name, sign, checked)                                  \
    coil_obj *name(coil_obj *a, coil_obj *b)                      \
    {                                                             \
        struct operands v;                                        \
        int64_t sum;                                              \
                                                                  \
        if (look_at(&v, #sign, a, b) < 0)                         \
            return NULL;                                          \
        if (!v.ints)                                              \
            return coil_float_new(v.x sign v.y);                  \
        return checked(v.m, v.n, &sum) ? overflow()               \
                                       : coil_int_new(sum);       \
    }

SUM(coil_add, +, __builtin_add_overflow)
SUM(coil_subtract, -, __builtin_sub_overflow)
SUM(coil_multiply, *, __builtin_mul_overflow)

coil_obj *coil_negate(coil_obj *a)
{
    double x;

    COIL_CHECK(a != NULL);
    if (coil_int_check(a))
        return coili_int_of(a) == INT64_MIN
            ? overflow() : coil_int_new(-coili_int_of(a));
    if (!is_number(a)) {
        coil_error_set(COIL_TYPE_ERROR,
            "bad operand type for unary -: '%s'", a->type->name);
        return NULL;
    }
    return coil_float_value(a, &x) < 0 ? NULL : coil_float_new(-x);
}

/* number: divisions */
__extension__ typedef unsigned __int128 wide;

/* The double nearest to m / n; n is not zero. */
static double int_quotient(int64_t m, int64_t n)
{
    const uint64_t exact = UINT64_C(1) << 53;
    uint64_t a = m < 0 ? 0 - (uint64_t)m : (uint64_t)m;
    uint64_t b = n < 0 ? 0 - (uint64_t)n : (uint64_t)n;

    if (a == 0 || (a <= exact && b <= exact))
        return (double)m / (double)n;
    /* divide in 128 bits, round once, and return */
    int up = __builtin_clzll(a);
    wide dividend = (wide)(a << up) << 64;
    wide q = dividend / b | (dividend % b != 0);
    double x = ldexp((double)q, -64 - up);

    return (m < 0) != (n < 0) ? -x : x;
}

static coil_obj *by_zero(const char *what)
{
    coil_error_set(COIL_ZERO_DIVISION_ERROR, "%s by zero", what);
    return NULL;
}

coil_obj *coil_divide(coil_obj *a, coil_obj *b)
{
    struct operands v;

    if (look_at(&v, "/", a, b) < 0)
        return NULL;
    if (v.ints)
        return v.n == 0 ? by_zero("division")
                        : coil_float_new(int_quotient(v.m, v.n));
    return v.y == 0.0 ? by_zero("float division")
                      : coil_float_new(v.x / v.y);
}

/* x // y, and x % y in *rest; y is not zero. */
static double divide_down(double x, double y, double *rest)
{
    double r = fmod(x, y), q = (x - r) / y;

    if (r != 0 && (r < 0) != (y < 0)) {
        r += y;
        q -= 1;
    }
    *rest = r != 0 ? r : copysign(0, y);
    return q != 0 ? round(q) : copysign(0, x / y);
}

coil_obj *coil_floor_divide(coil_obj *a, coil_obj *b)
{
    struct operands v;
    double rest;

    if (look_at(&v, "//", a, b) < 0)
        return NULL;
    if (!v.ints)
        return v.y == 0.0 ? by_zero("float floor division")
            : coil_float_new(divide_down(v.x, v.y, &rest));
    if (v.n == 0)
        return by_zero("integer division or modulo");
    if (v.m == INT64_MIN && v.n == -1)
        return overflow();
    return coil_int_new(v.m / v.n -
                        (v.m % v.n != 0 && (v.m < 0) != (v.n < 0)));
}

coil_obj *coil_remainder(coil_obj *a, coil_obj *b)
{
    struct operands v;
    double left;

    if (look_at(&v, "%", a, b) < 0)
        return NULL;
    if (v.ints && v.n == 0)
        return by_zero("integer modulo");
    if (v.ints) {
        int64_t rest = v.n == -1 ? 0 : v.m % v.n;

        return coil_int_new(rest != 0 && (rest < 0) != (v.n < 0)
                            ? rest + v.n : rest);
    }
    if (v.y == 0.0) {
        coil_error_set(COIL_ZERO_DIVISION_ERROR, "float modulo");
        return NULL;
    }
    divide_down(v.x, v.y, &left);
    return coil_float_new(left);
}
