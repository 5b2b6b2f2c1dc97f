/* state.h - what the learner has done: work/state.json
 *
 *     json_t *state = state_open();
 *     json_object_set_new(state_of(state, "pools-map"), "hints", ...);
 *     return state_close(state, true);
 *
 * From open to close the state is locked against other processes.  It
 * is replaced as a whole, so that a crash leaves the old one or the new
 * one; the one before is work/state.json.old.
 *
 * Of each exercise: started, tries, hints, status, score, best, passed,
 * gave_up, solution, submitted; of the learner: current, seed.
 *
 * Threads: none.
 */
#ifndef COIL_LEARN_STATE_H
#define COIL_LEARN_STATE_H

#include <jansson.h>
#include <stdbool.h>

/* state_open - read it.  A damaged file is told, kept under another
 * name, and mended from the one before and from the reports.  NULL:
 * told. */
json_t *state_open(void);

/* state_close - let go, and write if changed.  Returns 0, or 1
 * (told). */
int state_close(json_t *state, bool changed);

/* state_of - what is known of an exercise (borrowed, until close). */
json_t *state_of(json_t *state, const char *exercise);
bool state_passed(json_t *state, const char *exercise);
long long state_int(json_t *of, const char *key);
const char *state_text(json_t *of, const char *key);   /* "" if none */
void state_set_now(json_t *of, const char *key); /* date and time */

/* report_path - work/reports/pools-map.json; free it.
 * report_read - the last report (new), or NULL.
 * report_write - 0, or 1 (told). */
char *report_path(const char *exercise);
json_t *report_read(const char *exercise);
int report_write(const char *exercise, json_t *report);
#endif
