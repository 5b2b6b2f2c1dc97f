/* deque.h - rows of objects with two open ends
 *
 *     coil_obj *row = deque_new();             // new
 *     int rv = deque_append(row, item);        // keeps
 *     coil_obj *first = deque_pop_left(row);   // new
 *
 * Threads: confined.
 */
#ifndef DEQUE_H
#define DEQUE_H

#include <coil/coil.h>

/* Its name is "deque".  Slots: traverse, clear, release; repr,
 * "deque([1, 2])", or "[...]" where it is written within itself; equal;
 * truth, false if it is empty; iter, from left to right. */
extern coil_type deque_type;

/* deque_new - an empty deque
 *
 * Ownership: returns new.
 * Errors:    NULL with MemoryError.
 */
COIL_NEW coil_obj *deque_new(void);

/* deque_check - is o a deque?
 * deque_len   - the number of its elements
 *
 * Checked (len, and all below): it is a deque.
 */
bool deque_check(coil_obj *o);
size_t deque_len(coil_obj *deque);

/* deque.h: both ends */
/* deque_append      - add an element at the right end
 * deque_append_left - add one at the left end
 *
 * Ownership: keeps item.
 * Errors:    -1 with MemoryError; the deque is unchanged.
 * Cost:      O(1) on average over many.
 */
int deque_append(coil_obj *deque, coil_obj *item);
int deque_append_left(coil_obj *deque, coil_obj *item);

/* deque_pop      - take the element at the right end off
 * deque_pop_left - take that at the left end off
 *
 * Ownership: returns new: the deque's own reference.
 * Errors:    NULL with IndexError "pop from an empty deque".
 * Cost:      O(1).
 */
COIL_NEW coil_obj *deque_pop(coil_obj *deque);
COIL_NEW coil_obj *deque_pop_left(coil_obj *deque);

/* deque_clear - take all elements out, the left one first
 *
 * It is empty before the first of them goes; what finalizers append
 * meanwhile stays.
 */
void deque_clear(coil_obj *deque);

#endif
