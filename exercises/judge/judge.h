/* judge.h - from files to a report
 *
 *     struct judge_options o = {.seed = "1f", .work = "build/judge"};
 *     json_t *report = judge(exercise_find("pools-map"), folder, &o);
 *
 * The report is described in docs/decisions/0008-exercises.md.
 *
 * Threads: one judge a process; any number of processes.
 */
#ifndef COIL_JUDGE_H
#define COIL_JUDGE_H

#include <jansson.h>
#include <stdbool.h>
#include "exercise.h"

struct judge_options {
    const char *seed;           /* hexadecimal, up to 16 digits */
    const char *check;          /* only this one and what it needs; or
                                   NULL */
    const char *solutions;      /* the learner's earlier ones, a folder:
                                   what is needed must be there; or
                                   NULL: the references are linked */
    bool others;                /* others' code: no box, no verdict */
    bool reproducible;          /* leave out dates and durations */
    void (*progress)(void *context, const char *step, int done,
                     int all);
    void *context;
};

/* judge - build and run the files in `folder`, and say what was seen
 *
 * Returns a new report (json_decref it); never NULL.  What goes wrong
 * with the judge itself is status "grader-error" with a "reason".
 */
json_t *judge(const struct exercise *exercise, const char *folder,
              const struct judge_options *options);
#endif
