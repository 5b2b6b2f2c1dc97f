#include "support/coil_test.h"

/* A hook that can run dry and remembers what it was asked. */
static struct {
    size_t calls, old, size;
    bool dry;
} asked;

static void *recorder(void *context, void *p, size_t old, size_t size)
{
    CHECK_SAME(context, &asked);
    asked.calls++;
    asked.old = old;
    asked.size = size;
    return asked.dry && size > 0 ? NULL
                                 : test_memory(NULL, p, old, size);
}

static coil_runtime *open_recorded(void)
{
    coil_options options = {
        .memory = recorder, .memory_context = &asked, .hash_seed = 1,
    };

    return MUST(coil_runtime_open(&options));
}

static void close_recorded(coil_runtime *rt)
{
    CHECK_SIZE(coil_runtime_close(rt), 0);
    coil_runtime_enter(test_rt);
}

TEST(a_block_comes_from_the_hook_and_goes_back_with_its_size)
{
    coil_runtime *rt = open_recorded();
    char *p = MUST(coil_memory_alloc(100000));

    CHECK_SIZE(asked.old, 0);
    CHECK_SIZE(asked.size, 100000);
    memset(p, 1, 100000);
    p = MUST(coil_memory_resize(p, 100000, 200000));
    CHECK_SIZE(asked.old, 100000);
    CHECK_SIZE(asked.size, 200000);
    coil_memory_free(p, 200000);
    CHECK_SIZE(asked.old, 200000);
    CHECK_SIZE(asked.size, 0);
    close_recorded(rt);
}

TEST(freeing_null_does_nothing)
{
    coil_runtime *rt = open_recorded();
    size_t calls = asked.calls;

    coil_memory_free(NULL, 0);
    coil_memory_free(NULL, 7);
    CHECK_SIZE(asked.calls, calls);
    close_recorded(rt);
}

TEST(a_block_of_no_bytes_is_a_block_of_its_own)
{
    size_t before = test_bytes();
    void *p = MUST(coil_memory_alloc(0)),
         *q = MUST(coil_memory_alloc(0));

    CHECK(p != q);
    p = MUST(coil_memory_resize(p, 0, 0));
    p = MUST(coil_memory_resize(p, 0, 50));
    p = MUST(coil_memory_resize(p, 50, 0));
    coil_memory_free(p, 0);
    coil_memory_free(q, 0);
    CHECK_SIZE(test_bytes(), before);
}

TEST(resizing_null_allocates)
{
    char *p = MUST(coil_memory_resize(NULL, 0, 5));

    memcpy(p, "abcd", 5);
    CHECK_STR(p, "abcd");
    coil_memory_free(p, 5);
}

TEST(resizing_keeps_the_smaller_number_of_bytes)
{
    char *p = MUST(coil_memory_alloc(8));

    memcpy(p, "abcdefg", 8);
    p = MUST(coil_memory_resize(p, 8, 600));
    CHECK_STR(p, "abcdefg");
    p = MUST(coil_memory_resize(p, 600, 4));
    CHECK(memcmp(p, "abcd", 4) == 0);
    coil_memory_free(p, 4);
}

TEST(blocks_are_aligned_for_any_object)
{
    void *p[64];

    for (size_t i = 0; i < 64; i++) {
        p[i] = MUST(coil_memory_alloc(i + 1));
        CHECK_SIZE((uintptr_t)p[i] % 16, 0);
        memset(p[i], 0xff, i + 1);
    }
    for (size_t i = 0; i < 64; i++)
        coil_memory_free(p[i], i + 1);
}

TEST(a_dry_hook_is_a_memory_error_and_resizing_leaves_the_block_alone)
{
    coil_runtime *rt = open_recorded();
    char *p = MUST(coil_memory_alloc(5000));

    strcpy(p, "still here");
    asked.dry = true;
    CHECK_NULL(coil_memory_alloc(6000));
    CHECK_ERROR(COIL_MEMORY_ERROR, "out of memory");
    CHECK_NULL(coil_memory_resize(p, 5000, 60000));
    CHECK_ERROR(COIL_MEMORY_ERROR, "out of memory");
    CHECK_STR(p, "still here");
    coil_memory_free(p, 5000);
    asked.dry = false;
    close_recorded(rt);
}

TEST(an_impossible_size_is_a_memory_error)
{
    CHECK_NULL(coil_memory_alloc(SIZE_MAX - 100));
    CHECK_ERROR(COIL_MEMORY_ERROR, "out of memory");
    CHECK_NULL(coil_memory_alloc(PTRDIFF_MAX));
    CHECK_ERROR(COIL_MEMORY_ERROR, "out of memory");
}

TEST(exactly_the_planned_request_fails)
{
    for (size_t n = 0; n < 5; n++) {
        coil_memory_fail_at(n);
        for (size_t i = 0; i < 8; i++) {
            void *p = coil_memory_alloc(24);

            if (i == n) {
                CHECK_NULL(p);
                CHECK_ERROR(COIL_MEMORY_ERROR, "out of memory");
            } else {
                CHECK(p != NULL);
                coil_memory_free(p, 24);
            }
        }
        CHECK(coil_memory_failed());
    }
}

TEST(a_resize_is_a_request_too)
{
    char *p = MUST(coil_memory_alloc(3));

    memcpy(p, "ab", 3);
    coil_memory_fail_at(0);
    CHECK_NULL(coil_memory_resize(p, 3, 30));
    CHECK_ERROR(COIL_MEMORY_ERROR, "out of memory");
    CHECK(coil_memory_failed());
    CHECK_STR(p, "ab");
    coil_memory_free(p, 3);
}

TEST(a_planned_failure_is_called_off_by_asking)
{
    void *p;

    coil_memory_fail_at(1);
    CHECK(!coil_memory_failed());
    for (int i = 0; i < 3; i++) {
        p = MUST(coil_memory_alloc(10));
        coil_memory_free(p, 10);
    }
    CHECK(!coil_memory_failed());
}

TEST(never_means_never)
{
    coil_memory_fail_at(0);
    coil_memory_fail_at(COIL_NEVER);
    coil_memory_free(MUST(coil_memory_alloc(10)), 10);
    CHECK(!coil_memory_failed());
}

TEST(failures_are_planned_for_one_runtime)
{
    coil_runtime *rt = open_recorded();

    coil_memory_fail_at(0);
    coil_runtime_enter(test_rt);
    coil_memory_free(MUST(coil_memory_alloc(10)), 10);
    CHECK(!coil_memory_failed());
    coil_runtime_enter(rt);
    CHECK_NULL(coil_memory_alloc(10));
    CHECK_ERROR(COIL_MEMORY_ERROR, "out of memory");
    CHECK(coil_memory_failed());
    close_recorded(rt);
}

TEST(without_a_hook_memory_comes_from_malloc)
{
    coil_runtime *rt = MUST(coil_runtime_open(NULL));
    char *p = MUST(coil_memory_alloc(8));

    memcpy(p, "abcdefg", 8);
    p = MUST(coil_memory_resize(p, 8, 100000));
    CHECK_STR(p, "abcdefg");
    p = MUST(coil_memory_resize(p, 100000, 8));
    CHECK_STR(p, "abcdefg");
    coil_memory_free(p, 8);
    CHECK_SIZE(coil_runtime_close(rt), 0);
    coil_runtime_enter(test_rt);
}

/* The harness itself: a wrong size must not pass unseen. */
TEST(the_hook_of_the_tests_notices_a_wrong_size)
{
    void *p = MUST(coil_memory_alloc(2000));

    CHECK_ABORTS("a block of 2000 bytes is returned as one of 1999",
                 coil_memory_free(p, 1999));
    coil_memory_free(p, 2000);
}
