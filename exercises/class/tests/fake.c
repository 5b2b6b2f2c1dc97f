/* fake.c - a tool whose judge does what the first line of a file says
 *
 * The first line of the first file is "// fake WORD".  Nothing is
 * compiled or run.  The environment of the test:
 *
 *     FAKE_LOG    a file that gets a line for each judging that ended
 *     FAKE_HOLD   a number: while the log has so many lines, and
 *                 FAKE_STATE has a file "hold", a judging waits
 *     FAKE_JUDGE  the name of the judge
 *     FAKE_STRICT set: "partial" is now "fail"
 *     FAKE_BREAK  set: "partial" is a fault of the judge
 *     FAKE_STATE  a folder in which "flaky" remembers its first time
 */
#define _XOPEN_SOURCE 700
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "../../judge/judge.h"
#include "../class.h"
#include "../pack.h"

static const char *const one_files[] = {"one.c", NULL};
static const char *const two_files[] = {"two.c", "two.h", NULL};
static const char *const allow[] = {"malloc", NULL};

static const struct exercise exercises[] = {
    {.name = "toy-one", .chapter = "00-toy", .title = "One", .stars = 1,
     .minutes = 10, .points = 10, .statement = "Do one thing.",
     .judged = true, .files = one_files, .allow = allow,
     .builds = "plain", .given = FAKE_FOLDER "/one/given",
     .staff = FAKE_FOLDER "/one/staff"},
    {.name = "toy-two", .chapter = "00-toy", .title = "Two", .stars = 1,
     .minutes = 10, .points = 5, .statement = "Do two things.",
     .judged = true, .files = two_files, .allow = allow,
     .builds = "plain", .given = FAKE_FOLDER "/two/given",
     .staff = FAKE_FOLDER "/two/staff"},
    {.name = "toy-thought", .chapter = "00-toy", .title = "Think",
     .statement = "Think."},
    {0}
};

const struct exercise *exercise_all(void)
{
    return exercises;
}

const struct exercise *exercise_find(const char *name)
{
    for (const struct exercise *e = exercises; e->name; e++) {
        if (strcmp(e->name, name) == 0)
            return e;
    }
    return NULL;
}

/* ---- the judge --------------------------------------------------- */
static const char *env(const char *name, const char *otherwise)
{
    const char *value = getenv(name);

    return value ? value : otherwise;
}

static const char heap[] =
    "digraph objects {\n"
    "  rankdir=LR;\n"
    "  \"kept\" [shape=plaintext];\n"
    "  \"kept\" -> o1;\n"
    "  o1 [shape=box, label=\"list\\ncount 2\"];\n"
    "  o1 -> o2;\n"
    "  o1 -> o1;\n"
    "  o2 [shape=box, label=\"str '<b>&'\\ncount 1\"];\n"
    "  o3 [shape=box, label=\"int 7\\ncount 1\"];\n"
    "}\n";

static json_t *check(const char *name, const char *status, int weight)
{
    int earned = strcmp(status, "pass") == 0 ? weight : 0;
    json_t *c = json_pack("{s:s, s:s, s:i, s:i, s:s, s:s}",
        "name", name,
        "says", "it is <b>right</b> & \"quoted\" at once",
        "weight", weight, "earned", earned, "status", status,
        "build", "plain");

    if (strcmp(status, "skipped") == 0)
        json_object_set_new(c, "needs", json_string("first"));
    else if (strcmp(status, "pass") != 0) {
        json_object_set_new(c, "case",
            json_pack("{s:[s, s], s:i, s:s, s:s, s:s}", "calls", "open",
            "class 512", "at", 1, "expected", "31", "got", "32", "seed",
            "5eed5eed"));
        json_object_set_new(c, "output",
            json_string("<script>alert(1)</script>\x1b[31m \xc3\xa9 "
                        "]]>"));
        json_object_set_new(c, "trace", json_pack("[{s:s, s:s, s:i}]",
            "function", "one", "file", "one.c", "line", 3));
        json_object_set_new(c, "signal", json_integer(11));
        if (strcmp(status, "wrong") == 0)
            json_object_set_new(c, "heap", json_string(heap));
    }
    return c;
}

static json_t *files_of(const struct pack *pack)
{
    json_t *files = json_array();

    for (size_t i = 0; i < pack->len; i++) {
        const struct pack_file *f = &pack->files[i];
        char hex[HASH_HEX + 1];

        hash_hex(f->bytes.at, f->bytes.len, hex);
        json_array_append_new(files,
            json_pack("{s:s, s:s, s:I}", "name", f->name, "sha256", hex,
                      "bytes", (json_int_t)f->bytes.len));
    }
    return files;
}

static void set_status(json_t *r, const char *status, double part,
                       const char *first, const char *second)
{
    json_t *checks = json_array();
    double points = json_number_value(json_object_get(r, "points"));

    json_object_set_new(r, "status", json_string(status));
    json_object_set_new(r, "score", json_real(points * part));
    if (first) {
        json_array_append_new(checks, check("first", first, 3));
        json_array_append_new(checks, check("second", second, 2));
    }
    json_object_set_new(r, "checks", checks);
}

/* Has this been called before with that name? */
static int again(const char *name)
{
    char *path = must_print("%s/%s", env("FAKE_STATE", "/nowhere"),
                            name);
    int fd = open(path, O_WRONLY | O_CREAT | O_EXCL, 0600);

    free(path);
    if (fd >= 0)
        close(fd);
    return fd < 0;
}

static json_t *be_faulty(json_t *r, const char *reason)
{
    json_object_set_new(r, "status", json_string("grader-error"));
    json_object_set_new(r, "reason", json_string(reason));
    return r;
}

static json_t *verdict(json_t *r, const char *word, const char *hex)
{
    if (strcmp(word, "crash") == 0)
        abort();
    if (strcmp(word, "quit") == 0)
        _exit(0);
    while (strcmp(word, "hang") == 0)
        pause();
    if (strcmp(word, "error") == 0 ||
        (strcmp(word, "partial") == 0 && getenv("FAKE_BREAK")))
        return be_faulty(r, "the box could not be made");
    if (strcmp(word, "flaky") == 0 && !again(hex))
        return be_faulty(r, "no uid is free");
    if (strcmp(word, "pass") == 0 || strcmp(word, "flaky") == 0)
        set_status(r, "pass", 1, "pass", "pass");
    else if (strcmp(word, "partial") == 0 && !getenv("FAKE_STRICT"))
        set_status(r, "partial", 0.6, "pass", "crash");
    else if (strcmp(word, "compile") == 0) {
        set_status(r, "compile-error", 0, NULL, NULL);
        json_object_set_new(r, "compile",
            json_pack("{s:s, s:[{s:s, s:i, s:i, s:s, s:s}]}", "status",
            "fail", "messages", "file", "one.c", "line", 1, "column", 2,
            "kind", "error", "text", "expected <;> & more"));
    } else if (strcmp(word, "reject") == 0) {
        set_status(r, "rejected", 0, NULL, NULL);
        json_object_set_new(r, "gate",
            json_pack("[{s:s, s:s}]", "symbol", "fork", "why",
                      "not in the list"));
    } else
        set_status(r, "fail", 0, "wrong", "skipped");
    if (strcmp(word, "too-much") == 0)
        json_object_set_new(r, "score", json_real(99));
    if (strcmp(word, "unearned") == 0)
        json_object_set_new(r, "score", json_real(1));
    if (strcmp(word, "other-files") == 0)
        json_object_set_new(r, "files", json_array());
    if (strcmp(word, "other-judge") == 0)
        json_object_set_new(r, "judge", json_string("f00"));
    if (strcmp(word, "other-seed") == 0)
        json_object_set_new(r, "seed", json_string("1"));
    return r;
}

static void log_line(const char *name, const char *hex,
                     const char *seed)
{
    char *line = must_print("%s %s %s\n", name, hex, seed);
    int fd = open(env("FAKE_LOG", "/dev/null"),
                  O_WRONLY | O_APPEND | O_CREAT, 0600);

    if (fd < 0 || write(fd, line, strlen(line)) < 0)
        abort();
    close(fd);
    free(line);
}

/* The lines of the log. */
static long log_lines(void)
{
    struct fault ignored = {0};
    struct bytes b = {0};
    long n = 0;

    file_read(AT_FDCWD, env("FAKE_LOG", "/dev/null"), 1 << 20, &b,
              &ignored);
    for (const char *p = b.at; p && *p; p++)
        n += *p == '\n';
    bytes_clear(&b);
    return n;
}

static void hold(void)
{
    char *path = must_print("%s/hold", env("FAKE_STATE", "/nowhere"));

    while (access(path, F_OK) == 0 &&
           log_lines() >= atol(env("FAKE_HOLD", "1000000")))
        nanosleep(&(struct timespec){.tv_nsec = 5000000}, NULL);
    free(path);
}

json_t *judge(const struct exercise *e, const char *folder,
              const struct judge_options *o)
{
    char word[32] = "", hex[HASH_HEX + 1];
    struct fault fault = {0};
    struct pack pack = {0};
    struct bytes b = {0};

    if (!o->others || pack_folder(&pack, e, folder, NULL, &fault) < 0)
        abort();
    hold();
    pack_write(&pack, &b);
    hash_hex(b.at, b.len, hex);
    if (sscanf(pack.files[0].bytes.at, "// fake %31s", word) != 1)
        strcpy(word, "fail");
    json_t *r = json_pack("{s:i, s:s, s:s, s:s, s:s, s:{s:s}, s:o, "
        "s:i, s:f}", "version", 1, "exercise", e->name, "chapter",
        e->chapter, "seed", o->seed + strspn(o->seed, "0"), "judge",
        env("FAKE_JUDGE", "fa4e"), "profile", "box", "none", "files",
        files_of(&pack), "points", e->points, "seconds", 0.5);

    r = verdict(r, word, hex);
    log_line(e->name, hex, o->seed);
    pack_clear(&pack);
    bytes_clear(&b);
    return r;
}

/* ---- the program ------------------------------------------------- */
/* pack NAME FOLDER FILE, and verify NAME FILE */
static int pack_main(int argc, char **argv)
{
    const struct exercise *e = argc > 1 ? exercise_find(argv[1]) : NULL;
    struct fault fault = {0};
    struct pack pack = {0};
    struct words left = {0};
    struct bytes b = {0};

    if (e && strcmp(argv[0], "pack") == 0 && argc == 4) {
        if (pack_folder(&pack, e, argv[2], &left, &fault) == 0) {
            pack_write(&pack, &b);
            file_write(AT_FDCWD, argv[3], b.at, b.len, 0600, &fault);
        }
        for (size_t i = 0; i < left.len; i++)
            printf("left %s\n", left.at[i]);
    } else if (e && strcmp(argv[0], "verify") == 0 && argc == 3) {
        if (file_read(AT_FDCWD, argv[2], PACK_MAX, &b, &fault) == 0 &&
            pack_read(&pack, b.at, b.len, &fault) == 0 &&
            pack_check(&pack, e, &fault) == 0)
            puts("good");
    } else
        fault_set(&fault, "usage");
    if (fault.text[0])
        fprintf(stderr, "coil: %s\n", fault.text);
    pack_clear(&pack);
    words_clear(&left);
    bytes_clear(&b);
    return fault.text[0] != 0;
}

int main(int argc, char **argv)
{
    if (argc > 1 && strcmp(argv[1], "class") == 0)
        return class_main(argc - 1, argv + 1);
    if (argc > 1)
        return pack_main(argc - 1, argv + 1);
    return 2;
}
