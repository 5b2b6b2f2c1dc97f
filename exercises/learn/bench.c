/* bench.c - bench: the instructions of the learner's code */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "learn.h"
#include "model.h"
#include "place.h"
#include "report.h"
#include "screen.h"
#include "whole.h"

/* The first check that counts instructions, or NULL. */
static const struct check *counting(const struct exercise *e)
{
    const struct check *c = e->model ? e->model->checks : NULL;

    for (; c && c->name; c++)
        if (c->builds && strstr(c->builds, "count"))
            return c;
    return NULL;
}

static int none(const struct exercise *e)
{
    for (const struct exercise *i = exercise_all(); i->name; i++)
        if (counting(i) != NULL) {
            char *next = format("./coil bench %s", i->name);
            int rv = refuse(next, "%s counts no instructions; %s does",
                            e->name, i->name);

            free(next);
            return rv;
        }
    return refuse("./coil check", "%s counts no instructions", e->name);
}

static int say_ratio(const struct exercise *e, json_t *report,
                     const struct check *counted)
{
    json_t *check;
    size_t i;

    json_array_foreach(json_object_get(report, "checks"), i, check) {
        json_t *ratio = json_object_get(check, "ratio");

        if (strcmp(text_at(check, "name"), counted->name) != 0 ||
            !json_is_number(ratio))
            continue;
        paint(BOLD, "%s", e->name);
        say("  %s\n", counted->says);
        say("   your instructions are %.2f times those of the "
            "reference;\n   up to %.2f times has all points\n",
            json_number_value(ratio), counted->ratio);
        say_next("./coil check   ·   ./coil hint");
        return 0;
    }
    report_say(e, report);
    say_next("./coil check   (it must be right before it is counted)");
    return 1;
}

int learn_bench(int argc, char **argv)
{
    const struct check *counted;
    struct asked w;
    json_t *report;
    int rv;

    if (asked_read(&w, argc, argv, "seed own") != 0)
        return 1;
    counted = counting(w.exercise);
    if (counted == NULL)
        return none(w.exercise);
    if (!exercise_started(w.exercise))
        return refuse("./coil start", "%s is not started",
                      w.exercise->name);
    if (w.own && own_ready(w.exercise) != 0)
        return 1;
    w.check = counted->name;
    report = judge_shown(&w);
    rv = say_ratio(w.exercise, report, counted);
    json_decref(report);
    return rv;
}
