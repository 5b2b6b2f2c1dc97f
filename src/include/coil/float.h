/* float.h - IEEE 754 doubles
 *
 *     coil_obj *x = coil_float_new(0.1);       // repr: 0.1
 *
 * Threads: immutable; counts confined.
 */
#ifndef COIL_FLOAT_H
#define COIL_FLOAT_H

#include "coil/object.h"

extern coil_type coil_float_type;

/* coil_float_new - a float
 *
 * Errors: NULL with MemoryError.  Cost: one allocation.
 */
COIL_NEW coil_obj *coil_float_new(double value);

/* coil_float_value - the value of a float, an int or a bool, for C
 *
 * Errors: -1 with TypeError if o is none of them.
 */
int coil_float_value(coil_obj *o, double *value);
#endif
