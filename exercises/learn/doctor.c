/* doctor.c - what the judge can do on this machine */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "box.h"
#include "learn.h"
#include "screen.h"

static void row(bool ok, const char *what, const char *means)
{
    paint(ok ? GOOD : BAD, "%-8s", ok ? "ok" : "no");
    say(" %-9s %-20s %s\n", "box", what, means);
}

static void box_say(const struct profile *p)
{
    char uid[40];
    int filter = seccomp_file(false);
    bool cgroup = strcmp(p->cgroup, "none") != 0;

    if (filter >= 0)
        close(filter);
    row(p->boxed, "bubblewrap", p->boxed ?
        "your code runs in a box of its own" :
        "your code runs under limits alone");
    row(filter >= 0, "seccomp", filter >= 0 ?
        "system calls are filtered" : "system calls are not filtered");
    snprintf(uid, sizeof uid, "uid %u", (unsigned)p->uid);
    say("%-8s %-9s %-20s %s\n", "ok", "box", uid,
        p->own ? "its own" : "yours, as you are not root");
    say("%-8s %-9s cgroup %-13s %s\n", cgroup ? "ok" : "-", "box",
        p->cgroup, cgroup ? "memory and processes are counted" :
        "limits of the process are used instead");
}

int learn_doctor(int argc, char **argv)
{
    struct profile profile;
    bool boxed;

    (void)argv;
    if (argc > 1)
        return refuse("./coil doctor", "doctor takes no word");
    profile_open(&profile);
    box_say(&profile);
    boxed = profile.boxed;
    profile_close(&profile);
    if (!boxed)
        say_next("apt-get install bubblewrap   (in a container it may "
                 "need user namespaces, too)");
    return boxed ? 0 : 1;
}
