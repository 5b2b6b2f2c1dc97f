#include <stdio.h>

#include "coil/constants.h"
#include "coil/float.h"
#include "coil/int.h"
#include "coil/protocol.h"
#include "coil/str.h"
#include "internal/thread.h"
#include "support/coil_test.h"
#include "support/pair.h"

/* ---- types of our own -------------------------------------------- */

/* A box holds one object and asks it every question that it is
 * asked. */
struct box {
    coil_obj head;
    coil_obj *inner;            /* owned, or NULL */
};

static coil_type box_type;

static coil_obj *inner_of(coil_obj *o)
{
    return ((struct box *)o)->inner;
}

static int box_traverse(coil_obj *self, coil_visit_fn *visit, void *arg)
{
    COIL_VISIT(inner_of(self));
    return 0;
}

static void box_release(coil_obj *self)
{
    COIL_CLEAR(((struct box *)self)->inner);
}

static int box_repr(coil_obj *self, coil_text *out)
{
    if (inner_of(self) == NULL)
        return coil_text_add(out, "()");
    if (coil_text_add(out, "(") < 0 ||
        coil_text_repr(out, inner_of(self)) < 0)
        return -1;
    return coil_text_add(out, ")");
}

static int box_hash(coil_obj *self, int64_t *hash)
{
    if (inner_of(self) == NULL) {
        *hash = 7;
        return 0;
    }
    return coil_hash(inner_of(self), hash);
}

static int box_equal(coil_obj *self, coil_obj *other)
{
    if (!coil_is(other, &box_type))
        return COIL_UNKNOWN;
    if (inner_of(self) == NULL || inner_of(other) == NULL)
        return inner_of(self) == inner_of(other);
    return coil_equal(inner_of(self), inner_of(other));
}

static coil_type box_type = {
    .head = COIL_TYPE_HEAD, .name = "box", .size = sizeof(struct box),
    .traverse = box_traverse, .release = box_release, .repr = box_repr,
    .hash = box_hash, .equal = box_equal,
};

static coil_obj *boxes(size_t depth)
{
    coil_obj *o = NULL;

    while (depth-- > 0) {
        struct box *b = MUST(coil_object_new(&box_type));

        b->inner = o;
        o = &b->head;
    }
    return o;
}

/* Something that equals everything, and something that fails. */
static size_t asked;

static int says_yes(coil_obj *self, coil_obj *other)
{
    (void)self, (void)other;
    asked++;
    return 1;
}

static int does_not_know(coil_obj *self, coil_obj *other)
{
    (void)self, (void)other;
    asked++;
    return COIL_UNKNOWN;
}

static int fails(coil_obj *self, coil_obj *other)
{
    (void)self, (void)other;
    asked++;
    coil_error_set(COIL_VALUE_ERROR, "cannot compare");
    return -1;
}

static int truth_fails(coil_obj *self)
{
    (void)self;
    coil_error_set(COIL_TYPE_ERROR, "no truth");
    return -1;
}

static coil_type yes_type = {
    .head = COIL_TYPE_HEAD, .name = "yes", .size = sizeof(coil_obj),
    .equal = says_yes,
};
static coil_type unknown_type = {
    .head = COIL_TYPE_HEAD, .name = "unknown", .size = sizeof(coil_obj),
    .equal = does_not_know,
};
static coil_type failing_type = {
    .head = COIL_TYPE_HEAD, .name = "failing", .size = sizeof(coil_obj),
    .equal = fails, .truth = truth_fails,
};
static coil_type plain_type = {
    .head = COIL_TYPE_HEAD, .name = "plain", .size = sizeof(coil_obj),
};

static coil_obj *make(coil_type *type)
{
    return MUST(coil_object_new(type));
}

/* ---- repr and print ---------------------------------------------- */

TEST(the_repr_is_a_new_str)
{
    coil_obj *n = MUST(coil_int_new(12345)), *s = MUST(coil_repr(n));

    CHECK(coil_str_check(s));
    CHECK_COUNT(s, 1);
    CHECK_STR(coil_str_bytes_borrowed(s, NULL), "12345");
    coil_decref(n);
    coil_decref(s);
}

TEST(a_type_without_a_repr_has_the_usual_one)
{
    coil_obj *p = make(&plain_type);

    CHECK_REPR(p, "<plain object>");
    coil_decref(p);
}

TEST(printing_writes_a_str_bare_and_all_else_as_its_repr)
{
    coil_obj *s = MUST(coil_str_from("it's \303\251")), *b = boxes(1);

    ((struct box *)b)->inner = coil_incref(s);
    CHECK_PRINTS("it's \303\251", out, CHECK_OK(coil_print(out, s)));
    CHECK_PRINTS("(\"it's \303\251\")", out,
                 CHECK_OK(coil_print(out, b)));
    CHECK_PRINTS("None", out, CHECK_OK(coil_print(out, COIL_NONE)));
    coil_decref(s);
    coil_decref(b);
}

TEST(printing_where_nothing_fits_is_an_os_error)
{
    FILE *full = fopen("/dev/full", "w");

    CHECK(full != NULL);
    setvbuf(full, NULL, _IONBF, 0);
    CHECK_INT(coil_print(full, COIL_NONE), -1);
    CHECK_ERROR(COIL_OS_ERROR, "[Errno 28] No space left on device");
    fclose(full);
}

TEST(the_depth_of_questions_is_limited)
{
    coil_obj *fits = boxes(COIL_DEPTH), *same = boxes(COIL_DEPTH);
    coil_obj *deep = boxes(COIL_DEPTH + 1);
    coil_obj *also = boxes(COIL_DEPTH + 1), *s;
    int64_t hash;

    s = MUST(coil_repr(fits));
    CHECK_SIZE(coil_str_len(s), 2 * COIL_DEPTH);
    coil_decref(s);
    CHECK_INT(coil_equal(fits, same), 1);
    CHECK_OK(coil_hash(fits, &hash));
    CHECK_INT(hash, 7);
    CHECK_NULL(coil_repr(deep));
    CHECK_ERROR(COIL_RECURSION_ERROR, "maximum recursion depth exceeded"
                " while getting the repr of an object");
    CHECK_INT(coil_equal(deep, also), -1);
    CHECK_ERROR(COIL_RECURSION_ERROR,
                "maximum recursion depth exceeded in comparison");
    CHECK_INT(coil_hash(deep, &hash), -1);
    CHECK(coil_error_is(COIL_RECURSION_ERROR));
    coil_error_clear();
    CHECK_SIZE(coili_thread->depth, 0);
    coil_decref(fits), coil_decref(same);
    coil_decref(deep), coil_decref(also);
}

/* ---- equality ---------------------------------------------------- */

TEST(without_an_equality_objects_are_equal_to_themselves_alone)
{
    coil_obj *a = make(&plain_type), *b = make(&plain_type);

    CHECK_INT(coil_equal(a, a), 1);
    CHECK_INT(coil_equal(a, b), 0);
    coil_decref(a);
    coil_decref(b);
}

TEST(the_other_side_is_asked_when_the_first_does_not_know)
{
    coil_obj *yes = make(&yes_type), *unknown = make(&unknown_type);
    coil_obj *another = make(&unknown_type);

    CHECK_INT(coil_equal(unknown, yes), 1);
    CHECK_SIZE(asked, 2);
    CHECK_INT(coil_equal(yes, unknown), 1);
    CHECK_SIZE(asked, 3);
    CHECK_INT(coil_equal(COIL_NONE, yes), 1);
    CHECK_SIZE(asked, 4);
    CHECK_INT(coil_equal(unknown, another), 0); /* once for each type */
    CHECK_SIZE(asked, 5);
    CHECK_INT(coil_equal(unknown, unknown), 1);
    CHECK_SIZE(asked, 6);
    coil_decref(yes), coil_decref(unknown), coil_decref(another);
}

TEST(a_failing_comparison_is_an_error_and_no_answer)
{
    coil_obj *f = make(&failing_type), *u = make(&unknown_type);

    CHECK_INT(coil_equal(f, COIL_NONE), -1);
    CHECK_ERROR(COIL_VALUE_ERROR, "cannot compare");
    CHECK_INT(coil_equal(u, f), -1);
    CHECK_ERROR(COIL_VALUE_ERROR, "cannot compare");
    coil_decref(f);
    coil_decref(u);
}

TEST(same_looks_at_identity_before_it_asks)
{
    coil_obj *f = make(&failing_type);

    CHECK_INT(coil_same(f, f), 1);
    CHECK_SIZE(asked, 0);
    CHECK_INT(coil_equal(f, f), -1);
    CHECK_ERROR(COIL_VALUE_ERROR, "cannot compare");
    coil_decref(f);
}

/* ---- hash and truth ---------------------------------------------- */

TEST(an_equality_without_a_hash_makes_a_type_unhashable)
{
    coil_obj *yes = make(&yes_type);
    int64_t hash = 5;

    CHECK_INT(coil_hash(yes, &hash), -1);
    CHECK_ERROR(COIL_TYPE_ERROR, "unhashable type: 'yes'");
    coil_decref(yes);
}

TEST(without_an_equality_the_hash_is_the_address)
{
    coil_obj *a = make(&plain_type), *b = make(&plain_type);
    int64_t one, two, again;

    CHECK_OK(coil_hash(a, &one));
    CHECK_OK(coil_hash(b, &two));
    CHECK_OK(coil_hash(a, &again));
    CHECK_INT(one, again);
    CHECK(one != two);
    CHECK_INT(one, (int64_t)((uintptr_t)a >> 4 |
                             (uint64_t)(uintptr_t)a << 60));
    coil_decref(a);
    coil_decref(b);
}

TEST(without_a_truth_an_object_is_true)
{
    coil_obj *a = make(&plain_type), *f = make(&failing_type);

    CHECK_INT(coil_truth(a), 1);
    CHECK_INT(coil_truth(f), -1);
    CHECK_ERROR(COIL_TYPE_ERROR, "no truth");
    coil_decref(a);
    coil_decref(f);
}

/* ---- failing allocations, and the caller's faults ---------------- */

TEST(repr_and_print_fail_cleanly_at_each_allocation)
{
    coil_obj *b = boxes(300);

    FOR_EACH_FAULT(n) {
        coil_obj *s = coil_repr(b);

        if (fault_fired()) {
            CHECK_NULL(s);
            CHECK_ERROR(COIL_MEMORY_ERROR, "out of memory");
            CHECK_SIZE(coili_thread->depth, 0);
            continue;
        }
        CHECK(n >= 3);
        CHECK_SIZE(coil_str_len(s), 600);
        coil_decref(s);
    }
    FOR_EACH_FAULT(n) {
        FILE *null = fopen("/dev/null", "w");
        int rv = coil_print(null, b);

        fclose(null);
        if (fault_fired()) {
            CHECK_INT(rv, -1);
            CHECK_ERROR(COIL_MEMORY_ERROR, "out of memory");
            continue;
        }
        CHECK_INT(rv, 0);
    }
    coil_decref(b);
}

TEST(asking_null_is_a_checked_error)
{
    int64_t hash;

    CHECK_ABORTS("checked error in coil_text_repr",
                 coil_decref(coil_repr(NULL)));
    CHECK_ABORTS("checked error in coil_print",
                 coil_print(stdout, NULL));
    CHECK_ABORTS("checked error in coil_equal",
                 coil_equal(COIL_NONE, NULL));
    CHECK_ABORTS("checked error in coil_hash", coil_hash(NULL, &hash));
    CHECK_ABORTS("checked error in coil_truth: o != NULL",
                 coil_truth(NULL));
}
