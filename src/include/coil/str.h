/* str.h - immutable text
 *
 * UTF-8 inside, always valid and NUL-terminated; length in code points.
 *
 *     coil_obj *s = coil_str_format("%d of %d", i, n);     // new
 *     coil_obj *name = coil_str_name("x");                 // interned
 *
 * Threads: immutable; counts and interning confined.
 */
#ifndef COIL_STR_H
#define COIL_STR_H

#include "coil/object.h"

extern coil_type coil_str_type;

/* str: making */
/* coil_str_new    - from size bytes of UTF-8, copied
 * coil_str_from   - from a C string
 * coil_str_format - as printf; any length
 * coil_str_concat - Python's a + b
 *
 * Ownership: returns new; borrows.
 * Errors:    NULL with MemoryError; ValueError if the bytes are not
 *            UTF-8; TypeError if an operand is not a str.
 * Cost:      O(size); new and from: one allocation.
 */
COIL_NEW coil_obj *coil_str_new(const char *bytes, size_t size);
COIL_NEW coil_obj *coil_str_from(const char *s);
COIL_PRINTF(1, 2)
COIL_NEW coil_obj *coil_str_format(const char *format, ...);
COIL_NEW coil_obj *coil_str_concat(coil_obj *a, coil_obj *b);

/* str: looking inside */
/* coil_str_check - is o a str?
 * coil_str_len   - its length in code points
 * coil_str_bytes_borrowed - its UTF-8, valid while the str lives
 *
 *   size   NULL, or set to the number of bytes without the NUL
 *
 * Checked (len, bytes): o is a str.  Cost: O(1).
 */
bool coil_str_check(coil_obj *o);
size_t coil_str_len(coil_obj *o);
COIL_BORROWED
const char *coil_str_bytes_borrowed(coil_obj *o, size_t *size);

/* str: interning */
/* coil_str_intern_steal - the one interned str with this text
 * coil_str_name         - the same, from a C string
 *
 * Ownership: returns new; intern steals s, also when it fails.
 * Errors:    NULL with MemoryError, ValueError.
 * Cost:      one look-up by hash; an interned str dies like others and
 *            leaves the table then.
 * Source:    CPython 3.11 PyUnicode_InternInPlace; sys.intern.
 */
COIL_NEW coil_obj *coil_str_intern_steal(COIL_STEALS coil_obj *s);
COIL_NEW coil_obj *coil_str_name(const char *s);
#endif
