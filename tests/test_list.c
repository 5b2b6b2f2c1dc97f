#include <math.h>

#include "internal/list_layout.h"
#include "support/coil_test.h"
#include "support/evil.h"
#include "support/node.h"

/* A list of the ints 0 to n - 1. */
static coil_obj *count_to(size_t n)
{
    coil_obj *list = MUST(coil_list_new());

    for (size_t i = 0; i < n; i++)
        CHECK_OK(coil_list_append_steal(list, coil_int_new((int64_t)i)));
    coili_list_validate(list);
    return list;
}

static int64_t int_at(coil_obj *list, size_t i)
{
    int64_t value = -1;

    CHECK_OK(coil_int_value(MUST(coil_list_get_borrowed(list, i)),
                            &value));
    return value;
}

TEST(lists_and_no_others_are_lists)
{
    coil_obj *list = MUST(coil_list_new()), *tuple = MUST(coil_tuple_of(0));

    CHECK(coil_list_check(list));
    CHECK(!coil_list_check(tuple));
    CHECK_ABORTS("o != NULL", coil_list_check(NULL));
    coil_decref(list);
    coil_decref(tuple);
}

TEST(new_list_is_empty)
{
    coil_obj *list = MUST(coil_list_new());

    CHECK_SIZE(coil_list_len(list), 0);
    CHECK_REPR(list, "[]");
    CHECK_INT(coil_truth(list), 0);
    coili_list_validate(list);
    coil_decref(list);
}

TEST(append_keeps_and_append_steal_takes)
{
    coil_obj *list = MUST(coil_list_new()), *n = MUST(coil_int_new(1000));

    CHECK_OK(coil_list_append(list, n));
    CHECK_COUNT(n, 2);
    CHECK_OK(coil_list_append_steal(list, coil_incref(n)));
    CHECK_COUNT(n, 3);
    CHECK_REPR(list, "[1000, 1000]");
    CHECK_INT(coil_truth(list), 1);
    coil_decref(list);
    CHECK_COUNT(n, 1);
    coil_decref(n);
}

TEST(append_steal_passes_a_failure_on)
{
    coil_obj *list = MUST(coil_list_new());

    fault_fail_allocation(0);
    CHECK_INT(coil_list_append_steal(list, coil_int_new(1000)), -1);
    CHECK(fault_fired());
    CHECK_ERROR(COIL_MEMORY_ERROR, "out of memory");
    CHECK_SIZE(coil_list_len(list), 0);
    coil_decref(list);
}

TEST(list_of_keeps_its_elements)
{
    coil_obj *n = MUST(coil_int_new(1000));
    coil_obj *list = MUST(coil_list_of(2, n, COIL_NONE));

    coili_list_validate(list);
    CHECK_COUNT(n, 2);
    CHECK_REPR(list, "[1000, None]");
    coil_decref(list);
    coil_decref(n);
}

TEST(sized_list_allocates_its_room_at_once)
{
    coil_obj *list = MUST(coil_list_new_cap(100));
    size_t before = test_requests();

    for (int i = 0; i < 100; i++)
        CHECK_OK(coil_list_append(list, COIL_NONE));
    CHECK_SIZE(test_requests(), before);
    coil_decref(list);
}

TEST(a_million_appends_need_few_requests)
{
    coil_obj *list = MUST(coil_list_new());
    size_t before = test_requests();

    for (int i = 0; i < 1000000; i++)
        CHECK_OK(coil_list_append(list, COIL_NONE));
    CHECK(test_requests() - before < 70);
    CHECK(coili_list_of(list)->cap < 1260000);
    coili_list_validate(list);
    coil_decref(list);
}

TEST(list_index_out_of_range_is_an_error)
{
    coil_obj *list = count_to(2);

    CHECK_NULL(coil_list_get(list, 2));
    CHECK_ERROR(COIL_INDEX_ERROR, "list index out of range");
    CHECK_NULL(coil_list_get_borrowed(list, SIZE_MAX));
    CHECK_ERROR(COIL_INDEX_ERROR, "list index out of range");
    CHECK_INT(coil_list_set(list, 2, COIL_NONE), -1);
    CHECK_ERROR(COIL_INDEX_ERROR, "list assignment index out of range");
    CHECK_INT(coil_list_delete(list, 2), -1);
    CHECK_ERROR(COIL_INDEX_ERROR, "list assignment index out of range");
    CHECK_REPR(list, "[0, 1]");
    coil_decref(list);
    list = count_to(0);
    CHECK_NULL(coil_list_pop(list));
    CHECK_ERROR(COIL_INDEX_ERROR, "pop from empty list");
    coil_decref(list);
}

TEST(elements_are_inserted_set_deleted_and_popped)
{
    coil_obj *list = count_to(3), *n = MUST(coil_int_new(1000));

    CHECK_OK(coil_list_insert(list, 1, n));
    CHECK_OK(coil_list_insert(list, 0, COIL_NONE));
    CHECK_OK(coil_list_insert(list, 99, COIL_TRUE));
    CHECK_REPR(list, "[None, 0, 1000, 1, 2, True]");
    CHECK_OK(coil_list_set(list, 0, n));
    CHECK_OK(coil_list_delete(list, 1));
    CHECK_REPR(list, "[1000, 1000, 1, 2, True]");
    CHECK_COUNT(n, 3);
    CHECK_OK(coil_list_delete(list, 0));
    CHECK_COUNT(n, 2);
    CHECK_SAME(MUST(coil_list_pop(list)), COIL_TRUE);
    CHECK_REPR(list, "[1000, 1, 2]");
    coili_list_validate(list);
    coil_list_reverse(list);
    CHECK_REPR(list, "[2, 1, 1000]");
    coil_decref(n);
    n = MUST(coil_list_pop(list));
    CHECK_COUNT(n, 1);
    coil_decref(n);
    coil_list_clear(list);
    CHECK_REPR(list, "[]");
    coili_list_validate(list);
    coil_decref(list);
}

TEST(reversing_works_for_every_small_length)
{
    for (size_t n = 0; n < 6; n++) {
        coil_obj *list = count_to(n);

        coil_list_reverse(list);
        for (size_t i = 0; i < n; i++)
            CHECK_INT(int_at(list, i), n - 1 - i);
        coil_decref(list);
    }
}

TEST(a_list_agrees_with_an_array_after_each_of_many_random_steps)
{
    coil_obj *list = MUST(coil_list_new());
    int64_t array[64];
    size_t len = 0;
    uint32_t dice = 1;

    for (int step = 0; step < 20000; step++) {
        coil_obj *n = MUST(coil_int_new(step));
        size_t i = (dice = dice * 1664525 + 1013904223) >> 16;

        if (len < 60 && dice % 5 < 3) {
            i %= len + 1;
            memmove(array + i + 1, array + i,
                    (len++ - i) * sizeof *array);
            array[i] = step;
            CHECK_OK(coil_list_insert(list, i, n));
        } else if (len > 0 && dice % 2) {
            i %= len;
            array[i] = step;
            CHECK_OK(coil_list_set(list, i, n));
        } else if (len > 0) {
            i %= len;
            memmove(array + i, array + i + 1,
                    (--len - i) * sizeof *array);
            CHECK_OK(coil_list_delete(list, i));
        }
        coil_decref(n);
        coili_list_validate(list);
        CHECK_SIZE(coil_list_len(list), len);
        for (size_t j = 0; j < len; j++)
            CHECK_INT(int_at(list, j), array[j]);
    }
    coil_decref(list);
}

TEST(slices_are_clipped_copies)
{
    coil_obj *list = count_to(4), *part;
    static const struct {
        size_t start, stop;
        const char *repr;
    } rows[] = {
        { 0, 4, "[0, 1, 2, 3]" }, { 1, 3, "[1, 2]" }, { 2, 2, "[]" },
        { 3, 99, "[3]" }, { 4, 4, "[]" }, { 7, 9, "[]" },
        { 0, SIZE_MAX, "[0, 1, 2, 3]" },
    };

    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        part = MUST(coil_list_slice(list, rows[i].start, rows[i].stop));
        coili_list_validate(part);
        CHECK_REPR(part, rows[i].repr);
        coil_decref(part);
    }
    coil_decref(list);
    list = MUST(coil_list_new());
    part = MUST(coil_list_slice(list, 0, 5));
    CHECK_REPR(part, "[]");
    coil_decref(part);
    coil_decref(list);
}

TEST(a_list_is_extended_by_what_can_be_iterated)
{
    coil_obj *list = count_to(2), *iter;
    coil_obj *t = MUST(coil_tuple_of(2, COIL_NONE, COIL_TRUE));

    CHECK_OK(coil_list_extend(list, t));
    CHECK_OK(coil_list_extend(list, list));
    CHECK_REPR(list, "[0, 1, None, True, 0, 1, None, True]");
    iter = MUST(coil_iter(t));
    CHECK_OK(coil_list_extend(list, iter));
    CHECK_SIZE(coil_list_len(list), 10);
    CHECK_OK(coil_list_extend(list, iter));
    CHECK_SIZE(coil_list_len(list), 10);
    CHECK_INT(coil_list_extend(list, COIL_NONE), -1);
    CHECK_ERROR(COIL_TYPE_ERROR, "'NoneType' object is not iterable");
    coili_list_validate(list);
    coil_decref(iter);
    coil_decref(t);
    coil_decref(list);
}

TEST(lists_are_equal_if_their_elements_are)
{
    coil_obj *nan = MUST(coil_float_new(NAN));
    coil_obj *x = MUST(coil_float_new(1.0));
    coil_obj *a = MUST(coil_list_of(2, nan, coil_int_new(1)));
    coil_obj *b = MUST(coil_list_of(2, nan, x));
    coil_obj *c = MUST(coil_tuple_of(2, nan, x));

    CHECK_INT(coil_equal(a, b), 1);
    CHECK_INT(coil_equal(a, c), 0);
    CHECK_INT(coil_equal(c, a), 0);
    CHECK_OK(coil_list_set(a, 1, nan));
    CHECK_INT(coil_equal(a, b), 0);
    CHECK_OK(coil_list_delete(a, 1));
    CHECK_INT(coil_equal(a, b), 0);
    coil_decref(nan);
    coil_decref(x);
    coil_decref(a);
    coil_decref(b);
    coil_decref(c);
}

TEST(a_list_has_no_hash_nor_has_a_tuple_that_holds_one)
{
    coil_obj *list = count_to(1), *t = MUST(coil_tuple_of(1, list));
    int64_t hash;

    CHECK_INT(coil_hash(list, &hash), -1);
    CHECK_ERROR(COIL_TYPE_ERROR, "unhashable type: 'list'");
    CHECK_INT(coil_hash(t, &hash), -1);
    CHECK_ERROR(COIL_TYPE_ERROR, "unhashable type: 'list'");
    coil_decref(t);
    coil_decref(list);
}

TEST(a_list_that_contains_itself_is_written_with_dots)
{
    coil_obj *list = count_to(1), *other = count_to(1), *t;

    CHECK_OK(coil_list_append(list, list));
    CHECK_REPR(list, "[0, [...]]");
    CHECK_OK(coil_list_append(other, other));
    CHECK_INT(coil_equal(list, other), -1);
    CHECK_ERROR(COIL_RECURSION_ERROR,
                "maximum recursion depth exceeded in comparison");
    CHECK_INT(coil_same(list, list), 1);
    coil_list_clear(list);
    coil_list_clear(other);
    t = MUST(coil_tuple_of(1, list));
    CHECK_OK(coil_list_append(list, t));
    CHECK_REPR(t, "([(...)],)");
    CHECK_REPR(list, "[([...],)]");
    coil_list_clear(list);
    coil_decref(t);
    coil_decref(other);
    coil_decref(list);
}

TEST(an_element_twice_in_a_list_is_written_twice)
{
    coil_obj *inner = count_to(1);
    coil_obj *list = MUST(coil_list_of(2, inner, inner));

    CHECK_REPR(list, "[[0], [0]]");
    coil_decref(inner);
    coil_decref(list);
}

TEST(list_nested_300000_deep_is_released)
{
    coil_obj *list = MUST(coil_list_new());

    for (int i = 0; i < 300000; i++) {
        coil_obj *outer = MUST(coil_list_new());

        CHECK_OK(coil_list_append_steal(outer, list));
        list = outer;
    }
    CHECK_NULL(coil_repr(list));
    CHECK_ERROR(COIL_RECURSION_ERROR, "maximum recursion depth exceeded "
                "while getting the repr of an object");
    coil_decref(list);
}

/* ---- strangers ---------------------------------------------------------- */

static void write_name(coil_obj *self, void *context)
{
    strcat(context, node_name(self));
}

TEST(list_releases_its_last_element_first)
{
    char log[8] = "";
    coil_obj *list = MUST(coil_list_new());

    for (int round = 0; round < 2; round++) {
        CHECK_OK(coil_list_append_steal(list,
            node_new_final("a", write_name, log)));
        CHECK_OK(coil_list_append_steal(list,
            node_new_final("b", write_name, log)));
        if (round == 0)
            coil_list_clear(list);
    }
    coil_decref(list);
    CHECK_STR(log, "baba");
}

static void look_and_grow(coil_obj *self, void *context)
{
    coil_obj *list = *(coil_obj **)context;

    (void)self;
    coili_list_validate(list);
    for (size_t i = 0; i < coil_list_len(list); i++)
        CHECK(coil_list_get_borrowed(list, i) != self);
    CHECK_OK(coil_list_append(list, COIL_NONE));
}

TEST(a_finalizer_finds_its_object_gone_from_the_list)
{
    coil_obj *list = MUST(coil_list_new());

    for (int i = 0; i < 4; i++)
        CHECK_OK(coil_list_append_steal(list,
            node_new_final("a", look_and_grow, &list)));
    CHECK_OK(coil_list_set(list, 1, COIL_TRUE));
    CHECK_SIZE(coil_list_len(list), 5);
    CHECK_OK(coil_list_delete(list, 0));
    CHECK_SIZE(coil_list_len(list), 5);
    coil_list_clear(list);
    CHECK_REPR(list, "[None, None]");
    coili_list_validate(list);
    coil_decref(list);
}

static int clear_it(coil_obj *self, coil_obj *other, void *context)
{
    (void)self, (void)other;
    coil_list_clear(context);
    return 1;
}

TEST(a_repr_that_empties_its_list_ends_early)
{
    coil_obj *list = MUST(coil_list_new());

    CHECK_OK(coil_list_append_steal(list, evil_new(1, clear_it, list)));
    CHECK_OK(coil_list_append_steal(list, evil_new(1, clear_it, list)));
    CHECK_REPR(list, "[evil]");
    CHECK_SIZE(coil_list_len(list), 0);
    coil_decref(list);
}

TEST(an_equality_that_empties_its_list_makes_them_differ)
{
    coil_obj *a = MUST(coil_list_new()), *b = MUST(coil_list_new());

    for (int i = 0; i < 3; i++) {
        CHECK_OK(coil_list_append_steal(a, evil_new(1, clear_it, a)));
        CHECK_OK(coil_list_append_steal(b, evil_new(1, clear_it, a)));
    }
    CHECK_INT(coil_equal(a, b), 0);
    CHECK_SIZE(coil_list_len(a), 0);
    coili_list_validate(a);
    coil_decref(a);
    coil_decref(b);
}

/* ---- faults ------------------------------------------------------------- */

static bool oom(int rv, coil_obj *list, const char *repr)
{
    coili_list_validate(list);
    if (!fault_fired()) {
        CHECK_INT(rv, 0);
        return false;
    }
    CHECK_INT(rv, -1);
    CHECK_ERROR(COIL_MEMORY_ERROR, "out of memory");
    CHECK_REPR(list, repr);
    return true;
}

TEST(making_a_list_survives_each_failed_allocation)
{
    FOR_EACH_FAULT(i) {
        coil_obj *list = coil_list_new_cap(3);

        if (fault_fired()) {
            CHECK_NULL(list);
            CHECK_ERROR(COIL_MEMORY_ERROR, "out of memory");
            continue;
        }
        coil_decref(list);
    }
    FOR_EACH_FAULT(i) {
        coil_obj *list = coil_list_of(2, COIL_NONE, COIL_TRUE);

        if (fault_fired()) {
            CHECK_NULL(list);
            CHECK_ERROR(COIL_MEMORY_ERROR, "out of memory");
            continue;
        }
        CHECK_REPR(list, "[None, True]");
        coil_decref(list);
    }
}

TEST(list_stays_as_it_was_when_memory_ends)
{
    coil_obj *list, *t = MUST(coil_tuple_of(2, COIL_NONE, COIL_TRUE));
    coil_obj *iter;

    list = MUST(coil_list_new_cap(1));
    CHECK_OK(coil_list_append(list, COIL_NONE));
    FOR_EACH_FAULT(i)
        if (!oom(coil_list_append(list, COIL_TRUE), list, "[None]"))
            break;
    coil_decref(list);

    list = MUST(coil_list_of(1, COIL_NONE));
    FOR_EACH_FAULT(i)
        if (!oom(coil_list_insert(list, 0, COIL_TRUE), list, "[None]"))
            break;
    CHECK_REPR(list, "[True, None]");
    coil_decref(list);

    list = MUST(coil_list_of(1, COIL_NONE));
    FOR_EACH_FAULT(i)
        if (!oom(coil_list_extend(list, t), list, "[None]"))
            break;
    CHECK_REPR(list, "[None, None, True]");
    coil_decref(list);

    list = MUST(coil_list_of(1, COIL_NONE));
    FOR_EACH_FAULT(i)
        if (!oom(coil_list_extend(list, list), list, "[None]"))
            break;
    CHECK_REPR(list, "[None, None]");
    coil_decref(list);

    list = MUST(coil_list_new());
    iter = MUST(coil_iter(t));
    FOR_EACH_FAULT(i)
        if (!oom(coil_list_extend(list, iter), list, "[]"))
            break;
    coil_decref(iter);
    coil_decref(list);
    coil_decref(t);
}

TEST(slicing_survives_each_failed_allocation)
{
    coil_obj *n = MUST(coil_int_new(1000));
    coil_obj *list = MUST(coil_list_of(2, n, n));

    FOR_EACH_FAULT(i) {
        coil_obj *part = coil_list_slice(list, 0, 2);

        CHECK_COUNT(n, fault_fired() ? 3 : 5);
        if (fault_fired()) {
            CHECK_NULL(part);
            CHECK_ERROR(COIL_MEMORY_ERROR, "out of memory");
            continue;
        }
        coil_decref(part);
    }
    coil_decref(list);
    coil_decref(n);
}

TEST(list_of_absurd_room_is_out_of_memory)
{
    CHECK_NULL(coil_list_new_cap(SIZE_MAX));
    CHECK_ERROR(COIL_MEMORY_ERROR, "out of memory");
    CHECK_NULL(coil_list_new_cap(SIZE_MAX / 16));
    CHECK_ERROR(COIL_MEMORY_ERROR, "out of memory");
}

TEST(misuse_of_a_list_is_a_checked_error)
{
    coil_obj *list = count_to(1), *none = COIL_NONE;

    CHECK_ABORTS("coil_list_len", (void)coil_list_len(none));
    CHECK_ABORTS("coil_list_get", coil_decref(coil_list_get(none, 0)));
    CHECK_ABORTS("coil_list_append", coil_list_append(none, none));
    CHECK_ABORTS("item != NULL", coil_list_append(list, NULL));
    CHECK_ABORTS("item != NULL", coil_list_set(list, 0, NULL));
    CHECK_ABORTS("item != NULL", coil_list_insert(list, 0, NULL));
    CHECK_ABORTS("start <= stop", coil_decref(coil_list_slice(list, 1, 0)));
    CHECK_ABORTS("coil_list_extend", coil_list_extend(none, list));
    CHECK_ABORTS("coil_list_pop", coil_decref(coil_list_pop(none)));
    CHECK_ABORTS("coil_list_clear", coil_list_clear(none));
    CHECK_ABORTS("coil_list_reverse", coil_list_reverse(none));
    CHECK_ABORTS("coil_list_delete", coil_list_delete(none, 0));
    coil_decref(list);
}

#ifndef NDEBUG
TEST(validate_sees_a_broken_list)
{
    coil_obj *list = count_to(2);
    struct coili_list *l = coili_list_of(list);

    CHECK_ABORTS("l->len <= l->cap",
                 l->len = l->cap + 1; coili_list_validate(list));
    CHECK_ABORTS("l->items == NULL",
                 l->items = NULL; coili_list_validate(list));
    CHECK_ABORTS("l->items[i] != NULL",
                 l->items[0] = NULL; coili_list_validate(list));
    CHECK_ABORTS("coil_is", coili_list_validate(COIL_NONE));
    coil_decref(list);
}
#endif
