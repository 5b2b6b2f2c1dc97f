#include "support/coil_test.h"
#include "support/pair.h"

TEST(an_opened_runtime_is_current)
{
    coil_runtime *rt = MUST(coil_runtime_open(NULL));

    CHECK_SAME(coil_runtime_current(), rt);
    CHECK_SIZE(coil_runtime_close(rt), 0);
    CHECK_NULL(coil_runtime_current());
    coil_runtime_enter(test_rt);
}

TEST(entering_tells_the_previous_runtime)
{
    coil_runtime *rt = MUST(coil_runtime_open(NULL));

    CHECK_SAME(coil_runtime_enter(test_rt), rt);
    CHECK_SAME(coil_runtime_enter(NULL), test_rt);
    CHECK_NULL(coil_runtime_enter(rt));
    CHECK_SIZE(coil_runtime_close(rt), 0);
    CHECK_NULL(coil_runtime_enter(test_rt));
}

TEST(closing_counts_the_objects_that_leaked)
{
    coil_options options = { .memory = test_memory };
    size_t before = test_bytes();
    coil_runtime *rt = MUST(coil_runtime_open(&options));
    coil_obj *a = MUST(pair_new(NULL, NULL)),
             *b = MUST(pair_new(a, NULL));

    CHECK_SIZE(coil_runtime_close(rt), 2);
    /* Only the two are left; they go back by hand. */
    CHECK_SIZE(test_bytes() - before, 2 * sizeof(struct pair));
    test_memory(NULL, a, sizeof(struct pair), 0);
    test_memory(NULL, b, sizeof(struct pair), 0);
    coil_runtime_enter(test_rt);
}

TEST(closing_returns_all_memory)
{
    coil_options options = { .memory = test_memory };
    size_t bytes = test_bytes(), blocks = test_blocks();
    coil_runtime *rt = MUST(coil_runtime_open(&options));

    coil_decref(MUST(pair_new(NULL, NULL)));
    CHECK(test_bytes() > bytes);
    CHECK_SIZE(coil_runtime_close(rt), 0);
    CHECK_SIZE(test_bytes(), bytes);
    CHECK_SIZE(test_blocks(), blocks);
    coil_runtime_enter(test_rt);
}

TEST(closing_forgets_a_pending_error)
{
    coil_runtime *rt = MUST(coil_runtime_open(NULL));

    coil_error_set(COIL_KEY_ERROR, "k");
    CHECK_SIZE(coil_runtime_close(rt), 0);
    coil_runtime_enter(test_rt);
    CHECK_NO_ERROR();
}

static void *no_memory(void *context, void *p, size_t old, size_t size)
{
    (void)context, (void)p, (void)old, (void)size;
    return NULL;
}

TEST(opening_without_memory_gives_null)
{
    coil_options options = { .memory = no_memory };

    CHECK_NULL(coil_runtime_open(&options));
    CHECK_SAME(coil_runtime_current(), test_rt);
}

/* Every request that opening makes fails once; nothing stays behind. */
static size_t allowed;

static void *limited(void *context, void *p, size_t old, size_t size)
{
    (void)context;
    if (size > 0 && allowed-- == 0) {
        allowed = 0;
        return NULL;
    }
    return test_memory(NULL, p, old, size);
}

TEST(opening_fails_cleanly_at_each_allocation)
{
    coil_options options = { .memory = limited };
    size_t bytes = test_bytes();
    coil_runtime *rt = NULL;

    for (size_t n = 0; rt == NULL; n++) {
        CHECK(n < 1000);
        allowed = n;
        rt = coil_runtime_open(&options);
        if (rt == NULL) {
            CHECK_SIZE(test_bytes(), bytes);
            coil_runtime_enter(test_rt);
        }
    }
    allowed = SIZE_MAX;
    CHECK_SIZE(coil_runtime_close(rt), 0);
    CHECK_SIZE(test_bytes(), bytes);
    coil_runtime_enter(test_rt);
}

TEST(options_are_copied)
{
    coil_options *options = calloc(1, sizeof *options);
    coil_runtime *rt;

    CHECK(options != NULL);
    options->memory = test_memory;
    options->unraisable = test_unraisable;
    rt = MUST(coil_runtime_open(options));
    memset(options, 0xff, sizeof *options);
    free(options);
    coil_error_set(COIL_KEY_ERROR, "k");
    coil_error_ignore("here");
    CHECK_IGNORED(COIL_KEY_ERROR, "k", "here");
    CHECK_SIZE(coil_runtime_close(rt), 0);
    coil_runtime_enter(test_rt);
}

TEST(closing_another_runtime_than_the_current_is_a_checked_error)
{
    coil_runtime *rt = MUST(coil_runtime_open(NULL));

    CHECK_ABORTS("checked error in coil_runtime_close",
                 coil_runtime_close(test_rt));
    CHECK_SIZE(coil_runtime_close(rt), 0);
    CHECK_ABORTS("checked error in coil_runtime_close",
                 coil_runtime_close(test_rt));
    coil_runtime_enter(test_rt);
}

TEST(many_runtimes_live_side_by_side)
{
    static coil_runtime *rt[20];
    static coil_obj *p[20];

    for (size_t i = 0; i < 20; i++) {
        rt[i] = MUST(coil_runtime_open(NULL));
        p[i] = MUST(pair_new(NULL, NULL));
    }
    for (size_t i = 0; i < 20; i++) {
        coil_runtime_enter(rt[i]);
        CHECK_SIZE(coil_census_live(), 1);
        coil_decref(p[i]);
        CHECK_SIZE(coil_runtime_close(rt[i]), 0);
    }
    coil_runtime_enter(test_rt);
}
