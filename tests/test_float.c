#include <math.h>

#include "coil/constants.h"
#include "coil/float.h"
#include "coil/int.h"
#include "coil/protocol.h"
#include "support/coil_test.h"

#define PYTHON_FLOATS
#include "support/python_tables.h"

#define LEN(array) (sizeof (array) / sizeof (array)[0])

static bool floats_equal_int(double x, int64_t n)
{
    coil_obj *a = MUST(coil_float_new(x)), *b = MUST(coil_int_new(n));
    int one = coil_equal(a, b), other = coil_equal(b, a);
    int64_t hash_a, hash_b;

    CHECK_INT(one, other);
    CHECK_OK(coil_hash(a, &hash_a));
    CHECK_OK(coil_hash(b, &hash_b));
    if (one == 1)
        CHECK_INT(hash_a, hash_b);
    coil_decref(a);
    coil_decref(b);
    return one == 1;
}

TEST(reprs_and_hashes_are_pythons)
{
    for (size_t i = 0; i < LEN(python_floats); i++) {
        coil_obj *x = MUST(coil_float_new(python_floats[i].value));
        int64_t hash;

        CHECK_REPR(x, python_floats[i].repr);
        CHECK_OK(coil_hash(x, &hash));
        CHECK_INT(hash, python_floats[i].hash);
        coil_decref(x);
    }
}

/* The table has 800 doubles; these are 20 000 more, by their own
 * rule. */
TEST(a_repr_reads_back_as_the_same_double)
{
    uint64_t seed = 12345;

    for (int i = 0; i < 20000; i++) {
        coil_text text;
        coil_obj *o;
        double x, y;

        seed = seed * UINT64_C(6364136223846793005) +
               1442695040888963407;
        memcpy(&x, &seed, sizeof x);
        if (isnan(x) || isinf(x))
            continue;
        o = MUST(coil_float_new(x));
        coil_text_init(&text);
        CHECK_OK(coil_text_repr(&text, o));
        CHECK_OK(coil_text_bytes(&text, "", 1));
        y = strtod(text.bytes, NULL);
        CHECK(memcmp(&x, &y, sizeof x) == 0);
        coil_text_clear(&text);
        coil_decref(o);
    }
}

TEST(a_value_comes_back_as_it_was)
{
    static const double values[] = { 0.0, -0.0, 0.1, -INFINITY,
                                     5e-324 };

    for (size_t i = 0; i < LEN(values); i++) {
        coil_obj *o = MUST(coil_float_new(values[i]));
        double x;

        CHECK_OK(coil_float_value(o, &x));
        CHECK(memcmp(&x, &values[i], sizeof x) == 0);
        coil_decref(o);
    }
}

TEST(ints_and_bools_have_a_value_as_double)
{
    coil_obj *n = MUST(coil_int_new(INT64_C(1) << 53));
    double x = 0;

    CHECK_OK(coil_float_value(n, &x));
    CHECK(x == 0x1p53);
    CHECK_OK(coil_float_value(COIL_TRUE, &x));
    CHECK(x == 1.0);
    coil_decref(n);
}

TEST(the_value_of_something_else_is_a_type_error)
{
    double x = 7;

    CHECK_INT(coil_float_value(COIL_NONE, &x), -1);
    CHECK_ERROR(COIL_TYPE_ERROR, "must be real number, not NoneType");
    CHECK(x == 7);
}

TEST(equal_numbers_of_different_types_hash_alike)
{
    CHECK(floats_equal_int(0.0, 0));
    CHECK(floats_equal_int(-0.0, 0));
    CHECK(floats_equal_int(1.0, 1));
    CHECK(floats_equal_int(-1.0, -1));
    CHECK(floats_equal_int(-2.0, -2));
    CHECK(floats_equal_int(0x1p53, INT64_C(1) << 53));
    CHECK(floats_equal_int(0x1p61, INT64_C(1) << 61));
    CHECK(floats_equal_int(0x1p61 - 256, (INT64_C(1) << 61) - 256));
    CHECK(floats_equal_int(-0x1p62, -(INT64_C(1) << 62)));
    CHECK(floats_equal_int(-0x1p63, INT64_MIN));
    for (int i = 0; i < 62; i++) {
        CHECK(floats_equal_int(ldexp(1, i), INT64_C(1) << i));
        CHECK(floats_equal_int(-ldexp(3, i - 2),
                               i < 2 ? 9 : -(INT64_C(3) << (i - 2)))
              == (i >= 2));
    }
}

TEST(a_float_and_an_int_are_compared_exactly)
{
    CHECK(!floats_equal_int(0x1p53, (INT64_C(1) << 53) + 1));
    CHECK(!floats_equal_int(0x1p63, INT64_MAX));
    CHECK(!floats_equal_int(0.5, 0));
    CHECK(!floats_equal_int(-1.5, -1));
    CHECK(!floats_equal_int(INFINITY, INT64_MAX));
    CHECK(!floats_equal_int(-INFINITY, INT64_MIN));
    CHECK(!floats_equal_int(NAN, 0));
    CHECK(!floats_equal_int(1e300, INT64_MAX));
}

TEST(true_is_equal_to_one_point_zero)
{
    coil_obj *x = MUST(coil_float_new(1.0));

    CHECK_INT(coil_equal(x, COIL_TRUE), 1);
    CHECK_INT(coil_equal(COIL_TRUE, x), 1);
    CHECK_INT(coil_equal(COIL_FALSE, x), 0);
    CHECK_INT(coil_equal(COIL_NONE, x), 0);
    coil_decref(x);
}

TEST(zeros_of_both_signs_are_equal_and_hash_alike)
{
    coil_obj *a = MUST(coil_float_new(0.0)),
             *b = MUST(coil_float_new(-0.0));
    int64_t hash = 1;

    CHECK_INT(coil_equal(a, b), 1);
    CHECK_OK(coil_hash(b, &hash));
    CHECK_INT(hash, 0);
    CHECK_REPR(b, "-0.0");
    coil_decref(a);
    coil_decref(b);
}

TEST(nan_is_not_equal_to_itself_but_it_is_the_same)
{
    coil_obj *a = MUST(coil_float_new(NAN)),
             *b = MUST(coil_float_new(-NAN));
    int64_t one, two;

    CHECK_INT(coil_equal(a, a), 0);
    CHECK_INT(coil_equal(a, b), 0);
    CHECK_INT(coil_same(a, a), 1);
    CHECK_INT(coil_same(a, b), 0);
    CHECK_REPR(a, "nan");
    CHECK_REPR(b, "nan");
    CHECK_OK(coil_hash(a, &one));
    CHECK_OK(coil_hash(a, &two));
    CHECK_INT(one, two);
    CHECK_OK(coil_hash(b, &two));
    CHECK(one != two);
    CHECK_INT(coil_truth(a), 1);
    coil_decref(a);
    coil_decref(b);
}

TEST(only_zero_is_false)
{
    static const double values[] = { 0.0, -0.0, 5e-324, -1.0,
                                     INFINITY };

    for (size_t i = 0; i < LEN(values); i++) {
        coil_obj *o = MUST(coil_float_new(values[i]));

        CHECK_INT(coil_truth(o), i >= 2);
        coil_decref(o);
    }
}

TEST(making_a_float_fails_cleanly_at_each_allocation)
{
    FOR_EACH_FAULT(n) {
        coil_obj *o = coil_float_new(0.5);

        if (fault_fired()) {
            CHECK_NULL(o);
            CHECK_ERROR(COIL_MEMORY_ERROR, "out of memory");
            continue;
        }
        CHECK(n >= 1);
        coil_decref(o);
    }
}

TEST(asking_null_is_a_checked_error)
{
    double x;

    CHECK_ABORTS("checked error in coil_float_value",
                 coil_float_value(NULL, &x));
}
