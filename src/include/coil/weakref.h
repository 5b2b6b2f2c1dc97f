/* weakref.h - references that do not own
 *
 * A weak reference leads to its object while the object lives, and to
 * nothing afterwards.  It does not count as an owner.
 *
 *     coil_obj *ref = coil_weakref_new(parent, NULL, NULL);   // new
 *     ...
 *     if (coil_weakref_get(ref, &parent) == 1) {   // new
 *         ...
 *         coil_decref(parent);
 *     }
 *
 * A weak reference may have a callback, called once when its object is
 * gone, unless the reference went first.
 *
 * Threads: confined.
 */
#ifndef COIL_WEAKREF_H
#define COIL_WEAKREF_H

#include "coil/object.h"

extern coil_type coil_weakref_type, coil_proxy_type;

/* weakref: making */
/* The object of ref is gone; context is what ref was made with. */
typedef int coil_weak_fn(coil_obj *ref, coil_obj *context);

/* coil_weakref_new - a weak reference to o
 *
 *   fn        called when o is gone, or NULL
 *   context   passed to fn, or NULL
 *
 * Ownership: returns new; keeps context, until fn has been called.
 *            Without fn, all calls for o return the same reference.
 * Errors:    NULL with MemoryError; TypeError "cannot create weak
 *            reference to 'int' object" unless o's type says weak.
 *            An error left by fn is ignored.
 * Checked:   context is NULL if fn is.
 * Cost:      one allocation, or none.
 * Source:    Python weakref.ref; CPython 3.11 PyWeakref_NewRef.
 */
COIL_NEW coil_obj *coil_weakref_new(coil_obj *o, coil_weak_fn *fn,
                                    coil_obj *context);

/* weakref: asking */
/* coil_weakref_get   - what ref leads to
 *
 *   *o   new, or NULL if the object is gone
 *
 * Returns 1 or 0; there is no error.
 * Cost:    two reads and a coil_incref.
 *
 * coil_weakref_get_borrowed - the same, valid while somebody owns it
 *
 * Checked: ref is a weak reference (not a proxy).
 */
int coil_weakref_get(coil_obj *ref, coil_obj **o);
COIL_BORROWED coil_obj *coil_weakref_get_borrowed(coil_obj *ref);

/* coil_weakref_check - is o a weak reference?
 * coil_weakref_count - the number of weak references and proxies to o
 * coil_weakref_list  - a new list of them: without callback first, then
 *                      the newest first; NULL with MemoryError
 */
bool coil_weakref_check(coil_obj *o);
size_t coil_weakref_count(coil_obj *o);
COIL_NEW coil_obj *coil_weakref_list(coil_obj *o);

/* weakref: proxies */
/* coil_proxy_new - a proxy for o: what is asked for its truth, elements
 *                  or equality is o; arguments and errors as
 *                  coil_weakref_new
 * coil_proxy_get - its object, new; NULL with ReferenceError
 *                  "weakly-referenced object no longer exists"
 *
 * Checked (get): proxy is one.
 * Source: Python weakref.proxy; CPython 3.11 Objects/weakrefobject.c.
 */
COIL_NEW coil_obj *coil_proxy_new(coil_obj *o, coil_weak_fn *fn,
                                  coil_obj *context);
COIL_NEW coil_obj *coil_proxy_get(coil_obj *proxy);
#endif
