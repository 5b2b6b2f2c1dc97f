/* look.c - list, next, show, status */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "whole.h"
#include "learn.h"
#include "place.h"
#include "screen.h"
#include "state.h"

struct count {
    int done, all;
    double points, of;
};

static struct count count(json_t *state, const char *chapter)
{
    struct count c = { 0, 0, 0, 0 };

    for (const struct exercise *e = exercise_all(); e->name; e++) {
        json_t *of;

        if (!e->judged || (chapter && strcmp(e->chapter, chapter) != 0))
            continue;
        of = state_of(state, e->name);
        c.all++;
        c.done += state_passed(state, e->name);
        c.points += json_number_value(json_object_get(of, "best"));
        c.of += e->points;
    }
    return c;
}

void show_bar(json_t *state)
{
    struct count c = count(state, NULL);

    say_bar(c.done, c.all);
    say(" passed, %g of %g points\n", c.points, c.of);
}

static void stars_say(const struct exercise *e, int wide)
{
    for (int i = 0; i < wide; i++)
        say("%s", i < e->stars ? "★" : " ");
}

/* ---- list -------------------------------------------------------- */
static void row_say(json_t *state, const struct exercise *e)
{
    json_t *of = state_of(state, e->name);
    const struct exercise *now = exercise_current(state);

    if (now == e)
        paint(BOLD, "▸ ");
    else
        say("  ");
    if (!e->judged)
        paint(SOFT, "%-8s", "-");
    else if (state_passed(state, e->name))
        paint(GOOD, "%-8s", "passed");
    else if (state_int(of, "tries") > 0)
        paint(BAD, "%-8s", "tried");
    else if (*state_text(of, "started"))
        say("%-8s", "started");
    else
        say("%-8s", "");
    say("%-20s ", e->name);
    stars_say(e, 4);
    say(" %4d min ", e->minutes);
    if (e->judged)
        say("%3d points  ", e->points);
    else
        paint(SOFT, "to think    ");
    say("%s\n", e->title);
}

void show_list(json_t *state)
{
    const char *chapter = "";

    for (const struct exercise *e = exercise_all(); e->name; e++) {
        if (strcmp(chapter, e->chapter) != 0) {
            struct count c = count(state, e->chapter);

            chapter = e->chapter;
            say("\n");
            paint(BOLD, "Chapter %d, %s", exercise_chapter(e),
                  strchr(chapter, '-') ? strchr(chapter, '-') + 1 :
                                         chapter);
            say("   %d of %d passed\n", c.done, c.all);
        }
        row_say(state, e);
    }
    say("\n");
    show_bar(state);
}

int learn_list(int argc, char **argv)
{
    json_t *state;
    const struct exercise *e;

    (void)argv;
    if (argc > 1)
        return refuse("./coil list", "list takes no word");
    state = state_open();
    if (state == NULL)
        return 1;
    show_list(state);
    e = exercise_current(state);
    if (e != NULL)
        say_next("./coil show %s   ·   ./coil start %s", e->name,
                 e->name);
    return state_close(state, false);
}

/* ---- show -------------------------------------------------------- */
static void files_say(const struct exercise *e)
{
    char *folder = learner_folder(e);

    say("Your file%s:", e->files[1] ? "s" : "");
    for (const char *const *f = e->files; *f; f++)
        paint(BOLD, " %s/%s", folder, *f);
    say("%s\n", exercise_started(e) ? "" : "  (not there yet)");
    if (e->needs)
        say("It builds on %s: ./coil check links ours, ./coil check "
            "--own yours.\n", e->needs);
    free(folder);
}

/* What the gate lets through, in short. */
static void may_say(const struct exercise *e)
{
    say("It may call the library%s%s, assert, some of string.h",
        e->needs ? ", " : "", e->needs ? e->needs : "");
    for (const char *const *name = e->allow; name && *name; name++)
        if ((*name)[0] != '_')  /* the compiler's own */
            say(", %s", *name);
    say("; nothing else of C.\n");
}

void show_exercise(const struct exercise *e, json_t *state)
{
    char *label = format("ex:%s", e->name), *page = page_of(label);

    paint(BOLD, "%s: %s\n", e->name, e->title);
    say("Chapter %d", exercise_chapter(e));
    if (page != NULL && strncmp(page, "page", 4) == 0)
        say(", %s", page);
    say("   ");
    stars_say(e, e->stars);
    say("  %d minutes", e->minutes);
    if (e->judged)
        say("   %d points", e->points);
    if (state_passed(state, e->name))
        paint(GOOD, "   passed");
    say("\n\n");
    say_lines(0, e->statement ? e->statement : "");
    say("\n");
    if (e->judged)
        files_say(e), may_say(e);
    else
        say("This one is for thought: it is not judged.\n");
    free(page);
    free(label);
}

static int show_next(const struct exercise *e, json_t *state)
{
    const struct exercise *after = exercise_after(e, state);

    if (e->judged && exercise_started(e))
        say_next("edit, save, ./coil check %s   ·   ./coil hint",
                 e->name);
    else if (e->judged)
        say_next("./coil start %s", e->name);
    else if (after != NULL)
        say_next("./coil show %s", after->name);
    else
        say_next("./coil list");
    return 0;
}

int learn_show(int argc, char **argv)
{
    struct asked w;
    json_t *state;

    if (asked_read(&w, argc, argv, "") != 0)
        return 1;
    state = state_open();
    if (state == NULL)
        return 1;
    show_exercise(w.exercise, state);
    show_next(w.exercise, state);
    return state_close(state, false);
}

/* ---- next -------------------------------------------------------- */
int learn_next(int argc, char **argv)
{
    const struct exercise *now, *after;
    json_t *state;

    (void)argv;
    if (argc > 1)
        return refuse("./coil start NAME", "next takes no word");
    state = state_open();
    if (state == NULL)
        return 1;
    now = exercise_current(state);
    if (now != NULL && *state_text(state, "current") == '\0')
        after = now;            /* the very first */
    else
        after = exercise_after(now, state);
    if (after == NULL) {
        say(now && !state_passed(state, now->name) ?
            "This is the last one that is not passed.\n" :
            "Every exercise is passed.\n");
        show_bar(state);
        say_next(now && !state_passed(state, now->name) ?
                 "./coil check" : "./coil list");
        return state_close(state, false);
    }
    make_current(state, after);
    show_exercise(after, state);
    show_next(after, state);
    return state_close(state, true);
}

/* ---- status ------------------------------------------------------ */
static void current_say(const struct exercise *e, json_t *state)
{
    json_t *of = state_of(state, e->name);

    say("now:    ");
    paint(BOLD, "%s", e->name);
    say("  %s\n", e->title);
    if (state_int(of, "tries") > 0)
        say("        last check: %s, %g of %d points; "
            "checked %lld time%s, %lld hint%s\n",
            state_text(of, "status"),
            json_number_value(json_object_get(of, "score")), e->points,
            state_int(of, "tries"),
            state_int(of, "tries") == 1 ? "" : "s",
            state_int(of, "hints"),
            state_int(of, "hints") == 1 ? "" : "s");
}

int learn_status(int argc, char **argv)
{
    const struct exercise *e;
    json_t *state;

    (void)argv;
    if (argc > 1)
        return refuse("./coil status", "status takes no word");
    state = state_open();
    if (state == NULL)
        return 1;
    show_bar(state);
    e = exercise_current(state);
    if (e == NULL || (state_passed(state, e->name) &&
                      exercise_after(e, state) == NULL)) {
        say("Every exercise is passed.\n");
        say_next("./coil list");
        return state_close(state, false);
    }
    current_say(e, state);
    if (state_passed(state, e->name))
        say_next("./coil next");
    else if (exercise_started(e))
        say_next("./coil check   ·   ./coil show   ·   ./coil hint");
    else
        say_next("./coil start %s", e->name);
    return state_close(state, false);
}
