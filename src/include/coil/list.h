/* list.h - rows of objects that grow and shrink
 *
 *     coil_obj *list = coil_list_new();                // new, empty
 *     int rv = coil_list_append_steal(list, coil_int_new(1000));
 *
 * Indexes count from 0 and are never negative.
 * Threads: confined.
 */
#ifndef COIL_LIST_H
#define COIL_LIST_H

#include "coil/object.h"

extern coil_type coil_list_type;

/* list: making */
/* coil_list_new     - an empty list
 * coil_list_new_cap - an empty list with room for cap elements
 * coil_list_of      - a list of n given objects
 *
 *   ...   n arguments of type coil_obj *
 *
 * Ownership: returns new; keeps each given object.
 * Errors:    NULL with MemoryError.
 * Checked:   no given object is NULL.
 * Cost:      one allocation, and one for the room.
 */
COIL_NEW coil_obj *coil_list_new(void);
COIL_NEW coil_obj *coil_list_new_cap(size_t cap);
COIL_NEW coil_obj *coil_list_of(size_t n, ...);

/* list: looking inside */
/* coil_list_check - is o a list?
 * coil_list_len   - the number of its elements
 * coil_list_get   - an element
 * coil_list_get_borrowed - the same, valid until the list changes
 *
 * Ownership: get returns new.
 * Errors:    NULL with IndexError.
 * Checked:   (len, get) it is a list.
 * Cost:      O(1).
 */
bool coil_list_check(coil_obj *o);
size_t coil_list_len(coil_obj *list);
COIL_NEW coil_obj *coil_list_get(coil_obj *list, size_t i);
COIL_BORROWED
coil_obj *coil_list_get_borrowed(coil_obj *list, size_t i);

/* list: one element */
/* coil_list_append       - add an element at the end
 * coil_list_append_steal - the same
 * coil_list_insert       - add one before element i, or at the end if
 *                          there is no element i
 *
 *   item   (append_steal) NULL with an error set: passed on
 *
 * Ownership: keeps item; append_steal steals it, also when it fails.
 * Errors:    -1 with MemoryError; the list is unchanged.
 * Cost:      append: O(1) on average over many; insert: O(len - i).
 * Source:    CPython 3.11 PyList_Append, PyList_Insert; chapter 2.
 */
int coil_list_append(coil_obj *list, coil_obj *item);
int coil_list_append_steal(coil_obj *list, COIL_STEALS coil_obj *item);
int coil_list_insert(coil_obj *list, size_t i, coil_obj *item);

/* coil_list_set    - put item in the place of element i
 * coil_list_delete - take element i out
 *
 * Ownership: set keeps item.
 * Errors:    -1 with IndexError.
 * Cost:      O(1); delete O(len - i); and the release of the old
 *            element, which can run finalizers.
 */
int coil_list_set(coil_obj *list, size_t i, coil_obj *item);
int coil_list_delete(coil_obj *list, size_t i);

/* coil_list_pop - take the last element out and return it
 *
 * Ownership: returns new: the list's own reference.
 * Errors:    NULL with IndexError if the list is empty.
 */
COIL_NEW coil_obj *coil_list_pop(coil_obj *list);

/* list: many elements */
/* coil_list_slice - a new list of the elements start to stop - 1
 *
 *   start, stop   clipped to the length; Python's l[start:stop]
 *
 * Ownership: returns new; keeps each copied element.
 * Errors:    NULL with MemoryError.
 * Checked:   start <= stop.
 */
COIL_NEW
coil_obj *coil_list_slice(coil_obj *list, size_t start, size_t stop);

/* coil_list_extend  - append what an iteration over o gives
 * coil_list_clear   - take all elements out
 * coil_list_reverse - turn the order round
 *
 *   o   anything that can be iterated, the list itself included
 *
 * Errors: extend: -1 with TypeError, MemoryError, or what the iteration
 *         sets; what came before it stays appended.  The others: none.
 */
int coil_list_extend(coil_obj *list, coil_obj *o);
void coil_list_clear(coil_obj *list);
void coil_list_reverse(coil_obj *list);
#endif
