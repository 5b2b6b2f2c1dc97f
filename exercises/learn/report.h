/* report.h - a judge's report, said to the learner
 *
 * Threads: none.
 */
#ifndef COIL_LEARN_REPORT_H
#define COIL_LEARN_REPORT_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

#include "exercise.h"

/* report_say - all of it, without what to do next.
 * report_next - what to type next; hints: how many were taken. */
void report_say(const struct exercise *e, json_t *report);
void report_next(const struct exercise *e, json_t *report, int hints,
                 bool last);

/* report_passed; report_failure - the first check that failed and has a
 * case, else the first that failed (borrowed); NULL: none. */
bool report_passed(json_t *report);
json_t *report_failure(json_t *report);

/* report_own - were the learner's own earlier solutions linked?
 * report_owner - the exercise that has a file of the learner's: e, or
 * one that was linked; NULL: the file is not his.
 * report_blamed - the one whose file is named in a text; e: none is
 * linked_say - what was linked, if e builds on anything */
bool report_own(json_t *report);
const struct exercise *report_owner(const struct exercise *e,
                                    json_t *report, const char *file);
const struct exercise *report_blamed(const struct exercise *e,
                                     json_t *report, const char *why);
void linked_say(const struct exercise *e, json_t *report);

/* failure_say - one check that was not passed. */
void failure_say(const struct exercise *e, json_t *report,
                 json_t *check);

/* source_say - a line of the learner's file, with its number. */
void source_say(const struct exercise *e, const char *file, int line,
                int column, int indent);

/* text_at - a text of an object, "" where there is none; int_at - a
 * number, or 0. */
const char *text_at(json_t *object, const char *key);
long long int_at(json_t *object, const char *key);
/* case_at - the number of the failing call; SIZE_MAX: it failed at the
 * end
 * case_function - the learner's function that this call is about,
 * map_class for "class 512", and its line; at the end of a case, that
 * of the last call which is about one.  Free it.  NULL: none is known.
 */
size_t case_at(json_t *one);
char *case_function(const struct exercise *e, json_t *one, int *line);
bool is_status(json_t *object, const char *status);
#endif
