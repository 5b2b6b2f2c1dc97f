/* place.h - which exercise, where its files are, where the book tells
 *
 * All paths are relative to the root of the project, where the tool
 * runs. Threads: none.
 */
#ifndef COIL_LEARN_PLACE_H
#define COIL_LEARN_PLACE_H

#include <jansson.h>

#include "exercise.h"

/* learner_folder - work/04-pools/map; free it.
 * exercise_started - are the declared files there?
 * exercise_chapter - 4 */
char *learner_folder(const struct exercise *e);
bool exercise_started(const struct exercise *e);
int exercise_chapter(const struct exercise *e);

/* exercise_needed - the one that e builds on; NULL: none */
const struct exercise *exercise_needed(const struct exercise *e);

/* exercise_named - by "pools-map", "ex:pools-map", "04-pools/map" or a
 * part that no other has ("map"); NULL: told, with the nearest names.
 * exercise_current - the one at work, or the first that is not passed;
 * NULL: all are passed.
 * exercise_after - the next to pass after e, going round;
 * NULL: none. */
const struct exercise *exercise_named(const char *name);
const struct exercise *exercise_current(json_t *state);
const struct exercise *exercise_after(const struct exercise *e,
                                      json_t *state);

/* page_of - where the book has a label ("sec:ch4-classes"): "page 61",
 * or 'section "Classes" of chapter 4' where the book is not made.
 * page_of_name - the same for a function or a type of the library.
 * NULL: nowhere.  free it. */
char *page_of(const char *label);
char *page_of_name(const char *name);
#endif
