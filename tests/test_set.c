#include "internal/set_layout.h"
#include "support/coil_test.h"
#include "support/evil.h"
#include "support/node.h"

static coil_obj *small(int n)
{
    return coil_int_new(n % 257);       /* immortal: need not be kept */
}

/* The set of the ints from a to b - 1. */
static coil_obj *range(int a, int b)
{
    coil_obj *set = MUST(coil_set_new());

    for (int i = a; i < b; i++)
        CHECK_OK(coil_set_add(set, small(i)));
    coili_set_validate(set);
    return set;
}

TEST(an_empty_set_is_written_as_a_call)
{
    coil_obj *set = MUST(coil_set_new());

    CHECK_REPR(set, "set()");
    CHECK_SIZE(coil_set_len(set), 0);
    CHECK_INT(coil_truth(set), 0);
    CHECK_INT(coil_set_has(set, set), -1);
    CHECK_ERROR(COIL_TYPE_ERROR, "unhashable type: 'set'");
    coili_set_validate(set);
    coil_decref(set);
}

TEST(an_element_is_in_a_set_once)
{
    coil_obj *set = range(1, 4), *x = MUST(coil_float_new(2.0));

    CHECK_OK(coil_set_add(set, x));
    CHECK_OK(coil_set_add(set, COIL_TRUE));
    CHECK_REPR(set, "{1, 2, 3}");
    CHECK_COUNT(x, 1);
    CHECK_INT(coil_set_has(set, x), 1);
    CHECK_INT(coil_set_has(set, COIL_NONE), 0);
    CHECK_INT(coil_truth(set), 1);
    coil_decref(x);
    coil_decref(set);
}

TEST(elements_are_discarded_removed_and_cleared)
{
    coil_obj *set = range(0, 4), *n = MUST(coil_int_new(1000));

    CHECK_OK(coil_set_add(set, n));
    CHECK_COUNT(n, 2);
    CHECK_INT(coil_set_discard(set, n), 1);
    CHECK_COUNT(n, 1);
    CHECK_INT(coil_set_discard(set, n), 0);
    CHECK_OK(coil_set_remove(set, small(2)));
    CHECK_INT(coil_set_remove(set, small(2)), -1);
    CHECK_ERROR(COIL_KEY_ERROR, "2");
    CHECK_REPR(set, "{0, 1, 3}");
    coili_set_validate(set);
    coil_set_clear(set);
    CHECK_REPR(set, "set()");
    coil_decref(n);
    coil_decref(set);
}

TEST(pop_takes_out_each_element_once)
{
    coil_obj *set = range(0, 50), *item;
    bool seen[257] = { false };
    int64_t n;

    for (int i = 0; i < 90; i++) {
        item = MUST(coil_set_pop(set));
        CHECK_OK(coil_int_value(item, &n));
        CHECK(!seen[n]);
        seen[n] = true;
        if (i < 40)
            CHECK_OK(coil_set_add(set, small(50 + i)));
        coili_set_validate(set);
    }
    CHECK_NULL(coil_set_pop(set));
    CHECK_ERROR(COIL_KEY_ERROR, "'pop from an empty set'");
    coil_decref(set);
}

TEST(popped_element_is_the_callers)
{
    coil_obj *set = MUST(coil_set_new()), *n = MUST(coil_int_new(1000));

    CHECK_OK(coil_set_add(set, n));
    CHECK_SAME(MUST(coil_set_pop(set)), n);
    CHECK_COUNT(n, 2);
    coil_decref(n);
    coil_decref(n);
    coil_decref(set);
}

TEST(popping_a_large_set_takes_a_step_for_each_element)
{
    coil_obj *set = MUST(coil_set_new());

    for (int i = 0; i < 300000; i++) {
        coil_obj *n = MUST(coil_int_new(i));

        CHECK_OK(coil_set_add(set, n));
        coil_decref(n);
    }
    while (coil_set_len(set) > 0)       /* squared, it would take hours */
        coil_decref(MUST(coil_set_pop(set)));
    coil_decref(set);
}

TEST(sets_and_no_others_are_sets)
{
    coil_obj *set = MUST(coil_set_new()), *list = MUST(coil_list_new());

    CHECK(coil_set_check(set));
    CHECK(!coil_set_check(list));
    CHECK_ABORTS("o != NULL", coil_set_check(NULL));
    coil_decref(set);
    coil_decref(list);
}

TEST(equal_sets_keep_no_element_of_each_other)
{
    coil_obj *a = MUST(coil_set_new()), *b = MUST(coil_set_new());
    coil_obj *x = MUST(coil_int_new(1000)), *y = MUST(coil_int_new(1000));

    CHECK_OK(coil_set_add(a, x));
    CHECK_OK(coil_set_add(b, y));
    CHECK_INT(coil_equal(a, b), 1);
    CHECK_COUNT(x, 2);
    CHECK_COUNT(y, 2);
    coil_decref(a);
    coil_decref(b);
    coil_decref(x);
    coil_decref(y);
}

TEST(sets_are_equal_if_they_have_the_same_elements)
{
    coil_obj *a = range(0, 5), *b = range(0, 4), *d = MUST(coil_dict_new());

    CHECK_INT(coil_equal(a, b), 0);
    CHECK_OK(coil_set_add(b, COIL_NONE));
    CHECK_INT(coil_equal(a, b), 0);
    CHECK_OK(coil_set_remove(b, COIL_NONE));
    CHECK_OK(coil_set_add(b, small(4)));
    CHECK_INT(coil_equal(a, b), 1);
    CHECK_INT(coil_equal(a, d), 0);
    coil_decref(a);
    coil_decref(b);
    coil_decref(d);
}

TEST(two_sets_make_a_union_an_intersection_and_a_difference)
{
    coil_obj *a = range(0, 4), *b = range(2, 6), *c;

    c = MUST(coil_set_union(a, b));
    CHECK_REPR(c, "{0, 1, 2, 3, 4, 5}");
    coil_decref(c);
    c = MUST(coil_set_intersection(a, b));
    CHECK_REPR(c, "{2, 3}");
    coil_decref(c);
    c = MUST(coil_set_difference(a, b));
    CHECK_REPR(c, "{0, 1}");
    coil_decref(c);
    c = MUST(coil_set_difference(a, a));
    CHECK_REPR(c, "set()");
    coil_decref(c);
    CHECK_REPR(a, "{0, 1, 2, 3}");
    CHECK_REPR(b, "{2, 3, 4, 5}");
    coil_decref(a);
    coil_decref(b);
}

TEST(iterator_over_a_set_gives_its_elements)
{
    coil_obj *set = range(0, 3), *list = MUST(coil_list_new()), *it, *item;

    CHECK_OK(coil_list_extend(list, set));
    CHECK_REPR(list, "[0, 1, 2]");
    it = MUST(coil_iter(set));
    CHECK_REPR(it, "<set_iterator object>");
    for (int i = 0; i < 3; i++)
        CHECK_INT(coil_next(it, &item), 1);
    CHECK_INT(coil_next(it, &item), 0);
    CHECK_COUNT(set, 1);
    CHECK_INT(coil_next(it, &item), 0);
    CHECK_INT(coil_len(set), 3);
    CHECK_INT(coil_contains(set, small(1)), 1);
    coil_decref(it);
    coil_decref(list);
    coil_decref(set);
}

TEST(a_set_that_changed_size_stops_its_iterator_for_good)
{
    coil_obj *set = range(0, 3), *it = MUST(coil_iter(set)), *item;

    CHECK_INT(coil_next(it, &item), 1);
    CHECK_OK(coil_set_add(set, COIL_NONE));
    CHECK_INT(coil_next(it, &item), -1);
    CHECK_ERROR(COIL_RUNTIME_ERROR, "Set changed size during iteration");
    CHECK_OK(coil_set_remove(set, COIL_NONE));
    CHECK_INT(coil_next(it, &item), -1);
    CHECK_ERROR(COIL_RUNTIME_ERROR, "Set changed size during iteration");
    coil_decref(it);
    coil_decref(set);
}

static int clear_once(coil_obj *self, coil_obj *other, void *context)
{
    (void)other;
    evil_set(self, NULL, NULL);
    coil_set_clear(context);
    return 1;
}

TEST(an_equality_that_empties_the_set_makes_the_look_up_miss)
{
    coil_obj *set = MUST(coil_set_new());
    coil_obj *a = MUST(evil_new(5, clear_once, set));
    coil_obj *b = MUST(evil_new(5, NULL, NULL));

    CHECK_OK(coil_set_add(set, a));
    CHECK_OK(coil_set_add(set, b));
    CHECK_SIZE(coil_set_len(set), 1);
    CHECK_INT(coil_set_has(set, b), 1);
    CHECK_COUNT(a, 1);
    coili_set_validate(set);
    coil_decref(a);
    coil_decref(b);
    coil_decref(set);
}

TEST(an_equality_that_empties_a_set_during_an_intersection_is_harmless)
{
    coil_obj *from = range(0, 3), *other = MUST(coil_set_new()), *c;
    coil_obj *a = MUST(evil_new(7, clear_once, from));
    coil_obj *b = MUST(evil_new(7, NULL, NULL));

    CHECK_OK(coil_set_add(from, b));
    CHECK_OK(coil_set_add(from, COIL_NONE));
    CHECK_OK(coil_set_add(other, a));
    c = MUST(coil_set_intersection(from, other));
    CHECK_REPR(c, "{evil}");
    CHECK_SIZE(coil_set_len(from), 0);
    coili_set_validate(from);
    coil_decref(a);
    coil_decref(b);
    coil_decref(c);
    coil_decref(from);
    coil_decref(other);
}

static void look_and_add(coil_obj *self, void *context)
{
    coil_obj *item;
    size_t at = 0;

    coili_set_validate(context);
    while (coil_set_next(context, &at, &item))
        CHECK(item != self);
    CHECK_OK(coil_set_add(context, COIL_NONE));
}

TEST(a_finalizer_finds_its_object_gone_from_the_set)
{
    coil_obj *set = MUST(coil_set_new()), *n;

    for (int round = 0; round < 3; round++) {
        n = MUST(node_new_final("n", look_and_add, set));
        CHECK_OK(coil_set_add(set, n));
        if (round == 0) {
            coil_decref(n);
            coil_set_clear(set);
        } else if (round == 1) {
            CHECK_INT(coil_set_discard(set, n), 1);
            coil_decref(n);
        } else {
            coil_decref(n);
            CHECK_OK(coil_set_remove(set, COIL_NONE));
            coil_decref(MUST(coil_set_pop(set)));
        }
        CHECK_REPR(set, "{None}");
    }
    coil_decref(set);
}

TEST(a_set_inside_a_node_that_shows_the_set_is_written_once)
{
    coil_obj *set = range(0, 1), *list = MUST(coil_list_new());
    coil_obj *t;

    CHECK_OK(coil_list_append(list, set));
    t = MUST(coil_tuple_of(1, list));
    CHECK_REPR(t, "([{0}],)");
    CHECK_INT(coil_set_add(set, t), -1);
    CHECK_ERROR(COIL_TYPE_ERROR, "unhashable type: 'list'");
    coil_decref(t);
    coil_decref(list);
    coil_decref(set);
}

static int write_again(coil_obj *self, coil_obj *other, void *context)
{
    coil_obj *s;

    (void)self, (void)other;
    s = coil_repr(context);
    coil_decref(s);
    return s != NULL ? 1 : -1;
}

TEST(a_set_that_is_written_for_ever_is_a_recursion_error)
{
    coil_obj *set = MUST(coil_set_new());
    coil_obj *e = MUST(evil_new(1, write_again, set));

    CHECK_OK(coil_set_add(set, e));
    CHECK_NULL(coil_repr(set));
    CHECK_ERROR(COIL_RECURSION_ERROR, "maximum recursion depth exceeded "
                "while getting the repr of an object");
    coil_decref(e);
    coil_decref(set);
}

/* ---- faults -------------------------------------------------------------- */

TEST(a_set_stays_as_it_was_when_memory_ends)
{
    for (int n = 0; n < 50; n++) {
        coil_obj *set = range(0, n), *copy = range(0, n);

        FOR_EACH_FAULT(i) {
            int rv = coil_set_add(set, COIL_NONE);

            coili_set_validate(set);
            if (fault_fired()) {
                CHECK_INT(rv, -1);
                CHECK_ERROR(COIL_MEMORY_ERROR, "out of memory");
                CHECK_INT(coil_equal(set, copy), 1);
                continue;
            }
            CHECK_INT(rv, 0);
        }
        CHECK_SIZE(coil_set_len(set), n + 1);
        coil_decref(copy);
        coil_decref(set);
    }
}

typedef coil_obj *make_fn(coil_obj *a, coil_obj *b);

static coil_obj *make_iter(coil_obj *a, coil_obj *b)
{
    (void)b;
    return coil_iter(a);
}

static coil_obj *make_repr(coil_obj *a, coil_obj *b)
{
    (void)b;
    return coil_repr(a);
}

TEST(whatever_is_made_from_sets_survives_each_failed_allocation)
{
    make_fn *const make[] = {
        coil_set_union, coil_set_intersection, coil_set_difference,
        make_iter, make_repr,
    };
    coil_obj *a = range(0, 60), *b = range(30, 90);

    for (size_t k = 0; k < sizeof make / sizeof make[0]; k++) {
        FOR_EACH_FAULT(i) {
            coil_obj *made = make[k](a, b);

            coili_set_validate(a);
            coili_set_validate(b);
            if (fault_fired()) {
                CHECK_NULL(made);
                CHECK_ERROR(COIL_MEMORY_ERROR, "out of memory");
                continue;
            }
            coil_decref(MUST(made));
        }
    }
    coil_decref(a);
    coil_decref(b);
}

TEST(asking_and_taking_out_allocate_nothing)
{
    coil_obj *set = range(0, 60);

    fault_fail_allocation(0);
    CHECK_INT(coil_set_has(set, small(7)), 1);
    CHECK_INT(coil_set_discard(set, small(7)), 1);
    CHECK_OK(coil_set_remove(set, small(8)));
    CHECK_OK(coil_set_add(set, small(9)));
    coil_decref(MUST(coil_set_pop(set)));
    CHECK(!fault_fired());
    coil_decref(set);
}

TEST(misuse_of_a_set_is_a_checked_error)
{
    coil_obj *set = range(0, 1), *none = COIL_NONE;

    CHECK_ABORTS("coil_set_len", (void)coil_set_len(none));
    CHECK_ABORTS("coil_set_add", coil_set_add(none, none));
    CHECK_ABORTS("item != NULL", coil_set_add(set, NULL));
    CHECK_ABORTS("coil_set_has", coil_set_has(none, none));
    CHECK_ABORTS("coil_set_discard", coil_set_remove(none, none));
    CHECK_ABORTS("coil_set_pop", coil_decref(coil_set_pop(none)));
    CHECK_ABORTS("coil_set_clear", coil_set_clear(none));
    CHECK_ABORTS("coil_set_union", coil_decref(coil_set_union(set, none)));
    coil_decref(set);
}

#ifndef NDEBUG
TEST(validate_sees_a_broken_set)
{
    coil_obj *set = range(0, 2);
    struct coili_table *t = &coili_set_of(set)->table;

    CHECK_ABORTS("value == NULL",
                 t->entries[0].value = set; coili_set_validate(set));
    CHECK_ABORTS("is_reached",
                 t->entries[0].hash = 77; coili_set_validate(set));
    CHECK_ABORTS("coil_is", coili_set_validate(COIL_NONE));
    coil_decref(set);
}
#endif
