/* What is promised for the end of an object. */
#include "coil/coil.h"
#include "internal/gc.h"
#include "support/coil_test.h"
#include "support/node.h"

static coil_obj *node(void)
{
    return MUST(node_new("n"));
}

static coil_obj *small(int64_t value)
{
    return MUST(coil_int_new(value));
}

/* The contexts of the calls so far, small ints, as digits. */
static char said[20];

static int say(coil_obj *context)
{
    size_t len = strlen(said);
    int64_t n;

    CHECK_OK(coil_int_value(context, &n));
    CHECK(len + 1 < sizeof said);
    said[len] = (char)('0' + n);
    said[len + 1] = '\0';
    return 0;
}

static coil_obj *promise(coil_obj *o, int64_t n)
{
    return MUST(coil_finalize_new(o, say, small(n)));
}

/* ---- one promise ------------------------------------------------- */

TEST(a_promise_keeps_its_context_and_not_its_object)
{
    coil_obj *n = node(), *context = MUST(coil_list_new());
    coil_obj *f = MUST(coil_finalize_new(n, say, context)), *o;

    CHECK_COUNT(n, 1);
    CHECK_COUNT(context, 2);
    CHECK(coil_finalize_alive(f));
    CHECK_INT(coil_finalize_peek(f, &o), 1);
    CHECK_SAME(o, n);
    CHECK_COUNT(n, 2);
    coil_decref(o);
    CHECK_INT(coil_finalize_detach(f), 1);
    CHECK_COUNT(context, 1);
    CHECK(!coil_finalize_alive(f));
    CHECK_INT(coil_finalize_peek(f, &o), 0);
    CHECK_NULL(o);
    CHECK_INT(coil_finalize_detach(f), 0);
    CHECK_INT(coil_finalize_call(f), 0);
    coil_decref(n);
    CHECK_STR(said, "");
    CHECK_COUNT(f, 1);
    coil_decref(f), coil_decref(context);
}

TEST(a_promise_stays_in_force_though_nobody_holds_it)
{
    coil_obj *n = node();

    coil_decref(promise(n, 1));
    CHECK_SIZE(coil_census_of(&coil_finalize_type), 1);
    CHECK_INT(coil_gc_collect(2), 0);
    CHECK_SIZE(coil_census_of(&coil_finalize_type), 1);
    coil_decref(n);
    CHECK_STR(said, "1");
    CHECK_SIZE(coil_census_of(&coil_finalize_type), 0);
}

TEST(a_promise_refers_to_its_context_and_not_to_its_object)
{
    coil_obj *n = node(), *context = MUST(coil_list_new());
    coil_obj *f = MUST(coil_finalize_new(n, say, context));
    coil_obj *of = MUST(coil_list_of(1, f)), *list;

    list = MUST(coil_gc_referents(of));
    CHECK_SIZE(coil_list_len(list), 2);
    CHECK(coil_weakref_check(coil_list_get_borrowed(list, 0)));
    CHECK_SAME(coil_list_get_borrowed(list, 1), context);
    coil_decref(list);
    CHECK_INT(coil_finalize_detach(f), 1);
    list = MUST(coil_gc_referents(of));
    CHECK_SIZE(coil_list_len(list), 0);
    coil_decref(list), coil_decref(of), coil_decref(f);
    coil_decref(context), coil_decref(n);
}

static int no_context(coil_obj *context)
{
    CHECK_NULL(context);
    return say(small(7));
}

TEST(a_promise_may_have_no_context)
{
    coil_obj *n = node(), *f;

    f = MUST(coil_finalize_new(n, no_context, NULL));
    CHECK_INT(coil_finalize_call(f), 1);
    CHECK_STR(said, "7");
    CHECK_SIZE(coil_weakref_count(n), 0);
    coil_decref(f);
    f = MUST(coil_finalize_new(n, no_context, NULL));
    CHECK_INT(coil_finalize_detach(f), 1);
    coil_decref(f), coil_decref(n);
    CHECK_STR(said, "7");
}

TEST(a_type_without_weak_references_allows_no_promise)
{
    coil_obj *context = node();

    CHECK_NULL(coil_finalize_new(small(1), say, context));
    CHECK_ERROR(COIL_TYPE_ERROR,
                "cannot create weak reference to 'int' object");
    CHECK_COUNT(context, 1);
    coil_decref(context);
}

static coil_obj *itself;

static int ask_itself(coil_obj *context)
{
    coil_obj *o;

    CHECK(!coil_finalize_alive(itself));
    CHECK_INT(coil_finalize_peek(itself, &o), 0);
    CHECK_NULL(o);
    CHECK_INT(coil_finalize_call(itself), 0);
    CHECK_INT(coil_finalize_detach(itself), 0);
    return say(context);
}

TEST(within_its_call_a_promise_is_not_alive)
{
    coil_obj *n = node();

    itself = MUST(coil_finalize_new(n, ask_itself, small(1)));
    coil_decref(n);
    CHECK_STR(said, "1");
    coil_decref(itself);

    n = node();
    itself = MUST(coil_finalize_new(n, ask_itself, small(2)));
    CHECK_INT(coil_finalize_call(itself), 1);
    CHECK_STR(said, "12");
    coil_decref(n), coil_decref(itself);
}

/* The last owner of the promise lets go within the call. */
static int drop_itself(coil_obj *context)
{
    COIL_CLEAR(itself);
    return say(context);
}

TEST(a_call_may_let_go_of_its_promise)
{
    coil_obj *n = node();

    itself = MUST(coil_finalize_new(n, drop_itself, small(1)));
    coil_decref(n);
    CHECK_STR(said, "1");
    CHECK_SIZE(coil_census_of(&coil_finalize_type), 0);
}

TEST(an_object_may_hold_its_own_promise)
{
    coil_obj *n = node();

    CHECK_OK(node_set_steal(n, "promise", promise(n, 1)));
    coil_decref(n);
    CHECK_STR(said, "1");
    CHECK_SIZE(coil_census_live(), 0);
}

/* ---- several ----------------------------------------------------- */

static int detach_older(coil_obj *context)
{
    CHECK_INT(coil_finalize_detach(itself), 1);
    return say(context);
}

TEST(a_promise_that_waits_can_be_called_off)
{
    coil_obj *n = node(), *f;

    itself = promise(n, 1);
    f = MUST(coil_finalize_new(n, detach_older, small(2)));
    coil_decref(n);
    CHECK_STR(said, "2");
    CHECK(!coil_finalize_alive(f) && !coil_finalize_alive(itself));
    coil_decref(f), coil_decref(itself);
}

static int fails(coil_obj *context)
{
    say(context);
    coil_error_set(COIL_VALUE_ERROR, "cannot %s", said);
    return -1;
}

TEST(an_error_of_one_call_does_not_keep_the_next_from_its_call)
{
    coil_obj *n = node();

    coil_decref(promise(n, 1));
    coil_decref(MUST(coil_finalize_new(n, fails, small(2))));
    coil_decref(promise(n, 3));
    coil_decref(n);
    CHECK_STR(said, "321");
    CHECK_IGNORED(COIL_VALUE_ERROR, "cannot 32", "callback of weakref");
}

TEST(a_call_by_hand_gives_its_error_to_the_caller)
{
    coil_obj *n = node();
    coil_obj *f = MUST(coil_finalize_new(n, fails, small(2)));

    CHECK_INT(coil_finalize_call(f), -1);
    CHECK_ERROR(COIL_VALUE_ERROR, "cannot 2");
    CHECK_INT(coil_finalize_call(f), 0);
    coil_decref(n), coil_decref(f);
    CHECK_STR(said, "2");
}

/* ---- at the end of the runtime ----------------------------------- */

static coil_runtime *other_runtime(void)
{
    static const coil_options options = {
        .memory = test_memory, .unraisable = test_unraisable,
    };

    return MUST(coil_runtime_open(&options));
}

static void close_other(coil_runtime *rt)
{
    CHECK_SIZE(coil_runtime_close(rt), 0);
    coil_runtime_enter(test_rt);
}

/* Three promises, of which some are called off, in each order: the
 * others are kept at the end, the newest first. */
TEST(promises_are_called_off_in_any_order)
{
    static const char *const want[8] = {
        "321", "32", "31", "3", "21", "2", "1", "",
    };

    for (unsigned set = 0; set < 8; set++) {
        for (int backward = 0; backward < 2; backward++) {
            coil_runtime *rt = other_runtime();
            coil_obj *n = node(), *f[3];

            for (int i = 0; i < 3; i++)
                f[i] = promise(n, i + 1);
            for (int k = 0; k < 3; k++) {
                int i = backward ? 2 - k : k;

                if (set >> i & 1)
                    CHECK_INT(coil_finalize_detach(f[i]), 1);
            }
            for (int i = 0; i < 3; i++)
                coil_decref(f[i]);
            CHECK_OK(node_set(n, "loop", n));
            coil_decref(n);             /* garbage, not collected */
            said[0] = '\0';
            close_other(rt);
            CHECK_STR(said, want[set]);
        }
    }
}

TEST(a_promise_may_be_kept_out_of_the_end)
{
    coil_runtime *rt = other_runtime();
    coil_obj *n = node(), *f = promise(n, 1), *g = promise(n, 2);

    coil_finalize_at_close(f, false);
    coil_finalize_at_close(g, false);
    coil_finalize_at_close(g, true);
    coil_decref(f), coil_decref(g);
    CHECK_OK(node_set(n, "loop", n));
    coil_decref(n);
    close_other(rt);
    CHECK_STR(said, "2");
}

TEST(kept_out_of_the_end_a_promise_is_kept_before_it)
{
    coil_obj *n = node(), *f = promise(n, 1);

    coil_finalize_at_close(f, false);
    CHECK(coil_finalize_alive(f));
    coil_decref(n);
    CHECK_STR(said, "1");
    coil_decref(f);
}

static int promise_more(coil_obj *context)
{
    int64_t n;

    CHECK_OK(coil_int_value(coil_list_get_borrowed(context, 1), &n));
    say(small(n));
    if (n < 5) {
        coil_obj *object = coil_list_get_borrowed(context, 0);
        coil_obj *next = MUST(coil_list_of(2, object, small(n + 1)));

        coil_decref(MUST(coil_finalize_new(object, promise_more,
                                           next)));
        coil_decref(next);
    }
    return 0;
}

TEST(a_call_at_the_end_may_promise_more)
{
    coil_runtime *rt = other_runtime();
    coil_obj *n = node(), *list = MUST(coil_list_of(2, n, small(1)));

    coil_decref(MUST(coil_finalize_new(n, promise_more, list)));
    coil_decref(n), coil_decref(list);
    close_other(rt);
    CHECK_STR(said, "12345");
}

/* Python's documentation warns of it: the object then lives until the
 * program ends. */
TEST(a_context_that_holds_the_object_keeps_both_until_the_end)
{
    coil_runtime *rt = other_runtime();
    coil_obj *n = node(), *list = MUST(coil_list_of(2, n, small(5)));

    coil_decref(MUST(coil_finalize_new(n, promise_more, list)));
    coil_decref(n), coil_decref(list);
    CHECK_INT(coil_gc_collect(2), 0);
    CHECK_SIZE(coil_census_of(&node_type), 1);
    CHECK_STR(said, "");
    close_other(rt);
    CHECK_STR(said, "5");
}

TEST(an_error_at_the_end_is_ignored_through_the_hook)
{
    coil_runtime *rt = other_runtime();
    coil_obj *n = node();

    coil_decref(promise(n, 1));
    coil_decref(MUST(coil_finalize_new(n, fails, small(2))));
    CHECK_OK(node_set(n, "loop", n));
    coil_decref(n);
    close_other(rt);
    CHECK_STR(said, "21");
    CHECK_IGNORED(COIL_VALUE_ERROR, "cannot 2",
                  "finalize at the end of the runtime");
}

/* ---- when memory fails, and the caller's faults ------------------ */

TEST(promising_fails_cleanly)
{
    coil_obj *n = node(), *context = node();

    FOR_EACH_FAULT(k) {
        coil_obj *f = coil_finalize_new(n, say, context);

        coili_gc_validate();
        if (fault_fired()) {
            CHECK_NULL(f);
            CHECK_ERROR(COIL_MEMORY_ERROR, "out of memory");
            CHECK_COUNT(context, 1);
            CHECK_SIZE(coil_weakref_count(n), 0);
            continue;
        }
        CHECK(k >= 2);
        CHECK_INT(coil_finalize_detach(MUST(f)), 1);
        coil_decref(f);
    }
    CHECK_SIZE(coil_weakref_count(n), 0);
    coil_decref(n), coil_decref(context);
}

TEST(a_promise_is_kept_without_memory)
{
    coil_obj *n = node(), *f = promise(n, 1), *g = promise(n, 2);

    fault_fail_allocation(0);
    CHECK_INT(coil_finalize_call(g), 1);
    coil_decref(n);
    CHECK(!fault_fired());
    CHECK_STR(said, "21");
    coil_decref(f), coil_decref(g);
}

TEST(what_is_no_promise_is_a_checked_error)
{
    coil_obj *n = node(), *f = promise(n, 1);

    CHECK_ABORTS("checked error in coil_finalize_new",
                 coil_decref(coil_finalize_new(NULL, say, NULL)));
    CHECK_ABORTS("checked error in coil_finalize_new",
                 coil_decref(coil_finalize_new(n, NULL, NULL)));
    CHECK_ABORTS("checked error", coil_finalize_call(n));
    CHECK_ABORTS("checked error", coil_finalize_detach(NULL));
    CHECK_ABORTS("checked error", coil_finalize_alive(n));
    CHECK_ABORTS("checked error", coil_finalize_at_close(n, true));
    CHECK_ABORTS("checked error in coil_finalize_peek",
                 coil_finalize_peek(f, NULL));
    CHECK_INT(coil_finalize_detach(f), 1);
    coil_decref(f), coil_decref(n);
}
