#include <inttypes.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "pools_wanted.h"
#include "twin.h"

static void print_ignored(void *context, const coil_error *error,
                          const char *where)
{
    (void)context, (void)where;
    printf("ignored: %s %s\n", error->kind->name, error->text);
}

int twin_run(void (*program)(void))
{
    coil_options options = { 0 };

    pools_wanted(&options);
    return twin_run_with(options, program);
}

int twin_run_with(coil_options options, void (*program)(void))
{
    coil_runtime *rt;
    int failed = 0;
    size_t left;

    options.unraisable = print_ignored;
    rt = coil_runtime_open(&options);
    if (rt == NULL)
        return EXIT_FAILURE;
    program();
    if (coil_error_kind() != NULL) {
        coil_error_print(stderr);
        failed = 1;
    }
    left = coil_runtime_close(rt);
    if (left > 0) {
        fprintf(stderr, "%zu objects are left\n", left);
        failed = 1;
    }
    return failed || fflush(stdout) != 0 ? EXIT_FAILURE : EXIT_SUCCESS;
}

char *twin_abort(void (*program)(void))
{
    const struct rlimit none = { 0, 0 };
    FILE *said = tmpfile();
    char *text = calloc(1, 10000);
    int status;
    pid_t child;

    fflush(NULL);
    if (said == NULL || text == NULL || (child = fork()) < 0)
        exit(EXIT_FAILURE);
    if (child == 0) {
        setrlimit(RLIMIT_CORE, &none);
        dup2(fileno(said), STDERR_FILENO);
        program();
        _exit(EXIT_SUCCESS);
    }
    if (waitpid(child, &status, 0) != child || !WIFSIGNALED(status))
        exit(EXIT_FAILURE);
    rewind(said);
    if (fread(text, 1, 9999, said) == 0)
        exit(EXIT_FAILURE);
    fclose(said);
    return text;
}

void *must(void *result)
{
    if (result == NULL)
        ok(-1);
    return result;
}

int ok(int result)
{
    if (result >= 0)
        return result;
    fflush(stdout);
    fputs("unexpected ", stderr);
    coil_error_print(stderr);
    exit(EXIT_FAILURE);
}

const char *truth(int value)
{
    return ok(value) ? "True" : "False";
}

void say(coil_obj *o)
{
    ok(coil_print(stdout, o ? o : COIL_NONE));
}

void say_line(coil_obj *o)
{
    say(o);
    putchar('\n');
}

coil_obj *number(int64_t value)
{
    return must(coil_int_new(value));
}

coil_obj *wrap_steal(coil_obj *item)
{
    coil_obj *list = must(coil_list_new());

    ok(coil_list_append_steal(list, item));
    return list;
}

int64_t value_of(coil_obj *n)
{
    int64_t value = 0;

    ok(coil_int_value(n, &value));
    return value;
}

static int by_value(const void *a, const void *b)
{
    int64_t m = *(const int64_t *)a, n = *(const int64_t *)b;

    return (m > n) - (m < n);
}

void say_sorted(coil_obj *list)
{
    size_t len = coil_list_len(list);
    int64_t *values = calloc(len + 1, sizeof *values);

    if (values == NULL)
        exit(EXIT_FAILURE);
    for (size_t i = 0; i < len; i++)
        values[i] = value_of(coil_list_get_borrowed(list, i));
    qsort(values, len, sizeof *values, by_value);
    for (size_t i = 0; i < len; i++)
        printf(" %" PRId64, values[i]);
    free(values);
}
