/* check.c - check: judge the learner's files, say and keep what was
 * seen */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "judge.h"
#include "learn.h"
#include "model.h"
#include "place.h"
#include "report.h"
#include "screen.h"
#include "state.h"
#include "whole.h"

/* The learner's own seed, so that a failing case comes again; made
 * once. "" with an error told. */
static int own_seed(char seed[17])
{
    json_t *state = state_open();
    unsigned char bytes[8];
    FILE *f;

    if (state == NULL)
        return 1;
    if (*state_text(state, "seed") != '\0') {
        snprintf(seed, 17, "%s", state_text(state, "seed"));
        return state_close(state, false);
    }
    f = fopen("/dev/urandom", "rb");
    if (f == NULL || fread(bytes, sizeof bytes, 1, f) != 1) {
        if (f != NULL)
            fclose(f);
        state_close(state, false);
        return refuse("./coil check --seed 1f",
                      "there is no /dev/urandom");
    }
    fclose(f);
    for (size_t i = 0; i < sizeof bytes; i++)
        snprintf(seed + 2 * i, 3, "%02x", bytes[i]);
    json_object_set_new(state, "seed", json_string(seed));
    return state_close(state, true);
}

static json_t *failed_judge(const struct exercise *e,
                            const char *reason)
{
    return must(json_pack("{s:i, s:s, s:s, s:s}", "version", 1,
                          "exercise", e->name, "status", "grader-error",
                          "reason", reason));
}

json_t *judge_here(const struct asked *w, progress *step, void *context)
{
    const struct exercise *e = w->exercise;
    char seed[17] = "", *folder;
    struct judge_options options = {
        .seed = seed, .check = w->check, .progress = step,
        .context = context, .solutions = w->own ? "work" : NULL,
    };
    json_t *report;

    if (w->seed != NULL)
        snprintf(seed, sizeof seed, "%s", w->seed);
    else if (own_seed(seed) != 0)
        return failed_judge(e, "work/state.json cannot be used");
    folder = w->folder ? must(strdup(w->folder)) : learner_folder(e);
    report = judge(e, folder, &options);
    free(folder);
    return report ? report : failed_judge(e, "it gave no report");
}

static bool better(json_t *of, json_t *score)
{
    json_t *best = json_object_get(of, "best");

    return json_is_number(score) && (best == NULL ||
        json_number_value(score) > json_number_value(best));
}

int judge_record(const struct exercise *e, json_t *report)
{
    json_t *score = json_object_get(report, "score");
    json_t *state, *of;

    if (report_write(e->name, report) != 0 || !(state = state_open()))
        return 1;
    make_current(state, e);
    of = state_of(state, e->name);
    if (!is_status(report, "grader-error")) {
        json_object_set_new(of, "tries",
                            json_integer(state_int(of, "tries") + 1));
        json_object_set(of, "status",
                        json_object_get(report, "status"));
        if (score != NULL)
            json_object_set(of, "score", score);
        if (better(of, score))
            json_object_set(of, "best", score);
        if (report_passed(report) && !state_passed(state, e->name))
            state_set_now(of, "passed");
    }
    return state_close(state, true);
}

static void step_say(void *context, const char *step, int done, int all)
{
    (void)context;
    fprintf(stderr, "\r\033[K  checking  %d of %d  %s", done, all,
            step);
    fflush(stderr);
}

static int say_result(const struct exercise *e, json_t *report)
{
    json_t *state = state_open();
    int hints;
    bool last;

    if (state == NULL)
        return 1;
    hints = (int)state_int(state_of(state, e->name), "hints");
    last = exercise_after(e, state) == NULL;
    if (state_close(state, false) != 0)
        return 1;
    report_say(e, report);
    report_next(e, report, hints, last);
    return report_passed(report) ? 0 : 1;
}

json_t *judge_shown(const struct asked *w)
{
    json_t *report;

    report =
        judge_here(w, screen_is_terminal() ? step_say : NULL, NULL);
    if (screen_is_terminal())
        fputs("\r\033[K", stderr);
    return report;
}

static int check_all(const struct asked *w)
{
    json_t *report = judge_shown(w);
    int kept = judge_record(w->exercise, report);
    int rv = say_result(w->exercise, report);

    json_decref(report);
    return kept ? kept : rv;
}

/* Only a part is judged, or what is linked is not ours: that is no try,
 * and no pass. */
static int check_one(const struct asked *w)
{
    json_t *report = judge_shown(w);
    int kept = report_write(w->exercise->name, report), rv;
    const char *own = w->own ? " --own" : "";

    rv = report_failure(report)
         || json_array_size(json_object_get(report, "checks")) == 0;
    report_say(w->exercise, report);
    if (rv && w->check)
        say_next("./coil check --check %s%s   ·   ./coil repro",
                 w->check, own);
    else if (rv)
        say_next("./coil check --own   ·   ./coil check   (with ours: "
                 "is it %s, or what it builds on?)", w->exercise->name);
    else if (w->check)
        say_next("./coil check%s   (all of it: this was \"%s\" and "
                 "what it needs)", own, w->check);
    else
        say_next("./coil check   (with ours: that is what counts)");
    json_decref(report);
    return kept ? kept : rv;
}

int own_ready(const struct exercise *e)
{
    const struct exercise *needed = exercise_needed(e);

    if (needed == NULL)
        return refuse("./coil check",
                      "%s builds on no earlier exercise: --own has "
                      "nothing to link", e->name);
    for (; needed != NULL; needed = exercise_needed(needed)) {
        char *next;

        if (exercise_started(needed))
            continue;
        next = format("./coil start %s   ·   ./coil check   "
                      "(with ours)", needed->name);
        refuse(next, "%s is not started: there is none of yours to "
               "link with %s", needed->name, e->name);
        free(next);
        return 1;
    }
    return 0;
}

static bool has_check(const struct exercise *e, const char *name)
{
    const struct check *c = e->model ? e->model->checks : NULL;

    for (; c && c->name; c++)
        if (strcmp(c->name, name) == 0)
            return true;
    return false;
}

int learn_check(int argc, char **argv)
{
    struct asked w;
    char *next;

    if (asked_read(&w, argc, argv, "check seed own") != 0)
        return 1;
    if (!w.exercise->judged)
        return refuse("./coil list",
                      "%s is for thought: it is not judged",
                      w.exercise->name);
    if (w.check && !has_check(w.exercise, w.check))
        return refuse("./coil check", "%s has no check \"%s\"",
                      w.exercise->name, w.check);
    if (exercise_started(w.exercise))
        return w.own && own_ready(w.exercise) != 0 ? 1 :
               w.check || w.own ? check_one(&w) : check_all(&w);
    next = format("./coil start %s", w.exercise->name);
    refuse(next,
           "%s is not started: there is no file of yours to check",
           w.exercise->name);
    free(next);
    return 1;
}
