/* sort.h - lists put in order
 *
 *     int by_value(coil_obj *a, coil_obj *b, void *context);
 *
 *     if (sort_list(list, by_value, NULL) < 0)
 *         return -1;
 *
 * Threads: confined.
 */
#ifndef SORT_H
#define SORT_H

#include <coil/coil.h>

/* Does a come before b (-1), behind it (1), or is it equal (0)?
 * -2: an error is set.  It may run any code. */
typedef int sort_order(coil_obj *a, coil_obj *b, void *context);

/* sort_list - the elements of a list in order; equal ones as they were
 *
 *   context   passed to order
 *
 * Ownership: borrows; the list keeps its elements.
 * Errors:    -1 with what order set, with MemoryError, or, if order
 *            changed the list, with ValueError "list modified during
 *            sort"; we have not changed the list then.  An error of
 *            order ends the sort at once, and comes before ValueError.
 * Checked:   it is a list.
 * Cost:      O(n log n) comparisons; memory for the copy.
 * Source:    CPython 3.11 list.sort, in its own way.
 */
int sort_list(coil_obj *list, sort_order *order, void *context);
#endif
