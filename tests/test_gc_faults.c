/* The collector when memory fails. */
#include "coil/coil.h"
#include "support/coil_test.h"
#include "support/faults.h"
#include "support/node.h"
#include "support/pair.h"

static coil_obj *small(int64_t value)
{
    return MUST(coil_int_new(value));
}

static coil_obj *node(void)
{
    return MUST(node_new("n"));
}

static coil_obj *loop(coil_obj *n)
{
    CHECK_OK(node_set(n, "loop", n));
    return n;
}

static int nothing(coil_obj *ref, coil_obj *context)
{
    (void)ref, (void)context;
    return 0;
}

static int nothing_at_all(coil_obj *context)
{
    (void)context;
    return 0;
}

/* ---- tracking ---------------------------------------------------- */

/* The vector of containers grows at some of these births. */
TEST(a_container_that_cannot_be_tracked_is_not_made)
{
    static coil_obj *all[2000];
    size_t fired = 0;

    coil_gc_disable();
    for (size_t i = 0; i < 2000; i++) {
        fault_fail_allocation(1);       /* the first is its own block */
        all[i] = coil_object_new(&pair_type);
        if (fault_fired()) {
            CHECK_NULL(all[i]);
            OUT_OF_MEMORY();
            CHECK_SIZE(coil_census_of(&pair_type), i);
            coili_gc_validate();
            fired++;
            all[i] = MUST(coil_object_new(&pair_type));
        }
        CHECK(coil_gc_is_tracked(all[i]));
    }
    CHECK(fired >= 3 || !test_hook_sees_all());
    for (size_t i = 0; i < 2000; i++)
        coil_decref(all[i]);
    coili_gc_validate();
}

TEST(a_dict_that_cannot_be_tracked_takes_no_container)
{
    static coil_obj *all[600];
    size_t fired = 0;

    coil_gc_disable();
    for (size_t i = 0; i < 600; i++) {
        all[i] = MUST(coil_dict_new());
        CHECK_OK(coil_dict_set(all[i], small(1), COIL_NONE));
    }
    for (size_t i = 0; i < 600; i++) {
        coil_obj *l = MUST(coil_list_new());

        for (size_t k = 0; k < 3; k++) {
            fault_fail_allocation(k);
            if (coil_dict_set(all[i], small(1), l) < 0) {
                CHECK(fault_fired());
                OUT_OF_MEMORY();
                CHECK(!coil_gc_is_tracked(all[i]));
                CHECK_COUNT(l, 1);
                fired++;
            } else {
                CHECK(!fault_fired());
                break;
            }
        }
        CHECK(coil_gc_is_tracked(all[i]));
        coil_decref(l);
    }
    CHECK(fired >= 1 || !test_hook_sees_all());
    for (size_t i = 0; i < 600; i++)
        coil_decref(all[i]);
    coili_gc_validate();
}

TEST(a_collection_asks_for_no_memory)
{
    size_t before;

    coil_gc_disable();
    for (int i = 0; i < 1000; i++) {
        coil_obj *l = MUST(coil_list_new()), *d = MUST(coil_dict_new());

        CHECK_OK(coil_list_append_steal(l, l));
        CHECK_OK(coil_dict_set(d, small(1), d));
        coil_decref(d);
        coil_decref(loop(node()));
    }
    before = test_requests();
    fault_fail_allocation(0);
    CHECK_INT(coil_gc_collect(2), 3000);
    CHECK(!fault_fired());
    CHECK_SIZE(test_requests(), before);
    CHECK_SIZE(coil_census_live(), 0);
}

TEST(an_automatic_run_happens_though_the_allocation_fails)
{
    coil_gc_stat s[3];
    coil_obj *p;

    coil_gc_set_threshold(2, 10, 10);
    for (int i = 0; i < 2; i++)
        coil_decref(loop(node()));
    fault_fail_allocation(0);
    p = coil_object_new(&pair_type);
    CHECK(fault_fired());
    CHECK_NULL(p);
    OUT_OF_MEMORY();
    coil_gc_stats(s);
    CHECK(s[0].collections >= 1 || s[2].collections >= 1);
    CHECK_SIZE(coil_census_live(), 0);
}

/* ---- looking into the heap --------------------------------------- */

TEST(lists_of_objects_fail_cleanly)
{
    coil_obj *all = MUST(coil_list_new()), *n = node(), *sought;

    coil_gc_disable();
    for (int i = 0; i < 40; i++) {
        coil_obj *p = MUST(pair_new(n, all));

        CHECK_OK(coil_list_append_steal(all, p));
    }
    sought = MUST(coil_list_of(1, n));
    CHECK_NEW_FAULTS(coil_gc_objects(-1));
    CHECK_NEW_FAULTS(coil_gc_objects(0));
    CHECK_NEW_FAULTS(coil_gc_referrers(sought));
    CHECK_NEW_FAULTS(coil_gc_referents(all));
    coil_decref(sought), coil_decref(n);
    coil_list_clear(all);
    coil_decref(all);
}

static int count_calls(coil_obj *context, const coil_gc_info *info)
{
    (void)context, (void)info;
    return 0;
}

TEST(adding_a_callback_fails_cleanly)
{
    for (int i = 0; i < 20; i++) {
        coil_obj *context = node();

        FOR_EACH_FAULT(k) {
            int rv = coil_gc_add_callback(count_calls, context);

            if (fault_fired()) {
                CHECK_INT(rv, -1);
                OUT_OF_MEMORY();
                CHECK_COUNT(context, 1);
                continue;
            }
            CHECK_INT(rv, 0);
            CHECK_COUNT(context, 2);
        }
        coil_decref(context);           /* the callback keeps it */
    }
}

/* What finds no room in the list of garbage is not lost: it is found
 * again. */
TEST(saving_garbage_without_memory_keeps_it_for_the_next_time)
{
    coil_obj *garbage;

    coil_gc_disable();
    coil_gc_set_debug(COIL_GC_SAVE_ALL);
    for (int i = 0; i < 40; i++)
        coil_decref(loop(node()));
    garbage = MUST(coil_gc_garbage());
    fault_fail_allocation(1);           /* when the list grows again */
    CHECK_INT(coil_gc_collect(2), 40);
    CHECK(fault_fired());
    CHECK_IGNORED(COIL_MEMORY_ERROR, "out of memory",
                  "saving what is unreachable");
    CHECK_SIZE(coil_list_len(garbage), 39);
    CHECK_SIZE(coil_census_of(&node_type), 40);
    CHECK_INT(coil_gc_collect(2), 1);
    CHECK_SIZE(coil_list_len(garbage), 40);
    coil_gc_set_debug(0);
    coil_list_clear(garbage);
    CHECK_INT(coil_gc_collect(2), 40);
    coil_decref(garbage);
}

/* Each allocation of a program that makes all kinds of things fails
 * once; whatever it has made by then is released or collected. */
static int program(void)
{
    coil_obj *a = node_new("a"), *b = a ? node_new("b") : NULL;
    coil_obj *values = b ? coil_weak_values_new() : NULL;
    coil_obj *keys = values ? coil_weak_keys_new() : NULL;
    coil_obj *ref = NULL, *f = NULL, *list = NULL, *dict = NULL;
    int rv = -1;

    if (keys == NULL || node_set(a, "b", b) < 0 ||
        node_set(b, "a", a) < 0 ||
        coil_weak_values_set(values, coil_int_new(1), a) < 0 ||
        coil_weak_keys_set(keys, b, a) < 0 ||
        (ref = coil_weakref_new(a, nothing, b)) == NULL ||
        (f = coil_finalize_new(b, nothing_at_all, ref)) == NULL ||
        (list = coil_list_of(3, a, b, ref)) == NULL ||
        coil_list_append(list, list) < 0 ||
        (dict = coil_dict_new()) == NULL ||
        coil_dict_set(dict, coil_int_new(1), list) < 0 ||
        coil_dict_set(dict, ref, dict) < 0 ||
        node_set(a, "dict", dict) < 0)
        goto done;
    rv = 0;
done:
    coil_decref(a), coil_decref(b), coil_decref(values);
    coil_decref(keys), coil_decref(ref), coil_decref(list);
    coil_decref(dict);
    if (f != NULL)
        coil_finalize_detach(f);
    coil_decref(f);
    return rv;
}

TEST(a_program_fails_cleanly_at_each_allocation)
{
    FOR_EACH_FAULT(n) {
        int rv = program();
        bool failed = fault_fired();

        CHECK_INT(rv, failed ? -1 : 0);
        if (failed)
            OUT_OF_MEMORY();
        coil_gc_collect(2);
        CHECK_SIZE(coil_census_live(), 0);
        coili_gc_validate();
        CHECK(failed || n > 15);
    }
}
