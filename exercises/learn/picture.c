/* picture.c - heap: the objects of the last failure */
#include <stdio.h>
#include <stdlib.h>

#include "heap.h"
#include "learn.h"
#include "place.h"
#include "report.h"
#include "screen.h"
#include "state.h"
#include "whole.h"

/* The first check with a picture (borrowed), or NULL. */
static json_t *pictured(json_t *report)
{
    json_t *check;
    size_t i;

    json_array_foreach(json_object_get(report, "checks"), i, check)
        if (*text_at(check, "heap"))
            return check;
    return NULL;
}

static int draw(const struct exercise *e, json_t *check)
{
    char *folder = learner_folder(e), *svg = join(folder, "heap.svg");
    int rv;

    say("The objects when ");
    paint(BOLD, "%s", text_at(check, "name"));
    say(" failed:\n\n");
    heap_draw(text_at(check, "heap"), 2, 400);
    say("\n");
    rv = path_make(folder) == 0 ?
             heap_svg(text_at(check, "heap"), svg) :
             1;
    if (rv == 0) {
        say("As a picture: %s\n", svg);
        say_next("xdg-open %s   ·   ./coil repro   ·   ./coil check",
                 svg);
    }
    free(svg);
    free(folder);
    return rv;
}

int learn_heap(int argc, char **argv)
{
    struct asked w;
    json_t *report, *check;
    int rv;

    if (asked_read(&w, argc, argv, "") != 0)
        return 1;
    report = report_read(w.exercise->name);
    check = pictured(report);
    if (report == NULL)
        rv = refuse("./coil check", "%s was not checked yet",
                    w.exercise->name);
    else if (check == NULL)
        rv = refuse("./coil check",
                    "the last check of %s has no picture: "
                    "nothing failed that has objects",
                    w.exercise->name);
    else
        rv = draw(w.exercise, check);
    json_decref(report);
    return rv;
}
