/* box.h - one command, where it can do no harm
 *
 *     struct box box = {.folder = spool, .where = "out", .argv = argv,
 *                       .fds = {0, 1, 1, -1, 4}, .limits = {.cpu = 4}};
 *     pid_t pid = box_start(&box, &profile);
 *
 * Inside, folder/in is /box/in and folder/out is /box/out, and the
 * current folder is one of them: names relative to it mean the same
 * inside and outside.  When the process that is waited for has ended,
 * so has all that it started.
 *
 * Threads: none.
 */
#ifndef COIL_JUDGE_BOX_H
#define COIL_JUDGE_BOX_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

/* What there is on this machine, and which uid the code gets. */
struct profile {
    bool boxed;                 /* bubblewrap works */
    bool own;                   /* a uid of its own, as we are root */
    uid_t uid;
    int lock; /* keeps other judges off that uid, or -1 */
    const char *cgroup;         /* "v2", "v1" or "none" */
};

struct limits {
    size_t cpu;                 /* seconds of processor time */
    size_t data; /* bytes that may be asked for; 0: any */
    size_t memory;              /* bytes that may be in use; 0: any */
    size_t file;                /* bytes of one file */
    size_t processes;
};

struct box {
    const char *folder;         /* has in/ and out/ */
    const char *where;          /* "in" or "out": the current folder */
    bool write;                 /* out/ may be written */
    bool proc;                  /* there is a /proc */
    bool trace; /* ptrace is allowed: sanitizers need it */
    bool fixed;                 /* addresses are the same in each run */
    const char *const *argv; /* argv[0] is an absolute path or ./NAME */
    const char *const *env;     /* NAME=VALUE, up to NULL; NULL: none */
    int fds[5]; /* become 0..4; -1: closed (0..2: empty) */
    struct limits limits;
};

/* Where bubblewrap is; a test says that it is not there. */
extern const char *box_program;

/* profile_open - find out; what cannot be had is false or "none"
 * profile_close - give the uid back */
void profile_open(struct profile *profile);
void profile_close(struct profile *profile);

/* box_start - run it; the caller waits for the pid, and kills it
 *
 * Returns -1 if there was no process.  A status from 129 on means that
 * the command ended by signal number status - 128.
 */
pid_t box_start(const struct box *box, const struct profile *profile);

/* box_works - can a box be made?  To tell a fault of ours from one of
 * the code that was in it. */
bool box_works(const struct profile *profile);

/* box_status - what waitpid said, as a status of a shell */
int box_status(int wait_status);

/* box_memory - bytes that the processes below pid have in use */
size_t box_memory(pid_t pid);

/* cgroup_open  - make a group for the uid; says in profile which kind
 * cgroup_join  - this process and its children, before it becomes the
 *                uid
 * cgroup_kills - how many were ended as there was no memory
 * cgroup_close - remove the group */
void cgroup_open(struct profile *profile);
bool cgroup_join(const struct profile *profile);
size_t cgroup_kills(const struct profile *profile);
void cgroup_close(const struct profile *profile);

/* seccomp_file - a descriptor with the filter, or -1 */
int seccomp_file(bool trace);
#endif
