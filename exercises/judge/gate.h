/* gate.h - words, for gate_text.c; Threads: none */
#ifndef COIL_JUDGE_GATE_H
#define COIL_JUDGE_GATE_H

#include <stdbool.h>
#include <stddef.h>

/* word_in - is name one of words (up to NULL)?
 * starts  - does name begin with prefix? */
bool word_in(const char *name, const char *const *words);
bool starts(const char *name, const char *prefix);
#endif
