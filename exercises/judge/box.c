/* box.c - bubblewrap, from an empty environment, as a uid of its own */
#include "box.h"

#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/personality.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "calls.h"

enum { FIRST_UID = 64000, SLOTS = 256, ARGS_FD = 10, FILTER_FD = 11 };

const char *box_program = "/usr/bin/bwrap";

int box_status(int status)
{
    return WIFSIGNALED(status) ? 128 + WTERMSIG(status)
                               : WEXITSTATUS(status);
}

/* ---- who and where ----------------------------------------------- */
/* A lock on a file of root's says that a uid is in use. */
static bool take_slot(struct profile *profile)
{
    const char *folder = access("/run/lock", W_OK) == 0 ? "/run/lock"
                                                        : "/tmp";

    for (uid_t i = 0; i < SLOTS; i++) {
        struct text name = {0};

        text_put(&name, "%s/coil-judge.%u", folder,
                 (unsigned)(FIRST_UID + i));
        int fd = open(text_chars(&name), O_RDWR | O_CREAT | O_CLOEXEC
                                         | O_NOFOLLOW, 0600);
        text_clear(&name);
        if (fd >= 0 && flock(fd, LOCK_EX | LOCK_NB) == 0) {
            profile->uid = FIRST_UID + i;
            profile->lock = fd;
            return true;
        }
        if (fd >= 0)
            close(fd);
    }
    return false;
}

bool box_works(const struct profile *profile)
{
    const char *const argv[] = {"/usr/bin/true", NULL};
    struct box box = {.argv = argv, .fds = {-1, -1, -1, -1, -1},
                      .limits = {.cpu = 2, .processes = 8}};
    int status = -1;
    pid_t pid = access(box_program, X_OK) == 0
                    ? box_start(&box, profile)
                    : -1;

    return pid > 0 && waitpid(pid, &status, 0) == pid && status == 0;
}

void profile_open(struct profile *profile)
{
    *profile = (struct profile){.uid = getuid(), .lock = -1,
                                .cgroup = "none"};
    profile->own = geteuid() == 0 && take_slot(profile);
    if (geteuid() == 0 && !profile->own)
        return;                 /* never as root */
    if (profile->own)
        cgroup_open(profile);
    profile->boxed = true;
    profile->boxed = box_works(profile);
}

void profile_close(struct profile *profile)
{
    if (profile->lock >= 0) {
        cgroup_close(profile);
        close(profile->lock);
    }
    profile->lock = -1;
}

/* ---- what bubblewrap is told ------------------------------------- */
static void add(struct text *args, const char *word)
{
    text_add(args, word, strlen(word) + 1);
}

static void add_all(struct text *args, const char *const words[])
{
    for (; *words != NULL; words++)
        add(args, *words);
}

static void add_folder(struct text *args, const struct box *box,
                       const char *name, const char *how)
{
    struct text from = {0};

    add(args, how);
    text_put(&from, "%s/%s", box->folder, name);
    add(args, text_chars(&from));
    from.len = 0;
    text_put(&from, "/box/%s", name);
    add(args, text_chars(&from));
    text_clear(&from);
}

static void options(struct text *args, const struct box *box)
{
    static const char *const always[] = {
        "--unshare-all", "--unshare-user", "--disable-userns",
        "--die-with-parent", "--new-session", "--clearenv",
        "--hostname", "box", "--cap-drop", "ALL",
        "--ro-bind", "/usr", "/usr", "--symlink", "usr/bin", "/bin",
        "--symlink", "usr/lib", "/lib", "--symlink", "usr/lib64",
        "/lib64",
        "--size", "16777216", "--tmpfs", "/tmp", NULL
    };

    add_all(args, always);
    if (box->proc)
        add_all(args, (const char *const[]){"--proc", "/proc", NULL});
    if (box->folder != NULL) {
        add_folder(args, box, "out",
                   box->write ? "--bind" : "--ro-bind");
        if (box->write)
            add_folder(args, box, "in", "--ro-bind");
        add_all(args, (const char *const[]){
                          "--chdir",
                          strcmp(box->where, "in") == 0 ? "/box/in"
                                                        : "/box/out",
                          NULL});
    }
    for (const char *const *e = box->env; e != NULL && *e != NULL;
         e++) {
        size_t len = strcspn(*e, "=");

        add(args, "--setenv");
        text_add(args, *e, len);
        text_add(args, "", 1);
        add(args, *e + len + 1);
    }
    add_all(args, (const char *const[]){"--remount-ro", "/",
                                        "--seccomp", "11", NULL});
}

/* A descriptor from which to read the text, moved up to fd. */
static bool place(int from, int fd)
{
    return from >= 0 && dup2(from, fd) == fd;
}

static int file_of(const struct text *text)
{
    int fd = memfd_create("args", MFD_CLOEXEC);

    if (fd >= 0 && (write(fd, text->s, text->len) != (ssize_t)text->len
                    || lseek(fd, 0, SEEK_SET) < 0)) {
        close(fd);
        fd = -1;
    }
    return fd;
}

/* ---- in the child ------------------------------------------------ */
/* Descriptors are moved out of the way first: 1 may stand for 0. */
static bool settle_fds(const struct box *box, int args, int filter)
{
    int high[5], empty = open("/dev/null", O_RDWR | O_CLOEXEC);

    for (int i = 0; i < 5; i++) {
        int fd = box->fds[i] < 0 && i < 3 ? empty : box->fds[i];
        high[i] = fd < 0 ? -1 : fcntl(fd, F_DUPFD_CLOEXEC, 32);
        if (fd >= 0 && high[i] < 0)
            return false;
    }
    int high_args = fcntl(args, F_DUPFD_CLOEXEC, 32);
    int high_filter = fcntl(filter, F_DUPFD_CLOEXEC, 32);

    for (int i = 0; i < 5; i++) {
        if (high[i] < 0)
            close(i);
        else if (!place(high[i], i))
            return false;
    }
    return args < 0 || (place(high_args, ARGS_FD)
                        && place(high_filter, FILTER_FD));
}

static bool become(const struct profile *profile)
{
    if (!profile->own)
        return geteuid() != 0 || !profile->boxed;
    gid_t gid = (gid_t)profile->uid;

    return setgroups(0, NULL) == 0 && setresgid(gid, gid, gid) == 0
           && setresuid(profile->uid, profile->uid, profile->uid) == 0
           && setuid(0) < 0;
}

static void limit(int what, size_t most)
{
    struct rlimit r = {.rlim_cur = most, .rlim_max = most};

    setrlimit(what, &r);
}

/* Without a box: limits alone, for one's own code. */
static void exec_bare(const struct box *box)
{
    char *const none[] = {NULL};
    struct text folder = {0};

    text_put(&folder, "%s/%s", box->folder, box->where);
    if (chdir(text_chars(&folder)) < 0)
        _exit(125);
    limit(RLIMIT_CPU, box->limits.cpu);
    limit(RLIMIT_FSIZE, box->limits.file);
    limit(RLIMIT_CORE, 0);
    if (box->limits.data != 0)
        limit(RLIMIT_DATA, box->limits.data);
    execve(box->argv[0], (char *const *)box->argv,
           box->env != NULL ? (char *const *)box->env : none);
    _exit(127);
}

/* Limits are set inside: what counts processes counts those of the box
 * alone only there. */
static void exec_boxed(const struct box *box)
{
    const char *argv[64] = {box_program, "--args", "10", "--",
                            "/usr/bin/prlimit"};
    char *const none[] = {NULL};
    struct text words[6] = {{0}};
    size_t n = 5;

    text_put(&words[0], "--cpu=%zu:%zu", box->limits.cpu,
             box->limits.cpu + 1);
    text_put(&words[1], "--fsize=%zu", box->limits.file);
    text_put(&words[2], "--nproc=%zu", box->limits.processes);
    text_put(&words[3], "--core=0");
    text_put(&words[4], "--nofile=64");
    if (box->limits.data != 0)
        text_put(&words[5], "--data=%zu", box->limits.data);
    for (size_t i = 0; i < 6; i++)
        if (words[i].s != NULL)
            argv[n++] = words[i].s;
    for (size_t i = 0; box->argv[i] != NULL && n < 63; i++)
        argv[n++] = box->argv[i];
    execve(box_program, (char *const *)argv, none);
    _exit(126);
}

static void child(const struct box *box, const struct profile *profile,
                  int args, int filter)
{
    sigset_t none;

    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    signal(SIGPIPE, SIG_DFL);
    setsid();
    if (!settle_fds(box, args, filter) || !cgroup_join(profile)
        || !become(profile))
        _exit(125);
    if (box->fixed)
        personality(ADDR_NO_RANDOMIZE);
    if (profile->boxed)
        exec_boxed(box);
    exec_bare(box);
}

pid_t box_start(const struct box *box, const struct profile *profile)
{
    struct text args = {0};
    int args_fd = -1, filter_fd = -1;
    pid_t pid = -1;

    if (profile->boxed) {
        options(&args, box);
        args_fd = file_of(&args);
        filter_fd = seccomp_file(box->trace);
        if (args_fd < 0 || filter_fd < 0)
            goto done;
    }
    pid = fork();
    if (pid == 0)
        child(box, profile, args_fd, filter_fd);
done:
    if (args_fd >= 0)
        close(args_fd);
    if (filter_fd >= 0)
        close(filter_fd);
    text_clear(&args);
    return pid;
}
