/* coil_test.h - the tests of one module, as one program
 *
 *     #include "support/coil_test.h"
 *
 *     TEST(int_of_256_is_always_the_same_object)
 *     {
 *         coil_obj *a = coil_int_new(256), *b = coil_int_new(256);
 *
 *         CHECK_SAME(a, b);
 *         CHECK_REPR(a, "256");
 *         coil_decref(a);
 *         coil_decref(b);
 *     }
 *
 * A TEST registers itself; main is in coil_test.c.  Each runs in a
 * process and a runtime of its own (hash seed 1), over a memory hook
 * that counts and that knows the size of each block.  At its end no
 * object may be alive, no error pending, no ignored error unread and no
 * byte left.
 *
 * Works from the first checkpoint of chapter 1 on: what needs a module
 * of the library exists only where that module does.
 */
#ifndef COIL_TEST_H
#define COIL_TEST_H

#include <check.h>
#include <inttypes.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "coil/census.h"
#include "coil/coil.h"
#include "coil/error.h"
#include "coil/memory.h"
#include "coil/object.h"
#include "coil/runtime.h"

/* ---- tests ------------------------------------------------------- */

#define TEST(name)                                                 \
    static void name(int);                                         \
    __attribute__((constructor)) static void name ## _add(void)    \
    {                                                              \
        static const TTest test = { #name, name, __FILE__, __LINE__ }; \
                                                                   \
        test_add(&test);                                           \
    }                                                              \
    static void name(int test_index __attribute__((unused)))

void test_add(const TTest *test);

/* The runtime of the test, open while it runs. */
extern coil_runtime *test_rt;

/* What the runtime's memory hook has seen: bytes and blocks in use, and
 * the number of requests (allocations and resizes) so far. */
size_t test_bytes(void);
size_t test_blocks(void);
size_t test_requests(void);

/* Does that hook see small requests, too?  Not if the tests are run
 * with pools (see pools_wanted.h). */
bool test_hook_sees_all(void);

/* The hook itself, and a hook for ignored errors, for a second runtime;
 * both take a NULL context. */
void *test_memory(void *context, void *p, size_t old, size_t size);
void test_unraisable(void *context, const coil_error *error,
                     const char *where);

/* ---- checks ---------------------------------------------------------
 * The value found comes first, the one wanted second.  Each argument is
 * evaluated once.  A test that checks nothing fails; a MUST is no check,
 * for it only prepares. */

/* Those that the test has come to so far. */
extern size_t test_checks;

#define CHECK(cond) \
    (test_checks++, (cond) ? (void)0 \
            : test_fail(__FILE__, __LINE__, "not so: %s", #cond))
#define CHECK_INT(got, want) \
    test_int(__FILE__, __LINE__, #got, (intmax_t)(got), \
             (intmax_t)(want))
#define CHECK_SIZE(got, want) \
    test_size(__FILE__, __LINE__, #got, (size_t)(got), (size_t)(want))
#define CHECK_STR(got, want) \
    test_str(__FILE__, __LINE__, #got, (got), (want))
#define CHECK_SAME(got, want) \
    test_same(__FILE__, __LINE__, #got, (got), (want))
#define CHECK_NULL(got) \
    test_same(__FILE__, __LINE__, #got, (got), NULL)

/* A call that must succeed: 0, and no error pending. */
#define CHECK_OK(call) test_ok(__FILE__, __LINE__, #call, (call))

/* The call or object, which must not be NULL: evaluates to it. */
#define MUST(call) test_must(__FILE__, __LINE__, #call, (call))

/* The number of references that o has. */
#define CHECK_COUNT(o, want) \
    test_size(__FILE__, __LINE__, "count of " #o, coil_count(o), (want))

/* An error of exactly this kind, with exactly this text, is pending; it
 * is then cleared. */
#define CHECK_ERROR(kind, text) \
    test_error(__FILE__, __LINE__, (kind), (text))
#define CHECK_NO_ERROR() test_no_error(__FILE__, __LINE__)

/* The oldest unread error that was ignored is this one; it is then
 * read. */
#define CHECK_IGNORED(kind, text, where) \
    test_ignored(__FILE__, __LINE__, (kind), (text), (where))

/* The repr of o (from the checkpoint with the int on). */
#define CHECK_REPR(o, want) \
    test_repr(__FILE__, __LINE__, #o, (o), (want))

/* The statements make the process abort, with a line that contains text
 * on its standard error stream.  They run in a child process. */
#define CHECK_ABORTS(text, ...)                        \
    do {                                               \
        if (test_abort_begin(__FILE__, __LINE__)) {    \
            __VA_ARGS__;                               \
            test_abort_survived();                     \
        }                                              \
        test_abort_end(__FILE__, __LINE__, (text));    \
    } while (0)

/* What the statements print on the stream `out` is exactly text. */
#define CHECK_PRINTS(want, out, ...)                            \
    do {                                                        \
        struct test_output test_out_;                           \
        FILE *out = test_output_begin(&test_out_);              \
        __VA_ARGS__;                                            \
        test_output_end(__FILE__, __LINE__, &test_out_, (want)); \
    } while (0)

/* ---- failing allocations --------------------------------------------
 *
 *     FOR_EACH_FAULT(n) {
 *         int rv = coil_list_append(list, item);
 *
 *         if (fault_fired()) {
 *             CHECK_INT(rv, -1);
 *             CHECK_ERROR(COIL_MEMORY_ERROR, "out of memory");
 *             continue;
 *         }
 *         CHECK_INT(rv, 0);
 *     }
 *
 * The block runs with allocation 0 failing, then 1, ..., until none
 * failed: the last pass is the one that succeeds.  Each number comes
 * three times (n counts the passes), since a table that has grown in a
 * pass stays so: then there is one allocation less before the next one,
 * and counting on would step over it.  After each failed
 * pass no error may be pending and as many objects be alive as before
 * it.  One pass at least must fail, and the last one must not. */

#define FOR_EACH_FAULT(n) \
    for (size_t n = fault_begin(__FILE__, __LINE__); \
         fault_next(__FILE__, __LINE__, n); n++)

/* Let the nth request from now on (0: the next) fail; did it? */
void fault_fail_allocation(size_t n);
bool fault_fired(void);

/* ---- behind the macros ------------------------------------------- */

__attribute__((noreturn, format(printf, 3, 4)))
void test_fail(const char *file, int line, const char *format, ...);
void test_int(const char *file, int line, const char *what,
              intmax_t got, intmax_t want);
void test_size(const char *file, int line, const char *what,
               size_t got, size_t want);
void test_str(const char *file, int line, const char *what,
              const char *got, const char *want);
void test_same(const char *file, int line, const char *what,
               const void *got, const void *want);
void test_ok(const char *file, int line, const char *what, int rv);
void *test_must(const char *file, int line, const char *what, void *p);
void test_error(const char *file, int line, const coil_kind *kind,
                const char *text);
void test_no_error(const char *file, int line);
void test_ignored(const char *file, int line, const coil_kind *kind,
                  const char *text, const char *where);
void test_repr(const char *file, int line, const char *what,
               coil_obj *o, const char *want);

bool test_abort_begin(const char *file, int line);
__attribute__((noreturn)) void test_abort_survived(void);
void test_abort_end(const char *file, int line, const char *text);

struct test_output {
    FILE *stream;
    char *bytes;
    size_t size;
};

FILE *test_output_begin(struct test_output *out);
void test_output_end(const char *file, int line,
                     struct test_output *out, const char *want);

size_t fault_begin(const char *file, int line);
bool fault_next(const char *file, int line, size_t n);

#endif
