/* dump.h - write what lies in memory, as text or as a graph
 *
 *     coil_obj *roots[] = { a, b };
 *     const char *names[] = { "a", "b" };
 *     coil_dump_text(stdout, names, roots, 2);
 *
 * Objects are numbered by first visit; no address is written, so the
 * same structure gives the same text.  Allocates from the runtime, but
 * makes no objects.  Threads: confined.
 */
#ifndef COIL_DUMP_H
#define COIL_DUMP_H

#include <stdio.h>

#include "coil/object.h"

/* coil_dump_text  - a line for each object: its number, type, count,
 *                   value if it holds nothing, and what it refers to
 * coil_dump_graph - the same for Graphviz
 *
 *   names, roots   len of each; a root may be NULL ("empty"), and so
 *                  may a name: the object is shown, but no root
 *
 * Errors:    -1 with MemoryError, or what a repr slot sets.
 * Unchecked: that no repr releases what is being shown.
 */
int coil_dump_text(FILE *out, const char *const names[],
                   coil_obj *const roots[], size_t len);
int coil_dump_graph(FILE *out, const char *const names[],
                    coil_obj *const roots[], size_t len);
#endif
