/* Dictionaries that do not keep their values, or their keys, alive. */
#include "coil/coil.h"
#include "support/coil_test.h"
#include "support/evil.h"
#include "support/faults.h"
#include "support/node.h"

static coil_obj *node(void)
{
    return MUST(node_new("n"));
}

static coil_obj *small(int64_t value)
{
    return MUST(coil_int_new(value));
}

static coil_obj *values_new(void)
{
    return MUST(coil_weak_values_new());
}

static coil_obj *keys_new(void)
{
    return MUST(coil_weak_keys_new());
}

static void set_value(coil_obj *d, coil_obj *key, coil_obj *value)
{
    CHECK_OK(coil_weak_values_set(d, key, value));
}

static void set_key(coil_obj *d, coil_obj *key, coil_obj *value)
{
    CHECK_OK(coil_weak_keys_set(d, key, value));
}

/* d[key] is want; NULL: it has no such key */
static void check_value(coil_obj *d, coil_obj *key, coil_obj *want)
{
    coil_obj *found;

    CHECK_INT(coil_weak_values_get(d, key, &found), want != NULL);
    CHECK_SAME(found, want);
    CHECK_NO_ERROR();
    coil_decref(found);
}

static void check_key(coil_obj *d, coil_obj *key, coil_obj *want)
{
    coil_obj *found;

    CHECK_INT(coil_weak_keys_get(d, key, &found), want != NULL);
    CHECK_SAME(found, want);
    CHECK_NO_ERROR();
    coil_decref(found);
}

/* ---- weak values ------------------------------------------------- */

TEST(a_dict_of_weak_values_owns_its_keys_alone)
{
    coil_obj *d = values_new(), *key = MUST(coil_str_from("key"));
    coil_obj *n = node(), *found;

    CHECK_SIZE(coil_weak_values_len(d), 0);
    check_value(d, key, NULL);
    set_value(d, key, n);
    CHECK_COUNT(n, 1);
    CHECK(coil_count(key) > 1);
    CHECK_SIZE(coil_weak_values_len(d), 1);
    CHECK_INT(coil_weak_values_get(d, key, &found), 1);
    CHECK_COUNT(n, 2);
    coil_decref(found);
    coil_decref(n);
    CHECK_SIZE(coil_weak_values_len(d), 0);
    check_value(d, key, NULL);
    CHECK_COUNT(key, 1);
    coil_decref(d), coil_decref(key);
}

TEST(a_weak_value_can_be_deleted)
{
    coil_obj *d = values_new(), *n = node();

    set_value(d, small(1), n);
    CHECK_OK(coil_weak_values_delete(d, small(1)));
    CHECK_SIZE(coil_weakref_count(n), 0);
    CHECK_INT(coil_weak_values_delete(d, small(1)), -1);
    CHECK_ERROR(COIL_KEY_ERROR, "1");
    check_value(d, small(1), NULL);
    coil_decref(n), coil_decref(d);
}

TEST(a_value_under_two_keys_goes_from_both)
{
    coil_obj *d = values_new(), *n = node(), *other = node();

    set_value(d, small(1), n);
    set_value(d, small(2), n);
    set_value(d, small(3), other);
    CHECK_SIZE(coil_weakref_count(n), 2);
    coil_decref(n);
    CHECK_SIZE(coil_weak_values_len(d), 1);
    check_value(d, small(1), NULL);
    check_value(d, small(2), NULL);
    check_value(d, small(3), other);
    coil_decref(d), coil_decref(other);
}

TEST(the_same_value_can_be_set_again)
{
    coil_obj *d = values_new(), *n = node();

    set_value(d, small(1), n);
    set_value(d, small(1), n);
    CHECK_SIZE(coil_weakref_count(n), 1);
    CHECK_SIZE(coil_weak_values_len(d), 1);
    check_value(d, small(1), n);
    coil_decref(n);
    CHECK_SIZE(coil_weak_values_len(d), 0);
    coil_decref(d);
}

/* Somebody keeps the reference that was in the dict, so that it is
 * called. */
TEST(an_old_value_that_goes_leaves_the_new_one_alone)
{
    coil_obj *d = values_new(), *old = node(), *n = node(), *refs;

    set_value(d, small(1), old);
    refs = MUST(coil_weakref_list(old));
    set_value(d, small(1), n);
    coil_decref(old);
    check_value(d, small(1), n);
    coil_decref(refs), coil_decref(d), coil_decref(n);
}

TEST(what_cannot_be_a_weak_value_leaves_the_dict_unchanged)
{
    coil_obj *d = values_new(), *n = node(), *found;
    coil_obj *list = MUST(coil_list_new());

    set_value(d, small(1), n);
    CHECK_INT(coil_weak_values_set(d, small(1), small(2)), -1);
    CHECK_ERROR(COIL_TYPE_ERROR,
                "cannot create weak reference to 'int' object");
    CHECK_INT(coil_weak_values_set(d, list, n), -1);
    CHECK_ERROR(COIL_TYPE_ERROR, "unhashable type: 'list'");
    CHECK_INT(coil_weak_values_get(d, list, &found), -1);
    CHECK_ERROR(COIL_TYPE_ERROR, "unhashable type: 'list'");
    CHECK_NULL(found);
    CHECK_INT(coil_weak_values_delete(d, list), -1);
    CHECK_ERROR(COIL_TYPE_ERROR, "unhashable type: 'list'");
    check_value(d, small(1), n);
    CHECK_SIZE(coil_weakref_count(n), 1);
    CHECK_COUNT(list, 1);
    coil_decref(d), coil_decref(n), coil_decref(list);
}

TEST(the_list_of_values_keeps_them)
{
    coil_obj *d = values_new(), *a = node(), *b = node(), *list;

    set_value(d, small(1), a);
    set_value(d, small(2), b);
    list = MUST(coil_weak_values_list(d));
    CHECK_SIZE(coil_list_len(list), 2);
    CHECK_SAME(coil_list_get_borrowed(list, 0), a);
    CHECK_SAME(coil_list_get_borrowed(list, 1), b);
    CHECK_COUNT(a, 2);
    coil_decref(list), coil_decref(a), coil_decref(b);
    list = MUST(coil_weak_values_list(d));
    CHECK_SIZE(coil_list_len(list), 0);
    coil_decref(list), coil_decref(d);
}

/* The key is not compared any more when its entry should go. */
static int equal_or_fail(coil_obj *self, coil_obj *other, void *context)
{
    (void)self, (void)other;
    if (!*(bool *)context)
        return 0;
    coil_error_set(COIL_VALUE_ERROR, "not comparable");
    return -1;
}

TEST(an_error_while_an_entry_goes_is_ignored)
{
    bool fails = false;
    coil_obj *a = MUST(evil_new(7, equal_or_fail, &fails));
    coil_obj *b = MUST(evil_new(7, equal_or_fail, &fails));
    coil_obj *d = values_new(), *n = node(), *m = node(), *list;

    set_value(d, a, m);
    set_value(d, b, n);                 /* the same hash, behind a */
    fails = true;
    coil_decref(n);
    fails = false;
    CHECK_IGNORED(COIL_VALUE_ERROR, "not comparable",
                  "callback of weakref");
    check_value(d, b, NULL);            /* whether or not it is there */
    check_value(d, a, m);
    list = MUST(coil_weak_values_list(d));
    CHECK_SIZE(coil_list_len(list), 1);
    coil_decref(list), coil_decref(m);
    coil_decref(d), coil_decref(a), coil_decref(b);
}

/* ---- weak keys --------------------------------------------------- */

TEST(a_dict_of_weak_keys_owns_its_values_alone)
{
    coil_obj *d = keys_new(), *value = MUST(coil_list_new());
    coil_obj *n = node(), *found;

    CHECK_SIZE(coil_weak_keys_len(d), 0);
    check_key(d, n, NULL);
    CHECK_SIZE(coil_weakref_count(n), 0);
    set_key(d, n, value);
    CHECK_COUNT(n, 1);
    CHECK_COUNT(value, 2);
    CHECK_SIZE(coil_weak_keys_len(d), 1);
    CHECK_INT(coil_weak_keys_get(d, n, &found), 1);
    CHECK_SAME(found, value);
    CHECK_COUNT(value, 3);
    coil_decref(found);
    coil_decref(n);
    CHECK_SIZE(coil_weak_keys_len(d), 0);
    CHECK_COUNT(value, 1);
    coil_decref(d), coil_decref(value);
}

TEST(a_weak_key_can_be_deleted)
{
    coil_obj *d = keys_new(), *n = node();

    set_key(d, n, small(1));
    CHECK_OK(coil_weak_keys_delete(d, n));
    CHECK_SIZE(coil_weakref_count(n), 0);
    CHECK_INT(coil_weak_keys_delete(d, n), -1);
    CHECK_ERROR(COIL_KEY_ERROR, "<weakref; to 'node'>");
    check_key(d, n, NULL);
    CHECK_SIZE(coil_weakref_count(n), 0);
    coil_decref(n), coil_decref(d);
}

TEST(the_same_key_can_be_set_again)
{
    coil_obj *d = keys_new(), *n = node();
    coil_obj *value = MUST(coil_list_new());

    set_key(d, n, value);
    set_key(d, n, small(2));
    CHECK_COUNT(value, 1);
    CHECK_SIZE(coil_weak_keys_len(d), 1);
    CHECK_SIZE(coil_weakref_count(n), 1);
    check_key(d, n, small(2));
    coil_decref(n);
    CHECK_SIZE(coil_weak_keys_len(d), 0);
    coil_decref(d), coil_decref(value);
}

/* Equal objects are one key, that of the first. */
struct key {
    coil_obj head;
    int64_t value;
};

static int key_hash(coil_obj *self, int64_t *hash)
{
    *hash = ((struct key *)self)->value;
    return 0;
}

static int key_equal(coil_obj *self, coil_obj *other)
{
    if (self->type != other->type)
        return COIL_UNKNOWN;
    return ((struct key *)self)->value == ((struct key *)other)->value;
}

static coil_type key_type = {
    .head = COIL_TYPE_HEAD, .name = "key", .size = sizeof(struct key),
    .weak = true, .hash = key_hash, .equal = key_equal,
};

static coil_obj *key_new(int64_t value)
{
    struct key *k = MUST(coil_object_new(&key_type));

    k->value = value;
    return &k->head;
}

TEST(equal_keys_are_one_and_go_with_the_first)
{
    coil_obj *d = keys_new(), *a = key_new(1), *b = key_new(1);

    set_key(d, a, small(1));
    set_key(d, b, small(2));
    CHECK_SIZE(coil_weak_keys_len(d), 1);
    check_key(d, a, small(2));
    coil_decref(b);
    check_key(d, a, small(2));
    coil_decref(a);
    CHECK_SIZE(coil_weak_keys_len(d), 0);
    coil_decref(d);
}

TEST(what_cannot_be_a_weak_key_leaves_the_dict_unchanged)
{
    coil_obj *d = keys_new(), *s = MUST(coil_set_new()), *found = s;

    CHECK_INT(coil_weak_keys_set(d, small(1), small(2)), -1);
    CHECK_ERROR(COIL_TYPE_ERROR,
                "cannot create weak reference to 'int' object");
    CHECK_INT(coil_weak_keys_get(d, small(1), &found), -1);
    CHECK_ERROR(COIL_TYPE_ERROR,
                "cannot create weak reference to 'int' object");
    CHECK_NULL(found);
    CHECK_INT(coil_weak_keys_delete(d, small(1)), -1);
    CHECK_ERROR(COIL_TYPE_ERROR,
                "cannot create weak reference to 'int' object");
    CHECK_INT(coil_weak_keys_set(d, s, small(2)), -1);
    CHECK_ERROR(COIL_TYPE_ERROR, "unhashable type: 'set'");
    CHECK_SIZE(coil_weak_keys_len(d), 0);
    CHECK_SIZE(coil_weakref_count(s), 0);
    coil_decref(d), coil_decref(s);
}

TEST(the_list_of_keys_keeps_them)
{
    coil_obj *d = keys_new(), *a = node(), *b = node(), *list;

    set_key(d, a, small(1));
    set_key(d, b, small(2));
    list = MUST(coil_weak_keys_list(d));
    CHECK_SIZE(coil_list_len(list), 2);
    CHECK_SAME(coil_list_get_borrowed(list, 0), a);
    CHECK_SAME(coil_list_get_borrowed(list, 1), b);
    CHECK_COUNT(b, 2);
    coil_decref(list), coil_decref(a);
    list = MUST(coil_weak_keys_list(d));
    CHECK_SIZE(coil_list_len(list), 1);
    CHECK_SAME(coil_list_get_borrowed(list, 0), b);
    coil_decref(list), coil_decref(b), coil_decref(d);
}

/* As in Python: the dict holds the value, and the value the key. */
TEST(a_value_that_holds_its_key_keeps_the_entry)
{
    coil_obj *d = keys_new(), *n = node();
    coil_obj *value = MUST(coil_list_of(1, n));

    coil_gc_disable();
    set_key(d, n, value);
    coil_decref(n), coil_decref(value);
    CHECK_INT(coil_gc_collect(2), 0);
    CHECK_SIZE(coil_weak_keys_len(d), 1);
    coil_decref(d);
    CHECK_SIZE(coil_census_live(), 0);
}

/* ---- both -------------------------------------------------------- */

TEST(an_empty_weak_dict_is_false)
{
    coil_obj *values = values_new(), *keys = keys_new(), *n = node();

    CHECK_INT(coil_truth(values), 0);
    CHECK_INT(coil_truth(keys), 0);
    set_value(values, small(1), n);
    set_key(keys, n, small(1));
    CHECK_INT(coil_truth(values), 1);
    CHECK_INT(coil_truth(keys), 1);
    coil_decref(n);
    CHECK_INT(coil_truth(values), 0);
    CHECK_INT(coil_truth(keys), 0);
    coil_decref(values), coil_decref(keys);
}

TEST(a_weak_dict_may_go_before_its_objects)
{
    coil_obj *values = values_new(), *keys = keys_new(), *n = node();

    set_value(values, small(1), n);
    set_key(keys, n, small(1));
    coil_decref(values), coil_decref(keys);
    CHECK_SIZE(coil_weakref_count(n), 0);
    coil_decref(n);
    CHECK_SIZE(coil_census_live(), 0);
}

/* A reference to an entry's object outlives the dict: its callback
 * finds that the dict is gone. */
TEST(a_reference_may_outlive_its_weak_dict)
{
    coil_obj *values = values_new(), *keys = keys_new(), *n = node();
    coil_obj *refs;

    set_value(values, small(1), n);
    set_key(keys, n, small(1));
    refs = MUST(coil_weakref_list(n));
    CHECK_SIZE(coil_list_len(refs), 2);
    coil_decref(values), coil_decref(keys);
    CHECK_SIZE(coil_weakref_count(n), 2);
    coil_decref(n);
    CHECK_SIZE(coil_weakref_count(refs), 0);
    coil_decref(refs);
}

TEST(a_weak_dict_can_be_weakly_referenced)
{
    coil_obj *d = values_new(), *ref;

    ref = MUST(coil_weakref_new(d, NULL, NULL));
    coil_decref(d);
    CHECK_NULL(coil_weakref_get_borrowed(ref));
    coil_decref(ref);
    d = keys_new();
    ref = MUST(coil_weakref_new(d, NULL, NULL));
    coil_decref(d);
    CHECK_NULL(coil_weakref_get_borrowed(ref));
    coil_decref(ref);
}

/* Through what a weak dict does own. */
TEST(a_weak_dict_may_be_part_of_a_cycle)
{
    coil_obj *values = values_new(), *keys = keys_new();
    coil_obj *n = node(), *m = node();

    coil_gc_disable();
    CHECK_OK(node_set(n, "values", values));
    set_value(values, n, m);            /* owns the key */
    CHECK_OK(node_set(n, "keys", keys));
    set_key(keys, m, n);                /* owns the value */
    coil_decref(n), coil_decref(values), coil_decref(keys);
    CHECK_SIZE(coil_census_of(&node_type), 2);
    coil_gc_collect(2);
    CHECK_SIZE(coil_census_of(&node_type), 1);
    CHECK_SIZE(coil_weakref_count(m), 0);
    coil_decref(m);
    CHECK_SIZE(coil_census_live(), 0);
}

static coil_obj *both[2];
static size_t calls;

/* Called before the dicts hear of it: they are not yet shorter. */
static int look(coil_obj *ref, coil_obj *context)
{
    coil_obj *list = MUST(coil_weak_values_list(both[0])), *found;

    (void)ref, (void)context;
    calls++;
    CHECK_SIZE(coil_weak_values_len(both[0]), 2);
    CHECK_SIZE(coil_list_len(list), 0);
    coil_decref(list);
    check_value(both[0], small(1), NULL);
    list = MUST(coil_weak_keys_list(both[1]));
    CHECK_SIZE(coil_weak_keys_len(both[1]), 2);
    CHECK_SIZE(coil_list_len(list), 0);
    coil_decref(list);
    CHECK_INT(coil_weak_values_get(both[0], small(2), &found), 0);
    return 0;
}

TEST(nobody_is_shown_what_is_being_collected)
{
    coil_obj *a = node(), *b = node(), *ref;

    coil_gc_disable();
    both[0] = values_new(), both[1] = keys_new();
    CHECK_OK(node_set(a, "b", b));
    CHECK_OK(node_set(b, "a", a));
    set_value(both[0], small(1), a);
    set_value(both[0], small(2), b);
    set_key(both[1], a, small(1));
    set_key(both[1], b, small(2));
    ref = MUST(coil_weakref_new(a, look, NULL));
    coil_decref(a), coil_decref(b);
    CHECK_INT(coil_gc_collect(2), 2);
    CHECK_SIZE(calls, 1);
    CHECK_SIZE(coil_weak_values_len(both[0]), 0);
    CHECK_SIZE(coil_weak_keys_len(both[1]), 0);
    coil_decref(ref), coil_decref(both[0]), coil_decref(both[1]);
}

/* ---- when memory fails, and the caller's faults ------------------ */

TEST(making_weak_dictionaries_fails_cleanly)
{
    CHECK_NEW_FAULTS(coil_weak_values_new());
    CHECK_NEW_FAULTS(coil_weak_keys_new());
}

TEST(weak_values_fail_cleanly)
{
    coil_obj *d = values_new(), *n = node(), *other = node();

    CHECK_OK_FAULTS(coil_weak_values_set(d, small(1), n));
    CHECK_SIZE(coil_weak_values_len(d), 1);
    FOR_EACH_FAULT(k) {                 /* in the place of another */
        int rv = coil_weak_values_set(d, small(1), other);

        if (fault_fired()) {
            CHECK_INT(rv, -1);
            OUT_OF_MEMORY();
            check_value(d, small(1), n);
            continue;
        }
        CHECK_INT(rv, 0);
        check_value(d, small(1), other);
    }
    CHECK_NEW_FAULTS(coil_weak_values_list(d));
    CHECK_OK(coil_weak_values_delete(d, small(1)));
    coil_decref(d), coil_decref(n), coil_decref(other);
}

TEST(weak_keys_fail_cleanly)
{
    coil_obj *d = keys_new(), *n = node(), *found;

    CHECK_OK_FAULTS(coil_weak_keys_set(d, n, small(1)));
    CHECK_SIZE(coil_weak_keys_len(d), 1);
    FOR_EACH_FAULT(k) {
        int rv = coil_weak_keys_get(d, n, &found);

        if (fault_fired()) {
            CHECK_INT(rv, -1);
            CHECK_NULL(found);
            OUT_OF_MEMORY();
            continue;
        }
        CHECK_INT(rv, 1);
        CHECK_SAME(found, small(1));
    }
    CHECK_NEW_FAULTS(coil_weak_keys_list(d));
    CHECK_OK_FAULTS(coil_weak_keys_delete(d, n));
    CHECK_SIZE(coil_weakref_count(n), 0);
    coil_decref(d), coil_decref(n);
}

TEST(an_entry_goes_without_memory)
{
    coil_obj *values = values_new(), *keys = keys_new(), *n = node();

    set_value(values, small(1), n);
    set_key(keys, n, small(1));
    fault_fail_allocation(0);
    coil_decref(n);
    CHECK(!fault_fired());
    CHECK_SIZE(coil_weak_values_len(values), 0);
    CHECK_SIZE(coil_weak_keys_len(keys), 0);
    coil_decref(values), coil_decref(keys);
}

TEST(the_wrong_dict_is_a_checked_error)
{
    coil_obj *v = values_new(), *k = keys_new(), *n = node(), *found;
    coil_obj *d = MUST(coil_dict_new());

    CHECK_ABORTS("checked error", coil_weak_values_len(k));
    CHECK_ABORTS("checked error", coil_weak_keys_len(v));
    CHECK_ABORTS("checked error", coil_weak_values_len(d));
    CHECK_ABORTS("checked error", coil_weak_keys_len(NULL));
    CHECK_ABORTS("checked error", coil_weak_values_set(k, n, n));
    CHECK_ABORTS("checked error", coil_weak_keys_set(v, n, n));
    CHECK_ABORTS("checked error", coil_weak_values_get(k, n, &found));
    CHECK_ABORTS("checked error", coil_weak_keys_get(v, n, &found));
    CHECK_ABORTS("checked error", coil_weak_values_delete(k, n));
    CHECK_ABORTS("checked error", coil_weak_keys_delete(v, n));
    CHECK_ABORTS("checked error",
                 coil_decref(coil_weak_values_list(k)));
    CHECK_ABORTS("checked error", coil_decref(coil_weak_keys_list(v)));
    coil_decref(v), coil_decref(k), coil_decref(n), coil_decref(d);
}

TEST(no_place_for_the_answer_is_a_checked_error)
{
    coil_obj *v = values_new(), *k = keys_new(), *n = node();

    CHECK_ABORTS("checked error in coil_weak_values_get",
                 coil_weak_values_get(v, n, NULL));
    CHECK_ABORTS("checked error in coil_weak_keys_get",
                 coil_weak_keys_get(k, n, NULL));
    coil_decref(v), coil_decref(k), coil_decref(n);
}
