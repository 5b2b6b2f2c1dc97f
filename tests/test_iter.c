#include <math.h>

#include "internal/list_layout.h"
#include "support/coil_test.h"
#include "support/evil.h"

/* An iterator of the test's own: 1, 2, ..., `last`, then an error or the
 * end. */
struct counter {
    coil_obj head;
    int at, last;
    bool fails;
};

static int counter_next(coil_obj *self, coil_obj **item)
{
    struct counter *c = (struct counter *)self;

    if (c->at < c->last) {
        *item = coil_int_new(++c->at);
        return *item != NULL ? 1 : -1;
    }
    if (c->fails)
        coil_error_set(COIL_VALUE_ERROR, "no more");
    return c->fails ? -1 : 0;
}

static coil_obj *counter_iter(coil_obj *self)
{
    return coil_incref(self);
}

static coil_type counter_type = {
    .head = COIL_TYPE_HEAD, .name = "counter",
    .size = sizeof(struct counter), .iter = counter_iter,
    .next = counter_next,
};

static coil_obj *counter_new(int last, bool fails)
{
    struct counter *c = MUST(coil_object_new(&counter_type));

    c->at = 0;
    c->last = last;
    c->fails = fails;
    return &c->head;
}

static coil_obj *three(bool list)
{
    coil_obj *a = COIL_NONE, *b = COIL_TRUE, *c = COIL_FALSE;

    return MUST(list ? coil_list_of(3, a, b, c)
                     : coil_tuple_of(3, a, b, c));
}

TEST(iterator_gives_each_element_and_then_the_end_for_ever)
{
    for (int list = 0; list < 2; list++) {
        coil_obj *row = three(list), *it = MUST(coil_iter(row)), *item;
        coil_obj *const want[] = { COIL_NONE, COIL_TRUE, COIL_FALSE };

        for (int i = 0; i < 3; i++) {
            CHECK_INT(coil_next(it, &item), 1);
            CHECK_SAME(item, want[i]);
        }
        for (int i = 0; i < 3; i++) {
            item = row;
            CHECK_INT(coil_next(it, &item), 0);
            CHECK_NULL(item);
        }
        coil_decref(it);
        coil_decref(row);
    }
}

TEST(elements_of_an_iterator_are_new)
{
    coil_obj *n = MUST(coil_int_new(1000)), *item;
    coil_obj *t = MUST(coil_tuple_of(1, n)), *it = MUST(coil_iter(t));

    CHECK_INT(coil_next(it, &item), 1);
    CHECK_COUNT(n, 3);
    coil_decref(item);
    coil_decref(it);
    coil_decref(t);
    coil_decref(n);
}

TEST(iterator_keeps_its_owner_until_the_end)
{
    for (int list = 0; list < 2; list++) {
        coil_obj *row = three(list), *it = MUST(coil_iter(row)), *item;

        CHECK_COUNT(row, 2);
        for (int i = 0; i < 4; i++)
            coil_next(it, &item);
        CHECK_COUNT(row, 1);
        coil_decref(row);
        coil_decref(it);
        it = MUST(coil_iter(row = three(list)));
        coil_decref(row);
        CHECK_INT(coil_next(it, &item), 1);
        coil_decref(it);
    }
}

TEST(iterator_of_an_iterator_is_itself)
{
    coil_obj *row = three(true), *it = MUST(coil_iter(row));

    CHECK_SAME(MUST(coil_iter(it)), it);
    coil_decref(it);
    CHECK_REPR(it, "<list_iterator object>");
    coil_decref(it);
    coil_decref(row);
    row = three(false);
    it = MUST(coil_iter(row));
    CHECK_REPR(it, "<tuple_iterator object>");
    coil_decref(it);
    coil_decref(row);
}

TEST(list_iterator_sees_what_is_appended_and_misses_what_moved)
{
    coil_obj *list = three(true), *it = MUST(coil_iter(list)), *item;
    int steps = 0;

    while (coil_next(it, &item) == 1)
        if (steps++ < 4)
            CHECK_OK(coil_list_append(list, item));
    CHECK_INT(steps, 7);
    CHECK_OK(coil_list_append(list, COIL_NONE));
    CHECK_INT(coil_next(it, &item), 0);
    coil_decref(it);
    it = MUST(coil_iter(list));
    CHECK_INT(coil_next(it, &item), 1);
    CHECK_SAME(item, COIL_NONE);
    CHECK_OK(coil_list_delete(list, 0));
    CHECK_INT(coil_next(it, &item), 1);
    CHECK_SAME(item, COIL_FALSE);
    coil_list_clear(list);
    CHECK_INT(coil_next(it, &item), 0);
    coil_decref(it);
    coil_decref(list);
}

static int count_child(coil_obj *child, void *arg)
{
    *(coil_obj **)arg = child;
    return 0;
}

TEST(iterator_shows_its_owner_and_can_drop_it)
{
    coil_obj *row = three(true), *it = MUST(coil_iter(row)), *seen = NULL;
    coil_obj *item;

    CHECK_INT(it->type->traverse(it, count_child, &seen), 0);
    CHECK_SAME(seen, row);
    it->type->clear(it);
    CHECK_COUNT(row, 1);
    CHECK_INT(coil_next(it, &item), 0);
    coil_decref(it);
    coil_decref(row);
}

TEST(what_cannot_be_iterated_says_so)
{
    coil_obj *n = MUST(coil_int_new(1000)), *list = three(true), *item;

    CHECK_NULL(coil_iter(n));
    CHECK_ERROR(COIL_TYPE_ERROR, "'int' object is not iterable");
    item = n;
    CHECK_INT(coil_next(list, &item), -1);
    CHECK_ERROR(COIL_TYPE_ERROR, "'list' object is not an iterator");
    CHECK_NULL(item);
    CHECK_INT(coil_len(n), -1);
    CHECK_ERROR(COIL_TYPE_ERROR, "object of type 'int' has no len()");
    CHECK_INT(coil_contains(n, n), -1);
    CHECK_ERROR(COIL_TYPE_ERROR, "argument of type 'int' is not iterable");
    coil_decref(list);
    coil_decref(n);
}

TEST(len_is_that_of_the_type)
{
    coil_obj *list = three(true), *t = three(false);
    coil_obj *s = MUST(coil_str_from("häh"));

    CHECK_INT(coil_len(list), 3);
    CHECK_INT(coil_len(t), 3);
    CHECK_INT(coil_len(s), 3);
    coil_decref(s);
    coil_decref(t);
    coil_decref(list);
}

static int refuse(coil_obj *self, coil_obj *other, void *context)
{
    (void)self, (void)other, (void)context;
    coil_error_set(COIL_VALUE_ERROR, "no");
    return -1;
}

TEST(contains_compares_by_identity_and_then_by_equality)
{
    coil_obj *nan = MUST(coil_float_new(NAN)), *x = MUST(coil_float_new(1));
    coil_obj *t = MUST(coil_tuple_of(2, nan, coil_int_new(1))), *e, *u;

    CHECK_INT(coil_contains(t, nan), 1);
    CHECK_INT(coil_contains(t, x), 1);
    CHECK_INT(coil_contains(t, COIL_NONE), 0);
    e = MUST(evil_new(1, refuse, NULL));
    CHECK_INT(coil_contains(t, e), -1);
    CHECK_ERROR(COIL_VALUE_ERROR, "no");
    u = MUST(coil_tuple_of(1, e));
    CHECK_INT(coil_contains(u, e), 1);
    coil_decref(u);
    coil_decref(e);
    coil_decref(t);
    coil_decref(x);
    coil_decref(nan);
}

TEST(an_iterator_made_outside_the_library_works_in_it)
{
    coil_obj *c = counter_new(1000, false), *list = MUST(coil_list_new());
    coil_obj *n = MUST(coil_int_new(700));

    CHECK_INT(coil_contains(c, n), 1);
    CHECK_OK(coil_list_extend(list, c));
    CHECK_SIZE(coil_list_len(list), 300);
    coili_list_validate(list);
    coil_decref(n);
    coil_decref(list);
    coil_decref(c);
}

TEST(error_of_an_iterator_ends_the_walk)
{
    coil_obj *c = counter_new(2, true), *list = MUST(coil_list_new());
    coil_obj *d = counter_new(0, true);

    CHECK_INT(coil_list_extend(list, c), -1);
    CHECK_ERROR(COIL_VALUE_ERROR, "no more");
    CHECK_REPR(list, "[1, 2]");
    CHECK_INT(coil_contains(d, COIL_NONE), -1);
    CHECK_ERROR(COIL_VALUE_ERROR, "no more");
    coil_decref(c);
    coil_decref(d);
    coil_decref(list);
}

TEST(walking_survives_each_failed_allocation)
{
    coil_obj *row = three(true);

    FOR_EACH_FAULT(i) {
        coil_obj *it = coil_iter(row);

        CHECK_COUNT(row, fault_fired() ? 1 : 2);
        if (fault_fired()) {
            CHECK_NULL(it);
            CHECK_ERROR(COIL_MEMORY_ERROR, "out of memory");
            continue;
        }
        coil_decref(it);
    }
    FOR_EACH_FAULT(i) {
        int rv = coil_contains(row, COIL_FALSE);

        if (fault_fired()) {
            CHECK_INT(rv, -1);
            CHECK_ERROR(COIL_MEMORY_ERROR, "out of memory");
            continue;
        }
        CHECK_INT(rv, 1);
    }
    coil_decref(row);
}

TEST(misuse_of_the_protocol_is_a_checked_error)
{
    coil_obj *item;

    CHECK_ABORTS("o != NULL", coil_decref(coil_iter(NULL)));
    CHECK_ABORTS("iter != NULL", coil_next(NULL, &item));
    CHECK_ABORTS("item != NULL", coil_next(COIL_NONE, NULL));
    CHECK_ABORTS("o != NULL", coil_len(NULL));
    CHECK_ABORTS("item != NULL", coil_contains(COIL_NONE, NULL));
}
