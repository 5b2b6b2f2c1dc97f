/* work.c - start, reset, hint, solution */
#include <errno.h>
#include <glob.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "whole.h"
#include "kit.h"
#include "learn.h"
#include "place.h"
#include "screen.h"
#include "state.h"

static const char *base(const char *path)
{
    const char *slash = strrchr(path, '/');

    return slash ? slash + 1 : path;
}

/* For each file in `from`; stops at the first that is not 0. */
static int each_file(const char *from,
                     int (*visit)(void *, const char *), void *context)
{
    char *pattern = join(from, "*.[ch]");
    glob_t files;
    int rv = 0, why = glob(pattern, 0, NULL, &files);

    free(pattern);
    if (why == GLOB_NOMATCH)
        return refuse("git status", "there are no files in %s", from);
    if (why != 0)
        return refuse("git status", "%s cannot be read", from);
    for (size_t i = 0; i < files.gl_pathc && rv == 0; i++)
        rv = visit(context, files.gl_pathv[i]);
    globfree(&files);
    return rv;
}

static int not_judged(const struct exercise *e)
{
    return refuse("./coil list",
                  "%s is for thought: it has no files, and "
                  "nothing is judged",
                  e->name);
}

static int cannot_write(const char *path)
{
    return refuse("free some room, then the same command again",
                  "%s could not be written: %s", path, strerror(errno));
}

/* ---- start ------------------------------------------------------- */
struct target {
    const char *folder;
    int made;
};

static int start_one(void *context, const char *from)
{
    struct target *t = context;
    char *to = join(t->folder, base(from));
    int rv = 0;

    if (!path_is(to)) {
        if (whole_copy(from, to) < 0)
            rv = cannot_write(to);
        else
            t->made++;
    }
    free(to);
    return rv;
}

int start_files(const struct exercise *e)
{
    char *folder = learner_folder(e);
    struct target t = { folder, 0 };
    int rv = -1;

    if (path_make(folder) < 0)
        cannot_write(folder);
    else if (each_file(e->given, start_one, &t) == 0)
        rv = t.made;
    free(folder);
    return rv;
}

void make_current(json_t *state, const struct exercise *e)
{
    json_object_set_new(state, "current", json_string(e->name));
}

/* The tests that are given: how to build and run them. */
static int try_one(void *context, const char *from)
{
    const struct exercise *e = context;
    char *folder, *name, *line;

    if (strncmp(base(from), "test_", 5) != 0 || !strstr(from, ".c"))
        return 0;
    folder = learner_folder(e);
    name = must(strndup(base(from), strlen(base(from)) - 2));
    line = kit_command(e, folder, name, false, false);
    say("A few tests to begin with; the judge has others:\n");
    paint(CODE, "  %s &&\n  %s/%s\n", line, folder, name);
    free(line);
    free(name);
    free(folder);
    return 0;
}

int learn_start(int argc, char **argv)
{
    struct asked w;
    json_t *state, *of;
    int made;

    if (asked_read(&w, argc, argv, "") != 0)
        return 1;
    if (!w.exercise->judged)
        return not_judged(w.exercise);
    made = start_files(w.exercise);
    if (made < 0 || (state = state_open()) == NULL)
        return 1;
    of = state_of(state, w.exercise->name);
    if (json_object_get(of, "started") == NULL)
        state_set_now(of, "started");
    make_current(state, w.exercise);
    show_exercise(w.exercise, state);
    if (made == 0)
        say("They were there already, and are as you left them.\n");
    each_file(w.exercise->given, try_one,
              (void *)(uintptr_t)w.exercise);
    say_next("edit, save, ./coil check   ·   ./coil   (checks at each "
             "save)");
    return state_close(state, true);
}

/* ---- reset ------------------------------------------------------- */
struct backup {
    const char *folder;         /* the learner's */
    char *kept;                 /* the backup's; NULL: none yet */
};

static char *free_name(const char *folder)
{
    char *name = NULL;

    for (int i = 1; ; i++) {
        free(name);
        name = format("%s/backup-%d", folder, i);
        if (!path_is(name))
            return name;
    }
}

static bool same(const char *a, const char *b)
{
    size_t m = 0, n = 0;
    char *x = whole_read(a, &m), *y = whole_read(b, &n);
    bool is = x && y && m == n && memcmp(x, y, n) == 0;

    free(x);
    free(y);
    return is;
}

static int reset_one(void *context, const char *from)
{
    struct backup *b = context;
    char *to = join(b->folder, base(from)), *kept = NULL;
    int rv = 0;

    if (same(from, to))
        goto done;
    if (path_is(to)) {
        if (b->kept == NULL)
            b->kept = free_name(b->folder);
        kept = join(b->kept, base(from));
        if (path_make(b->kept) < 0 || whole_copy(to, kept) < 0)
            rv = cannot_write(kept);
    }
    if (rv == 0 && whole_copy(from, to) < 0)
        rv = cannot_write(to);
done:
    free(kept);
    free(to);
    return rv;
}

char *reset_files(const struct exercise *e)
{
    char *folder = learner_folder(e);
    struct backup b = { folder, NULL };

    if (each_file(e->given, reset_one, &b) != 0) {
        free(b.kept);
        b.kept = NULL;
    } else if (b.kept == NULL) {
        b.kept = must(strdup(""));
    }
    free(folder);
    return b.kept;
}

int learn_reset(int argc, char **argv)
{
    struct asked w;
    char *kept;

    if (asked_read(&w, argc, argv, "") != 0)
        return 1;
    if (!w.exercise->judged)
        return not_judged(w.exercise);
    if (!exercise_started(w.exercise)) {
        char *next = format("./coil start %s", w.exercise->name);

        refuse(next, "%s is not started", w.exercise->name);
        free(next);
        return 1;
    }
    kept = reset_files(w.exercise);
    if (kept == NULL)
        return 1;
    if (*kept)
        say("%s is as at the start. What you had is in %s.\n",
            w.exercise->name, kept);
    else
        say("%s is as at the start already.\n", w.exercise->name);
    say_next("./coil show %s", w.exercise->name);
    free(kept);
    return 0;
}

/* ---- hint -------------------------------------------------------- */
void hint_say(const struct exercise *e, json_t *of, int level)
{
    for (int i = 0; i < level; i++) {
        paint(BOLD, "Hint %d of 3.\n", i + 1);
        say_lines(2, e->hints[i] ? e->hints[i] : "");
    }
    if (state_int(of, "hints") < level)
        json_object_set_new(of, "hints", json_integer(level));
}

int learn_hint(int argc, char **argv)
{
    struct asked w;
    json_t *state, *of;
    int level;

    if (asked_read(&w, argc, argv, "level") != 0)
        return 1;
    if (!w.exercise->judged)
        return not_judged(w.exercise);
    if ((state = state_open()) == NULL)
        return 1;
    of = state_of(state, w.exercise->name);
    level = w.level ? w.level : (int)state_int(of, "hints") + 1;
    if (level > 3)
        level = 3;
    hint_say(w.exercise, of, level);
    if (level < 3)
        say_next("./coil check   ·   ./coil hint %d", level + 1);
    else
        say_next("./coil check   ·   ./coil solution --give-up");
    return state_close(state, true);
}

/* ---- solution ---------------------------------------------------- */
static int show_one(void *context, const char *from)
{
    char *to = join(context, base(from)),
         *text = whole_read(from, NULL);
    int rv = 0;

    if (text == NULL || whole_copy(from, to) < 0)
        rv = cannot_write(to);
    else {
        paint(BOLD, "%s\n", to);
        say("%s\n", text);
    }
    free(text);
    free(to);
    return rv;
}

static int show_solution(const struct exercise *e)
{
    char *folder = learner_folder(e), *to = join(folder, "solution");
    char *from = join(e->staff, "reference");
    int rv;

    rv = path_make(to) < 0 ? cannot_write(to) :
         each_file(from, show_one, to);
    free(from);
    free(to);
    free(folder);
    return rv;
}

int learn_solution(int argc, char **argv)
{
    struct asked w;
    json_t *state, *of;
    bool passed;

    if (asked_read(&w, argc, argv, "give-up") != 0)
        return 1;
    if (!w.exercise->judged)
        return not_judged(w.exercise);
    if ((state = state_open()) == NULL)
        return 1;
    of = state_of(state, w.exercise->name);
    passed = state_passed(state, w.exercise->name);
    if (!passed && !w.give_up &&
        json_object_get(of, "gave_up") == NULL) {
        refuse("./coil hint   ·   ./coil solution --give-up",
               "the solution "
               "of %s is shown after a pass.\n      --give-up shows it "
               "now; "
               "that is recorded",
               w.exercise->name);
        state_close(state, false);
        return 1;
    }
    state_set_now(of, passed ? "solution" : "gave_up");
    if (state_close(state, true) != 0)  /* recorded first, then shown */
        return 1;
    if (show_solution(w.exercise) != 0)
        return 1;
    say_next(passed ? "compare it with yours, then ./coil next" :
             "close it, write your own, ./coil check");
    return 0;
}
