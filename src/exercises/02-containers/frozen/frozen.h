/* frozen.h - sets that never change, and so can be keys
 *
 *     coil_obj *s = frozen_new(list);          // new
 *     int there = frozen_has(s, o);            // 1, 0, or -1
 *
 * Threads: immutable; counts confined.
 */
#ifndef FROZEN_H
#define FROZEN_H

#include <coil/coil.h>

/* Its name is "frozenset".  Slots: a container's; repr,
 * "frozenset({1, 2})" in the order in which the elements came first,
 * "frozenset()"; equal, with frozensets and sets; hash, never -1;
 * truth, false if it is empty; iter. */
extern coil_type frozen_type;

/* frozen_new - a frozenset of what an iteration over o gives
 *
 * Ownership: returns new: o itself, if it is a frozenset; keeps each
 *            element.
 * Errors:    NULL with MemoryError; TypeError if o cannot be iterated
 *            or an element has no hash; what the iteration, a hash or
 *            an equality sets.
 * Source:    Python frozenset(o).
 */
COIL_NEW coil_obj *frozen_new(coil_obj *o);

/* frozen_check - is o a frozenset?
 * frozen_len   - the number of its elements
 * frozen_has   - is an equal element in it?  1, 0, or -1
 *
 * Errors:  has: TypeError if item has no hash, what its hash or its
 *          equality sets.
 * Checked: (len, has) it is a frozenset.
 */
bool frozen_check(coil_obj *o);
size_t frozen_len(coil_obj *frozen);
int frozen_has(coil_obj *frozen, coil_obj *item);
#endif
