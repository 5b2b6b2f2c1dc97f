/* csv.h - RFC 4180, both ways
 *
 * Threads: none.
 */
#ifndef COIL_CLASS_CSV_H
#define COIL_CLASS_CSV_H

#include "base.h"

/* csv_put - append a cell, with a comma before it where `first` is
 * false.  A text that a spreadsheet would run as a formula gets a '
 * before it.
 * csv_number - a number, in the shortest form that means it
 * csv_end - end the row, with CR LF */
void csv_put(struct bytes *b, bool first, const char *text);
void csv_number(struct bytes *b, bool first, double number);
void csv_end(struct bytes *b);

/* csv_next - the cells of the next row of a text, at *p: 1, 0 (no more)
 * or -1 (it is no CSV) */
int csv_next(const char **p, struct words *cells, struct fault *fault);

/* csv_column - the place of a heading, or -1 */
int csv_column(const struct words *head, const char *name);
#endif
