/* The collector's interface, function by function.  What it finds is
 * tested in test_gc_cpython.c, and by fuzz/fuzz_gc.c. */
#include <string.h>

#include "coil/coil.h"
#include "internal/gc.h"
#include "support/coil_test.h"
#include "support/node.h"
#include "support/pair.h"

static coil_obj *node(void)
{
    return MUST(node_new("n"));
}

static coil_obj *list_new(void)
{
    return MUST(coil_list_new());
}

static coil_obj *small(int64_t value)
{
    return MUST(coil_int_new(value));
}

/* Garbage that counting does not see. */
static void drop_ring(void)
{
    coil_obj *l = list_new();

    CHECK_OK(coil_list_append_steal(l, l));
}

/* ---- asked for --------------------------------------------------- */

static void live_on_without_memory(coil_obj *self, void *context)
{
    *(coil_obj **)context = coil_incref(self);
    coil_memory_fail_at(0);
}

TEST(saving_without_memory_when_all_live_again_is_no_error)
{
    coil_obj *kept = NULL, *n;

    coil_gc_disable();
    n = MUST(node_new_final("n", live_on_without_memory, &kept));
    coil_gc_set_debug(COIL_GC_SAVE_ALL);
    CHECK_OK(node_set(n, "self", n));
    coil_decref(n);
    CHECK_INT(coil_gc_collect(2), 0);
    CHECK(coil_memory_failed() && kept == n);
    CHECK_IGNORED(COIL_MEMORY_ERROR, "out of memory",
                  "saving what is unreachable");
    coil_gc_set_debug(0);
    coil_decref(n);
    coil_gc_collect(2);
    CHECK_SIZE(coil_census_live(), 0);
}

/* A type that takes its object out of the vector when it is released. */
struct careful {
    coil_obj head;
    coil_obj *link;
};

static int careful_traverse(coil_obj *o, coil_visit_fn *visit, void *arg)
{
    COIL_VISIT(((struct careful *)o)->link);
    return 0;
}

static void careful_clear(coil_obj *o)
{
    COIL_CLEAR(((struct careful *)o)->link);
}

static void careful_release(coil_obj *o)
{
    coil_gc_untrack(o);
    careful_clear(o);
}

static coil_type careful_type = {
    .head = COIL_TYPE_HEAD, .name = "careful",
    .size = sizeof(struct careful), .traverse = careful_traverse,
    .clear = careful_clear, .release = careful_release,
};

TEST(a_release_may_untrack_its_object)
{
    struct careful *c = MUST(coil_object_new(&careful_type));

    coil_decref(&c->head);
    CHECK_SIZE(coil_census_live(), 0);
    c = MUST(coil_object_new(&careful_type));
    c->link = coil_incref(&c->head);
    coil_decref(&c->head);
    CHECK_INT(coil_gc_collect(2), 1);
    CHECK_SIZE(coil_census_live(), 0);
}

TEST(there_are_three_generations)
{
    static const int none[] = { -1, 3, 100 };

    coil_gc_disable();
    drop_ring();
    for (size_t i = 0; i < 3; i++) {
        CHECK_INT(coil_gc_collect(none[i]), -1);
        CHECK_ERROR(COIL_VALUE_ERROR, "invalid generation");
    }
    CHECK_SIZE(coil_census_live(), 1);
    CHECK_INT(coil_gc_collect(0), 1);
}

TEST(a_run_leaves_a_pending_error_alone)
{
    coil_gc_disable();
    drop_ring();
    coil_error_set(COIL_KEY_ERROR, "on its way");
    CHECK_INT(coil_gc_collect(2), 1);
    CHECK_ERROR(COIL_KEY_ERROR, "on its way");
}

/* While the oldest generation was empty, a run of the middle took
 * itself for a full one, and took dicts of atoms out. */
TEST(a_dict_of_atoms_is_let_go_by_a_full_run_only)
{
    coil_obj *d = MUST(coil_dict_new()), *l;

    coil_gc_disable();
    l = list_new();
    CHECK_OK(coil_dict_set(d, small(1), l));
    coil_decref(l);
    CHECK_OK(coil_dict_set(d, small(1), small(2)));
    CHECK(coil_gc_is_tracked(d));
    CHECK_INT(coil_gc_collect(1), 0);
    CHECK(coil_gc_is_tracked(d));
    CHECK_INT(coil_gc_collect(2), 0);
    CHECK(!coil_gc_is_tracked(d));
    coil_decref(d);
}

/* An atom that speaks when it goes. */
struct speaker {
    coil_obj head;
    char letter;
};

static char spoken[8];

static void speak(coil_obj *self)
{
    size_t n = strlen(spoken);

    spoken[n] = ((struct speaker *)self)->letter;
    spoken[n + 1] = '\0';
}

static coil_type speaker_type = {
    .head = COIL_TYPE_HEAD, .name = "speaker",
    .size = sizeof(struct speaker), .finalize = speak,
};

static coil_obj *speaker(char letter)
{
    struct speaker *s = MUST(coil_object_new(&speaker_type));

    s->letter = letter;
    return &s->head;
}

/* What a list held waited in a queue while the slots of other types
 * dropped what they held. */
TEST(what_goes_with_the_dead_speaks_in_the_order_of_its_holders)
{
    coil_obj *l, *n, *last;

    coil_gc_disable();
    spoken[0] = '\0';
    l = list_new();
    n = node();
    last = list_new();
    CHECK_OK(coil_list_append_steal(l, speaker('a')));
    CHECK_OK(node_set_steal(n, "speaker", speaker('b')));
    CHECK_OK(coil_list_append_steal(last, speaker('c')));
    CHECK_OK(coil_list_append(l, n));
    CHECK_OK(node_set(n, "list", last));
    CHECK_OK(coil_list_append(last, l));
    coil_decref(l), coil_decref(n), coil_decref(last);
    CHECK_INT(coil_gc_collect(2), 3);
    CHECK_STR(spoken, "abc");
}

/* ---- tracking ---------------------------------------------------- */

TEST(tracking_can_be_ended_and_begun_again)
{
    coil_obj *p = MUST(pair_new(NULL, NULL));

    CHECK(coil_gc_is_tracked(p));
    CHECK_OK(coil_gc_track(p));         /* already: does nothing */
    CHECK(coil_gc_is_tracked(p));
    coil_gc_untrack(p);
    CHECK(!coil_gc_is_tracked(p));
    CHECK_INT(coil_gc_generation(p), -1);
    coil_gc_untrack(p);                 /* likewise */
    coili_gc_validate();
    CHECK_OK(coil_gc_track(p));
    CHECK(coil_gc_is_tracked(p));
    CHECK_INT(coil_gc_generation(p), 0);
    coili_gc_validate();
    coil_decref(p);
    coili_gc_validate();
}

TEST(what_is_not_tracked_is_not_collected)
{
    coil_obj *p = MUST(pair_new(NULL, NULL));

    coil_gc_disable();
    pair_of(p)->first = coil_incref(p);
    coil_gc_untrack(p);
    coil_decref(p);
    CHECK_INT(coil_gc_collect(2), 0);
    CHECK_OK(coil_gc_track(p));
    CHECK_INT(coil_gc_collect(2), 1);
}

TEST(tracking_an_atom_is_a_checked_error)
{
    CHECK_ABORTS("checked error in coil_gc_track",
                 coil_gc_track(COIL_NONE));
    CHECK_ABORTS("checked error in coil_gc_track", coil_gc_track(NULL));
    CHECK_ABORTS("checked error in coil_gc_untrack",
                 coil_gc_untrack(small(1)));
}

TEST(asking_about_no_object_is_a_checked_error)
{
    CHECK_ABORTS("checked error in coil_gc_is_tracked",
                 coil_gc_is_tracked(NULL));
    CHECK_ABORTS("checked error in coil_gc_is_finalized",
                 coil_gc_is_finalized(NULL));
    CHECK_ABORTS("checked error in coil_gc_generation",
                 coil_gc_generation(NULL));
}

static coil_obj *saved;

static void save(coil_obj *self, void *context)
{
    (void)context;
    CHECK(coil_gc_is_finalized(self));  /* from its beginning on */
    saved = coil_incref(self);
}

TEST(is_finalized_tells_whose_finalizer_has_run)
{
    coil_obj *n = MUST(node_new_final("n", save, NULL)), *m = node();

    CHECK(!coil_gc_is_finalized(n));
    CHECK(!coil_gc_is_finalized(m));
    CHECK(!coil_gc_is_finalized(COIL_NONE));
    coil_decref(n);
    CHECK_SAME(saved, n);
    CHECK(coil_gc_is_finalized(n));
    coil_decref(n), coil_decref(m);
}

/* ---- generations ------------------------------------------------- */

TEST(a_survivor_grows_older_run_by_run)
{
    coil_obj *old, *young;

    coil_gc_disable();
    old = list_new();
    CHECK_INT(coil_gc_generation(old), 0);
    coil_gc_collect(0);
    young = list_new();
    CHECK_INT(coil_gc_generation(old), 1);
    CHECK_INT(coil_gc_generation(young), 0);
    coil_gc_collect(0);
    CHECK_INT(coil_gc_generation(old), 1);      /* not examined */
    CHECK_INT(coil_gc_generation(young), 1);
    coil_gc_collect(1);
    CHECK_INT(coil_gc_generation(old), 2);
    CHECK_INT(coil_gc_generation(young), 2);
    coil_gc_collect(2);
    CHECK_INT(coil_gc_generation(old), 2);
    CHECK_INT(coil_gc_generation(small(1)), -1);
    coil_decref(old), coil_decref(young);
}

TEST(a_run_examines_its_generation_and_the_younger)
{
    coil_gc_disable();
    for (int age = 0; age < 3; age++) {
        for (int run = 0; run < 3; run++) {
            coil_obj *l = list_new();

            CHECK_OK(coil_list_append(l, l));
            if (age > 0)
                coil_gc_collect(age - 1);
            CHECK_INT(coil_gc_generation(l), age);
            coil_decref(l);
            CHECK_INT(coil_gc_collect(run), run >= age);
            CHECK_INT(coil_gc_collect(2), run < age);
        }
    }
}

static int made_in_a_run;

static void make_young(coil_obj *self, void *context)
{
    (void)self, (void)context;
    saved = list_new();
    made_in_a_run++;
}

TEST(what_is_born_within_a_run_is_young)
{
    coil_obj *n;

    coil_gc_disable();
    n = MUST(node_new_final("n", make_young, NULL));
    CHECK_OK(node_set(n, "loop", n));
    coil_decref(n);
    CHECK_INT(coil_gc_collect(2), 1);
    CHECK_INT(made_in_a_run, 1);
    CHECK_INT(coil_gc_generation(saved), 0);
    coil_decref(saved);
}

/* ---- the schedule ------------------------------------------------ */

TEST(the_usual_thresholds_are_those_of_python)
{
    size_t t[3];

    CHECK(coil_gc_is_enabled());
    coil_gc_threshold(t);
    CHECK_SIZE(t[0], 700);
    CHECK_SIZE(t[1], 10);
    CHECK_SIZE(t[2], 10);
    coil_gc_set_threshold(1, 2, SIZE_MAX);
    coil_gc_threshold(t);
    CHECK_SIZE(t[0], 1);
    CHECK_SIZE(t[1], 2);
    CHECK_SIZE(t[2], SIZE_MAX);
}

TEST(counts_go_up_with_births_and_runs)
{
    coil_obj *l, *m;
    size_t c[3];

    coil_gc_disable();
    coil_gc_collect(2);
    coil_gc_counts(c);
    CHECK(c[0] == 0 && c[1] == 0 && c[2] == 0);
    l = list_new(), m = MUST(coil_dict_new());
    coil_decref(MUST(coil_float_new(0.5)));     /* no container */
    coil_gc_counts(c);
    CHECK_SIZE(c[0], 2);
    coil_decref(m);
    coil_gc_counts(c);
    CHECK_SIZE(c[0], 1);
    coil_gc_collect(0);
    coil_gc_collect(0);
    coil_gc_counts(c);
    CHECK(c[0] == 0 && c[1] == 2 && c[2] == 0);
    coil_gc_collect(1);
    coil_gc_counts(c);
    CHECK(c[0] == 0 && c[1] == 0 && c[2] == 1);
    coil_decref(l);
}

#ifndef COIL_STRESS     /* which runs whatever the numbers say */

static size_t runs(int generation)
{
    coil_gc_stat s[3];

    coil_gc_stats(s);
    return s[generation].collections;
}

TEST(a_run_is_due_when_the_count_exceeds_the_threshold)
{
    coil_obj *all = list_new();

    coil_gc_collect(2);
    coil_gc_set_threshold(3, 10, 10);
    for (int i = 0; i < 3; i++)
        CHECK_OK(coil_list_append_steal(all, list_new()));
    CHECK_SIZE(runs(0), 0);
    CHECK_OK(coil_list_append_steal(all, list_new()));
    CHECK_SIZE(runs(0), 1);
    /* The one whose birth it was is not yet counted, and young. */
    CHECK_INT(coil_gc_generation(coil_list_get_borrowed(all, 3)), 0);
    CHECK_INT(coil_gc_generation(coil_list_get_borrowed(all, 2)), 1);
    coil_decref(all);
}

TEST(older_generations_are_due_after_so_many_runs)
{
    coil_obj *all = list_new();

    coil_gc_set_threshold(1, 1, 0);
    coil_gc_collect(2);
    for (int i = 0; i < 100 && runs(2) == 1; i++)
        CHECK_OK(coil_list_append_steal(all, list_new()));
    CHECK_SIZE(runs(0), 2);
    CHECK_SIZE(runs(1), 1);
    CHECK_SIZE(runs(2), 2);
    coil_decref(all);
}

TEST(nothing_runs_by_itself_when_disabled_or_threshold_0)
{
    coil_obj *all = list_new();

    coil_gc_set_threshold(1, 10, 10);
    coil_gc_disable();
    CHECK(!coil_gc_is_enabled());
    for (int i = 0; i < 20; i++)
        CHECK_OK(coil_list_append_steal(all, list_new()));
    CHECK_SIZE(runs(0), 0);
    coil_gc_set_threshold(0, 10, 10);
    coil_gc_enable();
    CHECK(coil_gc_is_enabled());
    for (int i = 0; i < 20; i++)
        CHECK_OK(coil_list_append_steal(all, list_new()));
    CHECK_SIZE(runs(0), 0);
    coil_gc_set_threshold(1, 10, 10);
    CHECK_OK(coil_list_append_steal(all, list_new()));
    CHECK_SIZE(runs(0), 1);
    coil_decref(all);
}

TEST(nothing_runs_by_itself_while_an_error_is_pending)
{
    coil_obj *p;

    coil_gc_disable();
    for (int i = 0; i < 5; i++)
        drop_ring();
    coil_gc_set_threshold(1, 10, 10);
    coil_gc_enable();
    coil_error_set(COIL_KEY_ERROR, "on its way");
    p = coil_object_new(&pair_type);
    CHECK_SIZE(runs(0), 0);
    CHECK_ERROR(COIL_KEY_ERROR, "on its way");
    coil_decref(p);
    coil_decref(MUST(coil_object_new(&pair_type)));
    CHECK_SIZE(runs(0), 1);
    CHECK_SIZE(coil_census_live(), 0);
}

#endif

/* ---- statistics and callbacks ------------------------------------ */

TEST(statistics_add_up)
{
    coil_gc_stat s[3];

    coil_gc_disable();
    coil_gc_stats(s);
    for (int g = 0; g < 3; g++)
        CHECK(s[g].collections == 0 && s[g].collected == 0);
    for (int g = 0; g < 3; g++) {
        for (int i = 0; i <= g; i++) {
            drop_ring();
            drop_ring();
            CHECK_INT(coil_gc_collect(g), 2);
        }
    }
    coil_gc_stats(s);
    for (size_t g = 0; g < 3; g++) {
        CHECK_SIZE(s[g].collections, g + 1);
        CHECK_SIZE(s[g].collected, 2 * (g + 1));
        CHECK_SIZE(s[g].uncollectable, 0);
    }
}

static char told[200];

static int tell(coil_obj *name, const coil_gc_info *info)
{
    size_t len = strlen(told);

    snprintf(told + len, sizeof told - len, "%s%s %d %zu %zu, ",
             name ? coil_str_bytes_borrowed(name, NULL) : "-",
             info->stop ? " stop" : " start", info->generation,
             info->collected, info->uncollectable);
    return coil_gc_collect(2) == 0 ? 0 : -1;    /* no run in a run */
}

TEST(callbacks_are_told_what_runs_and_what_it_found)
{
    coil_obj *name = MUST(coil_str_from("a"));

    coil_gc_disable();
    CHECK_OK(coil_gc_add_callback(tell, name));
    CHECK_OK(coil_gc_add_callback(tell, NULL));
    drop_ring();
    CHECK_INT(coil_gc_collect(1), 1);
    CHECK_STR(told, "a start 1 0 0, - start 1 0 0, "
                    "a stop 1 1 0, - stop 1 1 0, ");
    told[0] = '\0';
    CHECK_INT(coil_gc_remove_callback(tell, name), 1);
    CHECK_COUNT(name, 1);
    CHECK_INT(coil_gc_remove_callback(tell, name), 0);
    coil_gc_collect(0);
    CHECK_STR(told, "- start 0 0 0, - stop 0 0 0, ");
    CHECK_INT(coil_gc_remove_callback(tell, NULL), 1);
    coil_decref(name);
}

/* Removed within its own call, when it is its context's last owner. */
static int only_once(coil_obj *context, const coil_gc_info *info)
{
    CHECK(!info->stop);
    CHECK_INT(coil_gc_remove_callback(only_once, context), 1);
    CHECK_COUNT(context, 1);
    return 0;
}

TEST(a_callback_may_remove_itself)
{
    coil_obj *context = list_new();

    coil_gc_disable();
    CHECK_OK(coil_gc_add_callback(only_once, context));
    coil_decref(context);
    coil_gc_collect(2);
    CHECK_SIZE(coil_census_live(), 0);
    coil_gc_collect(2);
}

TEST(a_callback_that_is_no_function_is_a_checked_error)
{
    CHECK_ABORTS("checked error in coil_gc_add_callback",
                 coil_gc_add_callback(NULL, NULL));
}

/* ---- looking into the heap --------------------------------------- */

static void check_list(coil_obj *list, size_t n, coil_obj *const want[])
{
    MUST(list);
    CHECK_SIZE(coil_list_len(list), n);
    for (size_t i = 0; i < n; i++)
        CHECK_SAME(coil_list_get_borrowed(list, i), want[i]);
    coil_decref(list);
}

TEST(objects_are_listed_by_generation_in_birth_order)
{
    coil_obj *a, *b, *c;

    coil_gc_disable();
    a = list_new();
    coil_gc_collect(1);
    b = node();
    coil_gc_collect(0);
    c = MUST(pair_new(NULL, NULL));
    check_list(coil_gc_objects(0), 1, &c);
    check_list(coil_gc_objects(1), 1, &b);
    check_list(coil_gc_objects(2), 1, &a);
    check_list(coil_gc_objects(-1), 3, (coil_obj *[]){ a, b, c });
    coil_gc_untrack(c);
    check_list(coil_gc_objects(-1), 2, (coil_obj *[]){ a, b });
    coil_gc_freeze();
    check_list(coil_gc_objects(-1), 0, NULL);
    coil_decref(a), coil_decref(b), coil_decref(c);
}

TEST(referrers_are_those_that_hold_one_of_the_sought)
{
    coil_obj *a, *b, *holder, *twice, *sought, *frozen;

    coil_gc_disable();
    a = node(), b = node();
    frozen = MUST(coil_list_of(1, a));
    coil_gc_freeze();
    holder = MUST(coil_tuple_of(2, b, COIL_NONE));
    twice = MUST(coil_list_of(3, a, a, holder));
    sought = MUST(coil_list_of(2, a, b));
    check_list(coil_gc_referrers(sought), 2,
               (coil_obj *[]){ holder, twice });
    coil_list_clear(sought);
    CHECK_OK(coil_list_append(sought, holder));
    check_list(coil_gc_referrers(sought), 1, &twice);
    coil_list_clear(sought);
    check_list(coil_gc_referrers(sought), 0, NULL);
    coil_decref(a), coil_decref(b), coil_decref(holder);
    coil_decref(twice), coil_decref(sought), coil_decref(frozen);
}

TEST(referents_are_listed_object_by_object)
{
    coil_obj *d = MUST(coil_dict_new()), *t, *of, *n = node();

    coil_gc_disable();
    CHECK_OK(coil_dict_set(d, small(1), n));
    t = MUST(coil_tuple_of(2, n, COIL_TRUE));
    of = MUST(coil_list_of(4, d, small(5), t, t));
    check_list(coil_gc_referents(of), 6,
               (coil_obj *[]){ small(1), n, n, COIL_TRUE, n,
                               COIL_TRUE });
    coil_list_clear(of);
    check_list(coil_gc_referents(of), 0, NULL);
    coil_decref(d), coil_decref(t), coil_decref(of), coil_decref(n);
}

TEST(referrers_of_what_is_no_list_are_a_checked_error)
{
    CHECK_ABORTS("checked error in coil_gc_referrers",
                 coil_decref(coil_gc_referrers(COIL_NONE)));
    CHECK_ABORTS("checked error in coil_gc_referents",
                 coil_decref(coil_gc_referents(NULL)));
}

/* ---- freezing ---------------------------------------------------- */

TEST(what_is_frozen_is_left_alone_until_it_is_unfrozen)
{
    coil_obj *l, *m;
    size_t c[3];

    coil_gc_disable();
    l = list_new();
    CHECK_SIZE(coil_gc_frozen(), 0);
    coil_gc_freeze();
    coil_gc_counts(c);
    CHECK(c[0] == 0 && c[1] == 0 && c[2] == 0);
    m = list_new();
    CHECK_SIZE(coil_gc_frozen(), 1);
    CHECK_INT(coil_gc_generation(l), 3);
    CHECK_INT(coil_gc_generation(m), 0);
    coil_gc_freeze();
    CHECK_SIZE(coil_gc_frozen(), 2);
    coil_decref(m);
    CHECK_SIZE(coil_gc_frozen(), 1);
    CHECK_INT(coil_gc_collect(2), 0);
    CHECK_INT(coil_gc_generation(l), 3);
    coil_gc_unfreeze();
    CHECK_SIZE(coil_gc_frozen(), 0);
    CHECK_INT(coil_gc_generation(l), 2);
    coil_decref(l);
}

/* A frozen cycle once counted as leaked when its runtime closed, for
 * the last run began behind it. */
TEST(closing_a_runtime_collects_what_was_frozen)
{
    coil_runtime *outer = coil_runtime_current();
    coil_runtime *rt = coil_runtime_open(NULL);
    coil_obj *l;

    CHECK(rt != NULL);
    l = list_new();
    CHECK_OK(coil_list_append(l, l));
    coil_decref(l);
    coil_gc_freeze();
    CHECK_SIZE(coil_runtime_close(rt), 0);
    coil_runtime_enter(outer);
}

/* A finalizer freezes, or unfreezes: the run is not disturbed. */
static void freeze(coil_obj *self, void *context)
{
    (void)self;
    CHECK_SIZE(coil_gc_frozen(), 0);
    coil_gc_freeze();
    if (context != NULL)
        coil_gc_unfreeze();
    CHECK_SIZE(coil_gc_frozen(), 0);
}

TEST(freezing_within_a_run_takes_effect_at_its_end)
{
    coil_obj *living, *n;

    coil_gc_disable();
    living = list_new();
    for (int turn = 0; turn < 2; turn++) {
        n = MUST(node_new_final("n", freeze, turn ? living : NULL));
        CHECK_OK(node_set(n, "loop", n));
        coil_decref(n);
        CHECK_INT(coil_gc_collect(2), 1);
        CHECK_SIZE(coil_gc_frozen(), turn == 0);    /* the last wins */
        coili_gc_validate();
        coil_gc_unfreeze();
    }
    coil_decref(living);
}

/* ---- saved garbage ----------------------------------------------- */

TEST(garbage_can_be_saved_and_is_dropped_with_the_runtime)
{
    coil_options options = { .memory = test_memory };
    coil_runtime *rt = MUST(coil_runtime_open(&options));
    coil_obj *garbage, *same;

    coil_gc_disable();
    CHECK(coil_gc_debug() == 0);
    coil_gc_set_debug(COIL_GC_SAVE_ALL);
    CHECK(coil_gc_debug() == COIL_GC_SAVE_ALL);
    garbage = MUST(coil_gc_garbage());
    CHECK_SAME(same = MUST(coil_gc_garbage()), garbage);
    coil_decref(same);
    drop_ring();
    CHECK_INT(coil_gc_collect(2), 1);
    CHECK_SIZE(coil_list_len(garbage), 1);
    coil_decref(garbage);
    CHECK_SIZE(coil_census_of(&coil_list_type), 2);
    drop_ring();                        /* and one not yet found */
    CHECK_SIZE(coil_runtime_close(rt), 0);
    coil_runtime_enter(test_rt);
}

/* ---- watching a detection ---------------------------------------- */

static char seen[2000];
static coil_obj *shown[2];

static const char *const names[] = { "held", "garbage" };

static void watch(void *context, enum coil_gc_step step)
{
    char *text = NULL;
    size_t size;
    FILE *out = open_memstream(&text, &size);

    CHECK(context == seen);
    CHECK_OK(coil_dump_text(out, names, shown, 2));
    fclose(out);
    strcat(strcat(seen, step == COIL_GC_COUNTED ? "counted\n"
                                                : "marked\n"), text);
    free(text);
}

TEST(a_watcher_is_shown_both_steps_of_a_detection)
{
    coil_gc_disable();
    shown[0] = list_new();
    shown[1] = list_new();
    CHECK_OK(coil_list_append(shown[1], shown[1]));
    coil_decref(shown[1]);
    coil_gc_set_trace(watch, seen);
    CHECK_INT(coil_gc_collect(2), 1);
    coil_gc_set_trace(NULL, NULL);
    CHECK_STR(seen,
        "counted\n"
        "held is #1\n"
        "garbage is #2\n"
        "#1 list count 1 trial 1\n"
        "#2 list count 1 trial 0 -> #2\n"
        "marked\n"
        "held is #1\n"
        "garbage is #2\n"
        "#1 list count 1 reached\n"
        "#2 list count 1 garbage -> #2\n");
    CHECK_PRINTS("held is #1\n#1 list count 1\n", out,
                 CHECK_OK(coil_dump_text(out, names, shown, 1)));
    seen[0] = '\0';
    coil_gc_collect(2);
    CHECK_STR(seen, "");
    coil_decref(shown[0]);
}
