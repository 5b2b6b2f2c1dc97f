/* linked.c - the earlier solutions with which files were judged */
#include <stdlib.h>
#include <string.h>

#include "place.h"
#include "report.h"
#include "screen.h"
#include "whole.h"

bool report_own(json_t *report)
{
    json_t *one = json_array_get(json_object_get(report, "linked"), 0);

    return json_is_true(json_object_get(one, "own"));
}

static bool has_file(const struct exercise *e, const char *file)
{
    for (const char *const *f = e->files; f && *f; f++)
        if (strcmp(*f, file) == 0)
            return true;
    return false;
}

const struct exercise *report_owner(const struct exercise *e,
                                    json_t *report, const char *file)
{
    while (e != NULL && !has_file(e, file))
        e = report_own(report) ? exercise_needed(e) : NULL;
    return e;
}

void linked_say(const struct exercise *e, json_t *report)
{
    bool own = report_own(report);

    if (json_object_get(report, "linked") == NULL)
        return;
    while ((e = exercise_needed(e)) != NULL) {
        char *folder = learner_folder(e);

        if (own)
            say("   linked with your own %s, in %s\n", e->name, folder);
        else
            paint(SOFT, "   linked with our %s   (--own: with yours)\n",
                  e->name);
        free(folder);
    }
}

const struct exercise *report_blamed(const struct exercise *e,
                                     json_t *report, const char *why)
{
    const struct exercise *at = e;

    while (at != NULL) {
        for (const char *const *f = at->files; *f != NULL; f++)
            if (strstr(why, *f) != NULL)
                return at;
        at = report_own(report) ? exercise_needed(at) : NULL;
    }
    return e;
}
