/* Weak references and proxies. */
#include <sys/resource.h>

#include "coil/coil.h"
#include "support/coil_test.h"
#include "support/faults.h"
#include "support/node.h"

static coil_obj *node(void)
{
    return MUST(node_new("n"));
}

static coil_obj *plain(coil_obj *o)
{
    return MUST(coil_weakref_new(o, NULL, NULL));
}

/* What callbacks were called with, in this order. */
static coil_obj *called[10];
static size_t calls;

static int note(coil_obj *ref, coil_obj *context)
{
    CHECK(calls < 10);
    CHECK_NULL(coil_weakref_get_borrowed(ref));
    called[calls++] = context;
    return 0;
}

static coil_obj *noting(coil_obj *o, coil_obj *context)
{
    return MUST(coil_weakref_new(o, note, context));
}

static coil_obj *small(int64_t value)
{
    return MUST(coil_int_new(value));
}

/* ---- leading to an object ---------------------------------------- */

TEST(a_weak_reference_does_not_own_its_object)
{
    coil_obj *n = node(), *ref = plain(n), *o;

    CHECK_COUNT(n, 1);
    CHECK_SAME(coil_weakref_get_borrowed(ref), n);
    CHECK_COUNT(n, 1);
    CHECK_INT(coil_weakref_get(ref, &o), 1);
    CHECK_SAME(o, n);
    CHECK_COUNT(n, 2);
    coil_decref(o);
    coil_decref(n);
    CHECK_SIZE(coil_census_of(&node_type), 0);
    CHECK_INT(coil_weakref_get(ref, &o), 0);
    CHECK_NULL(o);
    CHECK_NULL(coil_weakref_get_borrowed(ref));
    CHECK_NO_ERROR();
    coil_decref(ref);
}

TEST(some_types_cannot_be_weakly_referenced)
{
    coil_obj *n = node(), *ref = plain(n);
    coil_obj *proxy = MUST(coil_proxy_new(n, NULL, NULL));
    struct {
        coil_obj *o;
        const char *text;
    } all[] = {
#define NO(type) "cannot create weak reference to '" type "' object"
        { small(1), NO("int") },
        { MUST(coil_str_from("s")), NO("str") },
        { MUST(coil_list_new()), NO("list") },
        { MUST(coil_tuple_new(0)), NO("tuple") },
        { MUST(coil_dict_new()), NO("dict") },
        { COIL_NONE, NO("NoneType") },
        { ref, NO("weakref.ReferenceType") },
        { proxy, NO("weakref.ProxyType") },
#undef NO
    };

    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++) {
        CHECK_NULL(coil_weakref_new(all[i].o, NULL, NULL));
        CHECK_ERROR(COIL_TYPE_ERROR, all[i].text);
        CHECK_NULL(coil_weakref_new(all[i].o, note, n));
        CHECK_ERROR(COIL_TYPE_ERROR, all[i].text);
        CHECK_NULL(coil_proxy_new(all[i].o, NULL, NULL));
        CHECK_ERROR(COIL_TYPE_ERROR, all[i].text);
        CHECK_SIZE(coil_weakref_count(all[i].o), 0);
    }
    CHECK_COUNT(n, 1);
    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++)
        coil_decref(all[i].o);
    coil_decref(n);
}

TEST(check_knows_a_weak_reference_from_all_else)
{
    coil_obj *n = node(), *ref = plain(n);
    coil_obj *proxy = MUST(coil_proxy_new(n, NULL, NULL));

    CHECK(coil_weakref_check(ref));
    CHECK(!coil_weakref_check(proxy));
    CHECK(!coil_weakref_check(n));
    coil_decref(n);
    CHECK(coil_weakref_check(ref));
    coil_decref(ref), coil_decref(proxy);
}

TEST(a_reference_says_what_it_leads_to)
{
    coil_obj *n = node(), *ref = plain(n);
    coil_obj *proxy = MUST(coil_proxy_new(n, NULL, NULL));

    CHECK_REPR(ref, "<weakref; to 'node'>");
    CHECK_REPR(proxy, "<weakproxy to node>");
    coil_decref(n);
    CHECK_REPR(ref, "<weakref; dead>");
    CHECK_REPR(proxy, "<weakproxy to NoneType>");
    coil_decref(ref), coil_decref(proxy);
}

TEST(what_has_no_hash_has_none_behind_a_reference)
{
    coil_obj *s = MUST(coil_set_new()), *ref = plain(s);
    int64_t hash;

    CHECK_INT(coil_hash(ref, &hash), -1);
    CHECK_ERROR(COIL_TYPE_ERROR, "unhashable type: 'set'");
    coil_decref(s);
    coil_decref(ref);
}

static coil_obj *shrinking;

static int shrink(coil_obj *ref, coil_obj *context)
{
    (void)ref;
    return coil_dict_delete(shrinking, context);
}

/* The birth of the iterator collects, and a callback changes the dict:
 * the iterator is younger than that. */
TEST(a_dict_may_change_while_its_iterator_is_born)
{
    coil_obj *key = small(1000), *other = small(2000), *ring, *it, *item;
    coil_obj *target_ = node(), *r;

    shrinking = MUST(coil_dict_new());
    CHECK_OK(coil_dict_set(shrinking, key, COIL_NONE));
    CHECK_OK(coil_dict_set(shrinking, other, COIL_NONE));
    ring = MUST(coil_list_new());
    CHECK_OK(coil_list_append(ring, ring));
    CHECK_OK(coil_list_append_steal(ring, target_));
    r = MUST(coil_weakref_new(target_, shrink, key));
    coil_decref(ring);
    coil_gc_set_threshold(1, 0, 0);
    it = MUST(coil_iter(shrinking));
    CHECK_SIZE(coil_dict_len(shrinking), 1);
    CHECK_INT(coil_next(it, &item), 1);
    CHECK_SAME(item, other);
    coil_decref(item), coil_decref(it), coil_decref(r);
    coil_decref(shrinking), coil_decref(key), coil_decref(other);
}

static int no_op(coil_obj *ref, coil_obj *context)
{
    (void)ref, (void)context;
    return 0;
}

/* Each object is owned by the context of a callback on the one before. */
TEST(a_long_chain_through_callbacks_is_released_in_a_small_stack)
{
    enum { CHAIN = 3000 };
    const struct rlimit limit = { 256 * 1024, 256 * 1024 };
    static coil_obj *refs[CHAIN];
    coil_obj *first = node(), *o = coil_incref(first);

    for (int i = 0; i < CHAIN; i++) {
        coil_obj *next = node();

        refs[i] = MUST(coil_weakref_new(o, no_op, next));
        coil_decref(o);
        o = next;
    }
    coil_decref(o);
    CHECK_INT(setrlimit(RLIMIT_STACK, &limit), 0);
    coil_decref(first);
    for (int i = 0; i < CHAIN; i++)
        coil_decref(refs[i]);
    CHECK_SIZE(coil_census_live(), 0);
}

static int half_a_hash(coil_obj *self, int64_t *hash)
{
    (void)self;
    *hash = 42;
    coil_error_set(COIL_TYPE_ERROR, "no hash after all");
    return -1;
}

static int half_equal(coil_obj *self, coil_obj *other)
{
    return self == other;
}

TEST(a_hash_that_failed_is_not_remembered)
{
    static coil_type half_type = {
        .head = COIL_TYPE_HEAD, .name = "half",
        .size = sizeof(coil_obj), .weak = true, .hash = half_a_hash,
        .equal = half_equal,
    };
    coil_obj *o = MUST(coil_object_new(&half_type)), *r = plain(o);
    int64_t hash;

    for (int i = 0; i < 2; i++) {
        CHECK_INT(coil_hash(r, &hash), -1);
        CHECK_ERROR(COIL_TYPE_ERROR, "no hash after all");
        coil_error_clear();
    }
    coil_decref(r);
    coil_decref(o);
}

TEST(references_to_one_object_are_equal_in_a_dict)
{
    coil_obj *n = node(), *a = plain(n), *b = noting(n, NULL);
    coil_obj *d = MUST(coil_dict_new()), *found;

    CHECK_OK(coil_dict_set(d, a, small(1)));
    CHECK_OK(coil_dict_set(d, b, small(2)));
    CHECK_SIZE(coil_dict_len(d), 1);
    coil_decref(n);
    CHECK_INT(coil_dict_get(d, a, &found), 1);  /* the same object */
    CHECK_INT(coil_dict_get(d, b, &found), 0);  /* equal no more */
    coil_decref(d), coil_decref(a), coil_decref(b);
}

/* ---- the list of an object --------------------------------------- */

static void check_list(coil_obj *o, size_t n, coil_obj *const want[])
{
    coil_obj *list = MUST(coil_weakref_list(o));

    coili_gc_validate();
    CHECK_SIZE(coil_weakref_count(o), n);
    CHECK_SIZE(coil_list_len(list), n);
    for (size_t i = 0; i < n; i++)
        CHECK_SAME(coil_list_get_borrowed(list, i), want[i]);
    coil_decref(list);
}

TEST(the_shared_come_first_then_the_newest)
{
    coil_obj *n = node(), *a = noting(n, NULL);
    coil_obj *proxy = MUST(coil_proxy_new(n, NULL, NULL));
    coil_obj *b = MUST(coil_proxy_new(n, note, NULL));
    coil_obj *ref, *c, *same;

    check_list(n, 3, (coil_obj *[]){ proxy, b, a });
    ref = plain(n);
    c = noting(n, NULL);
    check_list(n, 5, (coil_obj *[]){ ref, proxy, c, b, a });
    CHECK_SAME(same = plain(n), ref);
    coil_decref(same);
    CHECK_SAME(same = MUST(coil_proxy_new(n, NULL, NULL)), proxy);
    coil_decref(same);
    coil_decref(ref);
    CHECK_SAME(same = MUST(coil_proxy_new(n, NULL, NULL)), proxy);
    coil_decref(same);
    check_list(n, 4, (coil_obj *[]){ proxy, c, b, a });
    coil_decref(a), coil_decref(b), coil_decref(c);
    coil_decref(proxy);
    check_list(n, 0, NULL);
    coil_decref(n);
}

/* Four of them, let go in each of the 24 orders. */
TEST(references_go_in_any_order)
{
    for (unsigned order = 0; order < 256; order++) {
        unsigned a = order & 3, b = order >> 2 & 3, c = order >> 4 & 3,
                 d = order >> 6;
        coil_obj *n = node(), *ref[4], *want[4];
        unsigned turn[] = { a, b, c, d };

        if (a == b || a == c || a == d || b == c || b == d || c == d) {
            coil_decref(n);
            continue;
        }
        for (int i = 0; i < 4; i++)
            ref[i] = noting(n, NULL);
        for (int k = 0; k < 4; k++) {
            size_t len = 0;

            COIL_CLEAR(ref[turn[k]]);
            for (int i = 3; i >= 0; i--)
                if (ref[i] != NULL)
                    want[len++] = ref[i];
            check_list(n, len, want);
        }
        coil_decref(n);
    }
    CHECK_SIZE(calls, 0);
}

TEST(a_reference_with_a_callback_is_never_shared)
{
    coil_obj *n = node(), *a = noting(n, NULL), *b = noting(n, NULL);
    coil_obj *ref = plain(n), *p, *q, *proxy;

    CHECK(a != b && ref != a && ref != b);
    coil_decref(a), coil_decref(b), coil_decref(ref);
    p = MUST(coil_proxy_new(n, note, NULL));
    q = MUST(coil_proxy_new(n, note, NULL));
    proxy = MUST(coil_proxy_new(n, NULL, NULL));
    CHECK(p != q && proxy != p && proxy != q);
    CHECK_SIZE(coil_weakref_count(n), 3);
    coil_decref(p), coil_decref(q), coil_decref(proxy);
    coil_decref(n);
}

/* The allocation of the reference runs the collector, and that makes
 * the reference that is just being made. */
static coil_obj *target, *meanwhile;

static void make_meanwhile(coil_obj *self, void *context)
{
    (void)self, (void)context;
    meanwhile = plain(target);
}

TEST(a_reference_made_meanwhile_is_shared_too)
{
    coil_obj *garbage, *ref;

    coil_gc_disable();
    target = node();
    garbage = MUST(node_new_final("g", make_meanwhile, NULL));
    CHECK_OK(node_set(garbage, "loop", garbage));
    coil_decref(garbage);
    coil_gc_set_threshold(1, 10, 10);
    coil_gc_enable();
    ref = plain(target);
    CHECK(meanwhile != NULL);
    CHECK_SAME(ref, meanwhile);
    check_list(target, 1, &ref);
    coil_decref(ref), coil_decref(meanwhile), coil_decref(target);
}

/* ---- callbacks --------------------------------------------------- */

TEST(a_callback_is_called_once_with_its_context)
{
    coil_obj *n = node(), *context = node(), *ref;

    ref = noting(n, context);
    CHECK_COUNT(context, 2);
    coil_decref(n);
    CHECK_SIZE(calls, 1);
    CHECK_SAME(called[0], context);
    CHECK_COUNT(context, 1);            /* let go of after the call */
    coil_decref(ref);
    CHECK_SIZE(calls, 1);
    coil_decref(context);
}

TEST(a_callback_is_not_called_when_its_reference_went_first)
{
    coil_obj *n = node(), *context = node();

    coil_decref(noting(n, context));
    CHECK_COUNT(context, 1);
    coil_decref(MUST(coil_proxy_new(n, note, context)));
    CHECK_COUNT(context, 1);
    coil_decref(n);
    CHECK_SIZE(calls, 0);
    coil_decref(context);
}

static int count_proxy(coil_obj *ref, coil_obj *context)
{
    (void)context;
    CHECK_NULL(coil_proxy_get(ref));
    CHECK_ERROR(COIL_REFERENCE_ERROR,
                "weakly-referenced object no longer exists");
    calls++;
    return 0;
}

TEST(the_callback_of_a_proxy_is_called)
{
    coil_obj *n = node();
    coil_obj *p = MUST(coil_proxy_new(n, count_proxy, NULL));

    coil_decref(n);
    CHECK_SIZE(calls, 1);
    coil_decref(p);
}

static int drop_it(coil_obj *ref, coil_obj *context)
{
    coil_obj *own = coil_list_get_borrowed(context, 0);

    CHECK_SAME(own, ref);
    calls++;
    coil_list_clear(context);
    return 0;
}

TEST(a_callback_may_drop_its_own_reference)
{
    coil_obj *n = node(), *list = MUST(coil_list_new());
    coil_obj *ref = MUST(coil_weakref_new(n, drop_it, list));

    CHECK_OK(coil_list_append_steal(list, ref));
    coil_decref(n);
    CHECK_SIZE(calls, 1);
    CHECK_SIZE(coil_list_len(list), 0);
    CHECK_SIZE(coil_census_of(&coil_weakref_type), 0);
    CHECK_COUNT(list, 1);
    coil_decref(list);
}

/* All that were there when the object died are called, as in Python. */
static int drop_others(coil_obj *ref, coil_obj *context)
{
    (void)ref;
    calls++;
    coil_list_clear(context);
    return 0;
}

TEST(a_callback_that_waits_is_called_though_its_owner_lets_go)
{
    coil_obj *n = node(), *list = MUST(coil_list_new());
    coil_obj *older = noting(n, list);
    coil_obj *newer = MUST(coil_weakref_new(n, drop_others, list));

    CHECK_OK(coil_list_append_steal(list, older));
    coil_decref(n);
    CHECK_SIZE(calls, 2);
    CHECK_SAME(called[1], list);
    CHECK_SIZE(coil_census_of(&coil_weakref_type), 1);
    coil_decref(newer);
    coil_decref(list);
}

static int fails(coil_obj *ref, coil_obj *context)
{
    (void)ref, (void)context;
    coil_error_set(COIL_VALUE_ERROR, "call %zu", ++calls);
    return -1;
}

static int fails_and_says_no_word(coil_obj *ref, coil_obj *context)
{
    fails(ref, context);
    return 0;
}

TEST(an_error_that_a_callback_leaves_is_ignored_whatever_it_returns)
{
    coil_obj *o = node();
    coil_obj *r = MUST(coil_weakref_new(o, fails_and_says_no_word, NULL));

    coil_decref(o);
    CHECK_NULL(coil_error_kind());
    CHECK_IGNORED(COIL_VALUE_ERROR, "call 1", "callback of weakref");
    coil_decref(r);
}

TEST(an_error_of_a_callback_does_not_keep_the_next_from_its_call)
{
    coil_obj *n = node(), *a = MUST(coil_weakref_new(n, fails, NULL));
    coil_obj *b = MUST(coil_weakref_new(n, fails, NULL));

    coil_decref(n);
    CHECK_SIZE(calls, 2);
    CHECK_IGNORED(COIL_VALUE_ERROR, "call 1", "callback of weakref");
    CHECK_IGNORED(COIL_VALUE_ERROR, "call 2", "callback of weakref");
    coil_decref(a), coil_decref(b);
}

static coil_obj *others[2];

static int see_all_dead(coil_obj *ref, coil_obj *context)
{
    (void)ref;
    CHECK_NULL(coil_weakref_get_borrowed(others[0]));
    CHECK_NULL(coil_weakref_get_borrowed(others[1]));
    CHECK_NULL(coil_proxy_get(context));
    CHECK_ERROR(COIL_REFERENCE_ERROR,
                "weakly-referenced object no longer exists");
    calls++;
    return 0;
}

TEST(all_references_are_dead_before_the_first_callback)
{
    coil_obj *n = node(), *ref;
    coil_obj *p = MUST(coil_proxy_new(n, NULL, NULL));

    others[0] = plain(n);
    others[1] = noting(n, NULL);
    ref = MUST(coil_weakref_new(n, see_all_dead, p));
    coil_decref(n);
    CHECK_SIZE(calls, 2);
    coil_decref(others[0]), coil_decref(others[1]);
    coil_decref(ref), coil_decref(p);
}

/* A finalizer makes a reference to its object, which dies all the same;
 * the callback asks for a plain reference to what lives, and must not
 * get the one that is garbage. */
static coil_obj *late, *asked;

static void watch_itself(coil_obj *self, void *context);

static int ask(coil_obj *ref, coil_obj *context)
{
    (void)ref;
    asked = plain(context);
    return 0;
}

static void watch_itself(coil_obj *self, void *context)
{
    late = MUST(coil_weakref_new(self, ask, context));
}

TEST(a_reference_that_is_garbage_is_not_found_any_more)
{
    coil_obj *living = node(), *garbage;

    coil_gc_disable();
    garbage = MUST(node_new_final("g", watch_itself, living));
    CHECK_OK(node_set(garbage, "loop", garbage));
    CHECK_OK(node_set_steal(garbage, "ref", plain(living)));
    coil_decref(garbage);
    CHECK_INT(coil_gc_collect(2), 2);
    CHECK_NULL(coil_weakref_get_borrowed(late));
    CHECK_SAME(coil_weakref_get_borrowed(asked), living);
    check_list(living, 1, &asked);
    coil_decref(late), coil_decref(asked), coil_decref(living);
}

TEST(what_a_callback_keeps_may_be_a_cycle)
{
    coil_obj *living = node(), *n = node();

    coil_gc_disable();
    CHECK_OK(node_set_steal(n, "ref", noting(living, n)));
    coil_decref(n);
    CHECK_INT(coil_gc_collect(2), 2);
    CHECK_SIZE(coil_weakref_count(living), 0);
    coil_decref(living);
    CHECK_SIZE(calls, 0);
}

/* ---- proxies ----------------------------------------------------- */

TEST(a_proxy_passes_questions_on)
{
    coil_obj *s = MUST(coil_set_new()), *item, *it;
    coil_obj *p = MUST(coil_proxy_new(s, NULL, NULL));
    coil_obj *same = MUST(coil_set_new());

    CHECK_INT(coil_truth(p), 0);
    CHECK_INT(coil_equal(p, same), 1);
    CHECK_INT(coil_equal(same, p), 1);
    CHECK_OK(coil_set_add(s, small(7)));
    CHECK_INT(coil_truth(p), 1);
    CHECK_INT(coil_equal(p, same), 0);
    CHECK_INT(coil_equal(p, p), 1);
    it = MUST(coil_iter(p));
    CHECK_INT(coil_next(it, &item), 1);
    CHECK_SAME(item, small(7));
    CHECK_INT(coil_next(it, &item), 0);
    coil_decref(it);
    CHECK_COUNT(s, 1);
    coil_decref(s), coil_decref(p), coil_decref(same);
}

#define GONE()                         \
    CHECK_ERROR(COIL_REFERENCE_ERROR,  \
                "weakly-referenced object no longer exists")

TEST(a_dead_proxy_passes_nothing_on)
{
    coil_obj *s = MUST(coil_set_new());
    coil_obj *p = MUST(coil_proxy_new(s, NULL, NULL));
    coil_obj *q = MUST(coil_proxy_new(s, note, NULL));

    coil_decref(q);
    coil_decref(s);
    CHECK_NULL(coil_proxy_get(p));
    GONE();
    CHECK_INT(coil_truth(p), -1);
    GONE();
    CHECK_NULL(coil_iter(p));
    GONE();
    CHECK_INT(coil_equal(p, COIL_NONE), -1);
    GONE();
    coil_decref(p);
}

TEST(a_proxy_of_what_cannot_be_iterated_cannot)
{
    coil_obj *n = node(), *p = MUST(coil_proxy_new(n, NULL, NULL));

    CHECK_NULL(coil_iter(p));
    CHECK_ERROR(COIL_TYPE_ERROR, "'node' object is not iterable");
    CHECK_COUNT(n, 1);
    coil_decref(n), coil_decref(p);
}

TEST(a_proxy_has_no_hash)
{
    coil_obj *n = node(), *p = MUST(coil_proxy_new(n, NULL, NULL));
    int64_t hash;

    CHECK_INT(coil_hash(p, &hash), -1);
    CHECK_ERROR(COIL_TYPE_ERROR,
                "unhashable type: 'weakref.ProxyType'");
    coil_decref(n), coil_decref(p);
}

/* ---- when memory fails ------------------------------------------- */

TEST(making_weak_references_fails_cleanly)
{
    coil_obj *n = node(), *context = node(), *kept;

    CHECK_NEW_FAULTS(coil_weakref_new(n, NULL, NULL));
    CHECK_NEW_FAULTS(coil_weakref_new(n, note, context));
    CHECK_NEW_FAULTS(coil_proxy_new(n, NULL, NULL));
    CHECK_NEW_FAULTS(coil_proxy_new(n, note, context));
    CHECK_SIZE(coil_weakref_count(n), 0);
    CHECK_COUNT(context, 1);
    kept = plain(n);
    CHECK_NEW_FAULTS(coil_weakref_new(n, note, NULL));
    CHECK_NEW_FAULTS(coil_weakref_list(n));
    CHECK_SIZE(coil_weakref_count(n), 1);
    fault_fail_allocation(0); /* the shared one needs nothing */
    coil_decref(plain(n));
    CHECK(!fault_fired());
    coil_decref(kept), coil_decref(n), coil_decref(context);
}

TEST(a_proxy_fails_cleanly)
{
    coil_obj *s = MUST(coil_set_new());
    coil_obj *p = MUST(coil_proxy_new(s, NULL, NULL));

    CHECK_OK(coil_set_add(s, small(1)));
    CHECK_NEW_FAULTS(coil_iter(p));
    CHECK_COUNT(s, 1);
    coil_decref(s), coil_decref(p);
}

/* The table of objects with weak references grows at some of these. */
TEST(the_table_of_weak_references_grows_or_fails_cleanly)
{
    static coil_obj *n[300], *ref[300];

    for (size_t i = 0; i < 300; i++) {
        n[i] = node();
        for (size_t k = 0; ref[i] == NULL; k++) {
            fault_fail_allocation(k);
            ref[i] = coil_weakref_new(n[i], NULL, NULL);
            if (fault_fired()) {
                CHECK_NULL(ref[i]);
                OUT_OF_MEMORY();
                CHECK_SIZE(coil_weakref_count(n[i]), 0);
                coili_gc_validate();
            }
        }
        for (size_t k = 0; k <= i; k += 7)
            CHECK_SAME(coil_weakref_get_borrowed(ref[k]), n[k]);
    }
    for (size_t i = 0; i < 300; i++) {
        coil_decref(n[i]);
        CHECK_NULL(coil_weakref_get_borrowed(ref[i]));
        coil_decref(ref[i]);
    }
    coili_gc_validate();
}

/* Out of the middle of the table, too: rows behind it move up. */
TEST(the_table_of_weak_references_shrinks_in_any_order)
{
    static coil_obj *n[300], *ref[300];

    for (size_t i = 0; i < 300; i++) {
        n[i] = node();
        ref[i] = plain(n[i]);
    }
    for (size_t k = 0; k < 300; k++) {
        size_t i = k * 7 % 300;         /* each of them once */

        COIL_CLEAR(ref[i]);
        CHECK_SIZE(coil_weakref_count(n[i]), 0);
        if (k % 10 == 0)
            coili_gc_validate();
    }
    for (size_t i = 0; i < 300; i++)
        coil_decref(n[i]);
}

TEST(an_object_dies_without_memory)
{
    coil_obj *n = node(), *a = noting(n, NULL), *b = plain(n);

    fault_fail_allocation(0);
    coil_decref(n);
    CHECK(!fault_fired());
    CHECK_SIZE(calls, 1);
    CHECK_NULL(coil_weakref_get_borrowed(a));
    CHECK_NULL(coil_weakref_get_borrowed(b));
    coil_decref(a);
    coil_decref(b);
}

/* ---- the caller's faults ----------------------------------------- */

TEST(what_cannot_be_asked_is_a_checked_error)
{
    coil_obj *n = node(), *ref = plain(n), *o;
    coil_obj *p = MUST(coil_proxy_new(n, NULL, NULL));

    CHECK_ABORTS("checked error in coil_weakref_get_borrowed",
                 coil_weakref_get_borrowed(p));
    CHECK_ABORTS("checked error in coil_weakref_get_borrowed",
                 coil_weakref_get(n, &o));
    CHECK_ABORTS("checked error in coil_weakref_get",
                 coil_weakref_get(ref, NULL));
    CHECK_ABORTS("checked error in coil_proxy_get",
                 coil_decref(coil_proxy_get(ref)));
    CHECK_ABORTS("checked error in coil_proxy_get",
                 coil_decref(coil_proxy_get(NULL)));
    CHECK_ABORTS("checked error in coil_weakref_check",
                 coil_weakref_check(NULL));
    CHECK_ABORTS("checked error in coil_weakref_count",
                 coil_weakref_count(NULL));
    CHECK_ABORTS("checked error in coil_weakref_list",
                 coil_decref(coil_weakref_list(NULL)));
    coil_decref(n), coil_decref(ref), coil_decref(p);
}

TEST(a_context_without_a_callback_is_a_checked_error)
{
    coil_obj *n = node();

    CHECK_ABORTS("checked error",
                 coil_decref(coil_weakref_new(n, NULL, n)));
    CHECK_ABORTS("checked error",
                 coil_decref(coil_proxy_new(n, NULL, n)));
    CHECK_ABORTS("checked error",
                 coil_decref(coil_weakref_new(NULL, NULL, NULL)));
    coil_decref(n);
}
