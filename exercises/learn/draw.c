/* draw.c - the screen of watch mode */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "learn.h"
#include "place.h"
#include "report.h"
#include "screen.h"
#include "state.h"
#include "watch.h"
#include "whole.h"

void watch_note(struct watch *w, const char *form, ...)
{
    char text[512];
    va_list args;

    va_start(args, form);
    vsnprintf(text, sizeof text, form, args);
    va_end(args);
    free(w->note);
    w->note = must(strdup(text));
}

static void rule(void)
{
    for (int i = screen_width(); i > 0; i--)
        paint(SOFT, "─");
    say("\n");
}

static void head(struct watch *w, json_t *state)
{
    char *folder = learner_folder(w->exercise);

    paint(BOLD, "Coil  ");
    show_bar(state);
    paint(BOLD, "%s", w->exercise->name);
    say("  ");
    for (const char *const *f = w->exercise->files; *f; f++)
        paint(CODE, "%s/%s ", folder, *f);
    say("\n");
    rule();
    free(folder);
}

static void result(struct watch *w)
{
    json_t *failure = report_failure(w->report);

    if (w->report == NULL) {
        say("Not checked yet: save the file, or press c.\n");
        return;
    }
    report_say(w->exercise, w->report);
    if (report_passed(w->report)) {
        paint(GOOD, "Passed.");
        say("  next:  n\n");
    } else if (failure && json_object_get(failure, "case") != NULL) {
        say("next:  change the file and save it   ·   h   ·   "
            "in another terminal ");
        paint(CODE, "./coil repro");
        say(*text_at(failure, "heap") ? ", " : "\n");
        if (*text_at(failure, "heap"))
            paint(CODE, "./coil heap\n");
    } else {
        say("next:  change the file and save it   ·   h\n");
    }
}

static void keys(void)
{
    static const char *const names[] = {
        "n", "next", "h", "hint", "l", "list", "c", "check",
        "x", "reset", "q", "quit",
    };

    rule();
    for (size_t i = 0; i < sizeof names / sizeof *names; i += 2) {
        paint(BOLD, "%s", names[i]);
        say(" %s   ", names[i + 1]);
    }
    say("\n");
}

static void body(struct watch *w, json_t *state)
{
    json_t *of = state_of(state, w->exercise->name);

    switch (w->view) {
    case STATEMENT:
        show_exercise(w->exercise, state);
        say("next:  write it, and save\n");
        break;
    case REPORT:
        result(w);
        break;
    case LIST:
        show_list(state);
        say("next:  any key goes back\n");
        break;
    case HINT:
        hint_say(w->exercise, of, (int)state_int(of, "hints"));
        say("next:  change the file and save it   ·   h shows more   "
            "·   any other key goes back\n");
        break;
    case ASK_RESET:
        say("Set %s back to the start? What you have is kept.\n"
            "next:  y does it   ·   any other key goes back\n",
            w->exercise->name);
        break;
    }
}

/* The screen is empty before, and stays as it is at the end. */
void watch_draw(struct watch *w)
{
    json_t *state = state_open();
    const char *fault;

    say("\033[H\033[2J\033[3J");
    if (state != NULL) {
        head(w, state);
        body(w, state);
        state_close(state, false);
    }
    if (w->note != NULL)
        paint(BOLD, "%s\n", w->note);
    if ((fault = refused()) != NULL)
        paint(BAD, "%s\n", fault);
    if (w->child > 0)
        paint(SOFT, "checking  %s%s\n", w->step,
              w->again ? "   (saved again: once more after this)" : "");
    keys();
    fflush(stdout);
}
