#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "coil_test.h"
#include "pools_wanted.h"

#if defined(__has_include)
#if __has_include("coil/protocol.h")
#include "coil/protocol.h"
#endif
#endif

/* A test that ends its process early would look like one that passed;
 * so the real end has a code of its own. */
#define REACHED_THE_END 113

/* ---- the list of tests, and main --------------------------------- */

static const TTest *tests[1000];
static size_t tests_len;
static bool forks;

void test_add(const TTest *test)
{
    if (tests_len == sizeof tests / sizeof tests[0])
        abort();
    tests[tests_len++] = test;
}

static void open_runtime(void);
static void close_runtime(void);
static void loops_open(void);
static void loops_close(void);

int main(int argc, char **argv)
{
    const char *slash = strrchr(argv[0], '/');
    const char *name = slash ? slash + 1 : argv[0];
    Suite *suite = suite_create(name);
    TCase *tc = tcase_create(name);
    SRunner *runner = srunner_create(suite);
    int failed = 0, ran = 0;

    forks = srunner_fork_status(runner) == CK_FORK;
    suite_add_tcase(suite, tc);
    tcase_set_timeout(tc, 60);
    tcase_add_checked_fixture(tc, open_runtime, close_runtime);
    for (size_t i = 0; i < tests_len; i++) {
        if (argc > 1 && strcmp(argv[1], tests[i]->name) != 0)
            continue;
        _tcase_add_test(tc, tests[i], 0, forks ? REACHED_THE_END : 0,
                        0, 1);
        ran++;
    }
    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    if (ran == 0)
        fprintf(stderr, "%s: no test to run\n", name);
    return failed == 0 && ran > 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}

void test_fail(const char *file, int line, const char *format, ...)
{
    char text[2000];
    va_list args;

    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    _ck_assert_failed(file, line, "Failed", "%s", text);
    abort();
}

/* ---- memory that counts ------------------------------------------ */

/* In front of each block: its size, to compare with what its owner
 * says, and a mark, to see that nothing has written before the
 * block. */
union prefix {
    struct {
        size_t size;
        size_t mark;
    } is;
    max_align_t align;
};

#define MARK ((size_t)0x5ca1ab1e)

static size_t bytes, blocks, requests;

size_t test_bytes(void) { return bytes; }
size_t test_blocks(void) { return blocks; }
size_t test_requests(void) { return requests; }

bool test_hook_sees_all(void)
{
    const char *word = getenv("COIL_TEST_POOLS");

    return word == NULL || strcmp(word, "off") == 0;
}

static union prefix *prefix_of(void *p, size_t old)
{
    union prefix *prefix = (union prefix *)p - 1;

    if (prefix->is.mark != MARK || prefix->is.size != old) {
        fprintf(stderr,
                "memory: a block of %zu bytes is returned as one "
                "of %zu\n",
                prefix->is.size, old);
        abort();
    }
    return prefix;
}

/* A resized block always moves, and new and dead bytes are never
 * zero. */
void *test_memory(void *context, void *p, size_t old, size_t size)
{
    union prefix *was = p ? prefix_of(p, old) : NULL, *now = NULL;

    (void)context;
    if (size > 0) {
        requests++;
        if (size > PTRDIFF_MAX - sizeof *now ||
            (now = malloc(sizeof *now + size)) == NULL)
            return NULL;
        now->is.size = size;
        now->is.mark = MARK;
        memset(now + 1, 0xcd, size);
        if (was != NULL)
            memcpy(now + 1, p, old < size ? old : size);
        bytes += size;
        blocks++;
    }
    if (was != NULL) {
        memset(was, 0xdd, sizeof *was + old);
        free(was);
        bytes -= old;
        blocks--;
    }
    return now ? now + 1 : NULL;
}

/* ---- ignored errors ---------------------------------------------- */

static struct {
    coil_error error;
    char where[100];
} ignored[64];
static size_t ignored_len, ignored_read;

void test_unraisable(void *context, const coil_error *error,
                     const char *where)
{
    (void)context;
    if (ignored_len == sizeof ignored / sizeof ignored[0])
        test_fail(__FILE__, __LINE__, "too many ignored errors");
    ignored[ignored_len].error = *error;
    snprintf(ignored[ignored_len].where, sizeof ignored[0].where, "%s",
             where);
    ignored_len++;
}

void test_ignored(const char *file, int line, const coil_kind *kind,
                  const char *text, const char *where)
{
    test_checks++;
    if (ignored_read == ignored_len)
        test_fail(file, line, "no error was ignored, expected %s: %s",
                  kind->name, text);
    if (ignored[ignored_read].error.kind != kind ||
        strcmp(ignored[ignored_read].error.text, text) != 0 ||
        strcmp(ignored[ignored_read].where, where) != 0)
        test_fail(file, line, "ignored in '%s' was %s: %s; expected in "
                  "'%s' %s: %s", ignored[ignored_read].where,
                  ignored[ignored_read].error.kind->name,
                  ignored[ignored_read].error.text, where, kind->name,
                  text);
    ignored_read++;
}

/* ---- the fixture ------------------------------------------------- */

coil_runtime *test_rt;
size_t test_checks;

static void open_runtime(void)
{
    coil_options options = {
        .memory = test_memory, .unraisable = test_unraisable,
        .hash_seed = 1,
    };

    pools_wanted(&options);
    bytes = blocks = requests = 0;
    ignored_len = ignored_read = test_checks = 0;
    loops_open();
    test_rt = coil_runtime_open(&options);
    if (test_rt == NULL)
        test_fail(__FILE__, __LINE__, "no runtime");
}

static void close_runtime(void)
{
    size_t left, checks = test_checks;

    if (coil_runtime_current() != test_rt)
        test_fail(__FILE__, __LINE__, "another runtime is current");
    test_no_error(__FILE__, __LINE__);
    if (ignored_read != ignored_len)
        test_fail(__FILE__, __LINE__,
                  "ignored in '%s', and not expected: "
                  "%s: %s",
                  ignored[ignored_read].where,
                  ignored[ignored_read].error.kind->name,
                  ignored[ignored_read].error.text);
    loops_close();
    coil_census_print(stderr);
    left = coil_runtime_close(test_rt);
    test_size(__FILE__, __LINE__, "objects alive at the end", left, 0);
    test_size(__FILE__, __LINE__, "blocks left at the end", blocks, 0);
    test_size(__FILE__, __LINE__, "bytes left at the end", bytes, 0);
    if (checks == 0)
        test_fail(__FILE__, __LINE__, "nothing was checked");
    if (forks)
        exit(REACHED_THE_END);
}

/* ---- checks ------------------------------------------------------ */

void test_int(const char *file, int line, const char *what,
              intmax_t got, intmax_t want)
{
    test_checks++;
    if (got != want)
        test_fail(file, line, "%s is %jd, not %jd", what, got, want);
}

void test_size(const char *file, int line, const char *what,
               size_t got, size_t want)
{
    test_checks++;
    if (got != want)
        test_fail(file, line, "%s is %zu, not %zu", what, got, want);
}

void test_str(const char *file, int line, const char *what,
              const char *got, const char *want)
{
    test_checks++;
    if (got == NULL || strcmp(got, want) != 0)
        test_fail(file, line, "%s is\n%s\nand not\n%s", what,
                  got ? got : "NULL", want);
}

void test_same(const char *file, int line, const char *what,
               const void *got, const void *want)
{
    test_checks++;
    if (got != want)
        test_fail(file, line, "%s is %p, not %p", what, got, want);
}

static const char *pending(char text[300])
{
    const coil_kind *kind = coil_error_kind();

    if (kind == NULL)
        return "no error";
    snprintf(text, 300, "%s: %s", kind->name, coil_error_text());
    return text;
}

void test_ok(const char *file, int line, const char *what, int rv)
{
    char text[300];

    test_checks++;
    if (rv != 0 || coil_error_kind() != NULL)
        test_fail(file, line, "%s gave %d, with %s", what, rv,
                  pending(text));
}

void *test_must(const char *file, int line, const char *what, void *p)
{
    char text[300];

    if (p == NULL || coil_error_kind() != NULL)
        test_fail(file, line, "%s gave %s, with %s", what,
                  p ? "something" : "NULL", pending(text));
    return p;
}

void test_error(const char *file, int line, const coil_kind *kind,
                const char *text)
{
    char found[300];

    test_checks++;
    if (coil_error_kind() != kind ||
        strcmp(coil_error_text(), text) != 0)
        test_fail(file, line, "pending is %s; expected %s: %s",
                  pending(found), kind->name, text);
    coil_error_clear();
}

void test_no_error(const char *file, int line)
{
    char found[300];

    test_checks++;
    if (coil_error_kind() != NULL)
        test_fail(file, line, "pending is %s", pending(found));
}

#ifdef COIL_PROTOCOL_H
void test_repr(const char *file, int line, const char *what,
               coil_obj *o, const char *want)
{
    char name[200];
    coil_text text;

    snprintf(name, sizeof name, "repr of %s", what);
    if (o == NULL)
        test_fail(file, line, "%s: no object", name);
    coil_text_init(&text);
    test_ok(file, line, name, coil_text_repr(&text, o));
    test_ok(file, line, name, coil_text_bytes(&text, "", 1));
    test_str(file, line, name, text.bytes, want);
    coil_text_clear(&text);
}
#endif

/* ---- what must abort --------------------------------------------- */

static int abort_pipe[2];
static pid_t abort_child;

bool test_abort_begin(const char *file, int line)
{
    const struct rlimit none = { 0, 0 };

    fflush(NULL);
    if (pipe(abort_pipe) != 0 || (abort_child = fork()) < 0)
        test_fail(file, line, "cannot start a process");
    if (abort_child > 0)
        return false;
    setrlimit(RLIMIT_CORE, &none);
    signal(SIGABRT, SIG_DFL);
    dup2(abort_pipe[1], STDERR_FILENO);
    close(abort_pipe[0]);
    close(abort_pipe[1]);
    return true;
}

void test_abort_survived(void)
{
    _exit(0);
}

void test_abort_end(const char *file, int line, const char *text)
{
    char said[4000];
    size_t len = 0;
    ssize_t n;
    int status;

    test_checks++;
    close(abort_pipe[1]);
    while ((n = read(abort_pipe[0], said + len,
                     sizeof said - 1 - len)) > 0)
        len += (size_t)n;
    said[len] = '\0';
    close(abort_pipe[0]);
    if (waitpid(abort_child, &status, 0) != abort_child)
        test_fail(file, line, "the process is lost");
    if (!WIFSIGNALED(status) || WTERMSIG(status) != SIGABRT)
        test_fail(file, line,
                  "no abort, but status %d; expected: %s\n%s", status,
                  text, said);
    if (strstr(said, text) == NULL)
        test_fail(file, line, "aborted with\n%sand not with\n%s", said,
                  text);
}

/* ---- what is printed --------------------------------------------- */

FILE *test_output_begin(struct test_output *out)
{
    out->bytes = NULL;
    out->stream = open_memstream(&out->bytes, &out->size);
    if (out->stream == NULL)
        test_fail(__FILE__, __LINE__, "no stream");
    return out->stream;
}

void test_output_end(const char *file, int line,
                     struct test_output *out, const char *want)
{
    fclose(out->stream);
    test_str(file, line, "the output", out->bytes, want);
    free(out->bytes);
}

/* ---- failing allocations ----------------------------------------- */

#define MOST_FAULTS 5000        /* no test here needs more requests */
#define PASSES 3 /* with each number */

static size_t live_before;
static bool fired, looping;     /* looping: a pass is still to come */

/* The loops of this test by their lines: in each, a pass must fail. */
static struct {
    const char *file;
    int line;
    bool fired;
} loops[100];
static size_t loops_len, loop;

void fault_fail_allocation(size_t n)
{
    coil_memory_fail_at(n);
}

bool fault_fired(void)
{
    fired = coil_memory_failed();
    looping = looping && fired;
    return fired;
}

static void loops_open(void)
{
    loops_len = 0;
    looping = false;
}

static void loops_close(void)
{
    if (looping)
        test_fail(loops[loop].file, loops[loop].line,
                  "the passes end before one without a fault");
    for (size_t i = 0; i < loops_len; i++)
        if (!loops[i].fired)
            test_fail(loops[i].file, loops[i].line,
                      "no memory is asked for");
}

size_t fault_begin(const char *file, int line)
{
    if (looping)
        loops_close();
    for (loop = 0; loop < loops_len; loop++)
        if (loops[loop].line == line &&
            strcmp(loops[loop].file, file) == 0)
            break;
    if (loop == sizeof loops / sizeof loops[0])
        test_fail(file, line, "too many loops");
    if (loop == loops_len) {
        loops[loops_len].file = file;
        loops[loops_len].line = line;
        loops[loops_len++].fired = false;
    }
    fired = looping = true;
    live_before = coil_census_live();
    return 0;
}

bool fault_next(const char *file, int line, size_t n)
{
    if (n > 0) {
        fired = coil_memory_failed();
        test_no_error(file, line);
        if (!fired)
            return looping = false;
        loops[loop].fired = true;
        test_size(file, line, "objects alive after a failed pass",
                  coil_census_live(), live_before);
    }
    if (n / PASSES >= MOST_FAULTS)
        test_fail(file, line, "a fault fires in every pass");
    fault_fail_allocation(n / PASSES);
    return true;
}
