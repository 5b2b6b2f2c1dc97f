/* The collector's second engine, for containers in pools, alone and
 * together with the first.  Each test has a runtime of its own, with
 * pools and the memory hook of the tests. */
#include <stdio.h>

#include "coil/coil.h"
#include "coil/pools.h"
#include "internal/gc.h"
#include "support/coil_test.h"
#include "support/node.h"

#define LEN(array) (sizeof (array) / sizeof (array)[0])

/* ---- a runtime with pools, or without ---------------------------- */

static coil_runtime *open_runtime(unsigned pools)
{
    coil_options options = {
        .memory = test_memory, .unraisable = test_unraisable,
        .hash_seed = 1, .pools = pools,
    };
    coil_runtime *rt = MUST(coil_runtime_open(&options));

    coil_gc_disable();
    return rt;
}

static void close_runtime(coil_runtime *rt)
{
    coili_gc_validate();
    CHECK_SIZE(coil_runtime_close(rt), 0);
    coil_runtime_enter(test_rt);
}

#define POOL_TEST(name)                                  \
    static void name ## _body(void);                     \
    TEST(name)                                           \
    {                                                    \
        coil_runtime *rt = open_runtime(COIL_POOLS_ON);  \
                                                         \
        name ## _body();                                 \
        close_runtime(rt);                               \
    }                                                    \
    static void name ## _body(void)

static struct coili_marks *marks(void)
{
    return &coili_gc_now()->marks;
}

static bool has_marks(coil_obj *o)
{
    return (o->gc & COILI_BESIDE) != 0;
}

/* ---- containers that are too big for a pool ---------------------- */

static char said[100000];

static void say(const char *text)
{
    CHECK(strlen(said) + strlen(text) < sizeof said);
    strcat(said, text);
}

static void check_said(const char *want)
{
    CHECK_STR(said, want);
    said[0] = '\0';
}

struct big {
    coil_obj head;
    coil_obj *next;             /* owned, or NULL */
    const char *name;
    char room[600];
};

static int big_traverse(coil_obj *self, coil_visit_fn *visit, void *arg)
{
    COIL_VISIT(((struct big *)self)->next);
    return 0;
}

static void big_clear(coil_obj *self)
{
    COIL_CLEAR(((struct big *)self)->next);
}

static void big_finalize(coil_obj *self)
{
    if (((struct big *)self)->name != NULL)
        say(((struct big *)self)->name);
}

static coil_type big_type = {
    .head = COIL_TYPE_HEAD, .name = "big", .size = sizeof(struct big),
    .weak = true, .traverse = big_traverse, .clear = big_clear,
    .finalize = big_finalize, .release = big_clear,
};

static coil_obj *big_new(const char *name)
{
    struct big *b = MUST(coil_object_new(&big_type));

    b->name = name;
    return &b->head;
}

static void big_set(coil_obj *big, coil_obj *next)
{
    coil_obj *old = ((struct big *)big)->next;

    ((struct big *)big)->next = next ? coil_incref(next) : NULL;
    coil_decref(old);
}

static void say_node(coil_obj *self, void *context)
{
    (void)context;
    say(node_name(self));
}

static coil_obj *node_saying(const char *name)
{
    return MUST(node_new_final(name, say_node, NULL));
}

static coil_obj *list_new(void)
{
    return MUST(coil_list_new());
}

static void append(coil_obj *list, coil_obj *item)
{
    CHECK_OK(coil_list_append(list, item));
}

/* A list that holds itself and, if any, the other. */
static coil_obj *loop(coil_obj *other)
{
    coil_obj *l = list_new();

    append(l, l);
    if (other != NULL)
        append(l, other);
    return l;
}

static coil_obj *tuple_of_many(size_t n, coil_obj *item)
{
    coil_obj *t = MUST(coil_tuple_new(n));

    for (size_t i = 0; i < n; i++)
        CHECK_OK(coil_tuple_set_steal(t, i, coil_incref(item)));
    return t;
}

/* ---- both engines in one collection ------------------------------ */

POOL_TEST(small_containers_have_marks_and_big_ones_slots)
{
    coil_obj *l = list_new(), *b = big_new(NULL);

    CHECK(has_marks(l) && coil_gc_is_tracked(l));
    CHECK(!has_marks(b) && coil_gc_is_tracked(b));
    CHECK_SIZE(marks()->tracked, 1);
    CHECK_SIZE(coili_gc_now()->tracked, 1);
    coil_gc_untrack(l);
    coil_gc_untrack(b);
    CHECK(!coil_gc_is_tracked(l) && !coil_gc_is_tracked(b));
    CHECK_OK(coil_gc_track(l));
    CHECK_OK(coil_gc_track(b));
    CHECK(coil_gc_is_tracked(l) && coil_gc_is_tracked(b));
    coil_decref(l);
    coil_decref(b);
    CHECK_SIZE(marks()->tracked, 0);
}

/* A birth stands where another container has its slot, and both count
 * up from the same small numbers. */
POOL_TEST(the_vector_leaves_marks_alone_when_a_birth_is_also_a_slot)
{
    coil_obj *holder = big_new(NULL), *held = big_new("held ");
    coil_obj *first = list_new(), *l;   /* the first makes the marks */

    marks()->births = held->gc & COILI_PLACE;
    l = list_new();
    CHECK_INT(l->gc & COILI_BIRTH, held->gc & COILI_PLACE);
    big_set(holder, l);
    append(first, l);
    CHECK_INT(coil_gc_collect(2), 0);
    check_said("");             /* nothing was taken off held */
    CHECK_COUNT(held, 1);
    big_set(held, held);
    coil_decref(held);
    CHECK_INT(coil_gc_collect(2), 1);
    check_said("held ");        /* to reach l reached nobody else */
    coil_decref(first);
    coil_decref(l);
    CHECK_INT(coil_gc_collect(2), 0);
    coil_decref(holder);
}

/* A slot of zero says that the object is not tracked. */
POOL_TEST(a_container_is_tracked_whose_birth_is_zero)
{
    coil_obj *first = list_new(), *l;

    marks()->births = 0;
    l = loop(NULL);
    CHECK_INT(l->gc & COILI_BIRTH, 0);
    CHECK(has_marks(l) && coil_gc_is_tracked(l));
    CHECK_INT(coil_gc_generation(l), 0);
    coil_decref(l);
    CHECK_INT(coil_gc_collect(0), 1);
    coil_decref(first);
}

/* list -> tuple of 100 -> list ... -> the first */
POOL_TEST(a_ring_through_pools_and_hook_is_found_whole)
{
    for (size_t len = 1; len < 40; len++) {
        coil_obj *first = list_new(), *at = coil_incref(first);

        for (size_t i = 0; i < len; i++) {
            coil_obj *next = list_new();
            coil_obj *t = tuple_of_many(100, next);

            CHECK(has_marks(next) && !has_marks(t));
            append(at, t);
            coil_decref(t);
            coil_decref(at);
            at = next;
        }
        append(at, first);
        coil_decref(at);
        CHECK_INT(coil_gc_collect(2), 0);
        coil_decref(first);
        CHECK_INT(coil_gc_collect(2), (ptrdiff_t)(1 + 2 * len));
        CHECK_SIZE(coil_census_live(), 0);
        coili_gc_validate();
    }
}

/* A long way, so that each engine must call the other again and
 * again. */
POOL_TEST(what_only_a_path_through_both_reaches_lives)
{
    coil_obj *head = list_new(), *at = head, *end;

    for (int i = 0; i < 3000; i++) {
        coil_obj *next = i % 3 == 1 ? big_new(NULL) : loop(NULL);

        if (has_marks(at))
            append(at, next);
        else
            big_set(at, next);
        coil_decref(next);
        at = next;
    }
    end = coil_incref(at);
    CHECK_INT(coil_gc_collect(2), 0);
    CHECK_COUNT(end, has_marks(end) ? 3 : 2);
    coil_decref(head);
    CHECK_INT(coil_gc_collect(2), 2999);
    coil_decref(end);
    CHECK_INT(coil_gc_collect(2), 1);
}

POOL_TEST(dead_of_each_kind_let_go_of_the_living_of_the_other)
{
    coil_obj *l = list_new(), *b = big_new(NULL), *dead;

    dead = loop(b);
    append(dead, COIL_NONE);
    coil_decref(dead);
    dead = big_new(NULL);
    append(l, l);
    big_set(dead, l);
    CHECK_COUNT(l, 3);
    append(l, dead);            /* the big one dies with the list */
    coil_decref(dead);
    CHECK_COUNT(b, 2);
    CHECK_INT(coil_gc_collect(2), 1);
    CHECK_COUNT(b, 1);
    coil_decref(l);
    CHECK_INT(coil_gc_collect(2), 2);
    coil_decref(b);
    CHECK_SIZE(coil_census_live(), 0);
}

/* ---- the order of birth ------------------------------------------ */

/* The C library's may keep equals in order; this one turns them round,
 * so that no order leans on it. */
void qsort(void *base, size_t n, size_t size,
           int (*compare)(const void *, const void *))
{
    void **a = base;

    CHECK_SIZE(size, sizeof *a);
    for (size_t i = 1; i < n; i++) {
        void *x = a[i];
        size_t k = i;

        for (; k > 0 && compare(&a[k - 1], &x) >= 0; k--)
            a[k] = a[k - 1];
        a[k] = x;
    }
}

/* Bs are big, ns are nodes; each is in a ring of its own. */
static void make_words(const char *kinds)
{
    static char names[100][24];

    for (size_t i = 0; kinds[i] != '\0'; i++) {
        coil_obj *o, *l;

        snprintf(names[i], sizeof names[i], "%zu ", i);
        o = kinds[i] == 'B' ? big_new(names[i]) : node_saying(names[i]);
        l = loop(o);
        if (kinds[i] == 'B')
            big_set(o, l);
        else
            CHECK_OK(node_set(o, "loop", l));
        coil_decref(l);
        coil_decref(o);
    }
}

POOL_TEST(finalizers_run_in_the_order_of_birth_over_both_engines)
{
    make_words("BnnBBnBnnnB");
    CHECK_INT(coil_gc_collect(2), 22);
    check_said("0 1 2 3 4 5 6 7 8 9 10 ");
}

POOL_TEST(the_order_of_birth_outlives_a_new_start_of_the_counter)
{
    for (uint32_t before = 0; before < 40; before += 3) {
        marks()->births = COILI_BIRTH - before;
        make_words("nBnnBBnBnnnBn");
        CHECK_INT(coil_gc_collect(0), 26);
        check_said("0 1 2 3 4 5 6 7 8 9 10 11 12 ");
        coili_gc_validate();
    }
}

/* Freed blocks are used again in another order than that of addresses,
 * and different sizes lie in different pools. */
POOL_TEST(the_order_of_birth_is_not_that_of_addresses)
{
    coil_obj *hole[200];

    for (size_t i = 0; i < LEN(hole); i++)
        hole[i] = MUST(node_new("hole"));
    for (size_t i = 0; i < LEN(hole); i++)
        coil_decref(hole[i * 77 % LEN(hole)]);
    make_words("nnnnnnBnnnnnnnnnnnnnnnnnnBn");
    CHECK_INT(coil_gc_collect(2), 54);
    check_said("0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 "
               "21 22 23 24 25 26 ");
}

POOL_TEST(the_older_generation_speaks_first)
{
    coil_obj *old = node_saying("old "), *l = loop(old), *young;

    coil_gc_collect(1);
    marks()->births += COILI_BIRTH - 5;     /* seems younger */
    young = node_saying("young ");
    CHECK_OK(node_set(young, "l", l));
    append(l, young);
    coil_decref(l), coil_decref(old), coil_decref(young);
    CHECK_INT(coil_gc_collect(2), 3);
    check_said("old young ");
}

POOL_TEST(objects_are_shown_in_the_order_of_birth)
{
    coil_obj *o[30], *all;

    for (size_t i = 0; i < LEN(o); i++)
        o[i] = i % 4 == 2 ? big_new(NULL)
            : i % 4 == 3 ? MUST(node_new("n")) : list_new();
    all = MUST(coil_gc_objects(0));
    CHECK_SIZE(coil_list_len(all), LEN(o));
    for (size_t i = 0; i < LEN(o); i++)
        CHECK_SAME(coil_list_get_borrowed(all, i), o[i]);
    coil_decref(all);
    for (size_t i = 0; i < LEN(o); i++)
        coil_decref(o[i]);
}

/* Room for the one that is tracked next is made by closing holes. */
POOL_TEST(the_order_of_birth_outlives_the_closing_of_holes)
{
    enum { MANY = 255, GONE = 100 };
    coil_obj *first = list_new(), *big[MANY], *mid = NULL, *last, *all;
    size_t len;

    coil_gc_disable();
    for (int i = 0; i < MANY; i++) {
        big[i] = MUST(coil_tuple_new(100));
        if (i == 200)
            mid = list_new();
    }
    for (int i = 0; i < GONE; i++)
        coil_decref(big[i]);
    last = MUST(coil_tuple_new(100));
    all = MUST(coil_gc_objects(-1));
    len = coil_list_len(all);
    CHECK_SIZE(len, 3 + MANY - GONE);
    CHECK_SAME(coil_list_get_borrowed(all, 0), first);
    CHECK_SAME(coil_list_get_borrowed(all, 1 + 201 - GONE), mid);
    CHECK_SAME(coil_list_get_borrowed(all, len - 1), last);
    coil_decref(all), coil_decref(last), coil_decref(mid);
    coil_decref(first);
    for (int i = GONE; i < MANY; i++)
        coil_decref(big[i]);
}

/* Objects of several sizes, each with last words, that own another. */
struct sized {
    coil_obj head;
    coil_obj *link;
};

static int sized_traverse(coil_obj *o, coil_visit_fn *visit, void *arg)
{
    COIL_VISIT(((struct sized *)o)->link);
    return 0;
}

static void sized_clear(coil_obj *o)
{
    COIL_CLEAR(((struct sized *)o)->link);
}

static void sized_words(coil_obj *o)
{
    (void)o;
}

#define SIZED(bytes)                                                \
    {                                                               \
        .head = COIL_TYPE_HEAD, .name = "sized", .size = (bytes),   \
        .weak = true, .traverse = sized_traverse,                   \
        .clear = sized_clear, .release = sized_clear,               \
        .finalize = sized_words,                                    \
    }

static coil_type sized_types[] = {
    SIZED(64), SIZED(128), SIZED(192), SIZED(256), SIZED(320), SIZED(384),
};

static int never_called(coil_obj *ref, coil_obj *context)
{
    (void)ref, (void)context;
    return 0;
}

/* The context is alive, and has a weak reference whose own context is
 * among the dead: they can be reached in this way, and emptied. */
static int empty_the_dead(coil_obj *ref, coil_obj *context)
{
    coil_obj *l = MUST(coil_weakref_list(context));
    coil_obj *refs = MUST(coil_gc_referents(l));

    (void)ref;
    coil_list_clear(coil_list_get_borrowed(refs, 0));
    coil_decref(refs), coil_decref(l);
    return 0;
}

/* With arenas of one pool each, those of the dead are then empty. */
TEST(a_callback_may_free_those_who_wait_for_their_last_words)
{
    coil_options options = {
        .pools = COIL_POOLS_ON | COIL_POOLS_DIRECT,
        .pool_size = 1 << 16, .pool_arena = 1 << 16,
    };
    coil_runtime *rt = MUST(coil_runtime_open(&options));
    coil_obj *live, *ring, *w, *ref;

    coil_gc_disable();
    live = MUST(coil_object_new(&sized_types[0]));
    ring = list_new();
    append(ring, ring);
    for (size_t i = 0; i < LEN(sized_types); i++)
        CHECK_OK(coil_list_append_steal(ring,
                                        coil_object_new(&sized_types[i])));
    w = coil_list_get(ring, LEN(sized_types));
    ref = MUST(coil_weakref_new(w, empty_the_dead, live));
    coil_decref(w);
    CHECK_OK(coil_list_append_steal(
        ring, coil_weakref_new(live, never_called, ring)));
    coil_decref(ring);
    coil_gc_collect(2);
    coil_decref(ref), coil_decref(live);
    CHECK_SIZE(coil_runtime_close(rt), 0);
    coil_runtime_enter(test_rt);
}

/* ---- generations and freezing ------------------------------------ */

POOL_TEST(generations_are_kept_beside_the_pools)
{
    coil_obj *a = list_new(), *b, *c, *d;

    coil_gc_collect(1);
    b = list_new();
    coil_gc_collect(0);
    c = list_new();
    CHECK_INT(coil_gc_generation(a), 2);
    CHECK_INT(coil_gc_generation(b), 1);
    CHECK_INT(coil_gc_generation(c), 0);
    coil_gc_freeze();
    d = list_new();
    CHECK_INT(coil_gc_generation(a), 3);
    CHECK_INT(coil_gc_generation(c), 3);
    CHECK_INT(coil_gc_generation(d), 0);
    CHECK_SIZE(coil_gc_frozen(), 3);
    coil_gc_collect(0);
    CHECK_INT(coil_gc_generation(d), 1);
    coili_gc_validate();
    coil_gc_unfreeze();
    CHECK_INT(coil_gc_generation(b), 2);
    CHECK_INT(coil_gc_generation(d), 1);
    CHECK_SIZE(coil_gc_frozen(), 0);
    coil_decref(a), coil_decref(b), coil_decref(c), coil_decref(d);
}

/* The place of an old object is taken by a new one. */
POOL_TEST(who_takes_the_place_of_the_old_is_young)
{
    coil_obj *l = list_new(), *was = l;

    coil_gc_collect(2);
    CHECK_INT(coil_gc_generation(l), 2);
    coil_decref(l);
    l = list_new();
    CHECK_SAME(l, was);
    CHECK_INT(coil_gc_generation(l), 0);
    coil_gc_freeze();
    coil_decref(l);
    l = list_new();
    CHECK_SAME(l, was);
    CHECK_INT(coil_gc_generation(l), 0);
    CHECK_SIZE(coil_gc_frozen(), 0);
    append(l, l);
    coil_decref(l);
    CHECK_INT(coil_gc_collect(0), 1);
}

POOL_TEST(a_young_run_leaves_old_garbage_alone)
{
    coil_obj *l = loop(NULL);

    coil_gc_collect(0);
    coil_decref(l);
    CHECK_INT(coil_gc_collect(0), 0);
    coil_decref(loop(NULL));
    CHECK_INT(coil_gc_collect(0), 1);
    CHECK_INT(coil_gc_collect(1), 1);
}

POOL_TEST(frozen_garbage_waits)
{
    coil_obj *l = loop(NULL);

    coil_gc_freeze();
    coil_decref(l);
    CHECK_INT(coil_gc_collect(2), 0);
    coil_gc_unfreeze();
    CHECK_INT(coil_gc_collect(1), 0);
    CHECK_INT(coil_gc_collect(2), 1);
}

/* ---- tuples of atoms --------------------------------------------- */

/* The outer ones lie in other pools, some before the inner. */
POOL_TEST(nested_tuples_of_atoms_are_let_go_at_once)
{
    coil_obj *early = MUST(coil_tuple_of(4, COIL_NONE, COIL_NONE,
                                         COIL_NONE, COIL_NONE));
    coil_obj *a = MUST(coil_tuple_of(1, COIL_TRUE));
    coil_obj *b = MUST(coil_tuple_of(4, a, a, a, a));
    coil_obj *c = MUST(coil_tuple_of(1, b));
    coil_obj *l = list_new(), *d = MUST(coil_tuple_of(2, c, l));

    CHECK_INT(coil_gc_collect(0), 0);
    CHECK(!coil_gc_is_tracked(early) && !coil_gc_is_tracked(a));
    CHECK(!coil_gc_is_tracked(b) && !coil_gc_is_tracked(c));
    CHECK(coil_gc_is_tracked(d) && coil_gc_is_tracked(l));
    coil_decref(early), coil_decref(a), coil_decref(b);
    coil_decref(c), coil_decref(d), coil_decref(l);
}

POOL_TEST(a_big_tuple_of_plain_ones_is_let_go)
{
    coil_obj *a = MUST(coil_tuple_of(1, COIL_TRUE));
    coil_obj *b = tuple_of_many(100, a);
    coil_obj *c = MUST(coil_tuple_of(1, b));

    CHECK_INT(coil_gc_collect(2), 0);
    CHECK(!coil_gc_is_tracked(a) && !coil_gc_is_tracked(b));
    CHECK(!coil_gc_is_tracked(c));
    coil_decref(a), coil_decref(b), coil_decref(c);
}

/* A dict of atoms may get others: its holder must be looked at again. */
POOL_TEST(a_big_tuple_of_a_dict_of_atoms_is_not_let_go)
{
    coil_obj *d = MUST(coil_dict_new());
    coil_obj *t = tuple_of_many(100, d);

    CHECK_INT(coil_dict_set(d, COIL_NONE, COIL_TRUE), 0);
    CHECK_INT(coil_gc_collect(2), 0);
    CHECK(!coil_gc_is_tracked(d) && coil_gc_is_tracked(t));
    CHECK_INT(coil_dict_set(d, COIL_NONE, t), 0);
    coil_decref(d), coil_decref(t);
    CHECK_INT(coil_gc_collect(2), 2);
}

/* The tables are made at the first container in a pool; those in the
 * vector by then had births in memory that was not there. */
POOL_TEST(big_tuples_may_come_before_the_first_marks)
{
    enum { MANY = 1000 };
    static coil_obj *t[MANY];
    coil_obj *l, *all;

    for (int i = 0; i < MANY; i++)
        t[i] = MUST(coil_tuple_new(100));
    CHECK(marks()->span == 0);
    l = list_new();
    CHECK(marks()->span > 0);
    for (int i = 0; i < MANY; i += 2)
        COIL_CLEAR(t[i]);
    CHECK_INT(coil_gc_collect(2), 0);
    all = MUST(coil_gc_objects(-1));
    for (int i = 0; i < MANY / 2; i++)
        CHECK_SAME(coil_list_get_borrowed(all, (size_t)i), t[2 * i + 1]);
    CHECK_SAME(coil_list_get_borrowed(all, MANY / 2), l);
    coil_decref(all), coil_decref(l);
    for (int i = 0; i < MANY; i++)
        coil_decref(t[i]);
}

POOL_TEST(a_dict_of_atoms_is_let_go_by_a_full_run_alone)
{
    coil_obj *d = MUST(coil_dict_new()), *l = list_new();

    CHECK_OK(coil_dict_set(d, COIL_NONE, l));
    CHECK_OK(coil_dict_set(d, COIL_NONE, COIL_TRUE));
    coil_decref(l);
    CHECK(coil_gc_is_tracked(d));
    coil_gc_collect(0);
    coil_gc_collect(1);
    CHECK(coil_gc_is_tracked(d));
    coil_gc_collect(2);
    CHECK(!coil_gc_is_tracked(d));
    coil_decref(d);
}

/* ---- last words -------------------------------------------------- */

static coil_obj *saved[4];
static size_t saved_len;

static void save_me(coil_obj *self, void *context)
{
    (void)context;
    CHECK(saved_len < LEN(saved));
    saved[saved_len++] = coil_incref(self);
}

POOL_TEST(the_revived_keep_what_they_reach_in_both_engines)
{
    coil_obj *n = MUST(node_new_final("n", save_me, NULL));
    coil_obj *b = big_new(NULL), *l = loop(b), *other = loop(NULL);

    CHECK_OK(node_set(n, "l", l));
    big_set(b, n);
    coil_decref(n), coil_decref(b), coil_decref(l);
    coil_decref(other);
    CHECK_INT(coil_gc_collect(2), 1);
    CHECK_SIZE(saved_len, 1);
    CHECK_COUNT(b, 1);
    CHECK_INT(coil_gc_generation(n), 2);
    coili_gc_validate();
    COIL_CLEAR(saved[0]);
    CHECK_INT(coil_gc_collect(2), 3);
}

static int say_context(coil_obj *ref, coil_obj *text)
{
    CHECK_NULL(coil_weakref_get_borrowed(ref));
    say(coil_str_bytes_borrowed(text, NULL));
    return 0;
}

static coil_obj *saying(coil_obj *o, const char *text)
{
    coil_obj *s = MUST(coil_str_from(text));
    coil_obj *ref = MUST(coil_weakref_new(o, say_context, s));

    coil_decref(s);
    return ref;
}

POOL_TEST(callbacks_come_in_the_order_of_birth_newest_first_each)
{
    coil_obj *ref[6];
    coil_obj *n = MUST(node_new("n")), *b = big_new("b "), *l;
    coil_obj *m = MUST(node_new("m"));

    l = loop(n);
    append(l, b);
    append(l, m);
    ref[0] = saying(m, "m0 ");
    ref[1] = saying(b, "b1 ");
    ref[2] = saying(n, "n2 ");
    ref[3] = saying(n, "n3 ");
    ref[4] = saying(b, "b4 ");
    ref[5] = saying(m, "not called ");
    append(l, ref[5]);          /* it is garbage itself */
    coil_decref(ref[5]);
    coil_decref(n), coil_decref(b), coil_decref(m), coil_decref(l);
    CHECK_INT(coil_gc_collect(2), 5);
    check_said("n3 n2 b4 b1 m0 b ");
    for (size_t i = 0; i < 5; i++)
        coil_decref(ref[i]);
}

/* Old objects that only garbage holds go with it, and may speak. */
POOL_TEST(strangers_are_dropped_in_the_order_of_birth)
{
    static const char *const names[] = { "0 ", "1 ", "2 ", "3 ", "4 " };
    coil_obj *old[5], *l[5], *hole = list_new();

    for (size_t i = 0; i < 5; i++)
        old[i] = i == 2 ? big_new(names[i]) : node_saying(names[i]);
    coil_gc_collect(2);
    l[0] = loop(NULL);
    coil_decref(hole);
    for (size_t i = 1; i < 5; i++)      /* l[1] lies before l[0] */
        l[i] = loop(l[i - 1]);
    append(l[0], l[4]);
    for (size_t i = 0; i < 5; i++) {
        append(l[i], old[4 - i]);
        coil_decref(old[4 - i]);
    }
    for (size_t i = 0; i < 5; i++)
        coil_decref(l[i]);
    CHECK_INT(coil_gc_collect(0), 5);
    check_said("4 3 2 1 0 ");
    CHECK_SIZE(coil_census_live(), 0);
}

POOL_TEST(saved_garbage_is_listed_in_the_order_of_birth)
{
    coil_obj *garbage = MUST(coil_gc_garbage()), *o[9];

    coil_gc_set_debug(COIL_GC_SAVE_ALL);
    for (size_t i = 0; i < LEN(o); i++) {
        o[i] = i % 2 ? big_new(NULL) : list_new();
        if (i % 2)
            big_set(o[i], o[i]);
        else
            append(o[i], o[i]);
        coil_decref(o[i]);
    }
    CHECK_INT(coil_gc_collect(2), 9);
    for (size_t i = 0; i < LEN(o); i++)
        CHECK_SAME(coil_list_get_borrowed(garbage, i), o[i]);
    coil_gc_set_debug(0);
    coil_list_clear(garbage);
    CHECK_INT(coil_gc_collect(2), 9);
    coil_decref(garbage);
}

/* A finalizer releases another of the dead, takes its block again, and
 * looks at the heap. */
static coil_obj *victim, *made;

static void kill_and_make(coil_obj *self, void *context)
{
    coil_obj *all;

    (void)context;
    CHECK_OK(node_set(self, "victim", NULL));
    made = loop(NULL);
    CHECK_SAME(made, victim);
    CHECK_INT(coil_gc_generation(made), 0);
    CHECK_INT(coil_gc_collect(2), 0);
    all = MUST(coil_gc_objects(-1));
    CHECK_SIZE(coil_list_len(all), 1);
    coil_decref(all);
}

POOL_TEST(blocks_of_the_dead_may_be_used_again_during_a_run)
{
    coil_obj *n = MUST(node_new_final("n", kill_and_make, NULL));

    victim = list_new();
    append(victim, COIL_NONE);
    CHECK_OK(node_set(n, "loop", n));
    CHECK_OK(node_set_steal(n, "victim", victim));
    coil_decref(n);
    CHECK_INT(coil_gc_collect(2), 1);
    CHECK(coil_gc_is_tracked(made));
    CHECK_INT(coil_gc_generation(made), 0);
    coili_gc_validate();
    coil_decref(made);
    CHECK_INT(coil_gc_collect(0), 1);
}

/* The dead with last words are in a list through a table beside the
 * pools.  A finalizer released those that came next, so many that their
 * arenas went back to the system, and their part of the table with
 * them; the walk over the list never came to an end. */
static void clear_list(coil_obj *self, void *list)
{
    (void)self;
    coil_list_clear(list);
}

static int heard;

static void count_words(coil_obj *self, void *context)
{
    (void)self, (void)context;
    heard++;
}

/* A node that holds itself, and nobody else holds it but the caller. */
static coil_obj *node_with_words(node_fn *fn, void *context,
                                 const char *name)
{
    coil_obj *n = MUST(node_new_final(name, fn, context));

    CHECK_OK(node_set(n, "loop", n));
    return n;
}

TEST(last_words_may_release_whole_arenas_of_the_dead)
{
    coil_options options = {
        .memory = test_memory, .pools = COIL_POOLS_ON,
        .pool_size = 4096, .pool_arena = 1 << 16,
    };
    coil_runtime *rt = MUST(coil_runtime_open(&options));
    coil_obj *row = list_new(), *first, *last;
    coil_pools_stat stat;

    coil_gc_disable();
    first = node_with_words(clear_list, row, "n");
    for (int i = 0; i < 10000; i++) {
        coil_obj *n = MUST(node_new_final("n", count_words, NULL));

        append(row, n);
        coil_decref(n);
    }
    last = node_with_words(count_words, NULL, "n");
    CHECK_OK(node_set_steal(first, "row", row));
    coil_decref(first);
    coil_decref(last);
    CHECK_INT(coil_gc_collect(2), 3);
    CHECK_INT(heard, 10001);
    coil_pools_stats(&stat);
    CHECK(stat.arenas_most > 5 && stat.arenas <= 2);
    close_runtime(rt);
}

/* ---- faults, memory, drawings ------------------------------------ */

POOL_TEST(a_count_that_is_too_small_is_told)
{
    CHECK_ABORTS("refcount is too small: a list has count 1 and 2",
        coil_obj *l = loop(NULL);
        append(l, l);
        coil_decref(l);
        coil_decref(l);         /* one too many */
        coil_gc_collect(2));
}

POOL_TEST(a_collection_gives_empty_pools_back)
{
    coil_pools_stat before, after;

    for (int i = 0; i < 200000; i++)
        coil_decref(loop(NULL));
    coil_pools_stats(&before);
    CHECK_INT(coil_gc_collect(2), 200000);
    coil_pools_stats(&after);
    CHECK(before.arenas > 8 && after.arenas <= 4);
    CHECK(after.pools <= 8);
    CHECK_SIZE(coil_census_live(), 0);
    for (int i = 0; i < 1000; i++)
        coil_decref(loop(NULL));
    CHECK_INT(coil_gc_collect(0), 1000);
}

static char noted[4000];

static void draw(void *list, enum coil_gc_step step)
{
    const char *names[] = { "x" };
    coil_obj *roots[] = { list };
    FILE *out = fmemopen(noted, sizeof noted, "w");

    (void)step;
    coil_dump_graph(out, names, roots, 1);
    fclose(out);
    say(strstr(noted, "trial 0") ? "T0 " : "");
    say(strstr(noted, "trial 1") ? "T1 " : "");
    say(strstr(noted, "reached") ? "R " : "");
    say(strstr(noted, "garbage") ? "G " : "");
}

POOL_TEST(drawings_show_trial_counts_and_who_is_reached)
{
    coil_obj *l = list_new(), *inner = list_new();

    append(l, inner);
    coil_decref(inner);
    coil_gc_set_trace(draw, l);
    coil_gc_collect(2);
    check_said("T0 T1 R ");
    append(inner, l);
    coil_decref(l);
    coil_gc_collect(2);
    check_said("T0 G ");
    coil_gc_set_trace(NULL, NULL);
}

/* Of two lists in the same row one is old. */
POOL_TEST(a_sieve_is_drawn_from_pages_down_to_grains)
{
    coil_obj *old = list_new(), *young;

    coil_gc_collect(0);
    CHECK_PRINTS(
        "digraph sieve {\n"
        "  rankdir=LR;\n"
        "  pages [shape=record,label=\"pages|<b0> 0 to 63: 0\"];\n"
        "}\n",
        out, coil_pools_dump_sieve(out, 0));
    young = list_new();
    CHECK_INT(coili_grain(marks(), old), 4096); /* in the second pool */
    CHECK_INT(coili_grain(marks(), young), 4099);
    CHECK_PRINTS(
        "digraph sieve {\n"
        "  rankdir=LR;\n"
        "  pages [shape=record,label=\"pages|<b0> 0: 0|<b1> 1: 1"
        "|<b2> 2 to 63: 0\"];\n"
        "  p1 [shape=record,label=\"rows of page 1|<b64> 64: 1"
        "|<b65> 65 to 127: 0\"];\n"
        "  pages:b1 -> p1;\n"
        "  r64 [shape=record,label=\"grains of row 64"
        "|<b4096> 4096 to 4098: 0|<b4099> 4099: 1"
        "|<b4100> 4100 to 4159: 0\"];\n"
        "  p1:b64 -> r64;\n"
        "}\n",
        out, coil_pools_dump_sieve(out, 0));
    CHECK_ABORTS("generation <= ", coil_pools_dump_sieve(stdout, 4));
    coil_decref(old);
    coil_decref(young);
}

static const char no_list[] =
    "digraph list {\n"
    "  rankdir=LR;\n"
    "  list [shape=record,label=\"trial counts\"];\n"
    "}\n";

static void speak_of_list(coil_obj *self, void *want)
{
    say(node_name(self));
    CHECK_PRINTS((const char *)want, out, coil_pools_dump_list(out));
}

/* When counts take the place of links, there is no list any more. */
static void look_for_list(void *context, enum coil_gc_step step)
{
    (void)context;
    if (step == COIL_GC_COUNTED) {
        CHECK_PRINTS(no_list, out, coil_pools_dump_list(out));
        say("counted ");
    }
}

/* The second takes the place of a block behind the third's. */
POOL_TEST(the_list_of_those_who_speak_is_drawn_while_they_do)
{
    static char all[] =
        "digraph list {\n"
        "  rankdir=LR;\n"
        "  list [shape=record,label=\"trial counts|<g4096> 4096: born 1"
        "|<g4100> 4100: born 3|<g4104> 4104: born 2\"];\n"
        "  top -> list:g4096;\n"
        "  list:g4096:e -> list:g4104:e;\n"
        "  list:g4104:w -> list:g4100:w;\n"
        "}\n";
    size_t size = node_final_type.size;
    void *hole[2];

    CHECK_SIZE(size, 64);
    coil_decref(node_with_words(speak_of_list, all, "a "));
    CHECK_PRINTS(no_list, out, coil_pools_dump_list(out));
    hole[0] = MUST(coil_memory_alloc(size));
    hole[1] = MUST(coil_memory_alloc(size));
    coil_memory_free(hole[0], size);
    coil_memory_free(hole[1], size);
    coil_decref(node_with_words(speak_of_list, all, "b "));
    coil_decref(node_with_words(speak_of_list, all, "c "));
    coil_gc_set_trace(look_for_list, NULL);
    CHECK_INT(coil_gc_collect(2), 3);
    check_said("counted a b c counted ");
    CHECK_PRINTS(no_list, out, coil_pools_dump_list(out));
}
