#include "coil/constants.h"
#include "coil/int.h"
#include "coil/protocol.h"
#include "coil/str.h"
#include "internal/str_layout.h"
#include "internal/thread.h"
#include "support/coil_test.h"
#include "support/node.h"
#include "support/pair.h"

#define PYTHON_STRS
#include "support/python_tables.h"

#define LEN(array) (sizeof (array) / sizeof (array)[0])

static coil_obj *str(const char *s)
{
    return MUST(coil_str_from(s));
}

static void check_bytes(coil_obj *s, const char *want, size_t size)
{
    size_t found;
    const char *bytes = coil_str_bytes_borrowed(s, &found);

    CHECK_SIZE(found, size);
    CHECK(memcmp(bytes, want, size) == 0);
    CHECK_INT(bytes[size], 0);
}

/* ---- making ------------------------------------------------------ */

TEST(lengths_and_reprs_are_pythons)
{
    for (size_t i = 0; i < LEN(python_reprs); i++) {
        coil_obj *s = MUST(coil_str_new(python_reprs[i].bytes,
                                        python_reprs[i].size));

        check_bytes(s, python_reprs[i].bytes, python_reprs[i].size);
        CHECK_SIZE(coil_str_len(s), python_reprs[i].len);
        CHECK_REPR(s, python_reprs[i].repr);
        CHECK_INT(coil_truth(s), python_reprs[i].size > 0);
        coil_decref(s);
    }
}

TEST(a_str_is_made_from_a_c_string)
{
    coil_obj *s = str("hello"), *empty = str("");

    CHECK(coil_str_check(s));
    CHECK(!coil_str_check(COIL_NONE));
    check_bytes(s, "hello", 5);
    check_bytes(empty, "", 0);
    CHECK_SIZE(coil_str_len(empty), 0);
    CHECK_STR(coil_str_bytes_borrowed(s, NULL), "hello");
    coil_decref(s);
    coil_decref(empty);
}

TEST(no_bytes_need_no_address)
{
    coil_obj *s = MUST(coil_str_new(NULL, 0));

    check_bytes(s, "", 0);
    coil_decref(s);
}

TEST(a_format_has_no_limit)
{
    char wanted[5001];
    coil_obj *s = MUST(coil_str_format("%d of %s", 3, "five"));

    check_bytes(s, "3 of five", 9);
    coil_decref(s);
    memset(wanted, 'x', 5000);
    wanted[5000] = '\0';
    s = MUST(coil_str_format("%s", wanted));
    check_bytes(s, wanted, 5000);
    coil_decref(s);
    s = MUST(coil_str_format("%s", ""));
    check_bytes(s, "", 0);
    coil_decref(s);
}

TEST(concatenation_joins_the_texts)
{
    coil_obj *a = str("gr\303\274n"), *b = str("e \342\202\254");
    coil_obj *c = MUST(coil_str_concat(a, b));
    coil_obj *d = MUST(coil_str_concat(c, c));

    check_bytes(c, "gr\303\274ne \342\202\254", 10);
    CHECK_SIZE(coil_str_len(c), 7);
    CHECK_SIZE(coil_str_len(d), 14);
    coil_decref(a), coil_decref(b), coil_decref(c), coil_decref(d);
}

TEST(concatenation_with_something_else_is_a_type_error)
{
    coil_obj *s = str("a");

    CHECK_NULL(coil_str_concat(s, coil_int_new(1)));
    CHECK_ERROR(COIL_TYPE_ERROR,
                "can only concatenate str (not \"int\") to str");
    CHECK_NULL(coil_str_concat(COIL_NONE, s));
    CHECK_ERROR(COIL_TYPE_ERROR,
                "can only concatenate str (not \"NoneType\") to str");
    coil_decref(s);
}

/* ---- UTF-8 ------------------------------------------------------- */

TEST(invalid_utf8_is_a_value_error_that_tells_where)
{
    static const struct {
        const char *bytes;
        size_t at;
    } wrong[] = {
        { "\x80", 0 },                  /* starts with a later byte */
        { "ab\xbf", 2 },
        { "\xc0\x80", 0 },              /* too long a form of NUL */
        { "\xc1\xbf", 0 },
        { "\xe0\x80\x80", 0 },
        { "\xe0\x9f\xbf", 0 },          /* U+07FF in three bytes */
        { "\xf0\x80\x80\x80", 0 },
        { "\xf0\x8f\xbf\xbf", 0 },      /* U+FFFF in four */
        { "\xed\xa0\x80", 0 },          /* surrogates */
        { "\xed\xbf\xbf", 0 },
        { "\xf4\x90\x80\x80", 0 },      /* above U+10FFFF */
        { "\xf5\x80\x80\x80", 0 },
        { "\xff", 0 },
        { "abc\xc3", 3 },               /* cut off */
        { "\xe2\x82", 0 },
        { "\xf0\x9f\x98", 0 },
        { "\xc3\x28", 0 },              /* no later byte follows */
        { "\xe2\x28\xa1", 0 },
        { "\xe2\x82\x28", 0 },
        { "\xf0\x28\x8c\xbc", 0 },
        { "ok \xf0\x90\x8c\x28", 3 },
    };

    for (size_t i = 0; i < LEN(wrong); i++) {
        char text[60];

        snprintf(text, sizeof text, "invalid UTF-8 at byte %zu",
                 wrong[i].at);
        CHECK_NULL(coil_str_from(wrong[i].bytes));
        CHECK_ERROR(COIL_VALUE_ERROR, text);
    }
}

TEST(a_text_that_is_cut_by_its_size_is_invalid)
{
    CHECK_NULL(coil_str_new("\342\202\254", 2));
    CHECK_ERROR(COIL_VALUE_ERROR, "invalid UTF-8 at byte 0");
}

/* Every code point, and the first and last of each length. */
TEST(every_code_point_can_be_decoded)
{
    for (int32_t c = 0; c <= 0x10ffff; c++) {
        char b[4];
        const char *p = b;
        int n = c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
        static const int first[] = { 0, 0, 0xc0, 0xe0, 0xf0 };

        for (int i = n - 1, rest = c; i >= 0; i--, rest >>= 6)
            b[i] = (char)(i > 0 ? 0x80 | (rest & 0x3f)
                                : first[n] | rest);
        if (c >= 0xd800 && c < 0xe000) {
            CHECK_INT(coili_utf8_next(&p, b + n), -1);
            CHECK_SAME(p, b);
        } else {
            CHECK_INT(coili_utf8_next(&p, b + n), c);
            CHECK_SAME(p, b + n);
        }
    }
}

TEST(code_points_are_printable_as_in_python)
{
    CHECK(LEN(python_points) > 100);
    for (size_t i = 0; i < LEN(python_points); i++)
        if (coili_printable(python_points[i].point) !=
            python_points[i].printable)
            test_fail(__FILE__, __LINE__,
                      "U+%04X should %sbe printable",
                      (unsigned)python_points[i].point,
                      python_points[i].printable ? "" : "not ");
}

/* ---- equality and hash ------------------------------------------- */

TEST(strs_are_equal_if_their_texts_are)
{
    coil_obj *a = str("spam"), *b = str("spam"), *c = str("spal");
    coil_obj *d = str("spa"), *e = MUST(coil_str_new("spam\0", 5));

    CHECK_INT(coil_equal(a, a), 1);
    CHECK_INT(coil_equal(a, b), 1);
    CHECK_INT(coil_equal(a, c), 0);
    CHECK_INT(coil_equal(a, d), 0);
    CHECK_INT(coil_equal(a, e), 0);
    CHECK_INT(coil_equal(a, coil_int_new(1)), 0);
    CHECK_INT(coil_equal(COIL_NONE, a), 0);
    coil_decref(a), coil_decref(b), coil_decref(c), coil_decref(d);
    coil_decref(e);
}

/* The reference in tables.py is checked against CPython's own
 * function. */
TEST(the_hash_is_siphash_with_the_runtimes_seed)
{
    for (size_t i = 0; i < LEN(python_hashes); i++) {
        coil_options options = { .hash_seed = python_hashes[i].seed };
        coil_runtime *rt = MUST(coil_runtime_open(&options));

        CHECK_INT(coili_hash_bytes(python_hashes[i].bytes,
                                   python_hashes[i].size),
                  python_hashes[i].hash);
        CHECK_SIZE(coil_runtime_close(rt), 0);
        coil_runtime_enter(test_rt);
    }
}

TEST(equal_strs_hash_alike_and_a_hash_is_remembered)
{
    coil_obj *a = str("spam"), *b = str("spam");
    int64_t one, two;

    CHECK_OK(coil_hash(a, &one));
    CHECK_OK(coil_hash(b, &two));
    CHECK_INT(one, two);
    CHECK_INT(coili_str_of(a)->hash, one);
    CHECK_OK(coil_hash(a, &two));
    CHECK_INT(one, two);
    coil_decref(a);
    coil_decref(b);
}

static int64_t hash_in_a_new_runtime(void)
{
    coil_runtime *rt = MUST(coil_runtime_open(NULL));
    coil_obj *s = str("spam");
    int64_t hash;

    CHECK_OK(coil_hash(s, &hash));
    coil_decref(s);
    CHECK_SIZE(coil_runtime_close(rt), 0);
    coil_runtime_enter(test_rt);
    return hash;
}

TEST(without_a_seed_each_runtime_hashes_differently)
{
    CHECK(hash_in_a_new_runtime() != hash_in_a_new_runtime());
}

TEST(hashes_of_many_names_differ)
{
    enum { MANY = 20000 };
    static unsigned char taken[1 << 20];
    size_t collisions = 0;

    for (int i = 0; i < MANY; i++) {
        coil_obj *s = MUST(coil_str_format("name%d", i));
        int64_t hash;

        CHECK_OK(coil_hash(s, &hash));
        collisions += taken[(uint64_t)hash % sizeof taken]++ > 0;
        coil_decref(s);
    }
    CHECK(collisions < 400);    /* by chance: 20000^2 / 2^21 = 190 */
}

/* ---- interning --------------------------------------------------- */

TEST(interned_strs_with_one_text_are_one_object)
{
    coil_obj *a = MUST(coil_str_name("spam"));
    coil_obj *b = MUST(coil_str_name("spam"));
    coil_obj *c = MUST(coil_str_intern_steal(str("spam")));
    coil_obj *d = MUST(coil_str_name("eggs")), *e = str("spam");

    CHECK_SAME(b, a);
    CHECK_SAME(c, a);
    CHECK(d != a);
    CHECK(e != a);
    CHECK_INT(coil_equal(a, d), 0);
    CHECK_INT(coil_equal(a, e), 1);
    CHECK_INT(coil_equal(e, a), 1);
    CHECK_COUNT(a, 3);
    coil_decref(a), coil_decref(b), coil_decref(c), coil_decref(d);
    coil_decref(e);
}

TEST(interning_twice_changes_nothing)
{
    coil_obj *a = MUST(coil_str_name("spam"));

    CHECK_SAME(coil_str_intern_steal(a), a);
    CHECK_COUNT(a, 1);
    coil_decref(a);
}

TEST(an_interned_str_dies_like_others)
{
    coil_obj *a = MUST(coil_str_name("spam"));

    CHECK_SIZE(test_rt->names_len, 1);
    coil_decref(a);
    CHECK_SIZE(test_rt->names_len, 0);
    CHECK_SIZE(coil_census_live(), 0);
    coil_decref(MUST(coil_str_name("spam")));
    CHECK_SIZE(test_rt->names_len, 0);
}

/* Every slot in use holds an interned str that a search from its home
 * slot can reach: no gap lies between. */
static void validate_names(void)
{
    size_t cap = test_rt->names_cap, used = 0;

    for (size_t i = 0; i < cap; i++) {
        struct coili_str *s = test_rt->names[i];

        if (s == NULL)
            continue;
        used++;
        CHECK(s->interned);
        for (size_t j = (size_t)s->hash & (cap - 1); j != i;
             j = (j + 1) & (cap - 1))
            CHECK(test_rt->names[j] != NULL);
    }
    CHECK_SIZE(used, test_rt->names_len);
    CHECK(3 * used <= 2 * cap + 3);
}

TEST(names_stay_reachable_while_others_leave_their_cluster)
{
    enum { MANY = 2000 };
    static coil_obj *names[MANY];
    uint64_t random = 1;
    size_t left = MANY;

    for (size_t i = 0; i < MANY; i++)
        names[i] = MUST(coil_str_intern_steal(
            coil_str_format("name%zu", i)));
    validate_names();
    while (left > 0) {
        size_t i;

        random = random * UINT64_C(6364136223846793005) + 1;
        i = (size_t)(random >> 33) % MANY;
        if (names[i] == NULL)
            continue;
        COIL_CLEAR(names[i]);
        left--;
        if (left % 50 == 0)
            validate_names();
    }
    CHECK_SIZE(test_rt->names_len, 0);
}

/* A small table, nearly full, with clusters that go round its end:
 * names come and go, and each that lives must be found. */
TEST(a_crowded_table_finds_every_name)
{
    static coil_obj *names[40];
    uint64_t random = 7;

    for (int turn = 0; turn < 3000; turn++) {
        size_t i;
        char text[20];

        random = random * UINT64_C(6364136223846793005) + 1;
        i = (size_t)(random >> 33) % LEN(names);
        snprintf(text, sizeof text, "n%zu", i);
        if (names[i] != NULL) {
            coil_obj *again = MUST(coil_str_name(text));

            CHECK_SAME(again, names[i]);
            coil_decref(again);
            COIL_CLEAR(names[i]);
        } else {
            names[i] = MUST(coil_str_name(text));
        }
        validate_names();
    }
    CHECK_SIZE(test_rt->names_cap, 64);
    for (size_t i = 0; i < LEN(names); i++)
        coil_decref(names[i]);
}

TEST(a_str_that_is_no_name_is_not_in_the_table)
{
    coil_obj *a = MUST(coil_str_name("spam")), *b = str("spam");

    coil_decref(b);
    CHECK_SIZE(test_rt->names_len, 1);
    validate_names();
    coil_decref(a);
}

TEST(two_runtimes_intern_apart)
{
    coil_obj *a = MUST(coil_str_name("spam")), *b;
    coil_runtime *rt = MUST(coil_runtime_open(NULL));

    b = MUST(coil_str_name("spam"));
    CHECK(a != b);
    coil_decref(b);
    CHECK_SIZE(coil_runtime_close(rt), 0);
    coil_runtime_enter(test_rt);
    b = MUST(coil_str_name("spam"));
    CHECK_SAME(a, b);
    coil_decref(a);
    coil_decref(b);
}

static void ask_for_a_name(coil_obj *self, void *context)
{
    (void)self, (void)context;
    coil_decref(MUST(coil_str_name("a name")));
}

/* A name that dies deep in a chain waits for its turn; whoever asks for
 * it meanwhile must get another one. */
TEST(a_finalizer_is_not_handed_a_dead_name)
{
    for (int depth = 90; depth < 110; depth++) {
        coil_obj *name = MUST(coil_str_name("a name")), *head;

        head = MUST(node_new_final("n", ask_for_a_name, NULL));
        head = MUST(pair_new_steal(name, head));
        for (int i = 0; i < depth; i++)
            head = MUST(pair_new_steal(head, NULL));
        coil_decref(head);
        CHECK_SIZE(coil_census_live(), 0);
    }
}

TEST(a_null_passes_through_interning)
{
    CHECK_NULL(coil_str_intern_steal(NULL));
    CHECK_NULL(coil_str_name("\xff"));
    CHECK_ERROR(COIL_VALUE_ERROR, "invalid UTF-8 at byte 0");
}

/* ---- failing allocations, and the caller's faults ---------------- */

#define CHECK_FAULTS(call)                                      \
    FOR_EACH_FAULT(n) {                                         \
        coil_obj *result = (call);                              \
                                                                \
        if (fault_fired()) {                                    \
            CHECK_NULL(result);                                 \
            CHECK_ERROR(COIL_MEMORY_ERROR, "out of memory");    \
            continue;                                           \
        }                                                       \
        CHECK(n >= 1);                                          \
        coil_decref(MUST(result));                              \
    }

TEST(every_operation_fails_cleanly_at_each_allocation)
{
    coil_obj *a = str("0123456789012345678901234567890123456789");
    coil_obj *b = MUST(coil_str_concat(a, a)), *c;

    CHECK_FAULTS(coil_str_from("text"));
    CHECK_FAULTS(coil_str_format("%d", 1234567));
    CHECK_FAULTS(coil_str_concat(a, a));
    CHECK_FAULTS(coil_str_concat(b, b));
    CHECK_FAULTS(coil_str_name("name"));
    c = MUST(coil_str_name("another"));
    CHECK_FAULTS(coil_str_name("another"));
    CHECK_FAULTS(coil_repr(b));
    coil_decref(a), coil_decref(b), coil_decref(c);
}

TEST(interning_releases_what_it_stole_when_the_table_cannot_grow)
{
    coil_obj *s = str("spam");

    coil_memory_fail_at(0);
    CHECK_NULL(coil_str_intern_steal(s));
    CHECK_ERROR(COIL_MEMORY_ERROR, "out of memory");
    CHECK(coil_memory_failed());
    CHECK_SIZE(coil_census_live(), 0);
    CHECK_SIZE(test_rt->names_len, 0);
}

TEST(asking_for_the_bytes_of_something_else_is_a_checked_error)
{
    CHECK_ABORTS("checked error in coil_str_len: coil_str_check(o)",
                 coil_str_len(COIL_NONE));
    CHECK_ABORTS("checked error in coil_str_bytes_borrowed",
                 coil_str_bytes_borrowed(COIL_NONE, NULL));
    CHECK_ABORTS("checked error in coil_str_check: o != NULL",
                 coil_str_check(NULL));
    CHECK_ABORTS("checked error in coil_str_intern_steal",
                 coil_str_intern_steal(COIL_NONE) == NULL ? abort()
                                                          : (void)0);
    CHECK_ABORTS("checked error in coil_str_new",
                 coil_decref(coil_str_new(NULL, 1)));
    CHECK_ABORTS("checked error in coil_str_from: s != NULL",
                 coil_decref(coil_str_from(NULL)));
}
