/* weak_set.h - objects, each once, that the set does not keep alive
 *
 *     coil_obj *open = weak_set_new();         // new
 *     weak_set_add(open, window);
 *     n = weak_set_len(open);                  // 1
 *     coil_decref(window);                     // its last owner
 *     n = weak_set_len(open);                  // 0
 *
 * An element is in the set from weak_set_add until it is gone: as soon
 * as weak references do not lead to it any more, no function tells of
 * it, whether or not the callbacks have run.
 *
 * Threads: confined.
 */
#ifndef WEAK_SET_H
#define WEAK_SET_H

#include <coil/coil.h>

/* weak_set: the five functions */
/* weak_set_new  - an empty weak set, an object like others
 * weak_set_len  - the number of its elements
 * weak_set_list - a list of them, in the order in which they were added
 *
 * Ownership: returns new; the list keeps what it shows.
 * Errors:    NULL with MemoryError.
 * Cost:      len and list: O(elements).
 */
COIL_NEW coil_obj *weak_set_new(void);
size_t weak_set_len(coil_obj *set);
COIL_NEW coil_obj *weak_set_list(coil_obj *set);

/* weak_set_add - put item in, unless an equal one is there: that stays
 *
 * Returns 0, also if an equal one is there.
 *
 * Ownership: borrows item.
 * Errors:    -1 with TypeError if item cannot be referenced weakly or
 *            has no hash; what its hash and equality set; MemoryError.
 *            The set is then unchanged.
 *
 * weak_set_has - is an equal one there?
 *
 * Returns 1 or 0; 0 for an item that cannot be referenced weakly.
 *
 * Errors:    -1 with what the hash and equality of item set;
 *            MemoryError.
 * Cost:      both: O(1) on average.
 */
int weak_set_add(coil_obj *set, coil_obj *item);
int weak_set_has(coil_obj *set, coil_obj *item);
#endif
