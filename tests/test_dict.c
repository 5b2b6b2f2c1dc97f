#include "internal/dict_layout.h"
#include "internal/list_layout.h"
#include "support/coil_test.h"
#include "support/evil.h"
#include "support/node.h"

static coil_obj *small(int n)
{
    return coil_int_new(n % 257);       /* immortal: need not be kept */
}

/* A dict of the keys 0 to n - 1, each with itself as value. */
static coil_obj *count_to(int n)
{
    coil_obj *dict = MUST(coil_dict_new());

    for (int i = 0; i < n; i++)
        CHECK_OK(coil_dict_set(dict, small(i), small(i)));
    coili_dict_validate(dict);
    return dict;
}

static struct coili_table *table_of(coil_obj *dict)
{
    return &coili_dict_of(dict)->table;
}

/* ---- what a dict is ------------------------------------------------------ */

TEST(new_dict_is_empty)
{
    coil_obj *dict = MUST(coil_dict_new()), *v = dict;

    CHECK_SIZE(coil_dict_len(dict), 0);
    CHECK_REPR(dict, "{}");
    CHECK_INT(coil_truth(dict), 0);
    CHECK_INT(coil_dict_get(dict, COIL_NONE, &v), 0);
    CHECK_NULL(v);
    coili_dict_validate(dict);
    coil_dict_clear(dict);
    coili_dict_validate(dict);
    coil_decref(dict);
}

TEST(dict_keeps_key_and_value_and_get_is_new)
{
    coil_obj *dict = MUST(coil_dict_new()), *v;
    coil_obj *key = MUST(coil_str_from("key"));
    coil_obj *value = MUST(coil_int_new(1000));

    CHECK_OK(coil_dict_set(dict, key, value));
    CHECK_COUNT(key, 2);
    CHECK_COUNT(value, 2);
    CHECK_INT(coil_dict_get_borrowed(dict, key, &v), 1);
    CHECK_SAME(v, value);
    CHECK_COUNT(value, 2);
    CHECK_INT(coil_dict_get(dict, key, &v), 1);
    CHECK_SAME(v, value);
    CHECK_COUNT(value, 3);
    coil_decref(v);
    v = MUST(coil_dict_item(dict, key));
    CHECK_COUNT(value, 3);
    coil_decref(v);
    CHECK_OK(coil_dict_delete(dict, key));
    CHECK_COUNT(key, 1);
    CHECK_COUNT(value, 1);
    coil_decref(dict);
    coil_decref(key);
    coil_decref(value);
}

TEST(equal_strs_are_one_key_interned_or_not)
{
    coil_obj *dict = MUST(coil_dict_new()), *v;
    coil_obj *a = MUST(coil_str_from("x")), *b = MUST(coil_str_name("x"));
    coil_obj *c = MUST(coil_str_from("x"));

    CHECK_OK(coil_dict_set(dict, a, COIL_TRUE));
    CHECK_INT(coil_dict_get_borrowed(dict, b, &v), 1);
    CHECK_SAME(v, COIL_TRUE);
    CHECK_INT(coil_dict_get_borrowed(dict, c, &v), 1);
    CHECK_OK(coil_dict_set(dict, b, COIL_FALSE));
    CHECK_SIZE(coil_dict_len(dict), 1);
    CHECK_COUNT(a, 2);
    CHECK_COUNT(b, 1);
    coil_decref(a);
    coil_decref(b);
    coil_decref(c);
    coil_decref(dict);
}

TEST(an_equal_key_stays_and_its_value_is_replaced)
{
    coil_obj *dict = MUST(coil_dict_new()), *x = MUST(coil_float_new(1));

    CHECK_OK(coil_dict_set(dict, small(1), COIL_NONE));
    CHECK_OK(coil_dict_set(dict, x, x));
    CHECK_OK(coil_dict_set(dict, COIL_TRUE, COIL_TRUE));
    CHECK_REPR(dict, "{1: True}");
    CHECK_COUNT(x, 1);
    coil_decref(x);
    coil_decref(dict);
}

TEST(dict_keeps_the_order_of_insertion)
{
    coil_obj *dict = MUST(coil_dict_new());
    static const char *const names[] = { "d", "b", "a", "c" };
    coil_obj *key[4];

    for (int i = 0; i < 4; i++) {
        key[i] = MUST(coil_str_name(names[i]));
        CHECK_OK(coil_dict_set(dict, key[i], small(i)));
    }
    CHECK_REPR(dict, "{'d': 0, 'b': 1, 'a': 2, 'c': 3}");
    CHECK_OK(coil_dict_set(dict, key[1], small(9)));
    CHECK_OK(coil_dict_delete(dict, key[0]));
    CHECK_OK(coil_dict_set(dict, key[0], small(8)));
    CHECK_REPR(dict, "{'b': 9, 'a': 2, 'c': 3, 'd': 8}");
    for (int i = 0; i < 4; i++)
        coil_decref(key[i]);
    coil_decref(dict);
}

TEST(a_missing_key_is_a_key_error_with_its_repr)
{
    coil_obj *dict = count_to(1), *key = MUST(coil_str_from("it's"));
    coil_obj *value;

    CHECK_NULL(coil_dict_item(dict, key));
    CHECK_ERROR(COIL_KEY_ERROR, "\"it's\"");
    CHECK_INT(coil_dict_delete(dict, key), -1);
    CHECK_ERROR(COIL_KEY_ERROR, "\"it's\"");
    CHECK_INT(coil_dict_pop(dict, key, &value), 0);
    CHECK_NULL(value);
    CHECK_REPR(dict, "{0: 0}");
    coil_decref(key);
    coil_decref(dict);
}

TEST(pop_gives_the_value)
{
    coil_obj *dict = MUST(coil_dict_new()), *n = MUST(coil_int_new(1000));
    coil_obj *value;

    CHECK_OK(coil_dict_set(dict, n, n));
    CHECK_COUNT(n, 3);
    CHECK_INT(coil_dict_pop(dict, n, &value), 1);
    CHECK_SAME(value, n);
    CHECK_COUNT(n, 2);
    coil_decref(value);
    coil_decref(n);
    coili_dict_validate(dict);
    coil_decref(dict);
}

TEST(an_unhashable_key_is_a_type_error_everywhere)
{
    coil_obj *dict = count_to(3), *list = MUST(coil_list_new()), *v = list;

    CHECK_INT(coil_dict_set(dict, list, COIL_NONE), -1);
    CHECK_ERROR(COIL_TYPE_ERROR, "unhashable type: 'list'");
    CHECK_INT(coil_dict_get(dict, list, &v), -1);
    CHECK_ERROR(COIL_TYPE_ERROR, "unhashable type: 'list'");
    CHECK_NULL(v);
    CHECK_NULL(coil_dict_item(dict, dict));
    CHECK_ERROR(COIL_TYPE_ERROR, "unhashable type: 'dict'");
    CHECK_INT(coil_dict_delete(dict, list), -1);
    CHECK_ERROR(COIL_TYPE_ERROR, "unhashable type: 'list'");
    CHECK_INT(coil_dict_pop(dict, list, &v), -1);
    CHECK_ERROR(COIL_TYPE_ERROR, "unhashable type: 'list'");
    CHECK_INT(coil_contains(dict, list), -1);
    CHECK_ERROR(COIL_TYPE_ERROR, "unhashable type: 'list'");
    CHECK_REPR(dict, "{0: 0, 1: 1, 2: 2}");
    coil_decref(list);
    coil_decref(dict);
}

TEST(dicts_are_equal_whatever_their_order)
{
    coil_obj *a = count_to(5), *b = MUST(coil_dict_new());

    for (int i = 4; i >= 0; i--) {
        CHECK_INT(coil_equal(a, b), 0);
        CHECK_OK(coil_dict_set(b, small(i), small(i)));
    }
    CHECK_INT(coil_equal(a, b), 1);
    CHECK_OK(coil_dict_set(b, small(2), COIL_NONE));
    CHECK_INT(coil_equal(a, b), 0);
    CHECK_OK(coil_dict_delete(b, small(2)));
    CHECK_OK(coil_dict_set(b, small(7), small(7)));
    CHECK_INT(coil_equal(a, b), 0);
    CHECK_INT(coil_equal(a, COIL_NONE), 0);
    coil_decref(a);
    coil_decref(b);
}

TEST(a_dict_that_contains_itself_is_written_with_dots)
{
    coil_obj *dict = count_to(1), *a = MUST(coil_str_name("a"));
    coil_obj *list = MUST(coil_list_new()), *other = count_to(1);

    CHECK_OK(coil_dict_set(dict, a, dict));
    CHECK_REPR(dict, "{0: 0, 'a': {...}}");
    CHECK_OK(coil_dict_set(other, a, other));
    CHECK_INT(coil_equal(dict, other), -1);
    CHECK_ERROR(COIL_RECURSION_ERROR,
                "maximum recursion depth exceeded in comparison");
    coil_dict_clear(other);
    CHECK_OK(coil_list_append(list, dict));
    CHECK_OK(coil_dict_set(dict, a, list));
    CHECK_REPR(dict, "{0: 0, 'a': [{...}]}");
    CHECK_REPR(list, "[{0: 0, 'a': [...]}]");
    coil_dict_clear(dict);
    coil_decref(list);
    coil_decref(a);
    coil_decref(other);
    coil_decref(dict);
}

TEST(dict_nested_300000_deep_is_released)
{
    coil_obj *dict = MUST(coil_dict_new());

    for (int i = 0; i < 300000; i++) {
        coil_obj *outer = MUST(coil_dict_new());

        CHECK_OK(coil_dict_set(outer, COIL_NONE, dict));
        coil_decref(dict);
        dict = outer;
    }
    coil_decref(dict);
}

/* ---- the table ----------------------------------------------------------- */

TEST(a_dict_grows_through_all_three_widths_of_the_index)
{
    coil_obj *dict = MUST(coil_dict_new()), *v;
    int64_t n;

    for (int i = 0; i < 70000; i++) {
        coil_obj *key = MUST(coil_int_new(i * (int64_t)65536));

        CHECK_OK(coil_dict_set(dict, key, key));
        coil_decref(key);
        if (i < 300 || i % 1000 == 0)
            coili_dict_validate(dict);
    }
    CHECK(table_of(dict)->mask > UINT16_MAX);
    for (int i = 0; i < 70000; i++) {
        coil_obj *key = MUST(coil_int_new(i * (int64_t)65536));

        CHECK_INT(coil_dict_get_borrowed(dict, key, &v), 1);
        CHECK_OK(coil_int_value(v, &n));
        CHECK_INT(n, i * (int64_t)65536);
        coil_decref(key);
    }
    coil_decref(dict);
}

TEST(a_dict_agrees_with_an_array_after_each_of_many_random_steps)
{
    coil_obj *dict = MUST(coil_dict_new()), *v;
    int array[200];
    size_t len = 0;
    uint32_t dice = 7;

    memset(array, -1, sizeof array);
    for (int step = 0; step < 60000; step++) {
        int key = (int)((dice = dice * 1664525 + 1013904223) >> 8) % 200;

        if ((dice >> 4) % 8 < (unsigned)(step / 10000 % 2 ? 2 : 5)) {
            CHECK_OK(coil_dict_set(dict, small(key), small(step)));
            len += array[key] < 0;
            array[key] = step % 257;
        } else {
            CHECK_INT(coil_dict_pop(dict, small(key), &v),
                      array[key] >= 0);
            len -= array[key] >= 0;
            array[key] = -1;
        }
        coili_dict_validate(dict);
        CHECK_SIZE(coil_dict_len(dict), len);
        key = (key * 7 + 1) % 200;
        CHECK_INT(coil_dict_get_borrowed(dict, small(key), &v),
                  array[key] >= 0);
        CHECK_SAME(v, array[key] < 0 ? NULL : small(array[key]));
    }
    coil_decref(dict);
}

TEST(putting_in_and_taking_out_needs_no_more_memory_in_the_end)
{
    coil_obj *dict = count_to(2);
    size_t before = test_bytes(), requests = test_requests();

    for (int i = 0; i < 10000; i++) {
        CHECK_OK(coil_dict_set(dict, COIL_NONE, small(i)));
        CHECK_OK(coil_dict_delete(dict, COIL_NONE));
    }
    coili_dict_validate(dict);
    CHECK_SIZE(test_bytes(), before);
    CHECK_SIZE(test_requests(), requests);
    coil_decref(dict);
}

TEST(a_dict_that_lost_most_entries_shrinks_at_the_next_rebuilding)
{
    coil_obj *dict = count_to(257);
    uint32_t mask = table_of(dict)->mask;

    for (int i = 0; i < 250; i++)
        CHECK_OK(coil_dict_delete(dict, small(i)));
    for (int i = 0; table_of(dict)->mask == mask; i++) {
        CHECK(i < 1000);
        CHECK_OK(coil_dict_set(dict, COIL_NONE, COIL_NONE));
        CHECK_OK(coil_dict_delete(dict, COIL_NONE));
    }
    coili_dict_validate(dict);
    CHECK(table_of(dict)->mask < mask);
    CHECK_REPR(dict, "{250: 250, 251: 251, 252: 252, 253: 253, 254: 254, "
               "255: 255, 256: 256}");
    coil_decref(dict);
}

TEST(a_stored_object_is_found_without_a_comparison)
{
    coil_obj *a = MUST(evil_new(5, NULL, NULL));
    coil_obj *b = MUST(evil_new(5, NULL, NULL));
    coil_obj *dict = MUST(coil_dict_new()), *v;

    evil_asked = 0;
    CHECK_OK(coil_dict_set(dict, a, COIL_TRUE));
    CHECK_INT(coil_dict_get_borrowed(dict, a, &v), 1);
    CHECK_SIZE(evil_asked, 0);
    CHECK_OK(coil_dict_set(dict, b, COIL_FALSE));
    CHECK_SIZE(evil_asked, 1);
    CHECK_INT(coil_dict_get_borrowed(dict, b, &v), 1);
    CHECK_SAME(v, COIL_FALSE);
    CHECK_SIZE(evil_asked, 2);
    CHECK_SIZE(coil_dict_len(dict), 2);
    CHECK_OK(coil_dict_delete(dict, a));
    CHECK_INT(coil_dict_get_borrowed(dict, b, &v), 1);
    CHECK_INT(coil_dict_get_borrowed(dict, a, &v), 0);
    coil_decref(a);
    coil_decref(b);
    coil_decref(dict);
}

TEST(keys_of_one_hash_are_told_apart)
{
    coil_obj *dict = MUST(coil_dict_new()), *key[100], *v;

    for (int i = 0; i < 100; i++) {
        key[i] = MUST(evil_new(-2, NULL, NULL));
        CHECK_OK(coil_dict_set(dict, key[i], small(i)));
    }
    coili_dict_validate(dict);
    for (int i = 0; i < 100; i += 2)
        CHECK_OK(coil_dict_delete(dict, key[i]));
    for (int i = 0; i < 100; i++) {
        CHECK_INT(coil_dict_get_borrowed(dict, key[i], &v), i % 2);
        CHECK_SAME(v, i % 2 ? small(i) : NULL);
        coil_decref(key[i]);
    }
    coil_decref(dict);
}

/* ---- strangers in a look-up ---------------------------------------------- */

static int refuse(coil_obj *self, coil_obj *other, void *context)
{
    (void)self, (void)other, (void)context;
    coil_error_set(COIL_VALUE_ERROR, "no");
    return -1;
}

TEST(error_of_an_equality_is_the_look_ups)
{
    coil_obj *a = MUST(evil_new(5, refuse, NULL));
    coil_obj *b = MUST(evil_new(5, refuse, NULL));
    coil_obj *dict = MUST(coil_dict_new()), *v = a;

    CHECK_OK(coil_dict_set(dict, a, a));
    CHECK_INT(coil_dict_get(dict, b, &v), -1);
    CHECK_ERROR(COIL_VALUE_ERROR, "no");
    CHECK_NULL(v);
    CHECK_INT(coil_dict_set(dict, b, b), -1);
    CHECK_ERROR(COIL_VALUE_ERROR, "no");
    CHECK_INT(coil_dict_delete(dict, b), -1);
    CHECK_ERROR(COIL_VALUE_ERROR, "no");
    CHECK_NULL(coil_repr(dict));
    CHECK_ERROR(COIL_VALUE_ERROR, "no");
    CHECK_SIZE(coil_dict_len(dict), 1);
    coili_dict_validate(dict);
    coil_decref(a);
    coil_decref(b);
    coil_decref(dict);
}

static int clear_once(coil_obj *self, coil_obj *other, void *context)
{
    (void)other;
    evil_set(self, NULL, NULL);
    coil_dict_clear(context);
    return 1;
}

TEST(an_equality_that_empties_the_dict_makes_the_look_up_miss)
{
    coil_obj *dict = MUST(coil_dict_new()), *v;
    coil_obj *a = MUST(evil_new(5, clear_once, dict));
    coil_obj *b = MUST(evil_new(5, NULL, NULL));

    CHECK_OK(coil_dict_set(dict, a, a));
    CHECK_INT(coil_dict_get(dict, b, &v), 0);
    CHECK_SIZE(coil_dict_len(dict), 0);
    evil_set(a, clear_once, dict);
    CHECK_OK(coil_dict_set(dict, a, a));
    CHECK_OK(coil_dict_set(dict, b, b));
    CHECK_REPR(dict, "{evil: evil}");
    CHECK_COUNT(a, 1);
    coili_dict_validate(dict);
    coil_decref(a);
    coil_decref(b);
    coil_decref(dict);
}

static int delete_it(coil_obj *self, coil_obj *other, void *context)
{
    (void)other;
    evil_set(self, NULL, NULL);
    CHECK_OK(coil_dict_delete(context, self));
    return 1;
}

TEST(an_equality_that_deletes_its_own_entry_makes_the_look_up_miss)
{
    coil_obj *dict = MUST(coil_dict_new()), *v;
    coil_obj *a = MUST(evil_new(5, delete_it, dict));
    coil_obj *b = MUST(evil_new(5, NULL, NULL));

    CHECK_OK(coil_dict_set(dict, a, a));
    coil_decref(a);                 /* the dict holds the only one */
    CHECK_INT(coil_dict_get(dict, b, &v), 0);
    CHECK_SIZE(coil_dict_len(dict), 0);
    coili_dict_validate(dict);
    coil_decref(b);
    coil_decref(dict);
}

static int grow_it(coil_obj *self, coil_obj *other, void *context)
{
    (void)other;
    evil_set(self, NULL, NULL);
    for (int i = 0; i < 100; i++)
        CHECK_OK(coil_dict_set(context, small(i), small(i)));
    return 0;
}

TEST(an_equality_that_grows_the_dict_leads_to_a_second_search)
{
    coil_obj *dict = MUST(coil_dict_new()), *v;
    coil_obj *a = MUST(evil_new(1000, grow_it, dict));
    coil_obj *b = MUST(evil_new(1000, NULL, NULL));

    CHECK_OK(coil_dict_set(dict, a, a));
    CHECK_OK(coil_dict_set(dict, b, COIL_TRUE));
    CHECK_SIZE(coil_dict_len(dict), 102);
    coili_dict_validate(dict);
    CHECK_INT(coil_dict_get_borrowed(dict, b, &v), 1);
    CHECK_SAME(v, COIL_TRUE);
    CHECK_INT(coil_dict_get_borrowed(dict, a, &v), 1);
    coil_decref(a);
    coil_decref(b);
    coil_decref(dict);
}

/* Entries move within the same block: nothing but the table's shape tells. */
static int shift_it(coil_obj *self, coil_obj *other, void *context)
{
    (void)self, (void)other;
    evil_set(self, NULL, NULL);
    CHECK_OK(coil_dict_delete(context, small(0)));
    CHECK_OK(coil_dict_delete(context, small(1)));
    for (int i = 0; i < 20; i++) {
        CHECK_OK(coil_dict_set(context, small(100), small(100)));
        CHECK_OK(coil_dict_delete(context, small(100)));
    }
    return 0;
}

TEST(an_equality_that_moves_entries_leads_to_a_second_search)
{
    coil_obj *dict = count_to(2), *v;
    coil_obj *a = MUST(evil_new(1000, shift_it, dict));
    coil_obj *b = MUST(evil_new(1000, NULL, NULL));
    struct coili_entry *block = table_of(dict)->entries;
    uint32_t shape;

    CHECK_OK(coil_dict_set(dict, a, a));
    CHECK_OK(coil_dict_set(dict, b, COIL_TRUE));
    evil_set(a, shift_it, dict);
    CHECK_OK(coil_dict_set(dict, small(0), small(0)));
    CHECK_OK(coil_dict_set(dict, small(1), small(1)));
    coil_dict_clear(dict);
    CHECK_OK(coil_dict_set(dict, small(0), small(0)));
    CHECK_OK(coil_dict_set(dict, small(1), small(1)));
    CHECK_OK(coil_dict_set(dict, a, a));
    block = table_of(dict)->entries;
    shape = table_of(dict)->shape;
    CHECK_INT(coil_dict_get_borrowed(dict, b, &v), 0);
    CHECK(table_of(dict)->shape != shape);
    CHECK_SAME(table_of(dict)->entries, block);
    CHECK_REPR(dict, "{evil: evil}");
    coili_dict_validate(dict);
    coil_decref(a);
    coil_decref(b);
    coil_decref(dict);
}

/* ---- strangers in a release ---------------------------------------------- */

struct watch {
    coil_obj *dict, *key;
    int seen;
};

static void look_for_myself(coil_obj *self, void *context)
{
    struct watch *w = context;
    coil_obj *v;

    coili_dict_validate(w->dict);
    CHECK(coil_dict_get_borrowed(w->dict, w->key, &v) >= 0);
    CHECK(v != self);
    w->seen++;
    CHECK_OK(coil_dict_set(w->dict, small(w->seen), COIL_NONE));
}

TEST(a_finalizer_finds_its_object_gone_from_the_dict)
{
    struct watch w = { MUST(coil_dict_new()), COIL_NONE, 0 };

    for (int round = 0; round < 3; round++) {
        coil_obj *n = MUST(node_new_final("n", look_for_myself, &w));

        CHECK_OK(coil_dict_set(w.dict, w.key, n));
        coil_decref(n);
        if (round == 0)
            CHECK_OK(coil_dict_set(w.dict, w.key, COIL_TRUE));
        if (round == 1)
            CHECK_OK(coil_dict_delete(w.dict, w.key));
        if (round == 2)
            coil_dict_clear(w.dict);
        CHECK_INT(w.seen, round + 1);
        coili_dict_validate(w.dict);
    }
    CHECK_REPR(w.dict, "{3: None}");
    coil_decref(w.dict);
}

static void write_name(coil_obj *self, void *context)
{
    strcat(context, node_name(self));
}

TEST(dict_releases_in_the_order_of_insertion_key_first)
{
    char log[8] = "";
    coil_obj *dict = MUST(coil_dict_new());
    coil_obj *a = MUST(node_new_final("a", write_name, log));
    coil_obj *b = MUST(node_new_final("b", write_name, log));
    coil_obj *c = MUST(node_new_final("c", write_name, log));

    CHECK_OK(coil_dict_set(dict, a, b));
    CHECK_OK(coil_dict_set(dict, COIL_NONE, c));
    coil_decref(a);
    coil_decref(b);
    coil_decref(c);
    coil_decref(dict);
    CHECK_STR(log, "abc");
}

/* ---- all entries --------------------------------------------------------- */

TEST(walking_gives_the_living_entries_in_order)
{
    coil_obj *dict = count_to(6), *key, *value;
    size_t at = 0;
    int want[] = { 1, 2, 4, 5 }, i = 0;

    CHECK_OK(coil_dict_delete(dict, small(0)));
    CHECK_OK(coil_dict_delete(dict, small(3)));
    while (coil_dict_next(dict, &at, &key, &value)) {
        CHECK_SAME(key, small(want[i]));
        CHECK_SAME(value, small(want[i++]));
    }
    CHECK_INT(i, 4);
    CHECK(!coil_dict_next(dict, &at, NULL, NULL));
    coil_decref(dict);
}

TEST(keys_values_and_items_are_new_lists)
{
    coil_obj *dict = count_to(2), *list;

    CHECK_OK(coil_dict_set(dict, COIL_NONE, COIL_TRUE));
    list = MUST(coil_dict_keys(dict));
    CHECK_REPR(list, "[0, 1, None]");
    coil_decref(list);
    list = MUST(coil_dict_values(dict));
    CHECK_REPR(list, "[0, 1, True]");
    coil_decref(list);
    list = MUST(coil_dict_items(dict));
    CHECK_REPR(list, "[(0, 0), (1, 1), (None, True)]");
    coil_decref(list);
    coil_decref(dict);
}

TEST(an_item_shares_key_and_value_and_no_more)
{
    coil_obj *dict = MUST(coil_dict_new()), *list;
    coil_obj *key = MUST(coil_int_new(1000)), *value = MUST(coil_list_new());

    CHECK_OK(coil_dict_set(dict, key, value));
    list = MUST(coil_dict_items(dict));
    CHECK_COUNT(key, 3);
    CHECK_COUNT(value, 3);
    coil_decref(list);
    coil_decref(dict);
    CHECK_COUNT(key, 1);
    CHECK_COUNT(value, 1);
    coil_decref(key);
    coil_decref(value);
}

TEST(a_long_key_that_is_missing_is_named_in_full)
{
    char text[81] = "", want[100];
    coil_obj *dict = MUST(coil_dict_new()), *key;

    memset(text, 'k', sizeof text - 1);
    key = MUST(coil_str_from(text));
    snprintf(want, sizeof want, "'%s'", text);
    CHECK_INT(coil_dict_delete(dict, key), -1);
    CHECK_ERROR(COIL_KEY_ERROR, want);
    coil_decref(key);
    coil_decref(dict);
}

TEST(update_sets_each_entry_of_the_other)
{
    coil_obj *a = count_to(2), *b = MUST(coil_dict_new());

    CHECK_OK(coil_dict_set(b, small(1), COIL_NONE));
    CHECK_OK(coil_dict_set(b, small(5), COIL_TRUE));
    CHECK_OK(coil_dict_update(a, b));
    CHECK_REPR(a, "{0: 0, 1: None, 5: True}");
    CHECK_OK(coil_dict_update(a, a));
    CHECK_REPR(a, "{0: 0, 1: None, 5: True}");
    coil_decref(a);
    coil_decref(b);
}

TEST(update_from_a_dict_that_changes_is_an_error)
{
    coil_obj *to = MUST(coil_dict_new()), *from = MUST(coil_dict_new());
    coil_obj *a = MUST(evil_new(3, clear_once, from));
    coil_obj *b = MUST(evil_new(3, NULL, NULL));

    CHECK_OK(coil_dict_set(to, a, a));
    CHECK_OK(coil_dict_set(from, b, b));
    CHECK_OK(coil_dict_set(from, small(9), b));
    CHECK_INT(coil_dict_update(to, from), -1);
    CHECK_ERROR(COIL_RUNTIME_ERROR, "dict mutated during update");
    coili_dict_validate(to);
    coil_decref(a);
    coil_decref(b);
    coil_decref(to);
    coil_decref(from);
}

TEST(iterator_over_a_dict_gives_its_keys)
{
    coil_obj *dict = count_to(3), *it = MUST(coil_iter(dict)), *item;

    CHECK_OK(coil_dict_set(dict, small(1), COIL_NONE));
    for (int i = 0; i < 3; i++) {
        CHECK_INT(coil_next(it, &item), 1);
        CHECK_SAME(item, small(i));
    }
    CHECK_COUNT(dict, 2);
    CHECK_INT(coil_next(it, &item), 0);
    CHECK_COUNT(dict, 1);
    CHECK_INT(coil_next(it, &item), 0);
    CHECK_REPR(it, "<dict_keyiterator object>");
    CHECK_INT(coil_len(dict), 3);
    CHECK_INT(coil_contains(dict, small(2)), 1);
    CHECK_INT(coil_contains(dict, COIL_NONE), 0);
    coil_decref(it);
    coil_decref(dict);
}

TEST(a_dict_that_changed_size_stops_its_iterator_for_good)
{
    coil_obj *dict = count_to(3), *it = MUST(coil_iter(dict)), *item;

    CHECK_INT(coil_next(it, &item), 1);
    CHECK_OK(coil_dict_set(dict, COIL_NONE, COIL_NONE));
    for (int i = 0; i < 2; i++) {
        CHECK_INT(coil_next(it, &item), -1);
        CHECK_ERROR(COIL_RUNTIME_ERROR,
                    "dictionary changed size during iteration");
        CHECK_NULL(item);
        if (i == 0)
            CHECK_OK(coil_dict_delete(dict, COIL_NONE));
    }
    coil_decref(it);
    coil_decref(dict);
}

TEST(a_dict_whose_keys_were_exchanged_stops_its_iterator)
{
    coil_obj *dict = count_to(3), *it = MUST(coil_iter(dict)), *item;

    CHECK_INT(coil_next(it, &item), 1);
    CHECK_OK(coil_dict_delete(dict, small(0)));
    CHECK_OK(coil_dict_set(dict, small(7), small(7)));
    CHECK_INT(coil_next(it, &item), 1);
    CHECK_INT(coil_next(it, &item), 1);
    CHECK_INT(coil_next(it, &item), -1);
    CHECK_ERROR(COIL_RUNTIME_ERROR,
                "dictionary keys changed during iteration");
    CHECK_INT(coil_next(it, &item), 0);
    coil_decref(it);
    coil_decref(dict);
}

/* ---- the drawing --------------------------------------------------------- */

TEST(the_drawing_shows_index_and_entries)
{
    coil_obj *dict = MUST(coil_dict_new());
    coil_obj *key = MUST(coil_str_from("<a> b"));

    CHECK_OK(coil_dict_set(dict, small(2), key));
    CHECK_OK(coil_dict_set(dict, small(18), small(1)));
    CHECK_OK(coil_dict_set(dict, small(5), small(2)));
    CHECK_OK(coil_dict_delete(dict, small(5)));
    CHECK_PRINTS(
        "digraph table {\n  rankdir=LR;\n"
        "  index [shape=record,label=\""
        "<s0> 0|<s1> 1|<s2> 2|<s3> 3|<s4> 4|<s5> 5|<s6> 6"
        "|<s7> 7|<s8> 8|<s9> 9|<s10> 10|<s11> 11|<s12> 12|<s13> 13"
        "|<s14> 14|<s15> 15\"];\n"
        "  entries [shape=record,label=\""
        "{<e0> 0|2|'\\<a\\>\\ b'}|{<e1> 1|18|1}"
        "|{<e2> 2|dead}|{<e3> 3|free}|{<e4> 4|free}\"];\n"
        "  index:s2 -> entries:e0;\n  index:s5 -> entries:e2;\n"
        "  index:s11 -> entries:e1;\n}\n",
        out, CHECK_OK(coil_dict_dump_graph(out, dict)));
    coil_decref(key);
    coil_decref(dict);
}

TEST(the_drawing_survives_each_failed_allocation)
{
    char text[300];
    coil_obj *dict = MUST(coil_dict_new()), *s;

    memset(text, 'x', sizeof text);
    s = MUST(coil_str_new(text, sizeof text));
    CHECK_OK(coil_dict_set(dict, s, s));
    FOR_EACH_FAULT(i) {
        FILE *out = tmpfile();
        int rv = coil_dict_dump_graph(out, dict);

        fclose(out);
        if (fault_fired()) {
            CHECK_INT(rv, -1);
            CHECK_ERROR(COIL_MEMORY_ERROR, "out of memory");
            continue;
        }
        CHECK_INT(rv, 0);
    }
    coil_decref(s);
    coil_decref(dict);
}

/* ---- faults -------------------------------------------------------------- */

TEST(a_dict_stays_as_it_was_when_memory_ends)
{
    for (int n = 0; n < 50; n++) {
        coil_obj *dict = count_to(n), *copy = count_to(n);
        coil_obj *key = MUST(coil_str_from("new"));

        FOR_EACH_FAULT(i) {
            int rv = coil_dict_set(dict, key, COIL_TRUE);

            coili_dict_validate(dict);
            if (fault_fired()) {
                CHECK_INT(rv, -1);
                CHECK_ERROR(COIL_MEMORY_ERROR, "out of memory");
                CHECK_INT(coil_equal(dict, copy), 1);
                CHECK_COUNT(key, 1);
                continue;
            }
            CHECK_INT(rv, 0);
        }
        CHECK_SIZE(coil_dict_len(dict), n + 1);
        coil_decref(key);
        coil_decref(copy);
        coil_decref(dict);
    }
}

typedef coil_obj *make_fn(coil_obj *dict);

static coil_obj *make_dict(coil_obj *dict)
{
    (void)dict;
    return coil_dict_new();
}

static coil_obj *make_update(coil_obj *dict)
{
    coil_obj *new = coil_dict_new();

    if (new != NULL && coil_dict_update(new, dict) < 0)
        COIL_CLEAR(new);
    return new;
}

TEST(whatever_is_made_from_a_dict_survives_each_failed_allocation)
{
    make_fn *const make[] = {
        make_dict, make_update, coil_dict_keys, coil_dict_values,
        coil_dict_items, coil_iter, coil_repr,
    };
    coil_obj *dict = count_to(40);

    for (size_t k = 0; k < sizeof make / sizeof make[0]; k++) {
        FOR_EACH_FAULT(i) {
            coil_obj *made = make[k](dict);

            coili_dict_validate(dict);
            if (fault_fired()) {
                CHECK_NULL(made);
                CHECK_ERROR(COIL_MEMORY_ERROR, "out of memory");
                continue;
            }
            coil_decref(MUST(made));
        }
        CHECK_COUNT(dict, 1);
    }
    coil_decref(dict);
}

TEST(reading_and_taking_out_allocate_nothing)
{
    coil_obj *dict = count_to(40), *copy = count_to(40), *v;

    fault_fail_allocation(0);
    CHECK_INT(coil_dict_get(dict, small(7), &v), 1);
    CHECK_INT(coil_dict_pop(dict, small(8), &v), 1);
    CHECK_OK(coil_dict_delete(dict, small(9)));
    CHECK_OK(coil_dict_set(dict, small(1), COIL_NONE));
    CHECK_INT(coil_equal(dict, copy), 0);
    CHECK_INT(coil_contains(dict, small(1)), 1);
    CHECK(!fault_fired());
    coil_decref(copy);
    coil_decref(dict);
}

TEST(key_error_of_a_long_key_without_memory_is_a_memory_error)
{
    char text[300];
    coil_obj *dict = count_to(1), *key;

    memset(text, 'x', sizeof text);
    key = MUST(coil_str_new(text, sizeof text));
    fault_fail_allocation(0);
    CHECK_NULL(coil_dict_item(dict, key));
    CHECK(fault_fired());
    CHECK_ERROR(COIL_MEMORY_ERROR, "out of memory");
    coil_decref(key);
    coil_decref(dict);
}

/* ---- misuse -------------------------------------------------------------- */

TEST(misuse_of_a_dict_is_a_checked_error)
{
    coil_obj *dict = count_to(1), *none = COIL_NONE, *v;

    CHECK_ABORTS("coil_dict_len", (void)coil_dict_len(none));
    CHECK_ABORTS("coil_dict_get", coil_dict_get(none, none, &v));
    CHECK_ABORTS("key != NULL", coil_dict_get(dict, NULL, &v));
    CHECK_ABORTS("value != NULL", coil_dict_get(dict, none, NULL));
    CHECK_ABORTS("coil_dict_set", coil_dict_set(none, none, none));
    CHECK_ABORTS("value != NULL", coil_dict_set(dict, none, NULL));
    CHECK_ABORTS("coil_dict_pop", coil_dict_pop(none, none, &v));
    CHECK_ABORTS("coil_dict_clear", coil_dict_clear(none));
    CHECK_ABORTS("coil_dict_update", coil_dict_update(none, dict));
    CHECK_ABORTS("coil_dict_len", coil_dict_update(dict, none));
    CHECK_ABORTS("coil_dict_next", coil_dict_next(dict, NULL, &v, &v));
    CHECK_ABORTS("o != NULL", coil_dict_check(NULL));
    coil_decref(dict);
}

#ifndef NDEBUG
TEST(validate_sees_a_broken_table)
{
    coil_obj *dict = count_to(3);
    struct coili_table *t = table_of(dict);

    CHECK_ABORTS("t->mask + 1", t->mask--; coili_dict_validate(dict));
    CHECK_ABORTS("t->used <=",
                 t->used = 99; coili_dict_validate(dict));
    CHECK_ABORTS("is_reached",
                 t->entries[1].hash++; coili_dict_validate(dict));
    CHECK_ABORTS("living == t->len",
                 t->len--; coili_dict_validate(dict));
    CHECK_ABORTS("pointing == t->used",
                 t->used--; t->len--; coili_dict_validate(dict));
    CHECK_ABORTS("coil_is", coili_dict_validate(COIL_NONE));
    coil_decref(dict);
}
#endif
