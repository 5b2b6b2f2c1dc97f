/* kit.h - with what the learner's files are compiled
 *
 * Threads: none.
 */
#ifndef COIL_LEARN_KIT_H
#define COIL_LEARN_KIT_H

#include <stdbool.h>

#include "exercise.h"

/* kit_command - the line which builds FOLDER/NAME from FOLDER/NAME.c,
 * the learner's files, and the library of the chapter; free it.
 * own: what the exercise needs is the learner's, too, and not ours;
 * sanitized: all with the address sanitizer. */
char *kit_command(const struct exercise *e, const char *folder,
                  const char *name, bool own, bool sanitized);
#endif
