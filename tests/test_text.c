#include "coil/int.h"
#include "coil/str.h"
#include "coil/text.h"
#include "support/coil_test.h"

static void check_text(coil_text *t, const char *want)
{
    CHECK_SIZE(t->size, strlen(want));
    CHECK(memcmp(t->bytes, want, t->size) == 0);
}

TEST(a_new_text_is_empty_and_needs_no_memory)
{
    coil_text t;
    size_t before = test_requests();

    coil_text_init(&t);
    check_text(&t, "");
    coil_text_clear(&t);
    CHECK_SIZE(test_requests(), before);
}

TEST(a_text_grows_by_what_is_added)
{
    coil_obj *s = MUST(coil_str_from("it's")), *n = coil_int_new(7);
    coil_text t;

    coil_text_init(&t);
    CHECK_OK(coil_text_add(&t, "<"));
    CHECK_OK(coil_text_bytes(&t, "abcdef", 3));
    CHECK_OK(coil_text_format(&t, " %d-%s ", 5, "x"));
    CHECK_OK(coil_text_str(&t, s));
    CHECK_OK(coil_text_add(&t, " "));
    CHECK_OK(coil_text_repr(&t, s));
    CHECK_OK(coil_text_repr(&t, n));
    CHECK_OK(coil_text_add(&t, ""));
    check_text(&t, "<abc 5-x it's \"it's\"7");
    coil_text_clear(&t);
    check_text(&t, "");
    coil_decref(s);
}

TEST(the_first_120_bytes_need_no_memory)
{
    size_t before = test_requests();
    coil_text t;

    coil_text_init(&t);
    for (int i = 0; i < 120; i++)
        CHECK_OK(coil_text_add(&t, "x"));
    CHECK_SIZE(test_requests(), before);
    CHECK_OK(coil_text_add(&t, "x"));
    if (test_hook_sees_all())
        CHECK_SIZE(test_requests(), before + 1);
    CHECK_SIZE(t.size, 121);
    coil_text_clear(&t);
}

TEST(a_long_text_is_kept_whole)
{
    coil_text t;

    coil_text_init(&t);
    for (int i = 0; i < 100000; i++)
        CHECK_OK(coil_text_bytes(&t, "0123456789", 10));
    CHECK_SIZE(t.size, 1000000);
    for (size_t i = 0; i < t.size; i++)
        CHECK(t.bytes[i] == (char)('0' + i % 10));
    coil_text_clear(&t);
}

TEST(one_piece_may_be_longer_than_the_doubled_text)
{
    char piece[5000];
    coil_text t;

    memset(piece, 'x', sizeof piece);
    coil_text_init(&t);
    CHECK_OK(coil_text_add(&t, "a"));
    CHECK_OK(coil_text_bytes(&t, piece, sizeof piece));
    CHECK_SIZE(t.size, 5001);
    CHECK(t.bytes[0] == 'a' && t.bytes[5000] == 'x');
    coil_text_clear(&t);
}

TEST(a_format_writes_at_most_200_bytes)
{
    char piece[301];
    coil_text t;

    memset(piece, 'y', 300);
    piece[300] = '\0';
    coil_text_init(&t);
    CHECK_OK(coil_text_format(&t, "%s", piece));
    CHECK_SIZE(t.size, 200);
    CHECK(t.bytes[199] == 'y');
    coil_text_clear(&t);
}

TEST(a_container_sees_whether_it_is_being_written)
{
    coil_obj *a = coil_int_new(1), *b = coil_int_new(2);
    coil_text_frame outer, inner, none;
    coil_text t, other;

    coil_text_init(&t);
    coil_text_init(&other);
    CHECK(!coil_text_enter(&t, a, &outer));
    CHECK(coil_text_enter(&t, a, &none));
    CHECK(!coil_text_enter(&t, b, &inner));
    CHECK(coil_text_enter(&t, a, &none));
    CHECK(coil_text_enter(&t, b, &none));
    CHECK(!coil_text_enter(&other, a, &none));
    coil_text_leave(&other, &none);
    coil_text_leave(&t, &inner);
    CHECK(!coil_text_enter(&t, b, &inner));
    coil_text_leave(&t, &inner);
    coil_text_leave(&t, &outer);
    CHECK(!coil_text_enter(&t, a, &outer));
    coil_text_leave(&t, &outer);
}

TEST(leaving_in_the_wrong_order_is_a_checked_error)
{
    coil_text_frame outer, inner;
    coil_text t;

    coil_text_init(&t);
    CHECK(!coil_text_enter(&t, coil_int_new(1), &outer));
    CHECK(!coil_text_enter(&t, coil_int_new(2), &inner));
    CHECK_ABORTS("checked error in coil_text_leave: t->frames == frame",
                 coil_text_leave(&t, &outer));
}

TEST(growing_fails_cleanly_and_the_text_stays_as_it_was)
{
    coil_text t;

    coil_text_init(&t);
    for (int i = 0; i < 12; i++)
        CHECK_OK(coil_text_bytes(&t, "0123456789", 10));
    FOR_EACH_FAULT(n) {
        int rv = coil_text_add(&t, "x");

        if (fault_fired()) {
            CHECK_INT(rv, -1);
            CHECK_ERROR(COIL_MEMORY_ERROR, "out of memory");
            CHECK_SIZE(t.size, 120);
            continue;
        }
        CHECK_INT(rv, 0);
    }
    for (int i = 0; i < 119; i++)       /* up to the next limit */
        CHECK_OK(coil_text_add(&t, "y"));
    FOR_EACH_FAULT(n) {
        int rv = coil_text_add(&t, "z");

        if (fault_fired()) {
            CHECK_INT(rv, -1);
            CHECK_ERROR(COIL_MEMORY_ERROR, "out of memory");
            CHECK_SIZE(t.size, 240);
            CHECK(t.bytes[120] == 'x' && t.bytes[239] == 'y');
            continue;
        }
        CHECK_INT(rv, 0);
    }
    coil_text_clear(&t);
}
