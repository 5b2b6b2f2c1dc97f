#include "coil/constants.h"
#include "coil/int.h"
#include "coil/protocol.h"
#include "support/coil_test.h"

#define PYTHON_INTS
#include "support/python_tables.h"

#define LEN(array) (sizeof (array) / sizeof (array)[0])

/* ---- None, True, False ------------------------------------------- */

TEST(the_constants_have_pythons_reprs)
{
    CHECK_REPR(COIL_NONE, "None");
    CHECK_REPR(COIL_TRUE, "True");
    CHECK_REPR(COIL_FALSE, "False");
}

TEST(the_constants_exist_once_and_for_ever)
{
    CHECK_SAME(coil_bool(true), COIL_TRUE);
    CHECK_SAME(coil_bool(false), COIL_FALSE);
    CHECK(COIL_TRUE != COIL_FALSE);
    for (int i = 0; i < 10; i++) {
        coil_decref(COIL_NONE);
        coil_decref(COIL_TRUE);
    }
    CHECK_COUNT(COIL_NONE, COIL_IMMORTAL);
    CHECK_COUNT(COIL_TRUE, COIL_IMMORTAL);
    CHECK_SIZE(coil_census_live(), 0);
}

TEST(none_and_false_are_false_and_true_is_true)
{
    CHECK_INT(coil_truth(COIL_NONE), 0);
    CHECK_INT(coil_truth(COIL_FALSE), 0);
    CHECK_INT(coil_truth(COIL_TRUE), 1);
}

TEST(none_equals_only_itself)
{
    CHECK_INT(coil_equal(COIL_NONE, COIL_NONE), 1);
    CHECK_INT(coil_equal(COIL_NONE, COIL_FALSE), 0);
    CHECK_INT(coil_equal(coil_int_new(0), COIL_NONE), 0);
}

TEST(none_hashes_the_same_each_time)
{
    int64_t a, b;

    CHECK_OK(coil_hash(COIL_NONE, &a));
    CHECK_OK(coil_hash(COIL_NONE, &b));
    CHECK_INT(a, b);
    CHECK(a != -1);
}

TEST(a_bool_is_an_int)
{
    int64_t value = 7, hash;
    coil_obj *one = coil_int_new(1), *zero = coil_int_new(0);

    CHECK(coil_int_check(COIL_TRUE));
    CHECK_OK(coil_int_value(COIL_TRUE, &value));
    CHECK_INT(value, 1);
    CHECK_OK(coil_int_value(COIL_FALSE, &value));
    CHECK_INT(value, 0);
    CHECK_INT(coil_equal(COIL_TRUE, one), 1);
    CHECK_INT(coil_equal(one, COIL_TRUE), 1);
    CHECK_INT(coil_equal(zero, COIL_FALSE), 1);
    CHECK_INT(coil_equal(zero, COIL_TRUE), 0);
    CHECK(one != COIL_TRUE);
    CHECK_OK(coil_hash(COIL_TRUE, &hash));
    CHECK_INT(hash, 1);
    CHECK_OK(coil_hash(COIL_FALSE, &hash));
    CHECK_INT(hash, 0);
}

/* ---- ints -------------------------------------------------------- */

TEST(small_ints_exist_once)
{
    for (int64_t v = -5; v <= 256; v++) {
        coil_obj *a = MUST(coil_int_new(v)), *b = MUST(coil_int_new(v));
        int64_t value;

        CHECK_SAME(a, b);
        CHECK_COUNT(a, COIL_IMMORTAL);
        CHECK_OK(coil_int_value(a, &value));
        CHECK_INT(value, v);
        coil_decref(a);
        coil_decref(b);
    }
    CHECK_SIZE(coil_census_live(), 0);
}

TEST(other_ints_are_made_each_time)
{
    static const int64_t values[] = { -6, 257, INT64_MIN, INT64_MAX };

    for (size_t i = 0; i < LEN(values); i++) {
        coil_obj *a = MUST(coil_int_new(values[i]));
        coil_obj *b = MUST(coil_int_new(values[i]));

        CHECK(a != b);
        CHECK_COUNT(a, 1);
        CHECK_INT(coil_equal(a, b), 1);
        CHECK_SIZE(coil_census_of(&coil_int_type), 2);
        coil_decref(a);
        coil_decref(b);
    }
}

TEST(values_reprs_and_hashes_are_pythons)
{
    for (size_t i = 0; i < LEN(python_ints); i++) {
        coil_obj *n = MUST(coil_int_new(python_ints[i].value));
        int64_t value, hash;

        CHECK_OK(coil_int_value(n, &value));
        CHECK_INT(value, python_ints[i].value);
        CHECK_REPR(n, python_ints[i].repr);
        CHECK_OK(coil_hash(n, &hash));
        CHECK_INT(hash, python_ints[i].hash);
        coil_decref(n);
    }
}

TEST(ints_are_equal_if_their_values_are)
{
    for (size_t i = 0; i < 30; i++)
        for (size_t j = 0; j < 30; j++) {
            coil_obj *a = MUST(coil_int_new(python_ints[i].value));
            coil_obj *b = MUST(coil_int_new(python_ints[j].value));

            CHECK_INT(coil_equal(a, b),
                      python_ints[i].value == python_ints[j].value);
            coil_decref(a);
            coil_decref(b);
        }
}

TEST(only_zero_is_false)
{
    for (size_t i = 0; i < LEN(python_ints); i++) {
        coil_obj *n = MUST(coil_int_new(python_ints[i].value));

        CHECK_INT(coil_truth(n), python_ints[i].value != 0);
        coil_decref(n);
    }
}

TEST(the_value_of_something_else_is_a_type_error)
{
    int64_t value = 12345;

    CHECK(!coil_int_check(COIL_NONE));
    CHECK_INT(coil_int_value(COIL_NONE, &value), -1);
    CHECK_ERROR(COIL_TYPE_ERROR,
        "'NoneType' object cannot be interpreted as an integer");
    CHECK_INT(value, 12345);
}

TEST(making_an_int_fails_cleanly_at_each_allocation)
{
    FOR_EACH_FAULT(n) {
        coil_obj *o = coil_int_new(1000);

        if (fault_fired()) {
            CHECK_NULL(o);
            CHECK_ERROR(COIL_MEMORY_ERROR, "out of memory");
            continue;
        }
        CHECK(n >= 1);
        coil_decref(o);
    }
}

TEST(a_small_int_needs_no_memory)
{
    coil_memory_fail_at(0);
    CHECK(coil_int_new(256) != NULL);
    CHECK(coil_bool(true) != NULL);
    CHECK(!coil_memory_failed());
}

TEST(asking_null_is_a_checked_error)
{
    int64_t value;

    CHECK_ABORTS("checked error in coil_int_check: o != NULL",
                 coil_int_value(NULL, &value));
}
