#include <stdio.h>

#include "coil/pools.h"
#include "internal/object.h"
#include "internal/pools.h"
#include "internal/thread.h"
#include "support/coil_test.h"
#include "support/world.h"

static coil_runtime *open_guarded(void)
{
    return world_open((coil_options){ .pools = COIL_POOLS_GUARD });
}

/* The bytes from p on, as hexadecimal digits. */
static const char *hex(const void *p, size_t size)
{
    static char text[400];
    const unsigned char *bytes = p;

    for (size_t i = 0; i < size; i++)
        snprintf(text + 2 * i, 3, "%02x", bytes[i]);
    return text;
}

/* ---- layout ------------------------------------------------------ */

TEST(a_guarded_block_has_a_size_a_letter_and_forbidden_bytes)
{
    coil_runtime *rt = open_guarded();
    char *p = MUST(coil_memory_alloc(10));

    CHECK_STR(hex(p - 16, 16),
              "000000000000000a" "6d" "fdfdfdfdfdfdfd");
    CHECK_STR(hex(p, 10), "cdcdcdcdcdcdcdcdcdcd");
    CHECK_STR(hex(p + 10, 8), "fdfdfdfdfdfdfdfd");
    CHECK_SIZE((uintptr_t)p % 16, 0);
    coil_memory_free(p, 10);
    world_close(rt);
}

TEST(an_object_has_the_letter_of_objects)
{
    coil_runtime *rt = open_guarded();
    coil_obj *n = MUST(coil_int_new(1000));

    CHECK_INT(((char *)n)[-8], 'o');
    coil_decref(n);
    world_close(rt);
}

TEST(a_freed_block_reads_dd)
{
    coil_runtime *rt = open_guarded();
    char *p = MUST(coil_memory_alloc(10)),
         *q = MUST(coil_memory_alloc(10));

    coil_memory_free(p, 10);
    coili_unpoison(p - 16, 34);
    CHECK_STR(hex(p - 16, 34), "dddddddddddddddddddddddddddddddddd"
                               "dddddddddddddddddddddddddddddddddd");
    coili_poison(p - 16, 34);
    coil_memory_free(q, 10);
    world_close(rt);
}

TEST(a_resized_block_moves_and_keeps_its_bytes)
{
    coil_runtime *rt = open_guarded();
    char *p = MUST(coil_memory_alloc(10)), *q;

    strcpy(p, "123456789");
    q = MUST(coil_memory_resize(p, 10, 11));
    CHECK(p != q);
    CHECK_STR(q, "123456789");
    CHECK_STR(hex(q + 10, 1), "cd");
    CHECK_STR(hex(q + 11, 8), "fdfdfdfdfdfdfdfd");
    p = MUST(coil_memory_resize(q, 11, 4));
    CHECK_STR(hex(p, 4), "31323334");
    p = MUST(coil_memory_resize(p, 4, 5000));
    CHECK_STR(hex(p, 5), "31323334cd");
    p = MUST(coil_memory_resize(p, 5000, 1));
    coil_memory_free(p, 1);
    world_close(rt);
}

TEST(a_block_of_no_bytes_has_one)
{
    coil_runtime *rt = open_guarded();
    char *p = MUST(coil_memory_alloc(0));

    CHECK_STR(hex(p - 16, 8), "0000000000000001");
    p = MUST(coil_memory_resize(p, 0, 0));
    coil_memory_free(p, 0);
    world_close(rt);
}

/* ---- where guarded blocks come from ------------------------------ */

TEST(small_guarded_blocks_come_from_pools)
{
    coil_runtime *rt = open_guarded();
    char *p = MUST(coil_memory_alloc(512 - 24)),
         *q = MUST(coil_memory_alloc(512 - 23));
    coil_pools_stat stat;

    CHECK(coil_pools_has(p) && !coil_pools_has(q));
    coil_pools_stats(&stat);
    CHECK_SIZE(stat.sizes[31].used, 1);
    coil_memory_free(p, 512 - 24);
    coil_memory_free(q, 512 - 23);
    world_close(rt);
}

TEST(a_hook_of_the_client_sees_guarded_blocks)
{
    size_t bytes = test_bytes(), blocks = test_blocks();
    coil_runtime *rt = world_open((coil_options){
        .memory = test_memory, .pools = COIL_POOLS_GUARD });
    size_t mine = test_bytes();
    char *p = MUST(coil_memory_alloc(100));

    CHECK(!coil_pools_has(p));
    CHECK_SIZE(test_bytes(), mine + 124);
    coil_memory_free(p, 100);
    world_close(rt);
    CHECK_SIZE(test_bytes(), bytes);
    CHECK_SIZE(test_blocks(), blocks);
}

TEST(a_huge_guarded_block_is_a_memory_error)
{
    coil_runtime *rt = open_guarded();

    CHECK_NULL(coil_memory_alloc(SIZE_MAX));
    CHECK_ERROR(COIL_MEMORY_ERROR, "out of memory");
    CHECK_NULL(coil_memory_alloc(SIZE_MAX - 23));
    CHECK_ERROR(COIL_MEMORY_ERROR, "out of memory");
    CHECK_NULL(coil_memory_alloc(PTRDIFF_MAX));
    CHECK_ERROR(COIL_MEMORY_ERROR, "out of memory");
    world_close(rt);
}

TEST(a_planned_failure_leaves_guards_and_letters_alone)
{
    coil_runtime *rt = open_guarded();
    char *p = MUST(coil_memory_alloc(10));

    coil_memory_fail_at(0);
    CHECK_NULL(coil_memory_resize(p, 10, 20));
    CHECK_ERROR(COIL_MEMORY_ERROR, "out of memory");
    CHECK(coil_memory_failed());
    coil_memory_fail_at(0);
    CHECK_NULL(coil_list_new());
    CHECK_ERROR(COIL_MEMORY_ERROR, "out of memory");
    CHECK(coil_memory_failed());
    coil_memory_free(p, 10);
    world_close(rt);
}

/* ---- faults ------------------------------------------------------ */

TEST(a_byte_past_the_end_is_reported_at_the_free)
{
    coil_runtime *rt = open_guarded();
    char *p = MUST(coil_memory_alloc(10));

    CHECK_ABORTS("at tail+0: 0x78 *** OUCH", p[10] = 'x';
                 coil_memory_free(p, 10));
    CHECK_ABORTS("at tail+7: 0x00 *** OUCH", p[17] = 0;
                 coil_memory_free(p, 10));
    CHECK_ABORTS("coil: bad trailing pad byte", p[10] = 'x';
                 coil_memory_free(p, 10));
    CHECK_ABORTS("coil: bad trailing pad byte", p[10] = 'x';
                 (void)!coil_memory_resize(p, 10, 20));
    coil_memory_free(p, 10);
    world_close(rt);
}

TEST(a_byte_before_the_start_is_reported)
{
    coil_runtime *rt = open_guarded();
    char *p = MUST(coil_memory_alloc(10));

    CHECK_ABORTS("at p-1: 0x78 *** OUCH", p[-1] = 'x';
                 coil_memory_free(p, 10));
    CHECK_ABORTS("at p-7: 0x78 *** OUCH", p[-7] = 'x';
                 coil_memory_free(p, 10));
    CHECK_ABORTS("coil: bad leading pad byte", p[-1] = 'x';
                 coil_memory_free(p, 10));
    coil_memory_free(p, 10);
    world_close(rt);
}

TEST(a_large_block_is_guarded_too)
{
    coil_runtime *rt = open_guarded();
    char *p = MUST(coil_memory_alloc(5000));

    CHECK_ABORTS("Data at p: cd cd cd cd cd cd cd cd ... "
                 "cd cd cd cd cd cd cd cd", p[5000] = 'x';
                 coil_memory_free(p, 5000));
    coil_memory_free(p, 5000);
    world_close(rt);
}

TEST(the_wrong_domain_is_reported)
{
    coil_runtime *rt = open_guarded();
    char *p = MUST(coil_memory_alloc(sizeof(coil_list_type)));
    coil_obj *n = MUST(coil_int_new(1000));

    CHECK_ABORTS("bad ID: Allocated using API 'o', verified using "
                 "API 'm'", coil_memory_free(n, coili_size(n)));
    CHECK_ABORTS("bad ID: Allocated using API 'm', verified using "
                 "API 'o'", coil_obj *o = (coil_obj *)p;
                 *o = *n; coil_decref(o));
    coil_decref(n);
    coil_memory_free(p, sizeof(coil_list_type));
    world_close(rt);
}

#if !COILI_POISON            /* which sees it first */
TEST(what_is_freed_twice_is_reported)
{
    coil_runtime *rt = open_guarded();
    char *p = MUST(coil_memory_alloc(10)),
         *q = MUST(coil_memory_alloc(10));

    CHECK_ABORTS("coil: the block is free already",
                 coil_memory_free(p, 10);
                 coil_memory_free(p, 10));
    CHECK_ABORTS("coil: the block is free already",
                 coil_memory_free(p, 10);
                 (void)!coil_memory_resize(p, 10, 20));
    coil_memory_free(p, 10);
    coil_memory_free(q, 10);
    world_close(rt);
}
#endif

TEST(a_wrong_size_is_reported)
{
    coil_runtime *rt = open_guarded();
    char *p = MUST(coil_memory_alloc(10));

    CHECK_ABORTS("coil: a block of 10 bytes is returned as one of 9",
                 coil_memory_free(p, 9));
    CHECK_ABORTS("coil: a block of 10 bytes is returned as one of 9000",
                 coil_memory_free(p, 9000));
    CHECK_ABORTS("coil: a block of 10 bytes is returned as one of 9",
                 (void)!coil_memory_resize(p, 9, 20));
    coil_memory_free(p, 10);
    world_close(rt);
}

/* ---- all the rest works under the guard -------------------------- */

TEST(containers_and_the_collector_run_under_the_guard)
{
    coil_runtime *rt = open_guarded();
    coil_obj *list = MUST(coil_list_new());
    coil_obj *dict = MUST(coil_dict_new());

    for (int i = 0; i < 2000; i++) {
        coil_obj *n = MUST(coil_int_new(i));
        coil_obj *ring = MUST(coil_list_new());

        CHECK_OK(coil_list_append(ring, ring));
        CHECK_OK(coil_list_append(list, ring));
        CHECK_OK(coil_dict_set(dict, n, ring));
        coil_decref(n);
        coil_decref(ring);
    }
    coil_decref(list);
    coil_decref(dict);
    CHECK_INT(coil_gc_collect(2), 2000);
    world_close(rt);
}
