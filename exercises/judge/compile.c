/* compile.c - from sources to a program, in a box */
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
#include <fcntl.h>

#include "work.h"

enum {
    MOST_TEXT = 8 << 20,
    MOST_OBJECT = 32 << 20,
    MOST_SAID = 1 << 20
};

/* ---- one command ------------------------------------------------- */
static long long now_ms(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (long long)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* Read what the command says until it has ended or its time has. */
static void listen_to(pid_t pid, int fd, struct text *output,
                      size_t most, int wall)
{
    long long end = now_ms() + wall * 1000LL;
    char some[4096];
    ssize_t n = 1;

    while (n != 0) {
        struct pollfd p = {.fd = fd, .events = POLLIN};
        long long left = end - now_ms();

        if (left <= 0 || poll(&p, 1, (int)left) == 0)
            break;
        n = read(fd, some, sizeof some);
        if (n < 0 && errno != EINTR && errno != EAGAIN)
            break;
        if (n > 0 && output->len < most)
            text_add(output, some, (size_t)n);
    }
    if (n != 0) {
        kill(-pid, SIGKILL);
        kill(pid, SIGKILL);
    }
}

int box_run(struct work *work, struct box *box, struct text *output,
            size_t most, int wall)
{
    int pipe_fds[2], status = -1;

    if (pipe2(pipe_fds, O_CLOEXEC) < 0)
        return fault(work, "no pipe: %s", strerror(errno));
    box->folder = work->spool.path;
    box->fds[0] = box->fds[3] = box->fds[4] = -1;
    box->fds[1] = box->fds[2] = pipe_fds[1];
    pid_t pid = box_start(box, &work->profile);
    close(pipe_fds[1]);
    if (pid < 0) {
        close(pipe_fds[0]);
        return fault(work, "no process: %s", strerror(errno));
    }
    listen_to(pid, pipe_fds[0], output, most, wall);
    close(pipe_fds[0]);
    while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
        continue;
    return box_status(status);
}

/* ---- a build ----------------------------------------------------- */
static void add_words(struct text *script, const char *const *words)
{
    for (; *words != NULL; words++)
        text_put(script, " %s", *words);
}

/* All is compiled before it is looked at, and run only afterwards. */
static void write_script(const struct work *work,
                         const struct build *build, struct text *script)
{
    const char *b = build->name;

    for (size_t i = 0; i < work->len; i++) {
        const char *f = work->sources[i].name;

        if (strcmp(strrchr(f, '.'), ".c") != 0)
            continue;
        add_words(script, build->compile);
        text_put(script, " -c %s -o ../out/%s.%s.o 2>../out/%s.%s.err"
                 " || exit 1\n", f, b, f, b, f);
        if (work->trusted)
            continue;
        add_words(script, build->compile);
        text_put(script, " -w -E %s -o ../out/%s.%s.i 2>../out/again"
                 " || exit 1\n", f, b, f);
    }
    add_words(script, build->compile);
    for (size_t i = 0; i < work->len; i++)
        if (strcmp(strrchr(work->sources[i].name, '.'), ".c") == 0)
            text_put(script, " ../out/%s.%s.o", b,
                     work->sources[i].name);
    text_put(script,
             " %s.driver.o %s.drive.o %s.libcoil.a -lm -lpthread"
             " -o ../out/%s 2>../out/%s.link.err || exit 2\n",
             b, b, b, b, b);
}

/* What is linked with the solution; all of it ours. */
static int copy_kit(struct work *work, const struct build *build)
{
    static const char *const files[] = {"libcoil.a", "drive.o",
        "driver.o"};
    const char *chapter = work->exercise->chapter;
    int rv = 0;

    for (size_t i = 0; rv == 0 && i < 3; i++) {
        struct text from = {0}, to = {0};

        if (i < 2)
            text_put(&from, "%s/%.2s/%s/%s", kit_folder, chapter,
                     build->kit, files[i]);
        else
            text_put(&from, "%s/%s/%s/%s.%s", kit_folder, chapter,
                     strchr(work->exercise->name, '-') + 1, build->kit,
                     files[i]);
        text_put(&to, "in/%s.%s", build->name, files[i]);
        rv = spool_copy(&work->spool, text_chars(&from),
                        text_chars(&to));
        if (rv < 0)
            fault(work, "%s: %s", text_chars(&from), strerror(errno));
        text_clear(&from);
        text_clear(&to);
    }
    return rv;
}

static int run_compiler(struct work *work, const struct build *build)
{
    static const char *const env[] = {
        "PATH=/usr/bin", "LC_ALL=C", "TMPDIR=/tmp", NULL
    };
    struct text script = {0}, said = {0};

    write_script(work, build, &script);
    const char *const argv[] = {"/bin/sh", "-c", text_chars(&script),
        NULL};
    struct box box = {.where = "in", .write = true, .argv = argv,
        .env = env, .limits = {.cpu = 20, .data = (size_t)3 << 29,
        .file = MOST_OBJECT,
                   .processes = 32}};
    int status = box_run(work, &box, &said, MOST_SAID, 60);

    text_clear(&script);
    text_clear(&said);
    return status;
}

static void read_messages(struct work *work, const struct build *build,
                          int status)
{
    json_t *compile = json_object_get(work->report, "compile");
    json_t *messages = json_object_get(compile, "messages");
    size_t before = json_array_size(messages);

    if (build != builds && status == 0) /* gcc has told its warnings */
        return;
    for (size_t i = 0; i <= work->len; i++) {
        struct text name = {0}, said = {0};

        text_put(&name, "out/%s.%s.err", build->name,
                 i < work->len ? work->sources[i].name : "link");
        if (spool_read(&work->spool, text_chars(&name), MOST_SAID,
                       &said)
            == 0)
            say_messages(work, text_chars(&said), messages);
        text_clear(&name);
        text_clear(&said);
    }
    if (status != 0 && json_array_size(messages) == before)
        json_array_append_new(messages, json_pack("{s:s, s:s}", "kind",
            "error", "text", "the compiler was stopped: too much "
            "memory, time or output"));
}

static int look_at(struct work *work, const struct build *build,
                   size_t i, json_t *gate)
{
    struct source *source = &work->sources[i];
    struct text name = {0}, text = {0}, object = {0}, compiler = {0};
    int rv = -1;

    text_put(&name, "out/%s.%s.i", build->name, source->name);
    if (spool_read(&work->spool, text_chars(&name), MOST_TEXT, &text)
        < 0)
        goto done;
    name.len = 0;
    text_put(&name, "out/%s.%s.o", build->name, source->name);
    if (spool_read(&work->spool, text_chars(&name), MOST_OBJECT,
                   &object)
        < 0)
        goto done;
    rv = 0;
    if (source->given)
        gate = NULL;
    else
        gate_text(work, source, text_chars(&text), gate);
    gate_object(source, build, &object, gate, &compiler);
    struct text *said = &work->names[build->compile != builds->compile];
    if (compiler.len > 0 && said->len == 0)
        text_add(said, compiler.s, compiler.len);
done:
    text_clear(&name);
    text_clear(&text);
    text_clear(&object);
    text_clear(&compiler);
    return rv;
}

static int look(struct work *work, const struct build *build)
{
    json_t *gate = json_object_get(work->report, "gate");

    for (size_t i = 0; i < work->len; i++)
        if (strcmp(strrchr(work->sources[i].name, '.'), ".c") == 0
            && look_at(work, build, i, gate) < 0)
            gate_add(gate, work->sources[i].name, "it grows too large");
    gate_uses(work, gate);
    if (json_array_size(gate) == 0)
        return 0;
    reject(work, "rejected");
    return -1;
}

int compile_build(struct work *work, const struct build *build)
{
    json_t *compile = json_object_get(work->report, "compile");

    if (work->built & 1u << (build - builds))
        return 0;
    int status = copy_kit(work, build) < 0 ? -1
                                           : run_compiler(work, build);
    if (status < 0)
        return -1;
    if (status != 0 && work->profile.boxed
        && !box_works(&work->profile))
        return fault(work, "the compiler's box does not start (%d)",
                     status);
    read_messages(work, build, status);
    if (!work->trusted && (status == 0 || status == 2)
        && look(work, build) < 0)
        return -1;
    json_object_set_new(compile, "status",
                        json_string(status == 0 ? "pass" : "fail"));
    if (status != 0) {
        reject(work, "compile-error");
        return -1;
    }
    work->built |= 1u << (build - builds);
    return 0;
}
