/* mutate.h - small mistakes, made in a right solution
 *
 * Threads: none.
 */
#ifndef COIL_PROVE_MUTATE_H
#define COIL_PROVE_MUTATE_H

#include <stddef.h>

#include "calls.h"

struct mutant {
    size_t from, len; /* bytes of the text that are replaced */
    char *with;
    char *says;                 /* "map.c:23:9: < becomes <=" */
};

/* mutants_of - all mutants of a text, in its order
 * mutants_clear - free them
 * mutant_text - the text with the mistake in it */
struct mutant *mutants_of(const char *file, const char *text,
                          size_t *len);
void mutants_clear(struct mutant *mutants, size_t len);
void mutant_text(const struct mutant *mutant, const char *text,
                 struct text *out);
#endif
