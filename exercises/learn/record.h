/* record.h - one place where a submission is recorded: work/record.db
 *
 * Threads: none.
 */
#ifndef COIL_LEARN_RECORD_H
#define COIL_LEARN_RECORD_H

#include <jansson.h>
#include <stdint.h>

#include "../class/pack.h"
#include "exercise.h"

/* record_submission - the packed files, when they came, and what the
 * judge saw; 0, or 1: told.  What was recorded is never changed. */
int record_submission(const struct exercise *e, const struct pack *pack,
                      int64_t received, const json_t *report);
#endif
