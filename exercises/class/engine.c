/* engine.c - who runs the tasks, and how far they are; see task.h */
#define _GNU_SOURCE
#include "task.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

/* ---- the list ---------------------------------------------------- */
int keys_write(const char *spool, const struct words *keys,
               struct fault *fault)
{
    char *path = must_print("%s/keys", spool);
    struct bytes b = {0};
    int rv;

    for (size_t i = 0; i < keys->len; i++)
        bytes_print(&b, "%s\n", keys->at[i]);
    rv = file_write(AT_FDCWD, path, b.at, b.len, 0600, fault);
    bytes_clear(&b);
    free(path);
    return rv;
}

int keys_read(const char *spool, struct words *keys,
              struct fault *fault)
{
    char *path = must_print("%s/keys", spool);
    struct bytes b = {0};
    int rv = file_read(AT_FDCWD, path, 1 << 28, &b, fault);

    for (char *p = b.at; rv == 0 && p && *p;) {
        char *end = strchr(p, '\n');

        if (!end || end - p != HASH_HEX) {
            rv = fault_set(fault, "%s is broken", path);
            break;
        }
        *end = 0;
        words_add(keys, p);
        p = end + 1;
    }
    bytes_clear(&b);
    free(path);
    return rv;
}

/* ---- our own pool ------------------------------------------------ */
/* Start a process for a task; it ends when we do. */
static pid_t start(const char *spool, const char *key, int limit)
{
    pid_t parent = getpid();
    pid_t child;

    fflush(NULL);
    child = fork();
    if (child == 0) {
        struct fault fault = {0};

        prctl(PR_SET_PDEATHSIG, SIGKILL);
        if (getppid() != parent)
            _exit(1);
        int rv = task_run(spool, key, limit, &fault);

        if (rv < 0)
            fprintf(stderr, "coil: %s\n", fault.text);
        fflush(NULL);
        _exit(rv < 0);
    }
    return child;
}

int pool_run(const char *spool, size_t first, size_t last, int jobs,
             int limit, struct fault *fault)
{
    struct words keys = {0};
    int rv = keys_read(spool, &keys, fault), busy = 0;

    for (size_t i = first; rv == 0 && i < last && i < keys.len; i++) {
        if (busy >= jobs && wait(NULL) > 0)
            busy--;
        if (start(spool, keys.at[i], limit) > 0)
            busy++;
        else
            rv = fault_errno(fault, "no process could be started");
    }
    while (busy > 0 && (wait(NULL) > 0 || errno == EINTR))
        busy--;
    words_clear(&keys);
    return rv;
}

/* ---- those of others --------------------------------------------- */
static char *self(void)
{
    char path[4096];
    ssize_t n = readlink("/proc/self/exe", path, sizeof path - 1);

    path[n > 0 ? n : 0] = 0;
    return must_print("%s", path);
}

/* In a new process: GNU parallel, whose words are quoted for its
 * shell. */
static void exec_parallel(const char *spool, const struct engine *e)
{
    char *tool = self();
    char *jobs = must_print("%d", e->jobs);
    char *limit = must_print("%d", e->limit);
    char *keys = must_print("%s/keys", spool);
    char *log = must_print("%s/joblog", spool);
    const char *argv[24];
    int n = 0;

    argv[n++] = "parallel";
    argv[n++] = "--will-cite";
    argv[n++] = "--quote";
    argv[n++] = "-j";
    argv[n++] = jobs;
    argv[n++] = "--joblog";
    argv[n++] = log;
    if (e->hosts) {
        argv[n++] = "--sshloginfile";
        argv[n++] = e->hosts;
    }
    argv[n++] = tool;
    argv[n++] = "class";
    argv[n++] = "task";
    argv[n++] = spool;
    argv[n++] = "{}";
    argv[n++] = limit;
    argv[n++] = "::::";
    argv[n++] = keys;
    argv[n] = NULL;
    execvp("parallel", (char *const *)argv);
    fprintf(stderr, "GNU parallel cannot be started: %s\n",
            strerror(errno));
    _exit(127);
}

/* A script for sbatch, in a file without a name, as descriptor 0. */
static void give_script(const char *spool, const struct engine *e)
{
    FILE *f = tmpfile();
    char *tool = self();

    if (!f)
        _exit(126);
    fprintf(f, "#!/bin/sh\nexec '%s' class chunk '%s' "
            "\"$SLURM_ARRAY_TASK_ID\" %d %d %d\n", tool, spool,
            e->chunk, e->jobs, e->limit);
    fflush(f);
    rewind(f);
    dup2(fileno(f), 0);
}

static void exec_slurm(const char *spool, const struct engine *e,
                       size_t tasks)
{
    size_t chunks = (tasks + (size_t)e->chunk - 1) / (size_t)e->chunk;
    char *array = must_print("--array=0-%zu", chunks - 1);
    char *chdir = must_print("--chdir=%s", spool);
    char *output = must_print("--output=%s/slurm-%%a.log", spool);
    char *cpus = must_print("--cpus-per-task=%d", e->jobs);
    const char *argv[] = {"sbatch", "--wait", "--job-name=coil", array,
                          chdir, output, cpus, NULL};

    give_script(spool, e);
    execvp("sbatch", (char *const *)argv);
    fprintf(stderr, "sbatch cannot be started: %s\n", strerror(errno));
    _exit(127);
}

/* ---- how far it is ----------------------------------------------- */
struct progress {
    size_t all, done, said;
    struct timespec begin;
    bool terminal;
};

static double since(const struct timespec *begin)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)(now.tv_sec - begin->tv_sec) +
           (double)(now.tv_nsec - begin->tv_nsec) / 1e9;
}

static void show(struct progress *p)
{
    enum { WIDTH = 30 };
    double spent = since(&p->begin);
    long left = p->done ? (long)(spent / (double)p->done *
                                 (double)(p->all - p->done) + 0.5) : 0;
    size_t full = p->all ? p->done * WIDTH / p->all : WIDTH;
    char bar[WIDTH + 1];

    if (!p->terminal && p->done < p->all &&
        p->done - p->said < (p->all + 9) / 10)
        return;                 /* a line for each tenth */
    if (!p->terminal && p->said == p->done)
        return;
    p->said = p->done;
    memset(bar, '#', full);
    memset(bar + full, '.', WIDTH - full);
    bar[WIDTH] = 0;
    fprintf(stderr, "%s[%s] %zu of %zu", p->terminal ? "\r" : "  ", bar,
            p->done, p->all);
    if (p->done && p->done < p->all)
        fprintf(stderr, ", %ld:%02ld left  ", left / 60, left % 60);
    else
        fprintf(stderr, p->terminal ? "              " : "");
    if (!p->terminal || p->done == p->all)
        fputc('\n', stderr);
    fflush(stderr);
}

static size_t count_done(const char *spool, const struct words *keys,
                         bool *is)
{
    size_t n = 0;

    for (size_t i = 0; i < keys->len; i++) {
        is[i] = is[i] || task_done(spool, keys->at[i]);
        n += is[i];
    }
    return n;
}

static int watch(const char *spool, const struct words *keys,
                 pid_t child, size_t *done)
{
    struct progress p = {.all = keys->len, .terminal = isatty(2)};
    bool *is = must_alloc(NULL, keys->len * sizeof *is);
    int status = 0;
    pid_t ended;

    memset(is, 0, keys->len * sizeof *is);
    clock_gettime(CLOCK_MONOTONIC, &p.begin);
    do {
        ended = waitpid(child, &status, WNOHANG);
        p.done = count_done(spool, keys, is);
        show(&p);
        if (ended == 0)
            nanosleep(&(struct timespec){.tv_nsec = 100000000}, NULL);
    } while (ended == 0 || (ended < 0 && errno == EINTR));
    if (p.terminal && p.done < p.all)
        fputc('\n', stderr);
    free(is);
    *done = p.done;
    return status;
}

/* In the new process: become the engine. */
static void be_engine(const char *spool, const struct engine *e,
                      size_t tasks)
{
    char *log = must_print("%s/engine.log", spool);
    int fd = open(log, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    int null = open("/dev/null", O_RDONLY | O_CLOEXEC);
    struct fault fault = {0};

    if (fd >= 0 && null >= 0) {
        dup2(null, 0);
        dup2(fd, 1);
        dup2(fd, 2);
    }
    if (strcmp(e->name, "parallel") == 0)
        exec_parallel(spool, e);
    if (strcmp(e->name, "slurm") == 0)
        exec_slurm(spool, e, tasks);
    if (pool_run(spool, 0, tasks, e->jobs, e->limit, &fault) < 0) {
        fprintf(stderr, "%s\n", fault.text);
        fflush(stderr);
        _exit(126);
    }
    _exit(0);
}

int engine_run(const char *spool, const struct engine *e,
               struct fault *fault)
{
    struct words keys = {0};
    pid_t parent = getpid(), child;
    int rv = keys_read(spool, &keys, fault);

    if (rv < 0 || keys.len == 0)
        goto done;
    fflush(NULL);
    child = fork();
    if (child < 0) {
        rv = fault_errno(fault, "no process could be started");
        goto done;
    }
    if (child == 0) {
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        if (getppid() != parent)
            _exit(126);
        be_engine(spool, e, keys.len);
    }
    if (strcmp(e->name, "slurm") == 0)
        fputs("Slurm may let it wait; squeue --name=coil says why\n",
              stderr);
    size_t done = 0;
    int status = watch(spool, &keys, child, &done);

    if (status != 0 && done == 0)
        rv = fault_set(fault, "the engine %s did not run; see "
                       "%s/engine.log", e->name, spool);
done:
    words_clear(&keys);
    return rv;
}
