/* Tests that must fail: fires.sh runs each and looks at how it does. */
#include <unistd.h>

#include "coil/coil.h"
#include "support/coil_test.h"

TEST(checks_nothing)            /* nothing was checked */
{
    coil_decref(MUST(coil_int_new(1000)));
}

TEST(leaves_an_object)          /* objects alive at the end is 1, not 0 */
{
    CHECK(coil_int_new(1000) != NULL);
}

TEST(leaves_memory)             /* blocks left at the end is 1, not 0 */
{
    CHECK(coil_memory_alloc(10) != NULL);
}

TEST(leaves_an_error)           /* pending is KeyError: k */
{
    coil_error_set(COIL_KEY_ERROR, "k");
}

TEST(ignores_an_error)          /* ignored in 'here', and not expected */
{
    coil_error_set(COIL_KEY_ERROR, "k");
    coil_error_ignore("here");
}

TEST(ends_too_early)            /* Early exit with return value 0 */
{
    exit(0);
}

TEST(leaves_another_runtime)    /* another runtime is current */
{
    coil_runtime_enter(NULL);
}

TEST(wrong_condition)           /* not so: 1 > 2 */
{
    CHECK(1 > 2);
}

TEST(wrong_int)                 /* 1 + 1 is 2, not 3 */
{
    CHECK_INT(1 + 1, 3);
}

TEST(wrong_size)                /* sizeof(char) is 1, not 2 */
{
    CHECK_SIZE(sizeof(char), 2);
}

TEST(wrong_str)                 /* and not */
{
    CHECK_STR("a", "b");
}

TEST(wrong_pointer)             /* COIL_NONE is 0x */
{
    CHECK_NULL(COIL_NONE);
}

TEST(wrong_repr)                /* repr of COIL_NONE is */
{
    CHECK_REPR(COIL_NONE, "none");
}

TEST(wrong_count)               /* count of COIL_NONE is 2147483648, not 1 */
{
    CHECK_COUNT(COIL_NONE, 1);
}

TEST(wrong_result)              /* gave -1, with TypeError: 'NoneType' */
{
    int64_t value;

    CHECK_OK(coil_int_value(COIL_NONE, &value));
}

TEST(missing_result)            /* gave NULL, with ValueError: invalid */
{
    coil_decref(MUST(coil_str_from("\xff")));
}

TEST(other_kind_of_error)       /* pending is KeyError: k; expected */
{
    coil_error_set(COIL_KEY_ERROR, "k");
    CHECK_ERROR(COIL_LOOKUP_ERROR, "k");
}

TEST(other_text_of_error)       /* pending is KeyError: k; expected */
{
    coil_error_set(COIL_KEY_ERROR, "k");
    CHECK_ERROR(COIL_KEY_ERROR, "l");
}

TEST(no_error)                  /* pending is no error; expected KeyError */
{
    CHECK_ERROR(COIL_KEY_ERROR, "k");
}

TEST(nothing_ignored)           /* no error was ignored, expected KeyError */
{
    CHECK_IGNORED(COIL_KEY_ERROR, "k", "here");
}

TEST(another_ignored)           /* ignored in 'here' was KeyError: k */
{
    coil_error_set(COIL_KEY_ERROR, "k");
    coil_error_ignore("here");
    CHECK_IGNORED(COIL_KEY_ERROR, "k", "there");
}

TEST(does_not_abort)            /* no abort, but status 0 */
{
    CHECK_ABORTS("anything", (void)0);
}

TEST(aborts_for_another_reason) /* and not with */
{
    CHECK_ABORTS("checked error in coil_incref", coil_truth(NULL));
}

TEST(prints_something_else)     /* the output is */
{
    CHECK_PRINTS("a", out, fputs("b", out));
}

TEST(leaks_when_memory_fails)   /* objects alive after a failed pass is 1 */
{
    FOR_EACH_FAULT(n) {
        coil_obj *a = coil_int_new(1000), *b = coil_int_new(1001);

        coil_error_clear();
        if (a != NULL && b != NULL) {
            coil_decref(a);
            coil_decref(b);
        }
    }
}

TEST(leaves_an_error_when_memory_fails)     /* pending is MemoryError */
{
    FOR_EACH_FAULT(n)
        coil_decref(coil_int_new(1000));
}

TEST(asks_for_no_memory)        /* no memory is asked for */
{
    FOR_EACH_FAULT(n)
        CHECK_INT(1 + 1, 2);
}

TEST(leaves_the_faults_early)   /* the passes end before one without */
{
    FOR_EACH_FAULT(n)
        break;
}

TEST(never_succeeds)            /* a fault fires in every pass */
{
    FOR_EACH_FAULT(n) {
        for (size_t i = 0; i <= n; i++)
            coil_memory_free(coil_memory_alloc(1), 1);
        coil_error_clear();
    }
}
