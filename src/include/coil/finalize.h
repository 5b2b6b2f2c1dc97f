/* finalize.h - something to be done when an object is gone
 *
 *     coil_obj *f = coil_finalize_new(o, remove_file, path);   // new
 *     coil_decref(f);          // it stays in force all the same
 *
 * The function is called once: when o is gone, or when asked, or, the
 * newest first, when the runtime closes.
 *
 * Threads: confined.
 */
#ifndef COIL_FINALIZE_H
#define COIL_FINALIZE_H

#include "coil/object.h"

extern coil_type coil_finalize_type;

/* -1: an error, which is passed on to the caller, or ignored */
typedef int coil_finalize_call_fn(coil_obj *context);

/* coil_finalize_new - promise to call fn(context)
 *
 * Ownership: returns new; keeps context, and not o, until the call.
 * Errors:    NULL with MemoryError; TypeError if o cannot be weakly
 *            referenced.
 * Checked:   o and fn are not NULL.
 * Source:    Python weakref.finalize.
 */
COIL_NEW coil_obj *coil_finalize_new(coil_obj *o,
                                     coil_finalize_call_fn *fn,
                                     coil_obj *context);

/* finalize: asking and ending */
/* coil_finalize_alive  - has it not been called nor called off?
 * coil_finalize_call   - call it now: 1, 0 if it is not alive, or -1
 *                        with the error of fn
 * coil_finalize_detach - call it off: 1, or 0 if it is not alive
 * coil_finalize_peek   - 1 and *o new while it is alive, or 0 and NULL
 *
 * Checked: f is one.
 */
bool coil_finalize_alive(coil_obj *f);
int coil_finalize_call(coil_obj *f);
int coil_finalize_detach(coil_obj *f);
int coil_finalize_peek(coil_obj *f, coil_obj **o);

/* coil_finalize_at_close - also when the runtime closes?  (The usual.)
 */
void coil_finalize_at_close(coil_obj *f, bool wanted);
#endif
