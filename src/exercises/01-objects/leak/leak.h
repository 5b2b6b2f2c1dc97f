/* leak.h - lengths of strs, added
 *
 *     coil_obj *sum = leak_sum(a, b);          // new
 *
 * Threads: confined.
 */
#ifndef LEAK_H
#define LEAK_H

#include <coil/coil.h>

/* leak_sum   - the lengths in code points of a and b, added
 * leak_total - those of n objects; 0 if there are none
 *
 * Ownership: returns a new int; borrows the arguments.
 * Errors:    NULL with MemoryError, or with TypeError "a str is
 *            required" if an object is no str.
 * Checked:   no object is NULL.
 */
COIL_NEW coil_obj *leak_sum(coil_obj *a, coil_obj *b);
COIL_NEW coil_obj *leak_total(coil_obj *const *strs, size_t n);
#endif
