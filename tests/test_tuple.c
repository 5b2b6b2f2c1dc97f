#include <math.h>

#include "internal/tuple_layout.h"
#include "support/coil_test.h"
#include "support/evil.h"
#include "support/node.h"

static coil_obj *nested(size_t depth)
{
    coil_obj *t = coil_tuple_new(0);

    for (size_t i = 0; i < depth; i++) {
        coil_obj *outer = MUST(coil_tuple_new(1));

        CHECK_OK(coil_tuple_set_steal(outer, 0, t));
        t = outer;
    }
    return t;
}

static int64_t hash_of(coil_obj *o)
{
    int64_t hash;

    CHECK_OK(coil_hash(o, &hash));
    return hash;
}

TEST(tuple_is_made_empty_and_filled_by_its_maker)
{
    coil_obj *t = MUST(coil_tuple_new(2)), *n = MUST(coil_int_new(1000));

    CHECK_SIZE(coil_tuple_len(t), 2);
    coili_tuple_validate(t);
    CHECK_OK(coil_tuple_set_steal(t, 1, n));
    coili_tuple_validate(t);
    CHECK_OK(coil_tuple_set_steal(t, 0, coil_str_from("a")));
    coili_tuple_validate(t);
    CHECK_REPR(t, "('a', 1000)");
    CHECK_COUNT(n, 1);
    coil_decref(t);
}

TEST(tuple_of_keeps_its_elements)
{
    coil_obj *n = MUST(coil_int_new(1000));
    coil_obj *t = MUST(coil_tuple_of(3, n, n, COIL_NONE));

    CHECK_COUNT(n, 3);
    CHECK_SAME(coil_tuple_get_borrowed(t, 1), n);
    CHECK_COUNT(n, 3);
    CHECK_SAME(MUST(coil_tuple_get(t, 0)), n);
    CHECK_COUNT(n, 4);
    coil_decref(n);
    coil_decref(t);
    CHECK_COUNT(n, 1);
    coil_decref(n);
}

TEST(there_is_one_empty_tuple_and_it_is_immortal)
{
    coil_obj *t = MUST(coil_tuple_new(0));

    CHECK_SAME(MUST(coil_tuple_of(0)), t);
    CHECK(coil_count(t) >= COIL_IMMORTAL);
    CHECK_SIZE(coil_tuple_len(t), 0);
    CHECK_REPR(t, "()");
    CHECK_INT(coil_truth(t), 0);
    CHECK_SIZE(coil_census_live(), 0);
}

TEST(tuple_index_out_of_range_is_an_error)
{
    coil_obj *t = MUST(coil_tuple_of(1, COIL_NONE));

    CHECK_NULL(coil_tuple_get(t, 1));
    CHECK_ERROR(COIL_INDEX_ERROR, "tuple index out of range");
    CHECK_NULL(coil_tuple_get_borrowed(t, SIZE_MAX));
    CHECK_ERROR(COIL_INDEX_ERROR, "tuple index out of range");
    coil_decref(t);
}

TEST(tuple_repr_is_pythons)
{
    coil_obj *one = MUST(coil_tuple_of(1, coil_int_new(1)));
    coil_obj *two = MUST(coil_tuple_of(2, one, COIL_TRUE));

    CHECK_REPR(one, "(1,)");
    CHECK_REPR(two, "((1,), True)");
    CHECK_INT(coil_truth(one), 1);
    coil_decref(one);
    coil_decref(two);
}

TEST(tuples_are_equal_if_their_elements_are)
{
    coil_obj *x = MUST(coil_float_new(1.0));
    coil_obj *a = MUST(coil_tuple_of(2, coil_int_new(1), COIL_NONE));
    coil_obj *b = MUST(coil_tuple_of(2, x, COIL_NONE));
    coil_obj *c = MUST(coil_tuple_of(2, x, x));
    coil_obj *d = MUST(coil_tuple_of(1, x));

    CHECK_INT(coil_equal(a, b), 1);
    CHECK_INT(hash_of(a) == hash_of(b), 1);
    CHECK_INT(coil_equal(a, c), 0);
    CHECK_INT(coil_equal(c, d), 0);
    CHECK_INT(coil_equal(d, x), 0);
    coil_decref(a);
    coil_decref(b);
    coil_decref(c);
    coil_decref(d);
    coil_decref(x);
}

TEST(tuple_looks_at_identity_before_equality)
{
    coil_obj *nan = MUST(coil_float_new(NAN));
    coil_obj *other = MUST(coil_float_new(NAN));
    coil_obj *a = MUST(coil_tuple_of(1, nan));
    coil_obj *b = MUST(coil_tuple_of(1, nan));
    coil_obj *c = MUST(coil_tuple_of(1, other));

    CHECK_INT(coil_equal(a, b), 1);
    CHECK_INT(coil_equal(a, c), 0);
    coil_decref(a);
    coil_decref(b);
    coil_decref(c);
    coil_decref(nan);
    coil_decref(other);
}

TEST(tuple_hash_is_cpythons)
{
    coil_obj *a = MUST(coil_tuple_of(2, coil_int_new(1),
                                     coil_int_new(2)));
    coil_obj *b = MUST(coil_tuple_of(2, coil_int_new(2),
                                     coil_int_new(3)));
    coil_obj *c = MUST(coil_tuple_of(2, coil_int_new(1), b));

    CHECK_INT(hash_of(coil_tuple_new(0)), 5740354900026072187);
    CHECK_INT(hash_of(a), -3550055125485641917);
    CHECK_INT(hash_of(c), 7267574591690527098);
    coil_decref(a);
    coil_decref(b);
    coil_decref(c);
}

static int refuse(coil_obj *self, coil_obj *other, void *context)
{
    (void)self, (void)other, (void)context;
    coil_error_set(COIL_VALUE_ERROR, "no");
    return -1;
}

TEST(error_of_an_element_is_the_tuples)
{
    coil_obj *e = MUST(evil_new(1, refuse, NULL));
    coil_obj *f = MUST(evil_new(1, refuse, NULL));
    coil_obj *a = MUST(coil_tuple_of(1, e)), *b = MUST(coil_tuple_of(1, f));

    CHECK_INT(coil_equal(a, b), -1);
    CHECK_ERROR(COIL_VALUE_ERROR, "no");
    CHECK_NULL(coil_repr(a));
    CHECK_ERROR(COIL_VALUE_ERROR, "no");
    coil_decref(e);
    coil_decref(f);
    coil_decref(a);
    coil_decref(b);
}

static int count_child(coil_obj *child, void *arg)
{
    (void)child;
    return ++*(int *)arg == 2 ? 9 : 0;
}

TEST(tuple_shows_its_filled_places_until_told_to_stop)
{
    coil_obj *t = MUST(coil_tuple_new(4));
    int seen = 0;

    CHECK_OK(coil_tuple_set_steal(t, 1, COIL_NONE));
    CHECK_INT(coil_tuple_type.traverse(t, count_child, &seen), 0);
    CHECK_INT(seen, 1);
    CHECK_OK(coil_tuple_set_steal(t, 0, COIL_NONE));
    CHECK_OK(coil_tuple_set_steal(t, 2, COIL_NONE));
    seen = 0;
    CHECK_INT(coil_tuple_type.traverse(t, count_child, &seen), 9);
    CHECK_INT(seen, 2);
    coil_decref(t);
}

static void write_name(coil_obj *self, void *context)
{
    strcat(context, node_name(self));
}

TEST(tuple_releases_its_last_element_first)
{
    char log[8] = "";
    coil_obj *t = MUST(coil_tuple_new(3));

    for (size_t i = 0; i < 3; i++)
        CHECK_OK(coil_tuple_set_steal(t, i,
            node_new_final(i == 0 ? "a" : i == 1 ? "b" : "c",
                           write_name, log)));
    coil_decref(t);
    CHECK_STR(log, "cba");
}

TEST(failed_element_makes_filling_fail)
{
    coil_obj *t = MUST(coil_tuple_new(1));

    fault_fail_allocation(0);
    CHECK_INT(coil_tuple_set_steal(t, 0, coil_int_new(1000)), -1);
    CHECK(fault_fired());
    CHECK_ERROR(COIL_MEMORY_ERROR, "out of memory");
    coili_tuple_validate(t);
    coil_decref(t);
}

TEST(making_a_tuple_survives_each_failed_allocation)
{
    coil_obj *n = MUST(coil_int_new(1000));

    FOR_EACH_FAULT(i) {
        coil_obj *t = coil_tuple_of(2, n, n);

        CHECK_COUNT(n, fault_fired() ? 1 : 3);
        if (fault_fired()) {
            CHECK_NULL(t);
            CHECK_ERROR(COIL_MEMORY_ERROR, "out of memory");
            continue;
        }
        coili_tuple_validate(t);
        coil_decref(t);
    }
    coil_decref(n);
}

TEST(tuple_repr_survives_each_failed_allocation)
{
    char text[300];
    coil_obj *s, *t;

    memset(text, 'x', sizeof text);
    s = MUST(coil_str_new(text, sizeof text));
    t = MUST(coil_tuple_of(2, s, s));
    FOR_EACH_FAULT(i) {
        coil_obj *repr = coil_repr(t);

        coili_tuple_validate(t);
        if (fault_fired()) {
            CHECK_NULL(repr);
            CHECK_ERROR(COIL_MEMORY_ERROR, "out of memory");
            continue;
        }
        CHECK_SIZE(coil_str_len(repr), 608);
        coil_decref(repr);
    }
    coil_decref(s);
    coil_decref(t);
}

TEST(tuple_of_absurd_length_is_out_of_memory)
{
    CHECK_NULL(coil_tuple_new(SIZE_MAX / 2));
    CHECK_ERROR(COIL_MEMORY_ERROR, "out of memory");
    CHECK_NULL(coil_tuple_new(SIZE_MAX / 16));
    CHECK_ERROR(COIL_MEMORY_ERROR, "out of memory");
}

TEST(questions_to_a_deep_tuple_are_recursion_errors)
{
    coil_obj *a = nested(1100), *b = nested(1100);
    int64_t hash;

    CHECK_NULL(coil_repr(a));
    CHECK_ERROR(COIL_RECURSION_ERROR, "maximum recursion depth exceeded "
                "while getting the repr of an object");
    CHECK_INT(coil_hash(a, &hash), -1);
    CHECK_ERROR(COIL_RECURSION_ERROR,
                "maximum recursion depth exceeded while hashing");
    CHECK_INT(coil_equal(a, b), -1);
    CHECK_ERROR(COIL_RECURSION_ERROR,
                "maximum recursion depth exceeded in comparison");
    coil_decref(a);
    coil_decref(b);
    a = nested(900);
    CHECK_INT(coil_hash(a, &hash), 0);
    coil_decref(a);
}

TEST(tuple_nested_300000_deep_is_released)
{
    coil_decref(nested(300000));
}

TEST(misuse_of_a_tuple_is_a_checked_error)
{
    coil_obj *t = MUST(coil_tuple_new(2)), *none = COIL_NONE;

    CHECK_ABORTS("coil_tuple_len", (void)coil_tuple_len(none));
    CHECK_ABORTS("coil_tuple_get", coil_decref(coil_tuple_get(none, 0)));
    CHECK_ABORTS("t->items[i] != NULL", coil_decref(coil_tuple_get(t, 0)));
    CHECK_ABORTS("i < t->len", coil_tuple_set_steal(t, 2, none));
    CHECK_OK(coil_tuple_set_steal(t, 0, none));
    CHECK_ABORTS("t->items[i] == NULL", coil_tuple_set_steal(t, 0, none));
    CHECK_ABORTS("item != tuple", coil_tuple_set_steal(t, 1, t));
    coil_incref(t);
    CHECK_ABORTS("coil_count(tuple) == 1",
                 coil_tuple_set_steal(t, 1, none));
    coil_decref(t);
    CHECK_ABORTS("item != NULL",
                 coil_decref(coil_tuple_of(1, (coil_obj *)NULL)));
    CHECK_ABORTS("o != NULL", coil_tuple_check(NULL));
    coil_decref(t);
}

#ifndef NDEBUG
TEST(validate_sees_a_dead_element)
{
    coil_obj *n = MUST(coil_int_new(1000)), *t = MUST(coil_tuple_of(1, n));

    CHECK_ABORTS("coili_tuple_validate",
                 n->count = 0; coili_tuple_validate(t));
    CHECK_ABORTS("coili_tuple_validate", coili_tuple_validate(n));
    coil_decref(t);
    coil_decref(n);
}
#endif
