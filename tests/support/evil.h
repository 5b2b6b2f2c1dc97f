/* evil.h - an object whose answers are a function of the test's choice
 *
 *     static int clear_it(coil_obj *self, coil_obj *other, void *context)
 *     {
 *         coil_dict_clear(context);
 *         return 1;
 *     }
 *     coil_obj *key = evil_new(7, clear_it, dict);     // hash 7
 *
 * Equality and repr call the function, repr with other NULL; its result is
 * 1 or 0 (equal or not; repr writes "evil") or -1 with an error set.  A
 * NULL function: equal to nothing but itself.
 */
#ifndef EVIL_H
#define EVIL_H

#include "coil/object.h"

typedef int evil_fn(coil_obj *self, coil_obj *other, void *context);

extern coil_type evil_type;

COIL_NEW coil_obj *evil_new(int64_t hash, evil_fn *fn, void *context);

/* From now on, call this function instead; NULL: none. */
void evil_set(coil_obj *self, evil_fn *fn, void *context);

/* How often an equal slot of the type has been asked. */
extern size_t evil_asked;

#endif
