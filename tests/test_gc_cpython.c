/* In the spirit of CPython's own tests: Lib/test/test_gc.py,
 * test_finalization.py, test_weakref.py, and the test_track cases of
 * test_tuple.py and test_dict.py (3.11).  The names there are given
 * here. */
#include "coil/coil.h"
#include "support/coil_test.h"
#include "support/node.h"
#include "support/pair.h"

#define PYTHON_CHAINS
#include "support/python_tables.h"

#define LEN(array) (sizeof (array) / sizeof (array)[0])

/* ---- helpers ----------------------------------------------------- */

static coil_obj *list_new(void)
{
    return MUST(coil_list_new());
}

static void append(coil_obj *list, coil_obj *item)
{
    CHECK_OK(coil_list_append(list, item));
}

static void append_steal(coil_obj *list, coil_obj *item)
{
    CHECK_OK(coil_list_append_steal(list, item));
}

static coil_obj *small(int64_t value)
{
    return MUST(coil_int_new(value));
}

static void set_at(coil_obj *dict, int64_t key, coil_obj *value)
{
    CHECK_OK(coil_dict_set(dict, small(key), value));
}

/* x.key = value, which is stolen. */
static void give(coil_obj *x, const char *key, coil_obj *value)
{
    CHECK_OK(node_set_steal(x, key, value));
}

static void let(coil_obj *x, const char *key, coil_obj *value)
{
    CHECK_OK(node_set(x, key, value));
}

/* A node that holds itself, as C1055820 in test_gc.py. */
static coil_obj *looped(coil_obj *node)
{
    let(node, "loop", node);
    return node;
}

static coil_obj *plain_ref(coil_obj *o)
{
    return MUST(coil_weakref_new(o, NULL, NULL));
}

static bool is_dead(coil_obj *ref)
{
    coil_obj *o;

    coil_weakref_get(ref, &o);
    coil_decref(o);
    return o == NULL;
}

/* What callbacks and finalizers say. */
static char said[4000];

static void speak(const char *text)
{
    CHECK(strlen(said) + strlen(text) < sizeof said);
    strcat(said, text);
}

static void check_said(const char *want)
{
    CHECK_STR(said, want);
    said[0] = '\0';
}

/* A callback that says its context, a str. */
static int say(coil_obj *ref, coil_obj *text)
{
    CHECK(coil_weakref_get_borrowed(ref) == NULL);
    speak(coil_str_bytes_borrowed(text, NULL));
    return 0;
}

static coil_obj *saying(coil_obj *o, const char *text)
{
    coil_obj *s = MUST(coil_str_from(text));
    coil_obj *ref = MUST(coil_weakref_new(o, say, s));

    coil_decref(s);
    return ref;
}

static void say_name(coil_obj *self, void *context)
{
    (void)context;
    speak(node_name(self));
}

/* The runs by themselves would disturb the exact counts. */
#define GC_TEST(name)                                   \
    static void name ## _body(void);                    \
    TEST(name)                                          \
    {                                                   \
        coil_gc_disable();                              \
        name ## _body();                                \
        coili_gc_check();                               \
    }                                                   \
    static void name ## _body(void)

#include "internal/gc.h"

static void coili_gc_check(void)
{
    coili_gc_validate();
}

/* ---- test_gc.py: exact counts ------------------------------------ */

GC_TEST(test_list_dict_tuple)
{
    coil_obj *l = list_new(), *d = MUST(coil_dict_new()), *t;

    append(l, l);
    coil_decref(l);
    CHECK_INT(coil_gc_collect(2), 1);

    set_at(d, 1, d);
    coil_decref(d);
    CHECK_INT(coil_gc_collect(2), 1);

    l = list_new();
    t = MUST(coil_tuple_of(1, l));
    append(l, t);
    coil_decref(t);
    coil_decref(l);
    CHECK_INT(coil_gc_collect(2), 2);
    CHECK_SIZE(coil_census_live(), 0);
}

GC_TEST(a_set_of_a_node_that_holds_it_is_two)
{
    coil_obj *s = MUST(coil_set_new()), *n = MUST(node_new("n"));

    CHECK_OK(coil_set_add(s, n));
    give(n, "set", s);
    coil_decref(n);
    CHECK_INT(coil_gc_collect(2), 2);
}

GC_TEST(an_iterator_over_a_list_that_holds_it_is_two)
{
    coil_obj *l = list_new(), *it;

    append(l, COIL_NONE);
    it = MUST(coil_iter(l));
    append_steal(l, it);
    coil_decref(l);
    CHECK_INT(coil_gc_collect(2), 2);
}

/* test_trashcan: deep structures whose ends have finalizers that
 * collect */
static size_t ouches;

static void ouch(coil_obj *self, void *context)
{
    (void)self, (void)context;
    if (++ouches % 17 == 0)
        coil_gc_collect(2);
}

static coil_obj *nest(const coil_type *type, coil_obj *inner)
{
    coil_obj *end = MUST(node_new_final("ouch", ouch, NULL)), *outer;

    if (type == &coil_dict_type) {
        outer = MUST(coil_dict_new());
        set_at(outer, 0, inner);
        set_at(outer, 1, end);
    } else {
        outer = type == &coil_list_type
            ? MUST(coil_list_of(2, inner, end))
            : MUST(coil_tuple_of(2, inner, end));
    }
    coil_decref(inner);
    coil_decref(end);
    return outer;
}

TEST(test_trashcan)
{
    const coil_type *types[] = {
        &coil_list_type, &coil_tuple_type, &coil_dict_type,
    };

    coil_gc_set_threshold(50, 5, 5);
    for (size_t turn = 0; turn < 2; turn++)
        for (size_t k = 0; k < LEN(types); k++) {
            coil_obj *t = list_new();

            for (size_t i = 0; i < 150; i++)
                t = nest(types[k], t);
            coil_decref(t);
        }
    CHECK_SIZE(ouches, 2 * 3 * 150);
    CHECK_SIZE(coil_census_live(), 0);
}

/* test_boom, test_boom2: to collect is not to ask an object anything */
static size_t asked;

static int boom_repr(coil_obj *self, coil_text *out)
{
    (void)self, (void)out;
    asked++;
    return 0;
}

static int boom_hash(coil_obj *self, int64_t *hash)
{
    (void)self;
    asked++;
    *hash = 1;
    return 0;
}

static int boom_equal(coil_obj *self, coil_obj *other)
{
    (void)self, (void)other;
    asked++;
    return 1;
}

static int boom_truth(coil_obj *self)
{
    (void)self;
    asked++;
    return 0;
}

static int boom_traverse(coil_obj *self, coil_visit_fn *visit,
                         void *arg)
{
    return pair_type.traverse(self, visit, arg);
}

static void boom_clear(coil_obj *self)
{
    pair_type.clear(self);
}

static coil_type boom_type = {
    .head = COIL_TYPE_HEAD,
    .name = "boom",
    .size = sizeof(struct pair),
    .traverse = boom_traverse,
    .clear = boom_clear,
    .release = boom_clear,
    .repr = boom_repr,
    .hash = boom_hash,
    .equal = boom_equal,
    .truth = boom_truth,
};

GC_TEST(test_boom)
{
    struct pair *a = MUST(coil_object_new(&boom_type));
    struct pair *b = MUST(coil_object_new(&boom_type));

    a->first = &b->head;        /* each owns the other */
    b->first = &a->head;
    CHECK_INT(coil_gc_collect(2), 2);
    CHECK_SIZE(asked, 0);
    CHECK_SIZE(coil_census_live(), 0);
}

/* ---- test_gc.py: callbacks and finalizers around garbage --------- */

static coil_obj *watched[2];    /* weak references */
static size_t seen_dead, callback_calls;

static int look_at_both(coil_obj *ref, coil_obj *context)
{
    (void)ref, (void)context;
    callback_calls++;
    for (size_t i = 0; i < 2; i++)
        seen_dead += is_dead(watched[i]);
    return 0;
}

GC_TEST(test_bug1055820b)
{
    for (size_t i = 0; i < 2; i++) {
        coil_obj *c = looped(MUST(node_new("c")));

        watched[i] = MUST(coil_weakref_new(c, look_at_both, NULL));
        coil_decref(c);
    }
    CHECK_SIZE(callback_calls, 0);
    CHECK_INT(coil_gc_collect(2), 2);
    CHECK_SIZE(callback_calls, 2);
    CHECK_SIZE(seen_dead, 4);
    coil_decref(watched[0]);
    coil_decref(watched[1]);
}

static int look_at_one(coil_obj *ref, coil_obj *context)
{
    (void)ref, (void)context;
    callback_calls++;
    seen_dead += is_dead(watched[0]);
    return 0;
}

static void finalizer_looks(coil_obj *self, void *context)
{
    (void)self, (void)context;
    callback_calls++;
    seen_dead += is_dead(watched[0]);
}

/* An old object that only young garbage holds, and a young one that a
 * weak reference leads to. */
static void old_and_young(coil_obj *old, coil_weak_fn *fn)
{
    coil_obj *young, *other, *ref;

    coil_gc_collect(2);
    young = looped(MUST(node_new("young")));
    give(young, "old", old);
    let(old, "loop", NULL);
    other = looped(MUST(node_new("other")));
    watched[0] = plain_ref(other);
    ref = MUST(coil_weakref_new(old, fn, NULL));
    coil_decref(young);
    coil_decref(other);
    CHECK_INT(coil_gc_collect(0), 2);
    CHECK_SIZE(callback_calls, 1);
    CHECK_SIZE(seen_dead, 1);
    CHECK(is_dead(ref));
    CHECK_INT(coil_gc_collect(2), 0);
    coil_decref(ref);
    coil_decref(watched[0]);
}

GC_TEST(test_bug1055820c)
{
    old_and_young(looped(MUST(node_new("old"))), look_at_one);
}

GC_TEST(test_bug1055820d)
{
    old_and_young(looped(MUST(node_new_final("old", finalizer_looks,
                                             NULL))), NULL);
}

/* ---- test_gc.py: generations, statistics, freezing --------------- */

GC_TEST(test_collect_generations)
{
    size_t c[3];

    coil_gc_collect(2);
    coil_gc_collect(0);
    coil_gc_counts(c);
    CHECK_SIZE(c[1], 1);
    CHECK_SIZE(c[2], 0);
    coil_gc_collect(1);
    coil_gc_counts(c);
    CHECK_SIZE(c[1], 0);
    CHECK_SIZE(c[2], 1);
    coil_gc_collect(2);
    coil_gc_counts(c);
    CHECK_SIZE(c[1], 0);
    CHECK_SIZE(c[2], 0);
}

static bool contains(int generation, coil_obj *o)
{
    coil_obj *all = MUST(coil_gc_objects(generation));
    bool found = false;

    for (size_t i = 0; i < coil_list_len(all); i++)
        found = found || coil_list_get_borrowed(all, i) == o;
    coil_decref(all);
    return found;
}

GC_TEST(test_get_objects_generations)
{
    coil_obj *l;

    coil_gc_collect(2);
    l = list_new();
    for (int g = 0; g < 3; g++) {
        for (int k = 0; k < 3; k++)
            CHECK_INT(contains(k, l), k == g);
        CHECK(contains(-1, l));
        CHECK_INT(coil_gc_generation(l), g);
        coil_gc_collect(g);
    }
    CHECK(contains(2, l));
    CHECK_NULL(coil_gc_objects(3));
    CHECK_ERROR(COIL_VALUE_ERROR, "invalid generation");
    CHECK_NULL(coil_gc_objects(-2));
    CHECK_ERROR(COIL_VALUE_ERROR, "invalid generation");
    coil_decref(l);
    CHECK(!contains(-1, l));
}

GC_TEST(test_get_stats)
{
    coil_gc_stat before[3], after[3];
    coil_obj *l = list_new();

    append_steal(l, l);         /* it owns itself */
    coil_gc_stats(before);
    coil_gc_collect(0);
    coil_gc_stats(after);
    CHECK_SIZE(after[0].collections, before[0].collections + 1);
    CHECK_SIZE(after[1].collections, before[1].collections);
    CHECK_SIZE(after[2].collections, before[2].collections);
    CHECK_SIZE(after[0].collected, before[0].collected + 1);
    coil_gc_collect(2);
    coil_gc_stats(before);
    CHECK_SIZE(before[0].collections, after[0].collections);
    CHECK_SIZE(before[2].collections, after[2].collections + 1);
    CHECK_SIZE(before[2].collected, after[2].collected);
    CHECK_SIZE(before[2].uncollectable, 0);
}

GC_TEST(test_freeze)
{
    coil_obj *l = list_new();

    coil_gc_freeze();
    CHECK(coil_gc_frozen() > 0);
    CHECK_INT(coil_gc_generation(l), 3);
    CHECK(!contains(-1, l));
    append(l, l);
    coil_decref(l);
    CHECK_INT(coil_gc_collect(2), 0);
    coil_gc_unfreeze();
    CHECK_SIZE(coil_gc_frozen(), 0);
    CHECK_INT(coil_gc_generation(l), 2);
    CHECK_INT(coil_gc_collect(2), 1);
}

/* test_get_count_nonnegative: more is released than was made since the
 * last run */
GC_TEST(test_get_count_nonnegative)
{
    coil_obj *l = list_new();
    size_t c[3];

    for (int i = 0; i < 1000; i++)
        append_steal(l, list_new());
    coil_gc_collect(0);
    coil_gc_counts(c);
    CHECK_SIZE(c[0], 0);
    coil_list_clear(l);
    coil_gc_counts(c);
    CHECK_SIZE(c[0], 0);
    append_steal(l, list_new());
    coil_gc_counts(c);
    CHECK_SIZE(c[0], 1);
    coil_decref(l);
}

/* test_indirect_calls_with_gc_disabled: by hand it works all the
 * same */
GC_TEST(test_collect_when_disabled)
{
    coil_obj *l = list_new();

    append_steal(l, l);
    CHECK(!coil_gc_is_enabled());
    coil_gc_set_threshold(1, 0, 0);
    coil_decref(MUST(pair_new_steal(list_new(), list_new())));
    CHECK_SIZE(coil_census_of(&coil_list_type), 1);
    CHECK_INT(coil_gc_collect(2), 1);
    CHECK(!coil_gc_is_enabled());
}

GC_TEST(test_saveall)
{
    coil_obj *l = list_new(), *garbage = MUST(coil_gc_garbage());
    coil_obj *n = MUST(node_new_final("n", say_name, NULL));

    CHECK_SIZE(coil_list_len(garbage), 0);
    coil_gc_set_debug(COIL_GC_SAVE_ALL);
    append(l, l);
    coil_decref(l);
    CHECK_INT(coil_gc_collect(2), 1);
    CHECK_SIZE(coil_list_len(garbage), 1);
    CHECK_SAME(coil_list_get_borrowed(garbage, 0), l);
    let(n, "me", n);
    coil_decref(n);
    CHECK_INT(coil_gc_collect(2), 1);
    check_said("n");
    CHECK_SAME(coil_list_get_borrowed(garbage, 1), n);
    coil_gc_set_debug(0);
    coil_list_clear(garbage);
    CHECK_INT(coil_gc_collect(2), 2);
    check_said("");             /* never a second time */
    coil_decref(garbage);
}

/* GCCallbackTests.test_collect */
static size_t starts, stops;

static int count_runs(coil_obj *context, const coil_gc_info *info)
{
    CHECK_SAME(context, COIL_NONE);
    CHECK_INT(info->generation, 2);
    CHECK(starts == stops + (info->stop ? 1 : 0));
    if (info->stop)
        stops++;
    else
        starts++;
    return 0;
}

static int callback_fails(coil_obj *context, const coil_gc_info *info)
{
    (void)context, (void)info;
    coil_error_set(COIL_VALUE_ERROR, "not now");
    return -1;
}

GC_TEST(test_callbacks_of_runs)
{
    CHECK_OK(coil_gc_add_callback(count_runs, COIL_NONE));
    coil_gc_collect(2);
    CHECK_SIZE(starts, 1);
    CHECK_SIZE(stops, 1);
    CHECK_OK(coil_gc_add_callback(callback_fails, NULL));
    coil_gc_collect(2);
    CHECK_IGNORED(COIL_VALUE_ERROR, "not now",
                  "callback of the collector");
    CHECK_IGNORED(COIL_VALUE_ERROR, "not now",
                  "callback of the collector");
    CHECK_INT(coil_gc_remove_callback(callback_fails, NULL), 1);
    CHECK_INT(coil_gc_remove_callback(count_runs, COIL_NONE), 1);
    CHECK_INT(coil_gc_remove_callback(count_runs, COIL_NONE), 0);
    coil_gc_collect(2);
    CHECK_SIZE(starts, 2);
    CHECK_SIZE(stops, 2);
}

/* test_refcount_errors: a count that is too small is diagnosed */
GC_TEST(test_refcount_errors)
{
    CHECK_ABORTS("refcount is too small",
        coil_obj *l = list_new();
        append(l, l);
        append(l, l);
        coil_decref(l);
        coil_decref(l);         /* one too many: 1 for 2 references */
        coil_gc_collect(2));
}

/* ---- test_gc.py: resurrection ------------------------------------ */

static coil_obj *revived;
static size_t revivals;

static void revive(coil_obj *self, void *context)
{
    (void)context;
    revivals++;
    revived = coil_incref(self);
}

GC_TEST(test_resurrection_only_happens_once_per_object)
{
    coil_obj *a = MUST(node_new_final("a", revive, NULL));

    looped(a);
    coil_decref(a);
    CHECK_INT(coil_gc_collect(2), 0);
    CHECK_SIZE(revivals, 1);
    CHECK_SAME(revived, a);
    CHECK(coil_gc_is_finalized(a));
    CHECK(coil_gc_is_tracked(a));
    COIL_CLEAR(revived);
    CHECK_INT(coil_gc_collect(2), 1);
    CHECK_SIZE(revivals, 1);
    CHECK_SIZE(coil_census_live(), 0);
}

GC_TEST(test_resurrection_is_transitive)
{
    coil_obj *cargo = MUST(node_new("cargo"));
    coil_obj *a = MUST(node_new_final("a", revive, NULL));

    let(a, "cargo", cargo);
    give(cargo, "lazarus", a);
    coil_decref(cargo);
    CHECK_INT(coil_gc_collect(2), 0);
    CHECK_SAME(node_get_borrowed(revived, "cargo"), cargo);
    CHECK_SAME(node_get_borrowed(cargo, "lazarus"), revived);
    CHECK(!coil_gc_is_finalized(cargo));
    COIL_CLEAR(revived);
    CHECK_INT(coil_gc_collect(2), 2);
}

GC_TEST(test_resurrection_does_not_block_cleanup_of_other_objects)
{
    coil_obj *z = looped(MUST(node_new_final("z", revive, NULL)));

    for (int i = 0; i < 100; i++)
        coil_decref(looped(MUST(node_new("x"))));
    coil_decref(z);
    CHECK_INT(coil_gc_collect(2), 100);
    CHECK_SAME(revived, z);
    COIL_CLEAR(revived);
    CHECK_INT(coil_gc_collect(2), 1);
}

/* One that came back and is old is found by a full run only. */
GC_TEST(the_revived_are_old)
{
    coil_obj *a = looped(MUST(node_new_final("a", revive, NULL)));

    coil_decref(a);
    CHECK_INT(coil_gc_collect(2), 0);
    CHECK_INT(coil_gc_generation(a), 2);
    COIL_CLEAR(revived);
    CHECK_INT(coil_gc_collect(1), 0);
    CHECK_INT(coil_gc_collect(2), 1);
}

/* ---- test_finalization.py ---------------------------------------- */

struct chain {
    coil_obj *back;             /* list of those that came back */
    char order[20];
};

static void called(coil_obj *self, struct chain *chain)
{
    size_t len = strlen(chain->order);

    CHECK(len + 1 < sizeof chain->order);
    chain->order[len] = node_name(self)[0];
    chain->order[len + 1] = '\0';
}

static void chain_final(coil_obj *self, void *context)
{
    called(self, context);
}

static void chain_cuts(coil_obj *self, void *context)
{
    called(self, context);
    let(self, "left", NULL);
    let(self, "right", NULL);
}

static void chain_back(coil_obj *self, void *context)
{
    struct chain *chain = context;

    called(self, chain);
    append(chain->back, self);
}

static void build(struct chain *chain, const char *kinds)
{
    static const char *const names[] = {
        "0", "1", "2", "3", "4", "5", "6", "7", "8", "9",
    };
    size_t len = strlen(kinds);
    coil_obj *link[LEN(names)];

    CHECK(len <= LEN(names));
    for (size_t i = 0; i < len; i++) {
        node_fn *fn = kinds[i] == 'f' ? chain_final
                    : kinds[i] == 'x' ? chain_cuts : chain_back;

        link[i] = MUST(kinds[i] == 's' ? node_new(names[i])
                       : node_new_final(names[i], fn, chain));
    }
    for (size_t i = 0; i < len; i++) {
        size_t left = (i + len - 1) % len;

        let(link[i], "left", link[left]);
        let(link[left], "right", link[i]);
    }
    for (size_t i = 0; i < len; i++)
        coil_decref(link[i]);
}

static size_t living_nodes(void)
{
    return coil_census_of(&node_type) +
           coil_census_of(&node_final_type);
}

static void run_chain(size_t i, int generation)
{
    struct chain chain = { list_new(), "" };

    build(&chain, python_chains[i].kinds);
    if (generation == 0) {      /* the list must not be of that age */
        CHECK_INT(coil_gc_collect(0), python_chains[i].first);
    } else {
        CHECK_INT(coil_gc_collect(2), python_chains[i].first);
    }
    CHECK_STR(chain.order, python_chains[i].order);
    CHECK_SIZE(coil_list_len(chain.back), python_chains[i].came);
    CHECK_SIZE(living_nodes(), python_chains[i].lives);
    coil_list_clear(chain.back);
    CHECK_INT(coil_gc_collect(2), python_chains[i].second);
    CHECK_SIZE(living_nodes(), 0);
    CHECK_STR(chain.order, python_chains[i].order);
    coil_decref(chain.back);
}

/* CycleChainFinalizationTest, every chain of up to four and some
 * longer: the same results, and the same order, as in Python. */
GC_TEST(test_cycle_chains)
{
    for (size_t i = 0; i < LEN(python_chains); i++) {
        run_chain(i, 2);
        run_chain(i, 0);
    }
}

/* SimpleFinalizationTest: without any cycle */
GC_TEST(test_simple_finalization)
{
    coil_obj *n = MUST(node_new_final("n", say_name, NULL));
    coil_obj *ref = plain_ref(n);

    coil_decref(n);
    check_said("n");
    CHECK(is_dead(ref));
    CHECK_INT(coil_gc_collect(2), 0);
    coil_decref(ref);
}

/* SelfCycleFinalizationTest.test_simple_suicide: it cuts its own
 * cycle */
static void cut_loop(coil_obj *self, void *context)
{
    (void)context;
    speak("cut ");
    let(self, "loop", NULL);
}

GC_TEST(test_self_cycle_suicide)
{
    coil_obj *n = looped(MUST(node_new_final("n", cut_loop, NULL)));
    coil_obj *ref = plain_ref(n);

    coil_decref(n);
    CHECK_INT(coil_gc_collect(2), 0);
    check_said("cut ");
    CHECK(is_dead(ref));
    CHECK_SIZE(living_nodes(), 0);
    coil_decref(ref);
}

/* test_non_gc_resurrect with weak references: they are gone before */
GC_TEST(a_weak_reference_to_a_revived_object_is_dead)
{
    coil_obj *n = looped(MUST(node_new_final("n", revive, NULL)));
    coil_obj *ref = saying(n, "gone");

    coil_decref(n);
    CHECK_INT(coil_gc_collect(2), 0);
    CHECK_SAME(revived, n);
    check_said("gone");
    CHECK(is_dead(ref));
    CHECK_SIZE(coil_weakref_count(n), 0);
    coil_decref(ref);
    ref = plain_ref(n);         /* new ones can be made */
    CHECK(!is_dead(ref));
    COIL_CLEAR(revived);
    CHECK_INT(coil_gc_collect(2), 1);
    CHECK(is_dead(ref));
    coil_decref(ref);
}

/* Finalizers may build, break and collect as they like. */
static void rebuild(coil_obj *self, void *context)
{
    coil_obj *n = looped(MUST(node_new("new")));

    (void)context;
    let(self, "more", n);
    coil_decref(n);
    for (int i = 0; i < 50; i++) {
        coil_obj *l = list_new();

        append_steal(l, l);
    }
    CHECK_INT(coil_gc_collect(2), 0);
}

GC_TEST(finalizers_may_make_garbage_and_attach_objects)
{
    for (int i = 0; i < 20; i++)
        coil_decref(looped(MUST(node_new_final("n", rebuild, NULL))));
    /* The twenty are found, and freed; what they made is young and free
     * of them, or garbage for the next run. */
    CHECK_INT(coil_gc_collect(2), 20);
    CHECK_INT(coil_gc_collect(2), 20 + 20 * 50);
    CHECK_SIZE(coil_census_live(), 0);
}

/* ---- test_weakref.py: references and callbacks ------------------- */

GC_TEST(test_multiple_callbacks)
{
    coil_obj *o = MUST(node_new("o"));
    coil_obj *a = saying(o, "a "), *b = saying(o, "b ");

    CHECK(a != b);
    coil_decref(o);
    check_said("b a ");
    CHECK(is_dead(a) && is_dead(b));
    coil_decref(a);
    coil_decref(b);
}

GC_TEST(test_multiple_selfref_callbacks)
{
    coil_obj *o = MUST(node_new("o"));

    give(o, "one", saying(o, "one "));
    give(o, "two", saying(o, "two "));
    coil_decref(o);             /* they are released with it */
    CHECK_SIZE(coil_census_live(), 0);
    said[0] = '\0'; /* which of them is called is not fixed */
}

GC_TEST(test_ref_reuse)
{
    coil_obj *o = MUST(node_new("o")), *a = plain_ref(o), *b, *p;

    p = MUST(coil_proxy_new(o, NULL, NULL));
    b = plain_ref(o);
    CHECK_SAME(b, a);
    CHECK_SIZE(coil_weakref_count(o), 2);
    coil_decref(p);
    CHECK_SIZE(coil_weakref_count(o), 1);
    coil_decref(a);
    CHECK_SIZE(coil_weakref_count(o), 1);
    coil_decref(b);
    CHECK_SIZE(coil_weakref_count(o), 0);
    a = plain_ref(o);
    CHECK_SIZE(coil_weakref_count(o), 1);
    coil_decref(a);
    coil_decref(o);
}

GC_TEST(test_proxy_reuse)
{
    coil_obj *o = MUST(node_new("o"));
    coil_obj *p = MUST(coil_proxy_new(o, NULL, NULL));
    coil_obj *q = MUST(coil_proxy_new(o, NULL, NULL)), *s;

    CHECK_SAME(p, q);
    s = MUST(coil_proxy_get(p));
    CHECK_SAME(s, o);
    coil_decref(s);
    coil_decref(q);
    coil_decref(o);
    CHECK_NULL(coil_proxy_get(p));
    CHECK_ERROR(COIL_REFERENCE_ERROR,
                "weakly-referenced object no longer exists");
    coil_decref(p);
}

GC_TEST(test_getweakrefs)
{
    coil_obj *o = MUST(node_new("o")), *list;
    coil_obj *a = saying(o, ""), *b = saying(o, ""),
             *plain = plain_ref(o);

    list = MUST(coil_weakref_list(o));
    CHECK_SIZE(coil_list_len(list), 3);
    CHECK_SAME(coil_list_get_borrowed(list, 0), plain);
    CHECK_SAME(coil_list_get_borrowed(list, 1), b);
    CHECK_SAME(coil_list_get_borrowed(list, 2), a);
    coil_decref(list);
    list = MUST(coil_weakref_list(a));      /* of something without */
    CHECK_SIZE(coil_list_len(list), 0);
    coil_decref(list);
    coil_decref(a), coil_decref(b), coil_decref(plain);
    coil_decref(o);
}

/* test_callbacks_protected: an error on its way up is not disturbed,
 * and the callback may use the library */
static int callback_works(coil_obj *ref, coil_obj *context)
{
    coil_obj *l = list_new();

    (void)ref;
    CHECK_NO_ERROR();
    append(l, context);
    append_steal(l, l);
    CHECK_INT(coil_gc_collect(2), 1);
    coil_error_set(COIL_TYPE_ERROR, "ignored");
    return -1;
}

GC_TEST(test_callbacks_protected)
{
    coil_obj *o = MUST(node_new("o"));
    coil_obj *ref =
        MUST(coil_weakref_new(o, callback_works, COIL_NONE));

    coil_error_set(COIL_KEY_ERROR, "on its way");
    coil_decref(o);
    CHECK_ERROR(COIL_KEY_ERROR, "on its way");
    CHECK_IGNORED(COIL_TYPE_ERROR, "ignored", "callback of weakref");
    coil_decref(ref);
}

/* test_sf_bug_840829: the callback collects while its object dies */
static int callback_collects(coil_obj *ref, coil_obj *context)
{
    (void)ref, (void)context;
    callback_calls++;
    coil_gc_collect(2);
    return 0;
}

GC_TEST(test_sf_bug_840829)
{
    coil_obj *l, *ref, *c = MUST(node_new("c"));

    ref = MUST(coil_weakref_new(c, callback_collects, NULL));
    coil_decref(c);
    CHECK_SIZE(callback_calls, 1);
    coil_decref(ref);

    l = list_new(); /* now in the midst of a list that dies */
    for (int i = 0; i < 10; i++) {
        c = MUST(node_new("c"));
        give(c, "list", list_new());
        append_steal(
            l, MUST(coil_weakref_new(c, callback_collects, NULL)));
        append_steal(l, c);
    }
    coil_decref(l);
    CHECK_SIZE(callback_calls, 1 + 10); /* each c goes before its ref */
    CHECK_SIZE(coil_census_live(), 0);

    c = looped(MUST(node_new("c")));
    ref = MUST(coil_weakref_new(c, callback_collects, NULL));
    coil_decref(c);             /* and within a collection */
    CHECK_INT(coil_gc_collect(2), 1);
    CHECK_SIZE(callback_calls, 12);
    coil_decref(ref);
}

/* test_callback_in_cycle: the reference, its object and its callback's
 * context are all garbage */
static int must_not_be_called(coil_obj *ref, coil_obj *context)
{
    (void)ref, (void)context;
    speak("never");
    return 0;
}

GC_TEST(test_callback_in_cycle)
{
    coil_obj *j = looped(MUST(node_new("J")));
    coil_obj *i = MUST(node_new("II"));

    let(i, "J", j);
    give(i, "wr", MUST(coil_weakref_new(j, must_not_be_called, i)));
    coil_decref(i);
    coil_decref(j);
    coil_gc_collect(2);
    check_said("");
    CHECK_SIZE(coil_census_live(), 0);
}

GC_TEST(test_callback_reachable_one_way)
{
    coil_obj *c1 = MUST(node_new("c1")), *c2 = MUST(node_new("c2"));

    let(c2, "me", c2);
    let(c2, "c1", c1);
    give(c2, "wr", MUST(coil_weakref_new(c1, must_not_be_called, c2)));
    coil_decref(c1);
    coil_decref(c2);
    coil_gc_collect(2);
    check_said("");
    CHECK_SIZE(coil_census_live(), 0);
}

/* test_callback_different_classes: the finalizer of the same garbage */
GC_TEST(test_callback_different_classes)
{
    coil_obj *c1 = MUST(node_new_final("c1", say_name, NULL));
    coil_obj *c2 = MUST(node_new("c2"));

    let(c2, "me", c2);
    let(c2, "c1", c1);
    give(c2, "wr", MUST(coil_weakref_new(c1, must_not_be_called, c2)));
    coil_decref(c1);
    coil_decref(c2);
    coil_gc_collect(2);
    check_said("c1");
    CHECK_SIZE(coil_census_live(), 0);
}

/* test_callback_in_cycle_resurrection */
static coil_obj *taken;

static int takes_context(coil_obj *ref, coil_obj *context)
{
    (void)ref;
    speak("taken");
    taken = coil_incref(node_get_borrowed(context, "c"));
    return 0;
}

GC_TEST(test_callback_in_cycle_resurrection)
{
    coil_obj *c1 = MUST(node_new("c1")), *c2 = MUST(node_new("c2"));
    coil_obj *class = MUST(node_new("C")), *wr = saying(class, "C");

    let(c1, "class", class);
    let(c2, "class", class);
    let(c1, "c", c2);
    let(c2, "c", c1);
    give(c1, "wr", MUST(coil_weakref_new(c2, takes_context, c1)));
    give(c2, "wr", MUST(coil_weakref_new(c1, takes_context, c2)));
    coil_decref(c1), coil_decref(c2), coil_decref(class);
    check_said("");
    coil_gc_collect(2);
    check_said("C");            /* only the one outside */
    CHECK_NULL(taken);
    CHECK_SIZE(living_nodes(), 0);
    coil_decref(wr);
}

/* test_callbacks_on_callback: weak references to what the callbacks
 * hold */
GC_TEST(test_callbacks_on_callback)
{
    coil_obj *c = MUST(node_new("c")), *d = MUST(node_new("d"));
    coil_obj *callback = MUST(node_new("cb")), *external;

    let(callback, "self", c);
    let(c, "other", d);
    let(d, "other", c);
    give(c, "wr",
         MUST(coil_weakref_new(d, must_not_be_called, callback)));
    give(d, "wr",
         MUST(coil_weakref_new(callback, must_not_be_called, d)));
    external = saying(callback, "safe");
    CHECK(!is_dead(external));
    coil_decref(c), coil_decref(d), coil_decref(callback);
    check_said("");
    coil_gc_collect(2);
    check_said("safe");
    CHECK_SIZE(living_nodes(), 0);
    coil_decref(external);
}

/* The same with a callback that belongs to the garbage only through its
 * reference: it is held from outside, so it is called. */
GC_TEST(a_reference_outside_is_called_whatever_its_context)
{
    coil_obj *c = looped(MUST(node_new("c")));
    coil_obj *name = MUST(node_new("context"));
    coil_obj *ref = MUST(coil_weakref_new(c, callback_collects, name));

    let(name, "c", c);          /* the context holds the object */
    coil_decref(name);
    coil_decref(c);
    CHECK_INT(coil_gc_collect(2), 0);       /* ref keeps both */
    CHECK(!is_dead(ref));
    coil_decref(ref);
    CHECK_INT(coil_gc_collect(2), 1);
    CHECK_SIZE(callback_calls, 0);
}

/* A callback makes the dead visible to nobody, and may make new weak
 * references to what still lives. */
static int makes_references(coil_obj *ref, coil_obj *context)
{
    (void)ref;
    coil_decref(plain_ref(context));
    coil_decref(saying(context, "never"));
    callback_calls++;
    return 0;
}

GC_TEST(callbacks_may_make_references)
{
    coil_obj *alive = MUST(node_new("alive")), *l = list_new();

    for (int i = 0; i < 100; i++) {
        coil_obj *c = looped(MUST(node_new("c")));

        append_steal(
            l, MUST(coil_weakref_new(c, makes_references, alive)));
        coil_decref(c);
    }
    CHECK_INT(coil_gc_collect(2), 100);
    CHECK_SIZE(callback_calls, 100);
    CHECK_SIZE(coil_weakref_count(alive), 0);
    coil_decref(l);
    coil_decref(alive);
}

/* ---- test_weakref.py: hash and equality -------------------------- */

struct key {
    coil_obj head;
    int64_t value;
    char ignored;
};

static coil_obj *mutated;       /* list; shortened by each comparison */

static int64_t key_of(coil_obj *o)
{
    return ((struct key *)o)->value;
}

static int key_hash(coil_obj *self, int64_t *hash)
{
    *hash = key_of(self);
    return 0;
}

static int key_equal(coil_obj *self, coil_obj *other);

static coil_type key_type = {
    .head = COIL_TYPE_HEAD, .name = "key", .size = sizeof(struct key),
    .weak = true, .hash = key_hash, .equal = key_equal,
};

static int key_equal(coil_obj *self, coil_obj *other)
{
    int64_t a = key_of(self);

    if (!coil_is(other, &key_type))
        return COIL_UNKNOWN;
    if (mutated != NULL && coil_list_len(mutated) > 0)
        coil_decref(MUST(coil_list_pop(mutated)));
    return a == key_of(other);
}

static coil_obj *key_new(int64_t value)
{
    struct key *k = MUST(coil_object_new(&key_type));

    k->value = value;
    return &k->head;
}

GC_TEST(test_equality)
{
    coil_obj *x = key_new(1), *y = key_new(1), *z = key_new(2);
    coil_obj *a = plain_ref(x), *b = plain_ref(y), *c = plain_ref(z);
    coil_obj *d = saying(x, "");

    CHECK_INT(coil_equal(a, b), 1);
    CHECK_INT(coil_equal(a, c), 0);
    CHECK_INT(coil_equal(a, d), 1);
    CHECK_INT(coil_equal(a, a), 1);
    CHECK_INT(coil_equal(a, x), 0);
    CHECK_INT(coil_equal(a, COIL_NONE), 0);
    coil_decref(x), coil_decref(y), coil_decref(z);
    CHECK_INT(coil_equal(a, b), 0);
    CHECK_INT(coil_equal(a, c), 0);
    CHECK_INT(coil_equal(a, d), 0);
    CHECK_INT(coil_equal(a, a), 1);
    coil_decref(a), coil_decref(b), coil_decref(c), coil_decref(d);
}

GC_TEST(test_hashing)
{
    coil_obj *x = key_new(42), *y = key_new(42);
    coil_obj *a = plain_ref(x), *b = plain_ref(y);
    int64_t hash;

    CHECK_OK(coil_hash(a, &hash));
    CHECK_INT(hash, 42);
    coil_decref(x), coil_decref(y);
    CHECK_OK(coil_hash(a, &hash));
    CHECK_INT(hash, 42);
    CHECK_INT(coil_hash(b, &hash), -1);
    CHECK_ERROR(COIL_TYPE_ERROR, "weak object has gone away");
    coil_decref(a), coil_decref(b);
}

/* ---- test_weakref.py: releases and dictionaries ------------------ */

/* test_trashcan_16602: callbacks along a chain that is being released
 * try to get hold of the objects whose release waits */
static coil_obj *dict_16602;
static size_t zombies;

static int look_at_child(coil_obj *ref, coil_obj *wself)
{
    coil_obj *o;

    (void)ref;
    coil_weakref_get(wself, &o);
    if (o != NULL && coil_count(o) < 2)
        zombies++;
    coil_decref(o);
    return 0;
}

GC_TEST(test_trashcan_16602)
{
    coil_obj *root = MUST(node_new("root")), *c = coil_incref(root);

    dict_16602 = MUST(coil_weak_keys_new());
    for (int i = 0; i < 1000; i++) {
        coil_obj *child = MUST(node_new("child")), *wself;

        wself = plain_ref(child);
        give(child, "wparent",
             MUST(coil_weakref_new(c, look_at_child, wself)));
        coil_decref(wself);
        CHECK_OK(coil_weak_keys_set(dict_16602, c, child));
        coil_decref(c);
        c = child;
    }
    coil_decref(c);
    CHECK_SIZE(coil_weak_keys_len(dict_16602), 1000);
    coil_decref(root);
    coil_gc_collect(2);
    CHECK_SIZE(coil_weak_keys_len(dict_16602), 0);
    CHECK_SIZE(zombies, 0);
    CHECK_SIZE(living_nodes(), 0);
    COIL_CLEAR(dict_16602);
}

/* test_weak_keyed_cascading_deletes: to take one key out, the
 * dictionary compares, and comparing drops other keys */
GC_TEST(test_weak_keyed_cascading_deletes)
{
    coil_obj *d = MUST(coil_weak_keys_new()), *objects = list_new();
    size_t deleted = 0;

    for (int64_t i = 0; i < 4; i++) {
        coil_obj *k = key_new(i);

        CHECK_OK(coil_weak_keys_set(d, k, small(i)));
        append_steal(objects, k);
    }
    mutated = objects;
    for (size_t i = 0; i < coil_list_len(objects); i++) {
        coil_obj *k = MUST(coil_list_get(objects, i));

        deleted++;
        if (coil_weak_keys_delete(d, k) < 0) {
            CHECK(coil_error_is(COIL_KEY_ERROR));
            coil_error_clear();
        }
        coil_decref(k);
    }
    mutated = NULL;
    coil_list_clear(objects);
    CHECK(deleted >= 1);
    CHECK_SIZE(coil_weak_keys_len(d), 0);
    CHECK_SIZE(coil_census_of(&key_type), 0);
    coil_decref(objects);
    coil_decref(d);
}

/* test_weak_values_destroy_while_iterating, and its like for keys */
GC_TEST(test_weak_dicts_destroy_while_iterating)
{
    coil_obj *values = MUST(coil_weak_values_new());
    coil_obj *keys = MUST(coil_weak_keys_new());
    coil_obj *nodes = list_new(), *list;

    for (int64_t i = 0; i < 20; i++) {
        coil_obj *n = MUST(node_new("n"));

        CHECK_OK(coil_weak_values_set(values, small(i), n));
        CHECK_OK(coil_weak_keys_set(keys, n, small(i)));
        append_steal(nodes, n);
    }
    list = MUST(coil_weak_values_list(values));
    coil_list_clear(nodes);     /* the list keeps them */
    CHECK_SIZE(coil_list_len(list), 20);
    CHECK_SIZE(coil_weak_values_len(values), 20);
    for (size_t i = 20; i-- > 0; ) {
        CHECK_OK(coil_list_delete(list, i));
        CHECK_SIZE(coil_weak_values_len(values), i);
        CHECK_SIZE(coil_weak_keys_len(keys), i);
    }
    coil_decref(list), coil_decref(nodes);
    coil_decref(values), coil_decref(keys);
}

GC_TEST(test_weak_values_replaced_value)
{
    coil_obj *d = MUST(coil_weak_values_new());
    coil_obj *a = MUST(node_new("a")), *b = MUST(node_new("b")), *found;

    CHECK_OK(coil_weak_values_set(d, small(1), a));
    CHECK_OK(coil_weak_values_set(d, small(1), b));
    coil_decref(a);             /* must not take b's entry along */
    CHECK_INT(coil_weak_values_get(d, small(1), &found), 1);
    CHECK_SAME(found, b);
    coil_decref(found);
    CHECK_OK(coil_weak_values_delete(d, small(1)));
    CHECK_INT(coil_weak_values_delete(d, small(1)), -1);
    CHECK_ERROR(COIL_KEY_ERROR, "1");
    coil_decref(b);
    CHECK_SIZE(coil_weak_values_len(d), 0);
    coil_decref(d);
}

GC_TEST(weak_dicts_lose_their_entries_in_a_collection)
{
    coil_obj *values = MUST(coil_weak_values_new());
    coil_obj *keys = MUST(coil_weak_keys_new());

    for (int64_t i = 0; i < 50; i++) {
        coil_obj *n = looped(MUST(node_new("n")));

        CHECK_OK(coil_weak_values_set(values, small(i), n));
        CHECK_OK(coil_weak_keys_set(keys, n, small(i)));
        coil_decref(n);
    }
    CHECK_INT(coil_gc_collect(2), 50);
    CHECK_SIZE(coil_weak_values_len(values), 0);
    CHECK_SIZE(coil_weak_keys_len(keys), 0);
    coil_decref(values), coil_decref(keys);
}

/* ---- test_weakref.py: FinalizeTestCase --------------------------- */

static int say_context(coil_obj *text)
{
    speak(coil_str_bytes_borrowed(text, NULL));
    return 0;
}

static int finalize_fails(coil_obj *context)
{
    (void)context;
    coil_error_set(COIL_VALUE_ERROR, "cannot");
    return -1;
}

static coil_obj *promise(coil_obj *o, const char *text)
{
    coil_obj *s = MUST(coil_str_from(text));
    coil_obj *f = MUST(coil_finalize_new(o, say_context, s));

    coil_decref(s);
    return f;
}

GC_TEST(test_finalize)
{
    coil_obj *o = MUST(node_new("o")), *f = promise(o, "f"), *seen;

    CHECK(coil_finalize_alive(f));
    CHECK_INT(coil_finalize_peek(f, &seen), 1);
    CHECK_SAME(seen, o);
    coil_decref(seen);
    CHECK_INT(coil_finalize_call(f), 1);
    check_said("f");
    CHECK(!coil_finalize_alive(f));
    CHECK_INT(coil_finalize_call(f), 0);
    CHECK_INT(coil_finalize_detach(f), 0);
    CHECK_INT(coil_finalize_peek(f, &seen), 0);
    CHECK_NULL(seen);
    coil_decref(f);

    f = promise(o, "g");
    CHECK_INT(coil_finalize_detach(f), 1);
    CHECK(!coil_finalize_alive(f));
    coil_decref(f);

    f = promise(o, "h");
    coil_decref(o);
    check_said("h");
    CHECK(!coil_finalize_alive(f));
    coil_decref(f);
}

GC_TEST(test_finalize_order)
{
    coil_obj *o = MUST(node_new("o"));

    coil_decref(promise(o, "1"));
    coil_decref(promise(o, "2"));
    coil_decref(promise(o, "3"));
    coil_decref(o);
    check_said("321");
}

GC_TEST(test_finalize_all_freed)
{
    coil_obj *o = MUST(node_new("o")), *context = MUST(node_new("c"));
    coil_obj *ref = plain_ref(context);
    coil_obj *f = MUST(coil_finalize_new(o, finalize_fails, context));

    coil_decref(context);
    CHECK(!is_dead(ref));
    coil_decref(o);
    CHECK_IGNORED(COIL_VALUE_ERROR, "cannot", "callback of weakref");
    CHECK(is_dead(ref));
    coil_decref(f), coil_decref(ref);
}

GC_TEST(test_finalize_by_hand_passes_the_error_on)
{
    coil_obj *o = MUST(node_new("o"));
    coil_obj *f = MUST(coil_finalize_new(o, finalize_fails, NULL));

    CHECK_INT(coil_finalize_call(f), -1);
    CHECK_ERROR(COIL_VALUE_ERROR, "cannot");
    CHECK(!coil_finalize_alive(f));
    coil_decref(f);
    coil_decref(o);
}

TEST(test_finalize_atexit)
{
    coil_options options = { .memory = test_memory,
                             .unraisable = test_unraisable };
    size_t bytes = test_bytes();
    coil_runtime *rt = MUST(coil_runtime_open(&options));
    coil_obj *o = MUST(node_new("o")), *f;

    coil_decref(promise(o, "1"));
    f = promise(o, "2");
    coil_finalize_at_close(f, false);
    coil_decref(f);
    coil_decref(promise(o, "3"));
    looped(o);
    coil_decref(o);             /* a cycle: alive until the end */
    check_said("");
    CHECK_SIZE(coil_runtime_close(rt), 0);
    check_said("31");
    CHECK_SIZE(test_bytes(), bytes);
    coil_runtime_enter(test_rt);
}

GC_TEST(a_finalize_runs_when_its_object_is_collected)
{
    coil_obj *o = looped(MUST(node_new("o")));

    coil_decref(promise(o, "gone"));
    coil_decref(o);
    check_said("");
    CHECK_INT(coil_gc_collect(2), 1);
    check_said("gone");
}

/* ---- test_tuple.py and test_dict.py: what is watched at all ------ */

GC_TEST(test_track_literals)
{
    coil_obj *t = MUST(coil_tuple_new(0));

    CHECK(!coil_gc_is_tracked(t));
    CHECK(coil_count(t) >= COIL_IMMORTAL);
    t = MUST(coil_tuple_of(3, small(1), COIL_NONE, COIL_TRUE));
    CHECK(coil_gc_is_tracked(t));
    coil_gc_collect(0);
    CHECK(!coil_gc_is_tracked(t));
    coil_decref(t);
}

GC_TEST(test_track_dynamic_tuples)
{
    coil_obj *atoms = MUST(coil_tuple_of(1, small(1)));
    coil_obj *nested = MUST(coil_tuple_of(2, atoms, atoms));
    coil_obj *l = list_new();
    coil_obj *holding = MUST(coil_tuple_of(2, l, atoms));
    coil_obj *outer = MUST(coil_tuple_of(1, holding));

    coil_gc_collect(0);
    CHECK(!coil_gc_is_tracked(atoms));
    coil_gc_collect(1);         /* at the latest, the second time */
    CHECK(!coil_gc_is_tracked(nested));
    CHECK(coil_gc_is_tracked(holding));
    CHECK(coil_gc_is_tracked(outer));
    coil_gc_collect(2);
    CHECK(coil_gc_is_tracked(holding));
    CHECK(coil_gc_is_tracked(outer));
    coil_decref(atoms), coil_decref(nested), coil_decref(l);
    coil_decref(holding), coil_decref(outer);
}

GC_TEST(test_track_dicts)
{
    coil_obj *d = MUST(coil_dict_new()), *l = list_new();
    coil_obj *atoms = MUST(coil_tuple_of(1, small(1)));

    CHECK(!coil_gc_is_tracked(d));
    set_at(d, 1, small(2));
    set_at(d, 2, COIL_NONE);
    CHECK(!coil_gc_is_tracked(d));
    coil_gc_collect(2);
    set_at(d, 3, atoms);        /* not tracked any more */
    CHECK(!coil_gc_is_tracked(d));
    set_at(d, 4, l);
    CHECK(coil_gc_is_tracked(d));
    CHECK_OK(coil_dict_delete(d, small(4)));
    CHECK(coil_gc_is_tracked(d));
    coil_gc_collect(0);
    CHECK(coil_gc_is_tracked(d));
    coil_gc_collect(2);         /* a full run lets go of it */
    CHECK(!coil_gc_is_tracked(d));
    set_at(d, 4, l);
    CHECK(coil_gc_is_tracked(d));
    coil_decref(d), coil_decref(l), coil_decref(atoms);
}

GC_TEST(lists_sets_and_instances_are_tracked_from_birth)
{
    coil_obj *all[] = { list_new(), MUST(coil_set_new()),
                        MUST(node_new("n")) };

    for (size_t i = 0; i < LEN(all); i++) {
        CHECK(coil_gc_is_tracked(all[i]));
        coil_gc_collect(2);
        CHECK(coil_gc_is_tracked(all[i]));
        coil_decref(all[i]);
    }
    CHECK(!coil_gc_is_tracked(COIL_NONE));
    CHECK(!coil_gc_is_tracked(small(1)));
}

/* ---- random graphs --------------------------------------------------
 * The story: what was reached while the last references were being
 * looked at counted as held, but what it held in turn did not, and a
 * live structure was freed.  So graphs of every shape are built here,
 * some objects of them are held, and what must live is worked out by a
 * search of our own. */

#define MOST_OBJECTS 60

static uint64_t random_state;

static size_t random_below(size_t n)
{
    random_state = random_state * UINT64_C(6364136223846793005)
        + UINT64_C(1442695040888963407);
    return (size_t)(random_state >> 33) % n;
}

static coil_obj *random_object(void)
{
    switch (random_below(4)) {
    case 0: return MUST(coil_dict_new());
    case 1: return MUST(node_new("n"));
    case 2: return MUST(pair_new(NULL, NULL));
    default: return list_new();
    }
}

/* from refers to to; returns whether the object could take it. */
static bool refer(coil_obj *from, coil_obj *to, int64_t number)
{
    static const char *const keys[] = {
        "a", "b", "c", "d", "e", "f", "g", "h", "i", "j",
    };

    if (coil_is(from, &pair_type)) {
        struct pair *p = pair_of(from);

        if (p->first != NULL && p->second != NULL)
            return false;
        *(p->first ? &p->second : &p->first) = coil_incref(to);
    } else if (coil_is(from, &coil_list_type)) {
        append(from, to);
    } else if (coil_is(from, &coil_dict_type)) {
        set_at(from, number % 200, to);
    } else {
        const char *key = keys[number % 10];

        if (node_get_borrowed(from, key) != NULL)
            return false;
        let(from, key, to);
    }
    return true;
}

struct graph {
    size_t len;
    coil_obj *object[MOST_OBJECTS];     /* owned while held */
    bool held[MOST_OBJECTS], edge[MOST_OBJECTS][MOST_OBJECTS];
};

static void random_graph(struct graph *g)
{
    size_t edges;

    memset(g, 0, sizeof *g);
    g->len = 1 + random_below(MOST_OBJECTS);
    for (size_t i = 0; i < g->len; i++)
        g->object[i] = random_object();
    edges = random_below(3 * g->len);
    for (size_t k = 0; k < edges; k++) {
        size_t from = random_below(g->len), to = random_below(g->len);

        /* A dict's key must not be used twice. */
        if (refer(g->object[from], g->object[to], (int64_t)k % 180))
            g->edge[from][to] = true;
    }
}

static size_t reachable(struct graph *g, bool *live)
{
    size_t todo[MOST_OBJECTS], len = 0, count = 0;

    for (size_t i = 0; i < g->len; i++)
        if ((live[i] = g->held[i]))
            todo[len++] = i;
    while (len > 0) {
        size_t from = todo[--len];

        count++;
        for (size_t to = 0; to < g->len; to++)
            if (g->edge[from][to] && !live[to]) {
                live[to] = true;
                todo[len++] = to;
            }
    }
    return count;
}

static void let_go_of_some(struct graph *g, size_t one_in)
{
    for (size_t i = 0; i < g->len; i++) {
        g->held[i] = random_below(one_in) == 0;
        if (!g->held[i])
            COIL_CLEAR(g->object[i]);
    }
}

GC_TEST(every_shape_of_live_graph_survives)
{
    static struct graph g;
    bool live[MOST_OBJECTS];

    for (int turn = 0; turn < 3000; turn++) {
        random_state = (uint64_t)turn;
        random_graph(&g);
        if (random_below(2) == 0)       /* some are older than others */
            coil_gc_collect((int)random_below(3));
        let_go_of_some(&g, 1 + random_below(8));
        coil_gc_collect(2);
        CHECK_SIZE(coil_census_live(), reachable(&g, live));
        for (size_t i = 0; i < g.len; i++)
            COIL_CLEAR(g.object[i]);
        coil_gc_collect(2);
        CHECK_SIZE(coil_census_live(), 0);
    }
}
