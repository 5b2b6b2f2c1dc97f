#include <stdio.h>
#include <sys/resource.h>

#include "coil/pools.h"
#include "internal/pools.h"
#include "internal/thread.h"
#include "support/coil_test.h"
#include "support/world.h"

#define MOST 20000
static void *block[MOST];

static struct coili_pools *pools(void)
{
    return &coil_runtime_current()->pools;
}

static coil_pools_stat stats(void)
{
    coil_pools_stat stat;

    coil_pools_stats(&stat);
    return stat;
}

static size_t used(size_t size)
{
    return stats().sizes[(size + 15) / 16 - 1].used;
}

static void fill(size_t n, size_t size)
{
    CHECK(n <= MOST);
    for (size_t i = 0; i < n; i++)
        block[i] = MUST(coil_memory_alloc(size));
}

static void drop(size_t n, size_t size)
{
    for (size_t i = 0; i < n; i++)
        coil_memory_free(block[i], size);
    coili_pools_validate(pools());
}

/* The sums of the header. */
static void check_sums(void)
{
    coil_pools_stat s = stats();

    for (size_t i = 0; i < COIL_POOL_SIZES; i++) {
        CHECK_SIZE(s.sizes[i].size, 16 * (i + 1));
        CHECK_SIZE(s.sizes[i].used + s.sizes[i].available,
                   s.sizes[i].pools * s.sizes[i].per_pool);
    }
    CHECK_SIZE(s.used + s.available + s.unused + s.heads + s.rest,
               s.arenas * s.arena_size);
    coili_pools_validate(pools());
}

/* CPython's geometry. */
static const coil_options as_python = {
    .pools = COIL_POOLS_DIRECT,
    .pool_size = 16384, .pool_head = 48, .pool_arena = 1 << 20,
};

/* ---- which requests ---------------------------------------------- */

TEST(a_request_is_served_from_the_class_that_just_holds_it)
{
    static const size_t request[] = { 1, 16, 17, 32, 256, 257, 512 };
    static const size_t class[] = { 16, 16, 32, 32, 256, 272, 512 };
    coil_runtime *rt = world_open((coil_options){ 0 });

    for (size_t i = 0; i < 7; i++) {
        size_t before = used(class[i]);
        void *p = MUST(coil_memory_alloc(request[i]));

        CHECK(coil_pools_has(p));
        CHECK_SIZE(used(class[i]), before + 1);
        memset(p, 1, request[i]);
        coil_memory_free(p, request[i]);
        CHECK_SIZE(used(class[i]), before);
    }
    world_close(rt);
}

TEST(no_bytes_count_as_one_and_513_are_too_many)
{
    coil_runtime *rt = world_open((coil_options){ 0 });
    void *p = MUST(coil_memory_alloc(0)),
         *q = MUST(coil_memory_alloc(0));

    CHECK(p != q && coil_pools_has(p) && coil_pools_has(q));
    coil_memory_free(p, 0);
    coil_memory_free(q, 0);
    p = MUST(coil_memory_alloc(513));
    CHECK(!coil_pools_has(p));
    coil_memory_free(p, 513);
    world_close(rt);
}

TEST(the_threshold_is_an_option)
{
    coil_runtime *rt = world_open((coil_options){
        .pool_threshold = 64 });

    fill(2, 64);
    CHECK(coil_pools_has(block[0]));
    drop(2, 64);
    fill(2, 65);
    CHECK(!coil_pools_has(block[0]));
    drop(2, 65);
    world_close(rt);
}

TEST(a_huge_request_is_a_memory_error)
{
    coil_runtime *rt = world_open((coil_options){
        .memory = test_memory, .pools = COIL_POOLS_ON });
    char *p = MUST(coil_memory_alloc(16));

    CHECK_NULL(coil_memory_alloc(SIZE_MAX - 100));
    CHECK_ERROR(COIL_MEMORY_ERROR, "out of memory");
    CHECK_NULL(coil_memory_alloc(PTRDIFF_MAX));
    CHECK_ERROR(COIL_MEMORY_ERROR, "out of memory");
    strcpy(p, "still here");
    CHECK_NULL(coil_memory_resize(p, 16, SIZE_MAX - 100));
    CHECK_ERROR(COIL_MEMORY_ERROR, "out of memory");
    CHECK_STR(p, "still here");
    coil_memory_free(p, 16);
    world_close(rt);
}

/* ---- who serves -------------------------------------------------- */

TEST(a_hook_of_the_client_sees_every_request)
{
    size_t before = test_requests();
    coil_runtime *rt = world_open((coil_options){
        .memory = test_memory });

    CHECK_SIZE(test_requests(), before + 1);
    fill(100, 48);
    CHECK_SIZE(test_requests(), before + 101);
    CHECK(!coil_pools_has(block[0]));
    CHECK_SIZE(stats().region_size, 0);
    drop(100, 48);
    world_close(rt);
}

TEST(pools_that_were_asked_for_leave_the_hook_what_is_large)
{
    size_t before = test_requests();
    coil_runtime *rt = world_open((coil_options){
        .memory = test_memory, .pools = COIL_POOLS_ON });

    fill(100, 48);
    CHECK_SIZE(test_requests(), before + 1);
    drop(100, 48);
    fill(100, 600);
    CHECK_SIZE(test_requests(), before + 101);
    drop(100, 600);
    world_close(rt);
}

TEST(without_pools_all_comes_from_the_hook)
{
    coil_runtime *rt = world_open((coil_options){
        .pools = COIL_POOLS_OFF });
    char *p;

    fill(1000, 48);
    CHECK(!coil_pools_has(block[0]));
    drop(1000, 48);
    p = MUST(coil_memory_alloc(8));
    strcpy(p, "abcdefg");
    p = MUST(coil_memory_resize(p, 8, 600));
    p = MUST(coil_memory_resize(p, 600, 8));
    CHECK_STR(p, "abcdefg");
    coil_memory_free(p, 8);
    world_close(rt);
}

TEST(two_runtimes_have_pools_of_their_own)
{
    coil_runtime *a = world_open((coil_options){ 0 });
    void *p = MUST(coil_memory_alloc(48)), *q;
    coil_runtime *b = world_open((coil_options){ 0 });

    q = MUST(coil_memory_alloc(48));
    CHECK(coil_pools_has(q) && !coil_pools_has(p));
    CHECK_SIZE(used(48), 1);
    coil_memory_free(q, 48);
    world_close(b);
    coil_runtime_enter(a);
    CHECK(coil_pools_has(p) && !coil_pools_has(q));
    coil_memory_free(p, 48);
    world_close(a);
}

TEST(bad_options_are_checked)
{
    CHECK_ABORTS("checked error",
                 world_open((coil_options){ .pool_threshold = 528 }));
    CHECK_ABORTS("checked error",
                 world_open((coil_options){ .pool_threshold = 40 }));
    CHECK_ABORTS("checked error",
                 world_open((coil_options){ .pool_size = 5000 }));
    CHECK_ABORTS("checked error",
                 world_open((coil_options){ .pool_size = 2048 }));
    CHECK_ABORTS("checked error",
                 world_open((coil_options){ .pool_head = 24 }));
    CHECK_ABORTS("checked error",
                 world_open((coil_options){ .pool_head = 1 << 20 }));
    CHECK_ABORTS("checked error",
                 world_open((coil_options){ .pool_size = 1 << 17,
                                            .pool_arena = 1 << 16 }));
    CHECK_ABORTS("checked error",
                 world_open((coil_options){ .pool_size = 4096,
                                            .pool_arena = 2 << 20 }));
    CHECK_ABORTS("checked error",
                 world_open((coil_options){ .pool_region = 1 << 16 }));
    CHECK_ABORTS("checked error",
                 world_open((coil_options){
                     .pools = COIL_POOLS_ON | COIL_POOLS_OFF }));
}

/* ---- the shape of pools ------------------------------------------ */

TEST(all_blocks_are_aligned_and_neighbors_are_one_class_apart)
{
    coil_runtime *rt = world_open((coil_options){ 0 });

    for (size_t size = 16; size <= 512; size += 16) {
        fill(30, size);
        for (size_t i = 0; i < 30; i++) {
            CHECK_SIZE((uintptr_t)block[i] % 16, 0);
            CHECK_SIZE((uintptr_t)block[i] - (uintptr_t)block[0],
                       i * size);
            memset(block[i], 0xff, size);
        }
        drop(30, size);
    }
    world_close(rt);
}

TEST(a_pool_has_as_many_blocks_as_its_size_and_head_allow)
{
    static const size_t size[] = { 16, 32, 64, 480, 512 };
    static const size_t per_pool[] = { 1021, 510, 255, 34, 31 };
    coil_runtime *rt = world_open(as_python);

    for (size_t i = 0; i < 5; i++) {
        fill(per_pool[i] + 1, size[i]);
        for (size_t k = 0; k < per_pool[i]; k++)
            CHECK_SIZE((uintptr_t)block[k] % 16384, 48 + k * size[i]);
        CHECK_SIZE((uintptr_t)block[per_pool[i]] % 16384, 48);
        CHECK_SIZE(stats().sizes[size[i] / 16 - 1].per_pool,
                   per_pool[i]);
        drop(per_pool[i] + 1, size[i]);
    }
    world_close(rt);
}

TEST(without_a_head_a_pool_is_all_blocks)
{
    coil_runtime *rt = world_open((coil_options){ 0 });

    fill(128, 512);
    CHECK_SIZE((uintptr_t)block[0] % 65536, 0);
    CHECK_SIZE(stats().sizes[31].pools, 1);
    CHECK_SIZE(stats().sizes[31].per_pool, 128);
    drop(128, 512);
    world_close(rt);
}

/* ---- reuse ------------------------------------------------------- */

TEST(what_was_freed_last_is_reused_first)
{
    coil_runtime *rt = world_open((coil_options){ 0 });

    fill(COILI_MAGAZINE / 2, 48);
    for (size_t i = 0; i < COILI_MAGAZINE / 2; i++)
        coil_memory_free(block[i], 48);
    for (size_t i = COILI_MAGAZINE / 2; i-- > 0; )
        CHECK_SAME(MUST(coil_memory_alloc(48)), block[i]);
    drop(COILI_MAGAZINE / 2, 48);
    world_close(rt);
}

TEST(an_overflowing_magazine_keeps_what_was_freed_last)
{
    coil_runtime *rt = world_open((coil_options){ 0 });

    fill(1000, 48);
    for (size_t i = 0; i < 1000; i++)
        coil_memory_free(block[i], 48);
    for (size_t i = 1000; i-- > 1000 - COILI_MAGAZINE / 2; )
        CHECK_SAME(MUST(coil_memory_alloc(48)), block[i]);
    drop(0, 48);
    for (size_t i = 1000; i-- > 1000 - COILI_MAGAZINE / 2; )
        coil_memory_free(block[i], 48);
    world_close(rt);
}

TEST(without_magazines_the_lowest_free_block_is_next)
{
    coil_runtime *rt = world_open((coil_options){
        .pools = COIL_POOLS_DIRECT });

    fill(100, 48);
    coil_memory_free(block[70], 48);
    coil_memory_free(block[20], 48);
    coil_memory_free(block[50], 48);
    CHECK_SAME(MUST(coil_memory_alloc(48)), block[20]);
    CHECK_SAME(MUST(coil_memory_alloc(48)), block[50]);
    CHECK_SAME(MUST(coil_memory_alloc(48)), block[70]);
    drop(100, 48);
    CHECK_SIZE(stats().pools, 0);
    world_close(rt);
}

TEST(a_full_pool_that_gets_a_block_back_serves_it_next)
{
    static const unsigned ways[] = { 0, COIL_POOLS_DIRECT };

    for (size_t i = 0; i < 2; i++) {
        coil_runtime *rt = world_open((coil_options){
            .pools = ways[i] });

        fill(128, 512);
        CHECK_SIZE(stats().available, 0);
        coil_memory_free(block[77], 512);
        CHECK_SAME(MUST(coil_memory_alloc(512)), block[77]);
        drop(128, 512);
        world_close(rt);
    }
}

TEST(emptied_pools_serve_another_class)
{
    coil_runtime *rt = world_open(as_python);
    size_t pools = 201, again = 0;
    static bool was[1 << 13];
    uintptr_t base;

    fill(pools * 31, 512);
    base = coil_runtime_current()->pools.base;
    for (size_t i = 0; i < pools * 31; i++)
        was[((uintptr_t)block[i] - base) / 16384] = true;
    drop(pools * 31, 512);
    fill(200 * 34, 480);
    for (size_t i = 0; i < 200 * 34; i++) {
        size_t n = ((uintptr_t)block[i] - base) / 16384;

        again += was[n];
        was[n] = false;
    }
    CHECK_SIZE(stats().sizes[480 / 16 - 1].pools, 200);
    CHECK_SIZE(again, 200);
    drop(200 * 34, 480);
    world_close(rt);
}

TEST(the_magazines_are_emptied_before_an_arena_is_taken)
{
    coil_runtime *rt = world_open((coil_options){
        .pool_size = 4096, .pool_arena = 1 << 16 });

    fill(16 * 8, 512);                  /* a full arena */
    CHECK_SIZE(stats().arenas, 1);
    for (size_t i = 0; i < 8; i++)      /* a pool, all in a magazine */
        coil_memory_free(block[i], 512);
    fill(8, 256);
    CHECK_SIZE(stats().arenas, 1);
    drop(8, 256);
    for (size_t i = 8; i < 16 * 8; i++)
        coil_memory_free(block[i], 512);
    world_close(rt);
}

/* ---- arenas ------------------------------------------------------ */

TEST(arenas_return_when_all_is_freed_in_any_order)
{
    coil_runtime *rt = world_open((coil_options){ 0 });
    size_t n = 20000, step = 7919;

    fill(n, 512);
    CHECK_SIZE(stats().arenas, 5);
    for (size_t i = 0, k = 0; i < n; i++, k = (k + step) % n)
        coil_memory_free(block[k], 512);
    coili_pools_validate(pools());
    CHECK(stats().arenas <= 2);
    CHECK_SIZE(stats().arenas_most, 5);
    CHECK_SIZE(stats().used, 0);
    check_sums();
    fill(n, 512);
    memset(block[n - 1], 1, 512);
    CHECK_SIZE(stats().arenas, 5);
    drop(n, 512);
    world_close(rt);
}

TEST(the_memory_of_a_returned_arena_is_zero_when_it_comes_back)
{
    coil_runtime *rt = world_open((coil_options){
        .pools = COIL_POOLS_DIRECT, .pool_arena = 1 << 20 });
    char *p;

    fill(4 * 2048, 512);
    for (size_t i = 0; i < 4 * 2048; i++)
        memset(block[i], 0x55, 512);
    drop(4 * 2048, 512);
    CHECK_SIZE(stats().arenas, 1);
    CHECK_SIZE(stats().arenas_returned, 3);
    fill(4 * 2048, 512);
    p = block[4 * 2048 - 1];
    for (size_t i = 0; i < 512; i++)
        CHECK_INT(p[i], 0);
    drop(4 * 2048, 512);
    world_close(rt);
}

/* An arena with one pool in use, one with two and one that is full. */
TEST(of_arenas_with_room_the_fullest_is_used_first)
{
    coil_runtime *rt = world_open((coil_options){
        .pools = COIL_POOLS_DIRECT, .pool_size = 4096,
        .pool_arena = 1 << 16 });
    char *p;

    fill(3 * 16 * 8, 512);              /* three full arenas */
    CHECK_SIZE(stats().arenas, 3);
    for (size_t i = 8; i < 16 * 8; i++)
        coil_memory_free(block[i], 512);
    for (size_t i = 16 * 8 + 16; i < 2 * 16 * 8; i++)
        coil_memory_free(block[i], 512);
    p = MUST(coil_memory_alloc(48));
    CHECK_SIZE(((uintptr_t)p - pools()->base) >> 16, 1);
    coil_memory_free(p, 48);
    for (size_t i = 0; i < 8; i++)
        coil_memory_free(block[i], 512);
    for (size_t i = 16 * 8; i < 16 * 8 + 16; i++)
        coil_memory_free(block[i], 512);
    for (size_t i = 2 * 16 * 8; i < 3 * 16 * 8; i++)
        coil_memory_free(block[i], 512);
    CHECK_SIZE(stats().pools, 0);
    world_close(rt);
}

TEST(a_million_pairs_need_no_arena_and_no_page)
{
    coil_runtime *rt = world_open((coil_options){ 0 });
    struct rusage before, after;

    memset(MUST(block[0] = coil_memory_alloc(48)), 1, 48);
    coil_memory_free(block[0], 48);
    memset(MUST(block[0] = coil_memory_alloc(48)), 1, 48);
    coil_memory_free(block[0], 48);
    getrusage(RUSAGE_SELF, &before);
    for (int i = 0; i < 1000000; i++) {
        char *p = coil_memory_alloc(48);

        *p = 1;
        coil_memory_free(p, 48);
    }
    getrusage(RUSAGE_SELF, &after);
    CHECK(after.ru_minflt - before.ru_minflt < 10);
    CHECK_SIZE(stats().arenas_taken, 1);
    world_close(rt);
}

/* ---- resize ------------------------------------------------------ */

TEST(a_resized_block_stays_while_three_quarters_are_in_use)
{
    static const struct {
        size_t from, to;
        bool stays;
    } row[] = {
        { 512, 400, true }, { 512, 385, true }, { 512, 384, false },
        { 512, 100, false }, { 480, 480, true }, { 480, 481, false },
        { 100, 112, true }, { 100, 113, false }, { 64, 49, true },
        { 64, 48, false }, { 16, 1, true }, { 32, 17, true },
    };
    coil_runtime *rt = world_open((coil_options){ 0 });

    for (size_t i = 0; i < sizeof row / sizeof row[0]; i++) {
        char *p = MUST(coil_memory_alloc(row[i].from)), *q;
        size_t kept = row[i].from < row[i].to ? row[i].from : row[i].to;
        bool stays;

        for (size_t k = 0; k < row[i].from; k++)
            p[k] = (char)k;
        q = MUST(coil_memory_resize(p, row[i].from, row[i].to));
        stays = q == p;
        CHECK_INT(stays, row[i].stays);
        for (size_t k = 0; k < kept; k++)
            CHECK_INT(q[k], (char)k);
        memset(q, 1, row[i].to);
        coil_memory_free(q, row[i].to);
        coili_pools_validate(pools());
    }
    CHECK_SIZE(stats().used, 0);
    world_close(rt);
}

TEST(a_block_keeps_its_bytes_across_the_border_both_ways)
{
    coil_runtime *rt = world_open((coil_options){ 0 });
    char *p = MUST(coil_memory_alloc(8));

    memcpy(p, "abcdefg", 8);
    CHECK(coil_pools_has(p));
    p = MUST(coil_memory_resize(p, 8, 600));
    CHECK_STR(p, "abcdefg");
    CHECK(!coil_pools_has(p));
    p = MUST(coil_memory_resize(p, 600, 100000));
    CHECK_STR(p, "abcdefg");
    p = MUST(coil_memory_resize(p, 100000, 8));
    CHECK_STR(p, "abcdefg");
    CHECK(coil_pools_has(p));
    coil_memory_free(p, 8);
    p = MUST(coil_memory_resize(NULL, 0, 8));
    CHECK(coil_pools_has(p));
    coil_memory_free(p, 8);
    world_close(rt);
}

/* ---- when there is no memory ------------------------------------- */

TEST(a_planned_failure_hits_small_requests_too)
{
    coil_runtime *rt = world_open((coil_options){ 0 });

    for (size_t n = 0; n < 5; n++) {
        coil_memory_fail_at(n);
        for (size_t i = 0; i < 8; i++) {
            void *p = coil_memory_alloc(24);

            if (i == n) {
                CHECK_NULL(p);
                CHECK_ERROR(COIL_MEMORY_ERROR, "out of memory");
            } else {
                coil_memory_free(MUST(p), 24);
            }
        }
        CHECK(coil_memory_failed());
    }
    block[0] = MUST(coil_memory_alloc(3));
    coil_memory_fail_at(0);
    CHECK_NULL(coil_memory_resize(block[0], 3, 30));
    CHECK_ERROR(COIL_MEMORY_ERROR, "out of memory");
    CHECK(coil_memory_failed());
    coil_memory_free(block[0], 3);
    world_close(rt);
}

TEST(objects_survive_every_failure_with_pools)
{
    coil_runtime *rt = world_open((coil_options){ 0 });

    FOR_EACH_FAULT(n) {
        coil_obj *list = coil_list_new();
        int rv = list != NULL ? 0 : -1;

        for (int i = 0; rv == 0 && i < 100; i++)
            rv = coil_list_append_steal(list, coil_int_new(1000 + i));
        coil_decref(list);
        coili_pools_validate(pools());
        if (fault_fired()) {
            CHECK_INT(rv, -1);
            CHECK_ERROR(COIL_MEMORY_ERROR, "out of memory");
            continue;
        }
        CHECK_INT(rv, 0);
    }
    world_close(rt);
}

TEST(when_the_region_is_full_the_hook_serves)
{
    coil_runtime *rt = world_open((coil_options){
        .pool_size = 4096, .pool_arena = 1 << 16,
        .pool_region = 1 << 16 });
    char *p;

    fill(200, 512);
    CHECK(coil_pools_has(block[127]) && !coil_pools_has(block[128]));
    p = MUST(coil_memory_alloc(20));
    CHECK(!coil_pools_has(p));
    strcpy(p, "hello");
    p = MUST(coil_memory_resize(p, 20, 100));
    CHECK_STR(p, "hello");
    coil_memory_free(p, 100);
    block[0] = MUST(coil_memory_resize(block[0], 512, 1));
    CHECK(!coil_pools_has(block[0]));
    coil_memory_free(block[0], 1);
    block[0] = MUST(coil_memory_alloc(512));
    CHECK(coil_pools_has(block[0]));
    drop(200, 512);
    CHECK_SIZE(stats().used, 0);
    world_close(rt);
}

static void *dry(void *context, void *p, size_t old, size_t size)
{
    if (*(bool *)context && size > 0)
        return NULL;
    return test_memory(NULL, p, old, size);
}

TEST(to_make_a_block_smaller_cannot_fail)
{
    bool is_dry = false;
    coil_runtime *rt = world_open((coil_options){
        .memory = dry, .memory_context = &is_dry,
        .pools = COIL_POOLS_ON, .pool_size = 4096,
        .pool_arena = 1 << 16, .pool_region = 1 << 16 });
    void *p;

    fill(128, 512);
    is_dry = true;
    CHECK_NULL(coil_memory_alloc(512));
    CHECK_ERROR(COIL_MEMORY_ERROR, "out of memory");
    CHECK_NULL(coil_memory_resize(block[5], 512, 600));
    CHECK_ERROR(COIL_MEMORY_ERROR, "out of memory");
    p = MUST(coil_memory_resize(block[5], 512, 1));
    CHECK_SAME(p, block[5]);
    is_dry = false;
    coil_memory_free(p, 1);
    block[5] = MUST(coil_memory_alloc(512));
    drop(128, 512);
    world_close(rt);
}

/* The value of a line of /proc/self/status, in bytes. */
static size_t status(const char *name)
{
    FILE *f = MUST(fopen("/proc/self/status", "r"));
    char line[200];
    size_t kib = 0, len = strlen(name);

    while (fgets(line, sizeof line, f) != NULL)
        if (strncmp(line, name, len) == 0)
            kib = strtoul(line + len + 1, NULL, 10);
    fclose(f);
    return kib * 1024;
}

static void limit(int what, size_t bytes)
{
    struct rlimit l;

    CHECK_INT(getrlimit(what, &l), 0);
    l.rlim_cur = bytes;
    CHECK_INT(setrlimit(what, &l), 0);
}

TEST(where_addresses_are_few_the_region_is_smaller)
{
    coil_runtime *rt = world_open((coil_options){ 0 });

    limit(RLIMIT_AS, status("VmSize") + ((size_t)300 << 20));
    fill(1000, 48);
    CHECK_SIZE(stats().region_size, (size_t)256 << 20);
    CHECK(coil_pools_has(block[0]));
    drop(1000, 48);
    world_close(rt);
}

TEST(where_there_are_no_addresses_the_hook_serves)
{
    coil_runtime *rt = world_open((coil_options){ 0 });

    limit(RLIMIT_AS, status("VmSize") + ((size_t)32 << 20));
    fill(1000, 48);
    CHECK_SIZE(stats().region_size, 0);
    CHECK(!coil_pools_has(block[0]));
    drop(1000, 48);
    world_close(rt);
}

#if !COILI_POISON            /* whose shadow counts as data, too */
TEST(where_an_arena_gets_no_memory_the_hook_serves)
{
    coil_runtime *rt = world_open((coil_options){ 0 });
    size_t first = 2 * 4096;

    fill(first, 256);
    limit(RLIMIT_DATA, status("VmData"));
    for (size_t i = first; i < first + 100; i++)
        block[i] = MUST(coil_memory_alloc(256));
    CHECK(coil_pools_has(block[first - 1]));
    CHECK(!coil_pools_has(block[first + 99]));
    drop(first + 100, 256);
    world_close(rt);
}
#endif

/* ---- faults of the client ---------------------------------------- */

TEST(a_block_that_is_freed_twice_is_found_out)
{
    coil_runtime *rt = world_open((coil_options){
        .pools = COIL_POOLS_DIRECT });

    fill(2, 48);
    CHECK_ABORTS("checked error", coil_memory_free(block[0], 48);
                 coil_memory_free(block[0], 48));
    drop(2, 48);
    world_close(rt);
}

#if COILI_POISON
TEST(what_is_not_with_a_client_is_poisoned)
{
    coil_runtime *rt = world_open((coil_options){ 0 });
    char *p = MUST(coil_memory_alloc(20));

    CHECK(!__asan_region_is_poisoned(p, 20));
    CHECK(__asan_address_is_poisoned(p + 20));
    CHECK(__asan_address_is_poisoned(p + 32));
    p = MUST(coil_memory_resize(p, 20, 30));
    CHECK(!__asan_region_is_poisoned(p, 30));
    CHECK(__asan_address_is_poisoned(p + 30));
    coil_memory_free(p, 30);
    CHECK(__asan_address_is_poisoned(p));
    CHECK_SAME(MUST(coil_memory_alloc(32)), p);
    CHECK(!__asan_region_is_poisoned(p, 32));
    coil_memory_free(p, 32);
    world_close(rt);
    CHECK(!__asan_address_is_poisoned(p));
}

TEST(a_block_that_waits_in_a_magazine_cannot_be_freed_again)
{
    coil_runtime *rt = world_open((coil_options){ 0 });

    fill(2, 48);
    CHECK_ABORTS("checked error", coil_memory_free(block[0], 48);
                 coil_memory_free(block[0], 48));
    drop(2, 48);
    world_close(rt);
}
#endif

/* ---- statistics -------------------------------------------------- */

TEST(five_thousand_blocks_raise_the_number_in_use_by_as_many)
{
    coil_runtime *rt = world_open((coil_options){ 0 });

    for (size_t size = 1; size <= 512; size += 37) {
        size_t before = used(size);

        fill(5000, size);
        CHECK_SIZE(used(size), before + 5000);
        check_sums();
        drop(5000, size);
        CHECK_SIZE(used(size), before);
        check_sums();
    }
    world_close(rt);
}

TEST(the_numbers_add_up_with_any_geometry)
{
    static const coil_options geometry[] = {
        { .pool_size = 4096, .pool_arena = 1 << 20 },
        { .pool_size = 16384, .pool_head = 48, .pool_arena = 1 << 18 },
        { .pool_size = 1 << 20, .pool_arena = 1 << 20 },
        { .pool_size = 4096, .pool_head = 2048, .pool_arena = 1 << 16 },
        { .pools = COIL_POOLS_DIRECT },
    };
    uint32_t state = 1;

    for (size_t i = 0; i < 5; i++) {
        coil_runtime *rt = world_open(geometry[i]);
        static size_t size[2000];

        check_sums();
        for (size_t k = 0; k < 2000; k++) {
            state = state * 1664525 + 1013904223;
            size[k] = (state >> 16) % 512 + 1;
            block[k] = MUST(coil_memory_alloc(size[k]));
            memset(block[k], 0xaa, size[k]);
            if (k % 3 == 0) {
                coil_memory_free(block[k / 3], size[k / 3]);
                block[k / 3] = NULL;
            }
            if (k % 100 == 0)
                check_sums();
        }
        for (size_t k = 0; k < 2000; k++)
            coil_memory_free(block[k], size[k]);
        check_sums();
        CHECK_SIZE(stats().used, 0);
        world_close(rt);
    }
}

TEST(the_report_is_a_table_of_these_numbers)
{
    coil_runtime *rt = world_open((coil_options){
        .pool_size = 4096, .pool_head = 16, .pool_arena = 1 << 16 });

    fill(100, 48);
    block[100] = MUST(coil_memory_alloc(512));
    CHECK_PRINTS(
        "  size per pool    pools         used    available\n"
        "    48       85        2          100           70\n"
        "   512        7        1            1            6\n"
        "\n"
        "1 arenas of 65536 bytes, 1 at most; 1 taken, 0 returned\n"
        "3 pools of 4096 bytes, 13 more unused\n"
        "\n"
        "bytes of blocks in use                        5312\n"
        "bytes of available blocks                     6432\n"
        "bytes of unused pools                        53248\n"
        "bytes left free before blocks                   48\n"
        "bytes too few for a block                      496\n"
        "bytes of arenas                              65536\n",
        out, coil_pools_report(out));
    coil_memory_free(block[100], 512);
    drop(100, 48);
    world_close(rt);
}

/* ---- drawings ---------------------------------------------------- */

TEST(a_pool_is_drawn_with_its_magazine)
{
    coil_runtime *rt = world_open((coil_options){
        .pool_size = 4096, .pool_arena = 1 << 16 });

    fill(3, 512);
    coil_memory_free(block[1], 512);
    CHECK_PRINTS(
        "digraph pool {\n"
        "  rankdir=LR;\n"
        "  magazine [shape=record,label=\"magazine|<m5> 5"
        "|<m4> 4 to 0\"];\n"
        "  pool [shape=record,label=\"pool of 512 bytes|<b0> 0: out"
        "|<b1> 1: in magazine|<b2> 2: out|<b3> 3 to 7: in magazine"
        "\"];\n"
        "  magazine:m5 -> pool:b1;\n"
        "  magazine:m4 -> pool:b3;\n"
        "}\n",
        out, coil_pool_dump_graph(out, block[0]));
    coil_memory_free(block[0], 512);
    coil_memory_free(block[2], 512);
    world_close(rt);
}

TEST(blocks_alike_share_a_cell)
{
    coil_runtime *rt = world_open((coil_options){
        .pools = COIL_POOLS_DIRECT, .pool_size = 4096,
        .pool_arena = 1 << 16 });

    fill(10, 128);
    coil_memory_free(block[8], 128);
    CHECK_PRINTS(
        "digraph pool {\n"
        "  rankdir=LR;\n"
        "  magazine [shape=record,label=\"magazine\"];\n"
        "  pool [shape=record,label=\"pool of 128 bytes"
        "|<b0> 0 to 7: out|<b8> 8: free|<b9> 9: out"
        "|<b10> 10 to 31: fresh\"];\n"
        "}\n",
        out, coil_pool_dump_graph(out, block[0]));
    for (size_t i = 0; i < 10; i++)
        if (i != 8)
            coil_memory_free(block[i], 128);
    world_close(rt);
}

/* Four were freed upward, four downward. */
TEST(runs_of_a_magazine_share_a_cell_and_an_arrow)
{
    coil_runtime *rt = world_open((coil_options){
        .pool_size = 4096, .pool_arena = 1 << 16 });

    fill(8, 512);
    for (size_t i = 0; i < 4; i++)
        coil_memory_free(block[i], 512);
    for (size_t i = 8; i-- > 4; )
        coil_memory_free(block[i], 512);
    CHECK_PRINTS(
        "digraph pool {\n"
        "  rankdir=LR;\n"
        "  magazine [shape=record,label=\"magazine|<m7> 7 to 4"
        "|<m3> 3 to 0\"];\n"
        "  pool [shape=record,label=\"pool of 512 bytes"
        "|<b0> 0 to 3: in magazine|<b4> 4 to 7: in magazine\"];\n"
        "  magazine:m7 -> pool:b4;\n"
        "  magazine:m3 -> pool:b0;\n"
        "}\n",
        out, coil_pool_dump_graph(out, block[0]));
    world_close(rt);
}

/* Blocks 7 and 8 are neighbors, but not of one pool. */
TEST(a_run_of_a_magazine_ends_with_the_pool)
{
    coil_runtime *rt = world_open((coil_options){
        .pool_size = 4096, .pool_arena = 1 << 16 });

    fill(16, 512);
    CHECK((char *)block[8] == (char *)block[7] + 512);
    for (size_t i = 6; i < 12; i++)
        coil_memory_free(block[i], 512);
    CHECK_PRINTS(
        "digraph pool {\n"
        "  rankdir=LR;\n"
        "  magazine [shape=record,label=\"magazine|<m5> 5|<m4> 4|<m3> 3"
        "|<m2> 2|<m1> 1|<m0> 0\"];\n"
        "  pool [shape=record,label=\"pool of 512 bytes|<b0> 0 to 5: out"
        "|<b6> 6: in magazine|<b7> 7: in magazine\"];\n"
        "  magazine:m1 -> pool:b7;\n"
        "  magazine:m0 -> pool:b6;\n"
        "}\n",
        out, coil_pool_dump_graph(out, block[0]));
    for (size_t i = 0; i < 16; i++)
        if (i < 6 || i >= 12)
            coil_memory_free(block[i], 512);
    world_close(rt);
}

TEST(arenas_are_drawn_with_their_pools)
{
    coil_runtime *rt = world_open((coil_options){
        .pools = COIL_POOLS_DIRECT, .pool_size = 1 << 14,
        .pool_arena = 1 << 16 });

    fill(2 * 32, 512);
    coil_memory_free(block[0], 512);
    block[0] = MUST(coil_memory_alloc(16));
    for (size_t i = 32; i < 64; i++)
        coil_memory_free(block[i], 512);
    CHECK_PRINTS(
        "digraph arenas {\n"
        "  rankdir=LR;\n"
        "  a0 [shape=record,label=\"arena 0|512 bytes: 31 of 32"
        "|emptied|16 bytes: 1 of 1024|fresh\"];\n"
        "}\n",
        out, coil_pools_dump_graph(out));
    coil_memory_free(block[0], 16);
    for (size_t i = 1; i < 32; i++)
        coil_memory_free(block[i], 512);
    world_close(rt);
}

/* ---- what the collector needs ------------------------------------ */

TEST(a_walk_meets_the_pools_in_the_order_of_addresses)
{
    coil_runtime *rt = world_open((coil_options){
        .pool_size = 4096, .pool_arena = 1 << 16 });
    struct coili_pool *pool;
    uintptr_t last = 0;
    size_t n = 0;

    fill(1000, 512);
    for (size_t i = 0; i < 1000; i += 2)
        coil_memory_free(block[i], 512);
    COILI_EACH_POOL(pools(), pool) {
        uintptr_t start = (uintptr_t)coili_pool_start(pools(), pool);

        CHECK(start > last);
        CHECK(coili_pool_of(pools(), (void *)start) == pool);
        last = start;
        n++;
    }
    CHECK_SIZE(n, stats().pools);
    for (size_t i = 1; i < 1000; i += 2)
        coil_memory_free(block[i], 512);
    world_close(rt);
}

TEST(many_blocks_of_a_pool_are_freed_at_once)
{
    coil_runtime *rt = world_open((coil_options){
        .pools = COIL_POOLS_DIRECT });
    uint64_t dead[64] = { 0 };
    struct coili_pool *pool;
    size_t n = 0;

    fill(2730, 48);                     /* two full pools */
    pool = coili_pool_of(pools(), block[0]);
    coil_memory_free(block[1364], 48);  /* the last of the first */
    CHECK_SAME(MUST(coil_memory_alloc(48)), block[1364]);
    for (size_t i = 0; i < 1365; i += 3) {
        size_t grain = (size_t)((char *)block[i]
            - coili_pool_start(pools(), pool)) / 16;

        dead[grain / 64] |= UINT64_C(1) << grain % 64;
        n++;
    }
    coili_pools_free_run(pools(), pool, dead);
    coili_pools_validate(pools());
    CHECK_SIZE(used(48), 2730 - n);
#if COILI_POISON
    CHECK(__asan_address_is_poisoned(block[0]));
    CHECK(!__asan_address_is_poisoned(block[1]));
#endif
    CHECK_SAME(MUST(coil_memory_alloc(48)), block[0]);
    for (size_t i = 0; i < 2730; i++)
        if (i == 0 || i >= 1365 || i % 3 != 0)
            coil_memory_free(block[i], 48);
    CHECK_SIZE(used(48), 0);
    world_close(rt);
}

TEST(a_pool_whose_blocks_are_all_freed_at_once_is_unused)
{
    coil_runtime *rt = world_open((coil_options){
        .pools = COIL_POOLS_DIRECT });
    uint64_t dead[64];

    fill(128, 512);
    for (size_t i = 0; i < 64; i++)
        dead[i] = UINT64_C(0x0000000100000001);
    coili_pools_free_run(pools(), coili_pool_of(pools(), block[0]),
                         dead);
    CHECK_SIZE(stats().pools, 0);
    fill(128, 512);
    drop(127, 512);
    coil_memory_free(block[127], 512);
    world_close(rt);
}

TEST(a_shadow_is_zero_and_follows_the_arenas)
{
    coil_runtime *rt = world_open((coil_options){
        .pools = COIL_POOLS_DIRECT });
    struct coili_pools *p = pools();
    uint32_t *trial;
    uint64_t *mark;
    size_t last;

    fill(1, 512);
    trial = MUST(coili_pools_shadow(p, 32));
    mark = MUST(coili_pools_shadow(p, 1));
    trial[coili_grain_of(p, block[0])] = 7;
    for (size_t i = 1; i < 20000; i++)
        block[i] = MUST(coil_memory_alloc(512));
    last = coili_grain_of(p, block[19999]);
    CHECK_SIZE(trial[last], 0);
    CHECK_SIZE(mark[last / 64], 0);
    trial[last] = 1;
    mark[last / 64] = UINT64_MAX;
    for (size_t i = 0; i < 20000; i++)
        coil_memory_free(block[i], 512);
    CHECK(stats().arenas_returned > 0);
    CHECK_SIZE(trial[0], 7);
    fill(20000, 512);
    CHECK_SIZE(trial[last], 0);
    CHECK_SIZE(mark[last / 64], 0);
    drop(20000, 512);
    world_close(rt);
}
