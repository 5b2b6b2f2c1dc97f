/* kit.h - with what the learner's files are compiled
 *
 * Threads: none.
 */
#ifndef COIL_LEARN_KIT_H
#define COIL_LEARN_KIT_H

#include "exercise.h"

/* kit_command - the line which builds FOLDER/NAME from FOLDER/NAME.c,
 * the learner's files, and the library of the chapter; sanitized: all
 * with the address sanitizer; free it. */
char *kit_command(const struct exercise *e, const char *folder,
                  const char *name, bool sanitized);
#endif
