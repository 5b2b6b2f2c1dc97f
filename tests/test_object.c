#include <sys/resource.h>

#include "support/coil_test.h"
#include "support/node.h"
#include "support/pair.h"

/* ---- types of our own -----------------------------------------------
 * A logger writes its letter into the log when it is finalized
 * (capital) and when it is released (small).  It is no container. */

struct logger {
    coil_obj head;
    char letter;
};

static char said[200];

static void say(char letter)
{
    size_t len = strlen(said);

    CHECK(len + 1 < sizeof said);
    said[len] = letter;
    said[len + 1] = '\0';
}

static void logger_finalize(coil_obj *self)
{
    say((char)(((struct logger *)self)->letter - 'a' + 'A'));
}

static void logger_release(coil_obj *self)
{
    say(((struct logger *)self)->letter);
}

static coil_type logger_type = {
    .head = COIL_TYPE_HEAD, .name = "logger",
    .size = sizeof(struct logger),
    .finalize = logger_finalize, .release = logger_release,
};

static coil_obj *logger_new(char letter)
{
    struct logger *l = MUST(coil_object_new(&logger_type));

    l->letter = letter;
    return &l->head;
}

/* ---- head and count ---------------------------------------------- */

TEST(a_head_has_16_bytes)
{
    CHECK_SIZE(sizeof(coil_obj), 16);
}

TEST(a_new_object_has_one_owner)
{
    coil_obj *o = logger_new('a');

    CHECK_COUNT(o, 1);
    CHECK(coil_is(o, &logger_type));
    CHECK(!coil_is(o, &pair_type));
    coil_decref(o);
}

TEST(each_owner_is_counted)
{
    coil_obj *o = logger_new('a');

    CHECK_SAME(coil_incref(o), o);
    CHECK_COUNT(o, 2);
    CHECK_SAME(coil_incref(o), o);
    CHECK_COUNT(o, 3);
    coil_decref(o);
    coil_decref(o);
    CHECK_COUNT(o, 1);
    CHECK_STR(said, "");
    coil_decref(o);
    CHECK_STR(said, "Aa");
}

TEST(the_last_owner_releases_the_object_at_once)
{
    coil_obj *o = logger_new('a');

    coil_decref(o);
    say('.');
    CHECK_STR(said, "Aa.");
    CHECK_SIZE(coil_census_live(), 0);
}

TEST(dropping_null_does_nothing)
{
    coil_decref(NULL);
    CHECK_STR(said, "");
}

TEST(an_immortal_object_is_not_counted)
{
    static coil_obj o = COIL_HEAD(&logger_type);

    CHECK(coil_count(&o) >= COIL_IMMORTAL);
    CHECK_SAME(coil_incref(&o), &o);
    CHECK_COUNT(&o, COIL_IMMORTAL);
    for (int i = 0; i < 5; i++)
        coil_decref(&o);
    CHECK_COUNT(&o, COIL_IMMORTAL);
    CHECK_STR(said, "");
}

TEST(a_type_is_an_immortal_object_of_type_type)
{
    CHECK_SAME(pair_type.head.type, &coil_type_type);
    CHECK_SAME(coil_type_type.head.type, &coil_type_type);
    CHECK_COUNT(&pair_type.head, COIL_IMMORTAL);
}

TEST(a_count_that_overflows_makes_the_object_immortal)
{
    coil_obj *o = logger_new('a');

    o->count = COIL_IMMORTAL - 2;
    coil_incref(o);
    CHECK_COUNT(o, COIL_IMMORTAL - 1);
    coil_incref(o);
    CHECK_COUNT(o, COIL_IMMORTAL);
    coil_incref(o);
    coil_decref(o);
    coil_decref(o);
    CHECK_COUNT(o, COIL_IMMORTAL);
    CHECK_STR(said, "");
    o->count = 1;               /* the test has only this one */
    coil_decref(o);
    CHECK_STR(said, "Aa");
}

static coil_obj *variable;

static void look_at_variable(coil_obj *self, void *context)
{
    (void)self;
    *(bool *)context = variable == NULL;
}

TEST(clear_empties_the_variable_before_it_releases)
{
    bool was_empty = false;

    variable = MUST(node_new_final("a", look_at_variable, &was_empty));
    COIL_CLEAR(variable);
    CHECK(was_empty);
    COIL_CLEAR(variable);
    CHECK_NULL(variable);
}

/* ---- making ------------------------------------------------------ */

TEST(the_body_of_a_new_container_is_zero)
{
    struct pair *p = MUST(coil_object_new(&pair_type));

    CHECK_NULL(p->first);       /* the tests' memory is never zero */
    CHECK_NULL(p->second);
    coil_decref(&p->head);
}

struct row {
    coil_obj head;
    size_t len;
    coil_obj *item[];
};

static int row_traverse(coil_obj *self, coil_visit_fn *visit, void *arg)
{
    struct row *r = (struct row *)self;

    for (size_t i = 0; i < r->len; i++)
        COIL_VISIT(r->item[i]);
    return 0;
}

static void row_release(coil_obj *self)
{
    struct row *r = (struct row *)self;

    for (size_t i = 0; i < r->len; i++)
        COIL_CLEAR(r->item[i]);
}

static coil_type row_type = {
    .head = COIL_TYPE_HEAD, .name = "row", .size = sizeof(struct row),
    .item_size = sizeof(coil_obj *), .traverse = row_traverse,
    .release = row_release,
};

TEST(a_variable_object_has_its_length_and_only_the_bytes_for_it)
{
    struct row *r;
    size_t before, one, ten;

    coil_decref(MUST(coil_object_new_var(&row_type, 0)));
    before = test_bytes();
    r = MUST(coil_object_new_var(&row_type, 1));
    one = test_bytes() - before;
    CHECK_SIZE(r->len, 1);
    coil_decref(&r->head);
    r = MUST(coil_object_new_var(&row_type, 10));
    ten = test_bytes() - before;
    CHECK_SIZE(r->len, 10);
    for (size_t i = 0; i < 10; i++)
        CHECK_NULL(r->item[i]);
    coil_decref(&r->head);
    if (test_hook_sees_all())
        CHECK_SIZE(ten - one, 9 * sizeof(coil_obj *));
}

TEST(an_absurd_length_is_a_memory_error)
{
    static const size_t absurd[] = {
        SIZE_MAX, SIZE_MAX / 8, SIZE_MAX / 8 + 1, SIZE_MAX / 8 - 2,
    };

    for (size_t i = 0; i < sizeof absurd / sizeof absurd[0]; i++) {
        CHECK_NULL(coil_object_new_var(&row_type, absurd[i]));
        CHECK_ERROR(COIL_MEMORY_ERROR, "out of memory");
    }
}

TEST(making_an_object_fails_cleanly_at_each_allocation)
{
    FOR_EACH_FAULT(n) {
        coil_obj *o = pair_new(NULL, NULL);

        if (fault_fired()) {
            CHECK_NULL(o);
            CHECK_ERROR(COIL_MEMORY_ERROR, "out of memory");
            continue;
        }
        CHECK(n >= 1);          /* it did allocate */
        coil_decref(o);
    }
}

static int count_visit(coil_obj *child, void *arg)
{
    size_t *left = arg;

    (void)child;
    return --*left == 0 ? 42 : 0;
}

TEST(a_visit_that_is_not_zero_ends_the_traversal)
{
    coil_obj *o = logger_new('a'), *p = MUST(pair_new(o, o));
    size_t left = 1;

    CHECK_INT(p->type->traverse(p, count_visit, &left), 42);
    CHECK_SIZE(left, 0);
    left = 3;
    CHECK_INT(p->type->traverse(p, count_visit, &left), 0);
    CHECK_SIZE(left, 1);
    COIL_CLEAR(pair_of(p)->first);
    left = 3;
    CHECK_INT(p->type->traverse(p, count_visit, &left), 0);
    CHECK_SIZE(left, 2);        /* NULL is not visited */
    coil_decref(o);
    coil_decref(p);
}

/* ---- finalizers -------------------------------------------------- */

struct witness {
    int calls;
    coil_obj *kept;             /* owned */
    bool keep;                  /* resurrect */
    const coil_kind *fail;      /* leave this error pending */
    uint32_t count;             /* as seen by the finalizer */
    bool whole;                 /* the attribute was still there */
};

static void witness_fn(coil_obj *self, void *context)
{
    struct witness *w = context;

    w->calls++;
    w->count = coil_count(self);
    w->whole = node_get_borrowed(self, "child") != NULL;
    if (w->keep)
        w->kept = coil_incref(self);
    if (w->fail != NULL)
        coil_error_set(w->fail, "last words");
}

static coil_obj *witnessed(struct witness *w)
{
    coil_obj *o = MUST(node_new_final("w", witness_fn, w));

    CHECK_OK(node_set_steal(o, "child", logger_new('c')));
    return o;
}

TEST(a_finalizer_sees_a_whole_object_with_one_owner)
{
    struct witness w = { 0 };

    coil_decref(witnessed(&w));
    CHECK_INT(w.calls, 1);
    CHECK_INT(w.count, 1);
    CHECK(w.whole);
    CHECK_STR(said, "Cc");
}

TEST(an_object_may_resurrect_itself_once)
{
    struct witness w = { .keep = true };
    coil_obj *o = witnessed(&w);

    coil_decref(o);
    CHECK_SAME(w.kept, o);
    CHECK_COUNT(o, 1);
    CHECK_STR(said, "");
    CHECK(node_get_borrowed(o, "child") != NULL);
    COIL_CLEAR(w.kept);
    CHECK_INT(w.calls, 1);      /* not a second time */
    CHECK_STR(said, "Cc");
    CHECK_SIZE(coil_census_live(), 0);
}

static void keep_and_drop(coil_obj *self, void *context)
{
    coil_obj *again = coil_incref(self);

    ++*(int *)context;
    coil_decref(again);
}

TEST(a_finalizer_that_drops_what_it_took_does_not_save_the_object)
{
    int calls = 0;

    coil_decref(MUST(node_new_final("a", keep_and_drop, &calls)));
    CHECK_INT(calls, 1);
    CHECK_SIZE(coil_census_live(), 0);
}

TEST(an_error_of_a_finalizer_is_ignored_through_the_hook)
{
    struct witness w = { .fail = COIL_VALUE_ERROR };

    coil_decref(witnessed(&w));
    CHECK_NULL(coil_error_kind());
    CHECK_STR(said, "Cc");      /* it died all the same */
    CHECK_IGNORED(COIL_VALUE_ERROR, "last words", "finalizer of node");
}

TEST(a_pending_error_survives_a_finalizer)
{
    struct witness calm = { 0 }, failing = { .fail = COIL_TYPE_ERROR };
    coil_obj *a = witnessed(&calm), *b = witnessed(&failing);

    coil_error_set(COIL_KEY_ERROR, "on its way up");
    coil_decref(a);
    coil_decref(b);
    CHECK_ERROR(COIL_KEY_ERROR, "on its way up");
    CHECK_IGNORED(COIL_TYPE_ERROR, "last words", "finalizer of node");
}

/* ---- releasing structures ---------------------------------------- */

TEST(a_container_releases_what_only_it_held)
{
    coil_obj *a = logger_new('a'), *p = MUST(pair_new(a, NULL));

    pair_of(p)->second = logger_new('b');
    coil_decref(p);
    CHECK_STR(said, "Bb");
    CHECK_COUNT(a, 1);
    coil_decref(a);
    CHECK_STR(said, "BbAa");
}

static coil_obj *chain(size_t len)
{
    coil_obj *head = NULL;

    for (size_t i = 0; i < len; i++)
        head = MUST(pair_new_steal(head, NULL));
    return head;
}

/* How long chains are; recursion over a million would need 60 MB of
 * stack. In a stress build each allocation looks at all objects there
 * are. */
#ifdef COIL_STRESS
#define LONG 2000
#define VERY_LONG 4000
#define TEETH 50
#else
#define LONG 300000
#define VERY_LONG 1000000
#define TEETH 500
#endif

#define STACK (256 * 1024) /* a release of any depth fits into this */

static void limit_stack(void)
{
    const struct rlimit limit = { STACK, STACK };

    CHECK_INT(setrlimit(RLIMIT_STACK, &limit), 0);
}

TEST(a_long_chain_is_released_in_a_small_stack)
{
    coil_obj *head = chain(LONG);

    limit_stack();
    coil_decref(head);
    CHECK_SIZE(coil_census_live(), 0);
}

TEST(a_very_long_chain_is_released_in_a_small_stack)
{
    coil_runtime *rt = MUST(coil_runtime_open(NULL)); /* plain malloc */
    coil_obj *head = chain(VERY_LONG);

    CHECK_SIZE(coil_census_of(&pair_type), VERY_LONG);
    limit_stack();
    coil_decref(head);
    CHECK_SIZE(coil_runtime_close(rt), 0);
    coil_runtime_enter(test_rt);
}

/* Each level is a pair of the level below and of a chain of its own. */
TEST(a_comb_of_chains_is_released_in_a_small_stack)
{
    coil_obj *head = NULL;

    for (size_t i = 0; i < TEETH; i++)
        head = MUST(pair_new_steal(head, chain(TEETH)));
    limit_stack();
    coil_decref(head);
    CHECK_SIZE(coil_census_live(), 0);
}

static size_t next_number;

static void in_order(coil_obj *self, void *context)
{
    const size_t *number = context;

    (void)self;
    CHECK_SIZE(*number, next_number);
    next_number++;
}

static coil_obj *numbered_chain(size_t *numbers, size_t len,
                                node_fn *fn)
{
    coil_obj *head = NULL;

    for (size_t i = len; i-- > 0; ) {
        coil_obj *n = MUST(node_new_final("n", fn, &numbers[i]));

        numbers[i] = i;
        CHECK_OK(node_set_steal(n, "next", head));
        head = n;
    }
    return head;
}

TEST(finalizers_along_a_long_chain_run_once_each_and_in_order)
{
    static size_t numbers[5000];

    coil_decref(numbered_chain(numbers, 5000, in_order));
    CHECK_SIZE(next_number, 5000);
    CHECK_SIZE(coil_census_live(), 0);
}

static coil_obj *saved_node;

static void save_number_500(coil_obj *self, void *context)
{
    in_order(self, context);
    if (*(size_t *)context == 500)
        saved_node = coil_incref(self);
}

TEST(a_node_deep_in_a_chain_may_save_itself_and_all_behind_it)
{
    static size_t numbers[1000];

    coil_decref(numbered_chain(numbers, 1000, save_number_500));
    CHECK_SIZE(next_number, 501);
    CHECK_SIZE(coil_census_of(&node_final_type), 500);
    CHECK_COUNT(saved_node, 1);
    next_number = 501;
    COIL_CLEAR(saved_node);
    CHECK_SIZE(next_number, 1000);
    CHECK_SIZE(coil_census_live(), 0);
}

static void drop_a_chain(coil_obj *self, void *context)
{
    (void)self;
    ++*(size_t *)context;
    coil_decref(chain(2 * TEETH));
}

TEST(finalizers_in_a_long_chain_may_release_long_chains)
{
    size_t calls = 0;
    coil_obj *head = NULL;

    for (size_t i = 0; i < 300; i++) {
        coil_obj *n = MUST(node_new_final("n", drop_a_chain, &calls));

        CHECK_OK(node_set_steal(n, "next", head));
        head = n;
    }
    limit_stack();
    coil_decref(head);
    CHECK_SIZE(calls, 300);
    CHECK_SIZE(coil_census_live(), 0);
}

TEST(a_release_asks_for_no_memory)
{
    coil_obj *head = chain(5000);
    size_t before = test_requests();

    coil_memory_fail_at(0);
    coil_decref(head);
    CHECK(!coil_memory_failed());
    CHECK_SIZE(test_requests(), before);
}

/* ---- the caller's faults ----------------------------------------- */

static coil_type bad;

static void use_bad(coil_type type)
{
    bad = type;
    bad.head.type = &coil_type_type;
    bad.head.count = COIL_IMMORTAL;
    if (bad.item_size > 0)
        coil_decref(coil_object_new_var(&bad, 1));
    else
        coil_decref(coil_object_new(&bad));
}

static int any_hash(coil_obj *self, int64_t *hash)
{
    (void)self;
    *hash = 1;
    return 0;
}

TEST(a_wrong_count_is_a_checked_error)
{
    coil_obj dead = { &logger_type, 0, 0 };

    CHECK_ABORTS("checked error in coil_release: o->count == 1",
                 coil_decref(&dead));
}

TEST(a_failed_check_names_the_fault_the_function_and_the_condition)
{
    CHECK_ABORTS("coil: some fault in some_function: x > 0\n",
                 coil_check_failed("some fault", "x > 0", "some_function"));
}

TEST(a_wrong_type_is_a_checked_error)
{
    const size_t size = sizeof(struct pair);

    CHECK_ABORTS("type->name != NULL",
        use_bad((coil_type){ .size = size }));
    CHECK_ABORTS("type->size >= sizeof(coil_obj)",
        use_bad((coil_type){ .name = "bad", .size = 8 }));
    CHECK_ABORTS("type->size >= sizeof(coil_var)",
                 use_bad((coil_type){
                     .name = "bad", .size = 16, .item_size = 1 }));
    CHECK_ABORTS("type->traverse != NULL",
        use_bad((coil_type){ .name = "bad", .size = size,
                             .clear = logger_release }));
    CHECK_ABORTS("type->equal != NULL",
        use_bad((coil_type){ .name = "bad", .size = size,
                             .hash = any_hash }));
    CHECK_ABORTS("checked error in coil_object_new:",
        coil_decref(coil_object_new(&row_type)));
    CHECK_ABORTS("checked error in coil_object_new_var:",
        coil_decref(coil_object_new_var(&pair_type, 1)));
}
