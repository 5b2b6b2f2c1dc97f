/* int.h - integers of 64 bits
 *
 * Immutable.  Those from -5 to 256 exist once and are immortal.
 *
 *     coil_obj *n = coil_int_new(1000);        // new
 *
 * Threads: immutable; counts confined.
 */
#ifndef COIL_INT_H
#define COIL_INT_H

#include "coil/object.h"

extern coil_type coil_int_type;

/* coil_int_new - an int
 *
 * Errors: NULL with MemoryError.  Cost: one allocation, or none.
 * Source: CPython 3.11 PyLong_FromLongLong; chapter 1.
 */
COIL_NEW coil_obj *coil_int_new(int64_t value);

/* coil_int_value - the value of an int or a bool, for C
 *
 * Errors: -1 with TypeError if o is neither; *value is unchanged.
 */
int coil_int_value(coil_obj *o, int64_t *value);

/* coil_int_check - is o an int or a bool? */
bool coil_int_check(coil_obj *o);
#endif
