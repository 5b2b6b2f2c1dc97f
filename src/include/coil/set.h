/* set.h - objects, each once
 *
 *     coil_obj *seen = coil_set_new();             // new
 *     int rv = coil_set_add(seen, o);
 *     int there = coil_set_has(seen, o);           // 1, 0, or -1
 *
 * Elements must have a hash.  They come out in the order in which they
 * went in, on which a Python program must not rely.
 * Threads: confined.
 */
#ifndef COIL_SET_H
#define COIL_SET_H

#include "coil/object.h"

extern coil_type coil_set_type;

/* set: making */
/* coil_set_new   - an empty set
 * coil_set_check - is o a set?
 * coil_set_len   - the number of its elements
 *
 * Ownership: returns new.
 * Errors:    NULL with MemoryError.
 */
COIL_NEW coil_obj *coil_set_new(void);
bool coil_set_check(coil_obj *o);
size_t coil_set_len(coil_obj *set);

/* set: elements */
/* coil_set_add     - put an element in, unless an equal one is there
 * coil_set_has     - is an equal element there?  1, 0, or -1
 * coil_set_discard - take it out; 1 if it was there, 0 if not, or -1
 * coil_set_remove  - take it out
 *
 * Ownership: add keeps item.
 * Errors:    -1 with MemoryError, TypeError if item has no hash, what
 *            its hash or equality sets; remove: KeyError if it is not
 *            there.  The set is then unchanged.
 */
int coil_set_add(coil_obj *set, coil_obj *item);
int coil_set_has(coil_obj *set, coil_obj *item);
int coil_set_discard(coil_obj *set, coil_obj *item);
int coil_set_remove(coil_obj *set, coil_obj *item);

/* coil_set_pop   - take some element out and return it
 * coil_set_clear - take all out
 * coil_set_next  - walk over the elements, as coil_dict_next does;
 *                  item must be wanted
 *
 *   item   borrowed until the set changes
 *
 * Ownership: pop returns new: the set's own reference.
 * Errors:    pop: NULL with KeyError if the set is empty.
 * Cost:      pop: O(1) on average over many.
 */
COIL_NEW coil_obj *coil_set_pop(coil_obj *set);
void coil_set_clear(coil_obj *set);
bool coil_set_next(coil_obj *set, size_t *at, coil_obj **item);

/* set: two sets */
/* coil_set_union, coil_set_intersection, coil_set_difference - a new
 * set: Python's a | b, a & b, a - b
 *
 * Errors:  NULL with MemoryError, or what an equality sets.
 * Checked: both are sets.
 */
COIL_NEW coil_obj *coil_set_union(coil_obj *a, coil_obj *b);
COIL_NEW coil_obj *coil_set_intersection(coil_obj *a, coil_obj *b);
COIL_NEW coil_obj *coil_set_difference(coil_obj *a, coil_obj *b);
#endif
