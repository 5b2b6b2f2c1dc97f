/* counter.h - how often things come, in a dict
 *
 *     coil_obj *counts = counter_words("to be or not to be", 18);
 *
 * Threads: confined.
 */
#ifndef COUNTER_H
#define COUNTER_H

#include <coil/coil.h>

/* counter_add - add n to the count of key; a missing key has count 0
 *
 * Ownership: borrows; the dict keeps the key and the sum.
 * Errors:    -1 with MemoryError, TypeError if the key has no hash or
 *            the old count is no number, OverflowError; the dict is
 *            unchanged.
 * Checked:   it is a dict.
 */
int counter_add(coil_obj *counts, coil_obj *key, int64_t n);

/* counter_words - the words of a text and how often each comes
 *
 * A word is what stands between spaces, tabs, line ends ('\n', '\r')
 * or the ends of the text.  In the order of first appearance.
 *
 * Ownership: returns a new dict of strs and ints.
 * Errors:    NULL with MemoryError; ValueError if it is not UTF-8.
 */
COIL_NEW coil_obj *counter_words(const char *text, size_t size);

/* counter_most - the n keys that come most often, or all if n is more
 *
 * The greatest count first; of equal ones that which is first in the
 * dict.
 *
 * Ownership: returns a new list of tuples (key, count).
 * Errors:    NULL with MemoryError; TypeError if any count in the dict
 *            is no int.
 * Checked:   it is a dict.
 * Cost:      O(n * len) will do.
 */
COIL_NEW coil_obj *counter_most(coil_obj *counts, size_t n);
#endif
