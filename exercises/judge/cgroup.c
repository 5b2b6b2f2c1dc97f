/* cgroup.c - a control group for a uid's boxes, where one can be made
 *
 * It limits what a limit per process cannot: the memory and the number
 * of all processes of a box together.  Only root can make one here.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "box.h"
#include "calls.h"

#define MOST_PROCESSES 256
#define MOST_MEMORY ((size_t)9 << 28)  /* 2.25 GiB */

static const char top[] = "/sys/fs/cgroup";

/* For v2 there is one folder, for v1 one for each of the two. */
static void path_of(const struct profile *p, const char *controller,
                    const char *file, struct text *out)
{
    out->len = 0;
    text_put(out, "%s%s%s/coil-judge.%u%s%s", top,
             p->cgroup[1] == '1' ? "/" : "",
             p->cgroup[1] == '1' ? controller : "", (unsigned)p->uid,
             *file != '\0' ? "/" : "", file);
}

static bool put(const char *path, const char *value)
{
    int fd = open(path, O_WRONLY | O_CLOEXEC);
    bool rv = fd >= 0 && write(fd, value, strlen(value))
                         == (ssize_t)strlen(value);

    if (fd >= 0)
        close(fd);
    return rv;
}

static bool set(const struct profile *p, const char *controller,
                const char *file, size_t value)
{
    struct text path = {0};
    char number[24];

    snprintf(number, sizeof number, "%zu", value);
    path_of(p, controller, file, &path);
    bool rv = put(text_chars(&path), number);
    text_clear(&path);
    return rv;
}

static bool make(const struct profile *p, const char *controller)
{
    struct text path = {0};

    path_of(p, controller, "", &path);
    bool rv = mkdir(text_chars(&path), 0700) == 0 || errno == EEXIST;
    text_clear(&path);
    return rv;
}

/* Wide, and set once: what is left of the last box may still be
 * counted.  The limits inside and the looks from outside are those of
 * one box. */
static bool limit(const struct profile *p)
{
    bool v1 = p->cgroup[1] == '1';

    return set(p, "pids", "pids.max", MOST_PROCESSES)
           && set(p, "memory", v1 ? "memory.limit_in_bytes"
                                 : "memory.max", MOST_MEMORY);
}

void cgroup_open(struct profile *p)
{
    p->cgroup = "v2";
    put("/sys/fs/cgroup/cgroup.subtree_control", "+memory +pids");
    if (access("/sys/fs/cgroup/cgroup.controllers", F_OK) == 0
        && make(p, "") && limit(p))
        return;
    if (access("/sys/fs/cgroup/cgroup.controllers", F_OK) == 0)
        cgroup_close(p);
    p->cgroup = "v1";
    if (access("/sys/fs/cgroup/memory", F_OK) == 0 && make(p, "memory")
        && access("/sys/fs/cgroup/pids", F_OK) == 0 && make(p, "pids")
        && limit(p))
        return;
    cgroup_close(p);
    p->cgroup = "none";
}

bool cgroup_join(const struct profile *p)
{
    bool v1 = p->cgroup[1] == '1';

    if (p->cgroup[0] != 'v')
        return true;
    return set(p, "memory", "cgroup.procs", 0)
           && (!v1 || set(p, "pids", "cgroup.procs", 0));
}

/* The kernel counts how often it had to end something. */
size_t cgroup_kills(const struct profile *p)
{
    struct text path = {0};
    char line[128];
    unsigned long long n = 0;

    if (p->cgroup[0] != 'v')
        return 0;
    path_of(p, "memory", p->cgroup[1] == '1' ? "memory.oom_control"
                                             : "memory.events", &path);
    FILE *f = fopen(text_chars(&path), "re");
    while (f != NULL && fgets(line, sizeof line, f) != NULL
           && sscanf(line, "oom_kill %llu", &n) != 1)
        continue;
    if (f != NULL)
        fclose(f);
    text_clear(&path);
    return (size_t)n;
}

void cgroup_close(const struct profile *p)
{
    static const char *const controllers[] = {"memory", "pids"};
    struct text path = {0};

    for (size_t i = 0; p->cgroup[0] == 'v' && i < 2; i++) {
        path_of(p, controllers[i], "", &path);
        for (int n = 0; n < 50 && rmdir(text_chars(&path)) < 0
             && errno == EBUSY; n++)
            usleep(10000); /* the kernel is still taking it apart */
    }
    text_clear(&path);
}
