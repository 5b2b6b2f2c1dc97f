#include <math.h>

#include "coil/constants.h"
#include "coil/float.h"
#include "coil/int.h"
#include "coil/number.h"
#include "coil/protocol.h"
#include "support/coil_test.h"

#define PYTHON_SUMS
#include "support/python_tables.h"

#define LEN(array) (sizeof (array) / sizeof (array)[0])

typedef coil_obj *binary_fn(coil_obj *a, coil_obj *b);

/* In the order of the table's columns. */
static const struct {
    const char *sign;
    binary_fn *fn;
} operations[] = {
    { "+", coil_add }, { "-", coil_subtract }, { "*", coil_multiply },
    { "/", coil_divide }, { "//", coil_floor_divide },
    { "%", coil_remainder },
};

/* The answer as the table writes it: a repr, or the printed error. */
static const char *answer(coil_obj *result)
{
    static char said[COIL_ERROR_TEXT + 50];
    coil_text text;

    if (result == NULL) {
        CHECK(coil_error_kind() != NULL);
        snprintf(said, sizeof said, "%s: %s", coil_error_kind()->name,
                 coil_error_text());
        coil_error_clear();
        return said;
    }
    coil_text_init(&text);
    CHECK_OK(coil_text_repr(&text, result));
    CHECK(text.size < sizeof said);
    memcpy(said, text.bytes, text.size);
    said[text.size] = '\0';
    coil_text_clear(&text);
    return said;
}

/* a op b must be what Python says; consumes the operands. */
static void check_sums(coil_obj *a, coil_obj *b,
                       const char *const want[])
{
    for (size_t i = 0; i < LEN(operations); i++) {
        coil_obj *c = operations[i].fn(a, b);
        char got[COIL_ERROR_TEXT + 50];

        strcpy(got, answer(c));
        if (strcmp(got, want[i]) != 0) {
            fprintf(stderr, "operator %s, operands ",
                    operations[i].sign);
            fprintf(stderr, "%s ", answer(a));
            fprintf(stderr, "%s\n", answer(b));
        }
        CHECK_STR(got, want[i]);
        coil_decref(c);
    }
    coil_decref(a);
    coil_decref(b);
}

TEST(ints_calculate_as_in_python)
{
    for (size_t i = 0; i < LEN(python_int_sums); i++)
        check_sums(MUST(coil_int_new(python_int_sums[i].a)),
                   MUST(coil_int_new(python_int_sums[i].b)),
                   python_int_sums[i].results);
}

TEST(floats_calculate_as_in_python)
{
    for (size_t i = 0; i < LEN(python_float_sums); i++)
        check_sums(MUST(coil_float_new(python_float_sums[i].a)),
                   MUST(coil_float_new(python_float_sums[i].b)),
                   python_float_sums[i].results);
}

static void check(coil_obj *result, const char *want)
{
    CHECK_STR(answer(result), want);
    coil_decref(result);
}

TEST(a_float_on_either_side_gives_a_float)
{
    coil_obj *x = MUST(coil_float_new(0.5)), *n = coil_int_new(3);

    check(coil_add(x, n), "3.5");
    check(coil_add(n, x), "3.5");
    check(coil_multiply(n, x), "1.5");
    check(coil_subtract(n, x), "2.5");
    check(coil_divide(n, x), "6.0");
    check(coil_floor_divide(n, x), "6.0");
    check(coil_remainder(x, n), "0.5");
    coil_decref(x);
}

TEST(bools_are_ints_in_sums)
{
    check(coil_add(COIL_TRUE, COIL_TRUE), "2");
    check(coil_multiply(COIL_TRUE, COIL_FALSE), "0");
    check(coil_negate(COIL_TRUE), "-1");
    check(coil_divide(COIL_TRUE, coil_int_new(2)), "0.5");
}

TEST(negation_is_pythons)
{
    coil_obj *least = MUST(coil_int_new(INT64_MIN));
    coil_obj *most = MUST(coil_int_new(INT64_MAX));
    coil_obj *zero = MUST(coil_float_new(0.0));

    check(coil_negate(coil_int_new(0)), "0");
    check(coil_negate(coil_int_new(-5)), "5");
    check(coil_negate(most), "-9223372036854775807");
    check(coil_negate(least),
          "OverflowError: int does not fit 64 bits");
    check(coil_negate(zero), "-0.0");
    check(coil_negate(COIL_NONE),
          "TypeError: bad operand type for unary -: 'NoneType'");
    coil_decref(least);
    coil_decref(most);
    coil_decref(zero);
}

TEST(other_operands_are_a_type_error_that_names_both)
{
    coil_obj *one = coil_int_new(1), *x = MUST(coil_float_new(1.5));

    for (size_t i = 0; i < LEN(operations); i++) {
        char want[200];

        snprintf(want, sizeof want, "TypeError: unsupported operand "
                 "type(s) for %s: 'int' and 'NoneType'",
                 operations[i].sign);
        check(operations[i].fn(one, COIL_NONE), want);
        snprintf(want, sizeof want, "TypeError: unsupported operand "
                 "type(s) for %s: 'NoneType' and 'float'",
                 operations[i].sign);
        check(operations[i].fn(COIL_NONE, x), want);
    }
    coil_decref(x);
}

/* For every pair of ints, Python's law: a == (a // b) * b + a % b. */
TEST(quotient_and_remainder_fit_together)
{
    for (int64_t m = -40; m <= 40; m++)
        for (int64_t n = -12; n <= 12; n++) {
            coil_obj *a, *b, *q, *r, *p, *sum;
            int64_t rest;

            if (n == 0)
                continue;
            a = MUST(coil_int_new(m));
            b = MUST(coil_int_new(n));
            q = MUST(coil_floor_divide(a, b));
            r = MUST(coil_remainder(a, b));
            p = MUST(coil_multiply(q, b));
            sum = MUST(coil_add(p, r));
            CHECK_INT(coil_equal(sum, a), 1);
            CHECK_OK(coil_int_value(r, &rest));
            CHECK(rest == 0 || (rest < 0) == (n < 0));
            CHECK(llabs(rest) < llabs(n));
            coil_decref(a), coil_decref(b), coil_decref(q);
            coil_decref(r), coil_decref(p), coil_decref(sum);
        }
}

TEST(every_operation_fails_cleanly_at_each_allocation)
{
    coil_obj *n = MUST(coil_int_new(1000000));
    coil_obj *m = MUST(coil_int_new(1999));
    coil_obj *x = MUST(coil_float_new(0.5));

    for (size_t i = 0; i < LEN(operations); i++)
        for (int kind = 0; kind < 2; kind++)
            FOR_EACH_FAULT(f) {
                coil_obj *c = operations[i].fn(n, kind ? x : m);

                if (fault_fired()) {
                    CHECK_NULL(c);
                    CHECK_ERROR(COIL_MEMORY_ERROR, "out of memory");
                    continue;
                }
                CHECK(c != NULL);
                coil_decref(c);
            }
    FOR_EACH_FAULT(f) {
        coil_obj *c = coil_negate(n);

        if (fault_fired()) {
            CHECK_NULL(c);
            CHECK_ERROR(COIL_MEMORY_ERROR, "out of memory");
            continue;
        }
        coil_decref(c);
    }
    coil_decref(n);
    coil_decref(m);
    coil_decref(x);
}

TEST(a_missing_operand_is_a_checked_error)
{
    CHECK_ABORTS("checked error in look_at",
                 coil_decref(coil_add(NULL, coil_int_new(1))));
    CHECK_ABORTS("checked error in coil_negate: a != NULL",
                 coil_decref(coil_negate(NULL)));
}
