/* tuple.h - rows of objects that never change
 *
 * A tuple is made with empty places, which its maker fills, each once,
 * before anybody else sees it; then it is immutable.
 *
 *     coil_obj *pair = coil_tuple_of(2, a, b);     // new
 *
 *     coil_obj *t = coil_tuple_new(2);             // or by steps:
 *     coil_tuple_set_steal(t, 0, coil_int_new(1000));
 *     coil_tuple_set_steal(t, 1, coil_str_from("x"));
 *
 * There is one empty tuple, and it is immortal.
 * Threads: immutable; counts confined.
 */
#ifndef COIL_TUPLE_H
#define COIL_TUPLE_H

#include "coil/object.h"

extern coil_type coil_tuple_type;

/* tuple: making */
/* coil_tuple_new - a tuple of len empty places
 * coil_tuple_of  - a tuple of n given objects
 *
 *   ...   n arguments of type coil_obj *
 *
 * Ownership: returns new; keeps each given object.
 * Errors:    NULL with MemoryError.
 * Checked:   no given object is NULL.
 * Cost:      one allocation, none if the tuple is empty; O(len).
 * Source:    CPython 3.11 PyTuple_New, PyTuple_Pack; chapter 2.
 */
COIL_NEW coil_obj *coil_tuple_new(size_t len);
COIL_NEW coil_obj *coil_tuple_of(size_t n, ...);

/* coil_tuple_set_steal - fill an empty place
 *
 *   i      index of the place
 *   item   NULL with an error set: passed on as a failure
 *
 * Ownership: steals item, also when it fails.
 * Errors:    -1 if item is NULL.
 * Checked:   tuple has one owner; i < len; the place is empty; item is
 *            not the tuple itself.
 */
int coil_tuple_set_steal(coil_obj *tuple, size_t i,
                         COIL_STEALS coil_obj *item);

/* tuple: looking inside */
/* coil_tuple_check - is o a tuple?
 * coil_tuple_len   - the number of its places
 * coil_tuple_get   - an element
 * coil_tuple_get_borrowed - the same, valid while the tuple lives
 *
 *   i   index from 0
 *
 * Ownership: get returns new.
 * Errors:    NULL with IndexError.
 * Checked:   (len, get) it is a tuple; the place has been filled.
 * Cost:      O(1).
 */
bool coil_tuple_check(coil_obj *o);
size_t coil_tuple_len(coil_obj *tuple);
COIL_NEW coil_obj *coil_tuple_get(coil_obj *tuple, size_t i);
COIL_BORROWED
coil_obj *coil_tuple_get_borrowed(coil_obj *tuple, size_t i);
#endif
