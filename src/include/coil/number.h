/* number.h - sums of ints, bools and floats
 *
 *     coil_obj *sum = coil_add(a, b);          // new
 *
 * Threads: immutable operands; confined.
 */
#ifndef COIL_NUMBER_H
#define COIL_NUMBER_H

#include "coil/object.h"

/* coil_add, coil_subtract, coil_multiply - Python's +, -, *
 * coil_divide                            - Python's /, a float
 * coil_floor_divide, coil_remainder      - Python's // and %
 * coil_negate                            - Python's unary -
 *
 * Ownership: returns new; borrows the operands.
 * Errors:    NULL with TypeError for other operands, OverflowError if
 *            an int does not fit 64 bits, ZeroDivisionError, or
 *            MemoryError.
 * Cost:      at most one allocation.
 */
COIL_NEW coil_obj *coil_add(coil_obj *a, coil_obj *b);
COIL_NEW coil_obj *coil_subtract(coil_obj *a, coil_obj *b);
COIL_NEW coil_obj *coil_multiply(coil_obj *a, coil_obj *b);
COIL_NEW coil_obj *coil_divide(coil_obj *a, coil_obj *b);
COIL_NEW coil_obj *coil_floor_divide(coil_obj *a, coil_obj *b);
COIL_NEW coil_obj *coil_remainder(coil_obj *a, coil_obj *b);
COIL_NEW coil_obj *coil_negate(coil_obj *a);
#endif
