/* protocol.h - questions that every object answers
 *
 *     coil_obj *text = coil_repr(list);        // new str "[1, 2]"
 *     int same = coil_equal(a, b);             // 1, 0, or -1
 *
 * Each looks into the type's slot and knows what an empty slot means.
 * Threads: confined.
 */
#ifndef COIL_PROTOCOL_H
#define COIL_PROTOCOL_H

#include <stdio.h>

#include "coil/object.h"
#include "coil/text.h"

/* protocol: repr and print */
/* coil_repr  - the text that Python's repr() gives
 *
 * Ownership: returns a new str; borrows o.
 * Errors:    NULL; RecursionError beyond COIL_DEPTH nested objects,
 *            MemoryError, or what the slot sets.
 */
COIL_NEW coil_obj *coil_repr(coil_obj *o);

/* coil_print - write what Python's print() writes, without a line end
 *
 * A str writes its own bytes, everything else its repr.
 * Errors: -1; as for coil_repr, or OSError if out cannot be written.
 */
int coil_print(FILE *out, coil_obj *o);

/* protocol: equality, hash, truth */
#define COIL_UNKNOWN 2      /* an equal slot: "ask the other one" */

/* coil_equal - Python's a == b
 * coil_same  - Python's "a is b or a == b", as containers compare
 *
 * Returns 1, 0, or -1 with an error set.
 */
int coil_equal(coil_obj *a, coil_obj *b);
int coil_same(coil_obj *a, coil_obj *b);

/* coil_hash - equal objects give equal hashes
 *
 *   hash   set to anything but -1, the value Python reserves
 *
 * Errors: -1; TypeError "unhashable type: 'list'" if the type has an
 *         equality and no hash.
 * Cost:   that of the slot; a str remembers its own.
 */
int coil_hash(coil_obj *o, int64_t *hash);

/* coil_truth - is o true in an if?  Returns 1, 0, or -1. */
int coil_truth(coil_obj *o);

/* The nesting at which repr, equality and hash give RecursionError. */
#define COIL_DEPTH 1000
/* protocol: later questions */

/* coil_iter - an iterator over what o holds
 *
 * Ownership: returns new; the iterator keeps o until its end.
 * Errors:    NULL with TypeError, or what the slot sets.
 */
COIL_NEW coil_obj *coil_iter(coil_obj *o);

/* coil_next - one step of an iterator
 *
 *   item   set to the next element, new, or to NULL
 *
 * Returns 1 with an element, 0 at the end, -1 with an error; after the
 * end, and after an error, further steps give 0 or the error again.
 */
int coil_next(coil_obj *iter, coil_obj **item);

/* coil_len      - Python's len(o)
 * coil_contains - Python's item in o: 1, 0, or -1
 *
 * Errors: -1 with TypeError if o has no len, or cannot be iterated;
 *         contains: MemoryError, and what the iteration, a hash or a
 *         comparison sets.
 */
ptrdiff_t coil_len(coil_obj *o);
int coil_contains(coil_obj *o, coil_obj *item);
#endif
