/* runner.c - the judge at work in a process of its own, for
 * watch mode */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "learn.h"
#include "report.h"
#include "screen.h"
#include "state.h"
#include "tty.h"
#include "watch.h"

static void tell(void *context, const char *step, int done, int all)
{
    int *to = context;

    dprintf(*to, "%d of %d  %s\n", done, all, step);
}

/* Ends the child: nothing of the parent's is flushed. */
static void run(const struct exercise *e, int to)
{
    struct asked asked = { .exercise = e };
    json_t *report;
    int rv;

    tty_child();
    report = judge_here(&asked, tell, &to);
    rv = judge_record(e, report);
    if (rv != 0) {
        const char *fault = refused();

        dprintf(to, "!%.*s\n", fault ? (int)strcspn(fault, "\n") : 0,
                fault ? fault : "");
    }
    _exit(rv);
}

void runner_start(struct watch *w)
{
    int ends[2];

    if (w->child > 0) {
        w->again = true;
        return;
    }
    w->again = false;
    if (pipe(ends) < 0 || fcntl(ends[0], F_SETFL, O_NONBLOCK) < 0) {
        watch_note(w, "cannot check: %s", strerror(errno));
        return;
    }
    fflush(stdout);
    w->child = fork();
    if (w->child == 0) {
        close(ends[0]);
        run(w->exercise, ends[1]);
    }
    close(ends[1]);
    w->from_child = ends[0];
    snprintf(w->step, sizeof w->step, "...");
    if (w->child < 0) {
        watch_note(w, "cannot check: %s", strerror(errno));
        close(ends[0]);
        w->from_child = -1;
        w->child = 0;
    }
}

static void finish(struct watch *w)
{
    int status = 0;

    close(w->from_child);
    w->from_child = -1;
    while (waitpid(w->child, &status, 0) < 0 && errno == EINTR)
        continue;
    w->child = 0;
    json_decref(w->report);
    w->report = report_read(w->exercise->name);
    if (w->view == STATEMENT)
        w->view = REPORT;
    else if (w->view != REPORT && w->note == NULL)
        watch_note(w, "checked: %s; any other key shows it",
                   text_at(w->report, "status"));
    if (status != 0 && w->note == NULL)
        watch_note(w,
                   "the check did not come to its end: c checks again");
    if (w->again)
        runner_start(w);
}

void runner_read(struct watch *w)
{
    char text[512], *begin, *end;
    ssize_t n = read(w->from_child, text, sizeof text - 1);

    if (n <= 0) {
        if (n == 0 || (errno != EINTR && errno != EAGAIN))
            finish(w);
        return;
    }
    text[n] = '\0';
    end = strrchr(text, '\n');  /* the last whole line is the newest */
    if (end == NULL)
        return;
    *end = '\0';
    begin = strrchr(text, '\n');
    begin = begin ? begin + 1 : text;
    if (*begin == '!')          /* something could not be kept */
        watch_note(w, "%s", begin + 1);
    else
        snprintf(w->step, sizeof w->step, "%.100s", begin);
}

void runner_stop(struct watch *w)
{
    if (w->child <= 0)
        return;
    kill(w->child, SIGTERM);
    while (waitpid(w->child, NULL, 0) < 0 && errno == EINTR)
        continue;
    close(w->from_child);
    w->from_child = -1;
    w->child = 0;
    w->again = false;
}
