/* task.c - one task, and the files of the spool; see task.h */
#define _GNU_SOURCE
#include "task.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "../judge/judge.h"

enum { RESULT_MAX = 16 * 1024 * 1024 };

static char *in_spool(const char *spool, const char *folder,
                      const char *key)
{
    return must_print("%s/%s/%s", spool, folder, key);
}

int tasks_make(const char *spool, struct fault *fault)
{
    static const char *const folders[] = {"tasks", "results", "work"};
    int rv = folder_make(spool, 0700, fault);

    for (size_t i = 0; rv == 0 && i < 3; i++) {
        char *path = must_print("%s/%s", spool, folders[i]);

        rv = folder_make(path, 0700, fault);
        free(path);
    }
    return rv;
}

int task_add(const char *spool, const char *key, const char *exercise,
             const char *seed, const void *pack, size_t len,
             struct fault *fault)
{
    char *path = in_spool(spool, "tasks", key);
    struct bytes b = {0};
    int rv = 0;

    bytes_print(&b, "%s %s\n", exercise, seed);
    bytes_add(&b, pack, len);
    if (access(path, F_OK) < 0)       /* one that is there may be run */
        rv = file_write(AT_FDCWD, path, b.at, b.len, 0600, fault);
    bytes_clear(&b);
    free(path);
    return rv;
}

void task_drop(const char *spool, const char *key)
{
    static const char *const folders[] = {"results", "tasks"};

    for (size_t i = 0; i < 2; i++) {
        char *path = in_spool(spool, folders[i], key);
        char *half = must_print("%s.tmp", path);

        unlink(half);           /* of one that was killed */
        unlink(path);
        free(half);
        free(path);
    }
    char *work = in_spool(spool, "work", key);
    struct fault ignored = {0};

    folder_clear(work, &ignored);
    free(work);
}

bool task_done(const char *spool, const char *key)
{
    char *path = in_spool(spool, "results", key);
    bool there = access(path, F_OK) == 0;

    free(path);
    return there;
}

json_t *task_result(const char *spool, const char *key)
{
    char *path = in_spool(spool, "results", key);
    struct fault ignored = {0};
    struct bytes b = {0};
    json_t *result = NULL;

    if (file_read(AT_FDCWD, path, RESULT_MAX, &b, &ignored) == 0)
        result = json_loadb(b.at, b.len, 0, NULL);
    const char *is = json_string_value(json_object_get(result, "key"));

    if (!is || strcmp(is, key) != 0) {
        json_decref(result);
        result = NULL;
    }
    bytes_clear(&b);
    free(path);
    return result;
}

json_t *grader_error(const char *exercise, const char *reason)
{
    return json_pack("{s:i, s:s, s:s, s:s}", "version", 1, "exercise",
                     exercise, "status", "grader-error", "reason",
                     reason);
}

/* ---- judging ----------------------------------------------------- */
struct task {
    char exercise[128], seed[32];
    struct bytes pack;
};

static int task_read(int fd, struct task *t, struct fault *fault)
{
    char chunk[8192];
    struct bytes b = {0};
    int used = 0;
    ssize_t n;

    while ((n = read(fd, chunk, sizeof chunk)) > 0)
        bytes_add(&b, chunk, (size_t)n);
    bytes_add(&b, "", 0);
    if (sscanf(b.at, "%127s %31s%n", t->exercise, t->seed,
               &used) == 2 &&
        b.at[used] == '\n')
        bytes_add(&t->pack, b.at + used + 1, b.len - (size_t)used - 1);
    bytes_clear(&b);
    return t->pack.len ? 0 : fault_set(fault, "the task is broken");
}

/* In the child: judge, leave the report in the folder, and end. */
static void judge_there(const struct task *t, const char *folder)
{
    char *files = must_print("%s/files", folder);
    char *path = must_print("%s/report", folder);
    const struct exercise *e = exercise_find(t->exercise);
    struct judge_options options = {.seed = t->seed, .others = true};
    struct pack pack = {0};
    struct fault fault = {0};
    json_t *report;

    if (!e || !e->judged)
        report = grader_error(t->exercise, "there is no such exercise");
    else if (pack_read(&pack, t->pack.at, t->pack.len, &fault) < 0 ||
             pack_check(&pack, e, &fault) < 0 ||
             pack_unpack(&pack, files, &fault) < 0)
        report = grader_error(t->exercise, fault.text);
    else
        report = judge(e, files, &options);
    char *text = json_dumps(report, JSON_COMPACT);
    int bad = !text || file_write(AT_FDCWD, path, text, strlen(text),
                                  0600, &(struct fault){{0}}) < 0;
    _exit(bad);
}

/* Wait for the child, up to the limit; its status, or -1: ended. */
static int wait_for(pid_t child, int limit)
{
    time_t end = time(NULL) + limit;
    int status = 0;

    while (waitpid(child, &status, WNOHANG) == 0) {
        if (time(NULL) >= end) {
            kill(-child, SIGKILL);
            kill(child, SIGKILL);
            waitpid(child, &status, 0);
            return -1;
        }
        nanosleep(&(struct timespec){.tv_nsec = 5000000}, NULL);
    }
    return status;
}

/* The report from the child, or what became of it. */
static json_t *report_of(const struct task *t, const char *folder,
                         int status, int limit)
{
    char *path = must_print("%s/report", folder);
    char *reason = NULL;
    struct fault fault = {0};
    struct bytes b = {0};
    json_t *report = NULL;

    if (status < 0)
        reason = must_print("the judge took more than %d seconds",
                            limit);
    else if (WIFSIGNALED(status))
        reason = must_print("the judge ended by signal %d",
                            WTERMSIG(status));
    else if (WEXITSTATUS(status) != 0)
        reason = must_print("the judge ended with status %d",
                            WEXITSTATUS(status));
    else if (file_read(AT_FDCWD, path, RESULT_MAX, &b, &fault) < 0 ||
             !(report = json_loadb(b.at, b.len, 0, NULL)))
        reason = must_print("the judge left no report");
    if (!report)
        report = grader_error(t->exercise, reason);
    bytes_clear(&b);
    free(reason);
    free(path);
    return report;
}

static json_t *run_child(const struct task *t, const char *folder,
                         int limit)
{
    pid_t parent = getpid();
    pid_t child;

    fflush(NULL);
    child = fork();
    if (child < 0)
        return grader_error(t->exercise, "no process could be started");
    if (child == 0) {
        setpgid(0, 0);
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        if (getppid() != parent)
            _exit(1);
        judge_there(t, folder);
    }
    setpgid(child, child);
    return report_of(t, folder, wait_for(child, limit), limit);
}

static int run_locked(const char *spool, const char *key,
                      const struct task *t, int limit,
                      struct fault *fault)
{
    char *folder = in_spool(spool, "work", key);
    char *path = in_spool(spool, "results", key);
    char host[256] = "";
    int64_t started = (int64_t)time(NULL);
    struct fault ignored = {0};
    int rv = -1;

    gethostname(host, sizeof host - 1);
    folder_clear(folder, &ignored);
    if (folder_make(folder, 0700, fault) < 0)
        goto done;
    json_t *result = json_pack("{s:s, s:s, s:I, s:o, s:I}", "key", key,
        "host", host, "started", (json_int_t)started, "report",
        run_child(t, folder, limit), "ended", (json_int_t)time(NULL));
    char *text = json_dumps(result, JSON_COMPACT);

    if (text)
        rv = file_write(AT_FDCWD, path, text, strlen(text), 0600,
                        fault);
    else
        fault_set(fault, "the report is no JSON");
    free(text);
    json_decref(result);
done:
    folder_clear(folder, &ignored);
    free(path);
    free(folder);
    return rv;
}

int task_run(const char *spool, const char *key, int limit,
             struct fault *fault)
{
    char *path = in_spool(spool, "tasks", key);
    struct task t = {0};
    int rv = -1;
    int fd = open(path, O_RDWR | O_CLOEXEC | O_NOFOLLOW);

    if (fd < 0) {
        rv = task_done(spool, key) ? 0
             : fault_errno(fault, "cannot open the task %s", path);
        goto done;
    }
    while (flock(fd, LOCK_EX) < 0 && errno == EINTR)
        ;
    if (task_done(spool, key))
        rv = 0;
    else if (task_read(fd, &t, fault) == 0)
        rv = run_locked(spool, key, &t, limit, fault);
    close(fd);
done:
    bytes_clear(&t.pack);
    free(path);
    return rv;
}
