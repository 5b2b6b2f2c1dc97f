/* watch.c - watch mode: keys, saved files, signals */
#include <ctype.h>
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/inotify.h>
#include <unistd.h>

#include "learn.h"
#include "place.h"
#include "screen.h"
#include "state.h"
#include "tty.h"
#include "watch.h"
#include "whole.h"

/* ---- the files --------------------------------------------------- */
static void watch_folder(struct watch *w)
{
    char *folder = learner_folder(w->exercise);

    if (w->watched >= 0)
        inotify_rm_watch(w->files, w->watched);
    w->watched = inotify_add_watch(w->files, folder,
                                   IN_CLOSE_WRITE | IN_MOVED_TO);
    if (w->watched < 0)
        watch_note(w,
                   "%s is not seen changing (%s): press c after a save",
                   folder, strerror(errno));
    free(folder);
}

static bool is_declared(const struct watch *w, const char *name)
{
    for (const char *const *f = w->exercise->files; *f; f++)
        if (strcmp(*f, name) == 0)
            return true;
    return false;
}

/* Take what inotify has; was a file of the exercise saved? */
static bool files_saved(struct watch *w)
{
    _Alignas(struct inotify_event) char text[4096];
    bool saved = false;
    ssize_t n;

    while ((n = read(w->files, text, sizeof text)) > 0)
        for (char *p = text; p < text + n; ) {
            struct inotify_event *event = (struct inotify_event *)p;

            if (event->mask & IN_Q_OVERFLOW)
                saved = true;
            else if (event->wd != w->watched)
                ;               /* of the exercise before */
            else if (event->mask & IN_IGNORED)
                watch_note(w, "the folder is gone: c makes it again");
            else if (event->len > 0 && is_declared(w, event->name))
                saved = true;
            p += sizeof *event + event->len;
        }
    return saved;
}

/* ---- the exercise ------------------------------------------------ */
/* Make it the one at work; its files are made where there are none. */
static void select_exercise(struct watch *w, const struct exercise *e)
{
    json_t *state;
    int made;

    runner_stop(w);
    json_decref(w->report);
    w->exercise = e;
    w->report = report_read(e->name);
    made = start_files(e);
    state = state_open();
    if (state != NULL) {
        json_t *of = state_of(state, e->name);

        make_current(state, e);
        if (json_object_get(of, "started") == NULL)
            state_set_now(of, "started");
        state_close(state, true);
    }
    watch_folder(w);
    w->view = made == 0 ? REPORT : STATEMENT;
    if (made == 0)
        runner_start(w);
}

static void next_exercise(struct watch *w)
{
    const struct exercise *after;
    json_t *state = state_open();

    if (state == NULL)
        return;
    after = exercise_after(w->exercise, state);
    state_close(state, false);
    if (after != NULL)
        select_exercise(w, after);
    else
        watch_note(w, "there is no other that is not passed");
}

static void more_hints(struct watch *w)
{
    json_t *state = state_open(), *of;
    long long level;

    if (state == NULL)
        return;
    of = state_of(state, w->exercise->name);
    level = state_int(of, "hints");
    if (level < 3 && (level == 0 || w->view == HINT))
        json_object_set_new(of, "hints", json_integer(level + 1));
    w->view = HINT;
    state_close(state, true);
}

static void check_now(struct watch *w)
{
    if (!exercise_started(w->exercise)) {
        start_files(w->exercise);
        watch_folder(w);
    }
    w->view = REPORT;
    runner_start(w);
}

static void reset_now(struct watch *w)
{
    char *kept = reset_files(w->exercise);

    w->view = STATEMENT;
    if (kept == NULL)
        watch_note(w, "it could not be set back");
    else if (*kept)
        watch_note(w, "as at the start; what you had is in %s", kept);
    else
        watch_note(w, "it is as at the start already");
    free(kept);
    files_saved(w);             /* that was us */
}

/* ---- keys -------------------------------------------------------- */
static void key(struct watch *w, int c)
{
    enum view before = w->view;

    free(w->note);
    w->note = NULL;
    if (before == ASK_RESET && c == 'y') {
        reset_now(w);
        return;
    }
    switch (c) {
    case 'n': next_exercise(w); break;
    case 'h': more_hints(w); break;
    case 'l': w->view = before == LIST ? REPORT : LIST; break;
    case 'c': check_now(w); break;
    case 'x': w->view = ASK_RESET; break;
    case 'q': case 4: w->quit = true; break;
    default: w->view = before == STATEMENT ? STATEMENT : REPORT; break;
    }
}

/* The length of what an arrow or a function key sends: ESC [ 3 ~ */
static ssize_t sequence(const char *text, ssize_t n)
{
    ssize_t len = 2;

    if (n < 2 || (text[1] != '[' && text[1] != 'O'))
        return 1;
    if (text[1] == '[')
        while (len < n && (text[len] < '@' || text[len] > '~'))
            len++;
    return len < n ? len + 1 : n;
}

static void keys_read(struct watch *w)
{
    char text[64];
    ssize_t n = read(STDIN_FILENO, text, sizeof text);

    if (n == 0 || (n < 0 && errno != EINTR))
        w->quit = true;
    for (ssize_t i = 0; i < n && !w->quit; i++)
        if (text[i] == '\033')
            i += sequence(text + i, n - i) - 1;
        else
            key(w, tolower((unsigned char)text[i]));
}

/* ---- the loop ---------------------------------------------------- */
static void signals_read(struct watch *w, int signals)
{
    int number;

    while ((number = tty_signal(signals)) != 0) {
        if (number == SIGWINCH)
            continue;
        if (number == SIGTSTP) {
            tty_stop();
            continue;
        }
        runner_stop(w);
        tty_end(number);
    }
}

/* An editor may write a file in several steps: wait until it
 * is quiet. */
static void files_read(struct watch *w)
{
    struct pollfd more = { .fd = w->files, .events = POLLIN };
    bool saved = files_saved(w);

    while (poll(&more, 1, 50) > 0)
        saved = files_saved(w) || saved;
    if (saved)
        check_now(w);
}

static void loop(struct watch *w, int signals)
{
    while (!w->quit) {
        struct pollfd from[] = {
            { .fd = STDIN_FILENO, .events = POLLIN },
            { .fd = signals, .events = POLLIN },
            { .fd = w->files, .events = POLLIN },
            { .fd = w->from_child, .events = POLLIN },
        };

        watch_draw(w);
        if (poll(from, 4, -1) < 0 && errno != EINTR)
            break;
        if (from[1].revents)
            signals_read(w, signals);
        if (from[0].revents)
            keys_read(w);
        if (from[2].revents && !w->quit)
            files_read(w);
        if (from[3].revents && w->child > 0)
            runner_read(w);
    }
}

static int watch_from(const struct exercise *e)
{
    struct watch w = { .from_child = -1, .watched = -1 };
    int signals;

    w.files = inotify_init1(IN_CLOEXEC | IN_NONBLOCK);
    if (w.files < 0)
        return refuse("./coil check", "inotify: %s", strerror(errno));
    signals = tty_open();
    if (signals < 0)
        return refuse("./coil status",
                      "this terminal cannot be used: %s",
                      strerror(errno));
    refuse_later();             /* the screen is drawn over */
    select_exercise(&w, e);
    loop(&w, signals);
    runner_stop(&w);
    tty_close();
    close(signals);
    close(w.files);
    json_decref(w.report);
    free(w.note);
    say_next("./coil   (goes on here)   ·   ./coil status");
    return 0;
}

int learn_watch(int argc, char **argv)
{
    const struct exercise *e;
    json_t *state;

    if (!screen_is_terminal() || !isatty(STDIN_FILENO))
        return learn_status(argc, argv);
    state = state_open();
    if (state == NULL)
        return 1;
    e = exercise_current(state);
    if (e != NULL && state_passed(state, e->name) &&
        exercise_after(e, state) != NULL)
        e = exercise_after(e, state);
    state_close(state, false);
    if (e == NULL || !e->judged)
        return learn_list(argc, argv);
    return watch_from(e);
}
