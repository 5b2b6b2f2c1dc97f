#include <stdio.h>
#include <unistd.h>

#include "support/coil_test.h"

TEST(nothing_is_pending_at_first)
{
    CHECK_NULL(coil_error_kind());
    CHECK_STR(coil_error_text(), "");
    CHECK(!coil_error_is(COIL_BASE_EXCEPTION));
}

TEST(an_error_that_is_set_is_pending_with_its_text)
{
    coil_error_set(COIL_KEY_ERROR, "%s and %d", "seven", 7);
    CHECK_SAME(coil_error_kind(), COIL_KEY_ERROR);
    CHECK_STR(coil_error_text(), "seven and 7");
    CHECK_ERROR(COIL_KEY_ERROR, "seven and 7");
    CHECK_NULL(coil_error_kind());
}

TEST(a_cleared_error_is_not_pending)
{
    coil_error_set(COIL_KEY_ERROR, "k");
    coil_error_clear();
    CHECK_NULL(coil_error_kind());
    CHECK_STR(coil_error_text(), "");
    coil_error_clear();
    CHECK_NULL(coil_error_kind());
}

TEST(an_error_is_of_its_kind_and_of_all_kinds_above_it)
{
    coil_error_set(COIL_KEY_ERROR, "k");
    CHECK(coil_error_is(COIL_KEY_ERROR));
    CHECK(coil_error_is(COIL_LOOKUP_ERROR));
    CHECK(coil_error_is(COIL_EXCEPTION));
    CHECK(coil_error_is(COIL_BASE_EXCEPTION));
    CHECK(!coil_error_is(COIL_INDEX_ERROR));
    CHECK(!coil_error_is(COIL_ARITHMETIC_ERROR));
    coil_error_clear();
}

/* Name and base of each kind, as Python's __name__ and __base__. */
TEST(kinds_have_the_names_and_parents_that_python_gives_them)
{
    static const struct {
        const coil_kind *kind;
        const char *name, *parent;
    } kinds[] = {
        { COIL_EXCEPTION, "Exception", "BaseException" },
        { COIL_ARITHMETIC_ERROR, "ArithmeticError", "Exception" },
        { COIL_ATTRIBUTE_ERROR, "AttributeError", "Exception" },
        { COIL_INDEX_ERROR, "IndexError", "LookupError" },
        { COIL_KEY_ERROR, "KeyError", "LookupError" },
        { COIL_LOOKUP_ERROR, "LookupError", "Exception" },
        { COIL_MEMORY_ERROR, "MemoryError", "Exception" },
        { COIL_NAME_ERROR, "NameError", "Exception" },
        { COIL_OS_ERROR, "OSError", "Exception" },
        { COIL_OVERFLOW_ERROR, "OverflowError", "ArithmeticError" },
        { COIL_RECURSION_ERROR, "RecursionError", "RuntimeError" },
        { COIL_REFERENCE_ERROR, "ReferenceError", "Exception" },
        { COIL_RUNTIME_ERROR, "RuntimeError", "Exception" },
        { COIL_STOP_ITERATION, "StopIteration", "Exception" },
        { COIL_SYSTEM_ERROR, "SystemError", "Exception" },
        { COIL_TYPE_ERROR, "TypeError", "Exception" },
        { COIL_VALUE_ERROR, "ValueError", "Exception" },
        { COIL_ZERO_DIVISION_ERROR, "ZeroDivisionError",
          "ArithmeticError" },
    };

    CHECK_STR(COIL_BASE_EXCEPTION->name, "BaseException");
    CHECK_NULL(COIL_BASE_EXCEPTION->parent);
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        CHECK_STR(kinds[i].kind->name, kinds[i].name);
        CHECK_STR(kinds[i].kind->parent->name, kinds[i].parent);
    }
}

TEST(a_long_text_is_cut_at_its_limit)
{
    char wanted[COIL_ERROR_TEXT];

    memset(wanted, 'x', sizeof wanted - 1);
    wanted[sizeof wanted - 1] = '\0';
    coil_error_set(COIL_VALUE_ERROR, "%s%s", wanted, wanted);
    CHECK_ERROR(COIL_VALUE_ERROR, wanted);
}

/* `before` letters, a character of several bytes, and maybe more behind
 * it: what is kept? */
static void check_cut(size_t before, const char *character,
                      const char *behind, bool kept)
{
    char wanted[COIL_ERROR_TEXT + 4];

    memset(wanted, 'x', before);
    wanted[before] = '\0';
    coil_error_set(COIL_VALUE_ERROR, "%s%s%s", wanted, character, behind);
    if (kept)
        strcpy(wanted + before, character);
    CHECK_ERROR(COIL_VALUE_ERROR, wanted);
    coil_error_clear();
}

TEST(a_text_is_cut_between_characters)
{
    static const char *const characters[] = {
        "\xc3\xa9", "\xe2\x82\xac", "\xf0\x9f\x90\x8d",
    };
    const size_t most = COIL_ERROR_TEXT - 1;

    for (size_t i = 0; i < 3; i++) {
        size_t size = strlen(characters[i]);

        check_cut(most - size, characters[i], "", true);
        check_cut(most - size, characters[i], "x", true);
        for (size_t less = 1; less < size; less++)
            check_cut(most - less, characters[i], "", false);
    }
}

TEST(a_text_of_what_is_no_character_is_cut_all_the_same)
{
    char wanted[COIL_ERROR_TEXT];

    memset(wanted, 0x80, sizeof wanted - 1);
    wanted[sizeof wanted - 1] = '\0';
    coil_error_set(COIL_VALUE_ERROR, "%s%s", wanted, wanted);
    CHECK_ERROR(COIL_VALUE_ERROR, wanted);
}

TEST(setting_an_error_asks_for_no_memory)
{
    size_t before = test_requests();

    coil_memory_fail_at(0);
    coil_error_set(COIL_MEMORY_ERROR, "out of memory");
    CHECK_ERROR(COIL_MEMORY_ERROR, "out of memory");
    CHECK(!coil_memory_failed());
    CHECK_SIZE(test_requests(), before);
}

TEST(an_error_is_printed_as_python_prints_it)
{
    coil_error_set(COIL_KEY_ERROR, "'k'");
    CHECK_PRINTS("KeyError: 'k'\n", out, coil_error_print(out));
    coil_error_clear();
    coil_error_set(COIL_STOP_ITERATION, "%s", "");
    CHECK_PRINTS("StopIteration\n", out, coil_error_print(out));
    coil_error_clear();
    CHECK_PRINTS("", out, coil_error_print(out));
}

TEST(a_saved_error_can_be_restored)
{
    coil_error saved;

    coil_error_set(COIL_KEY_ERROR, "k");
    coil_error_save(&saved);
    CHECK_NULL(coil_error_kind());
    coil_error_set(COIL_TYPE_ERROR, "another");
    coil_error_clear();
    coil_error_restore(&saved);
    CHECK_ERROR(COIL_KEY_ERROR, "k");
}

TEST(saving_no_error_restores_none)
{
    coil_error saved;

    memset(&saved, 0xff, sizeof saved);
    coil_error_save(&saved);
    coil_error_restore(&saved);
    CHECK_NULL(coil_error_kind());
}

TEST(an_ignored_error_goes_to_the_hook_with_its_place)
{
    coil_error_set(COIL_KEY_ERROR, "k");
    coil_error_ignore("finalizer of thing");
    CHECK_NULL(coil_error_kind());
    CHECK_IGNORED(COIL_KEY_ERROR, "k", "finalizer of thing");
}

TEST(ignoring_when_nothing_is_pending_does_not_call_the_hook)
{
    coil_error_ignore("nowhere");       /* the fixture would notice */
    CHECK_NULL(coil_error_kind());
}

/* The usual hook, and what it writes on the standard error stream. */
TEST(without_a_hook_an_ignored_error_is_printed)
{
    coil_runtime *rt = coil_runtime_open(NULL);
    char said[200] = "";
    FILE *file = tmpfile();
    int old = dup(STDERR_FILENO);

    CHECK(rt != NULL && file != NULL && old >= 0);
    dup2(fileno(file), STDERR_FILENO);
    coil_error_set(COIL_KEY_ERROR, "'k'");
    coil_error_ignore("callback of thing");
    dup2(old, STDERR_FILENO);
    rewind(file);
    CHECK(fgets(said, sizeof said, file) != NULL);
    CHECK_STR(said,
              "coil: ignored in callback of thing: KeyError: 'k'\n");
    CHECK_SIZE(coil_runtime_close(rt), 0);
    coil_runtime_enter(test_rt);
    fclose(file);
    close(old);
}

static void hook_that_fails(void *context, const coil_error *error,
                            const char *where)
{
    (void)context, (void)where;
    coil_error_set(error->kind, "again");
}

static void ignore_with_a_bad_hook(void)
{
    coil_options options = { .unraisable = hook_that_fails };

    if (coil_runtime_open(&options) != NULL) {
        coil_error_set(COIL_KEY_ERROR, "k");
        coil_error_ignore("x");
    }
}

TEST(the_callers_faults_are_checked_errors)
{
    coil_error saved = { .kind = COIL_KEY_ERROR, .text = "k" };

    CHECK_ABORTS("checked error in coil_error_set: error->kind == NULL",
        coil_error_set(COIL_KEY_ERROR, "first");
        coil_error_set(COIL_TYPE_ERROR, "second"));
    CHECK_ABORTS("checked error in coil_error_set: kind != NULL",
        coil_error_set(NULL, "text"));
    CHECK_ABORTS("checked error in coil_error_restore",
        coil_error_set(COIL_TYPE_ERROR, "first");
        coil_error_restore(&saved));
    CHECK_ABORTS("checked error in coil_error_ignore",
        ignore_with_a_bad_hook());
}

TEST(each_runtime_has_its_own_error)
{
    coil_runtime *rt = coil_runtime_open(NULL);

    CHECK(rt != NULL);
    coil_error_set(COIL_KEY_ERROR, "second");
    CHECK_SAME(coil_runtime_enter(test_rt), rt);
    CHECK_NULL(coil_error_kind());
    coil_error_set(COIL_TYPE_ERROR, "first");
    coil_runtime_enter(rt);
    CHECK_ERROR(COIL_KEY_ERROR, "second");
    CHECK_SIZE(coil_runtime_close(rt), 0);
    coil_runtime_enter(test_rt);
    CHECK_ERROR(COIL_TYPE_ERROR, "first");
}
