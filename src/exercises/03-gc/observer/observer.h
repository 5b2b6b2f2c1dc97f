/* observer.h - a subject that tells its listeners, and owns none
 *
 *     static int heard(coil_obj *listener, coil_obj *event);
 *
 *     coil_obj *weather = observer_new(heard);         // new
 *     observer_add(weather, window);
 *     n = observer_tell(weather, rain);    // 1: heard(window, rain)
 *
 * A listener is any object that can be referenced weakly.  Listeners
 * are told apart by identity, and are told in the order in which they
 * were added.
 *
 * Threads: confined.
 */
#ifndef OBSERVER_H
#define OBSERVER_H

#include <coil/coil.h>

typedef int observer_fn(coil_obj *listener, coil_obj *event);

/* observer: who listens */
/* observer_new    - a subject, an object like others
 * observer_len    - how many listeners it has that are alive
 * observer_add    - listener is told from now on
 * observer_remove - no longer; 1, or 0 if it was not
 *
 * observer_add returns 0; to add who listens already does nothing.
 *
 * Ownership: new returns new; add borrows listener.
 * Errors:    NULL or -1 with MemoryError; add: TypeError if listener
 *            cannot be referenced weakly.  Nothing has changed then.
 * Cost:      O(listeners); nothing stays of a listener that is gone or
 *            was removed, once no event is being told.
 */
COIL_NEW coil_obj *observer_new(observer_fn *fn);
size_t observer_len(coil_obj *subject);
int observer_add(coil_obj *subject, coil_obj *listener);
int observer_remove(coil_obj *subject, coil_obj *listener);
/* observer: telling */
/* observer_tell - call fn(listener, event) for each listener
 *
 * Returns how many were told.  Told are those that listened when
 * observer_tell was called, and that, when their turn comes, have not
 * gone and not been removed since.  A listener that is added while an
 * event is told is not told of it, even if it was removed before.
 *
 * A listener stays alive while it is being told.  So does the subject.
 * Whatever fn does to subject and listeners is allowed, to tell it
 * another event included.
 *
 * Errors:    -1 with the error that fn left, if it returns -1; nobody
 *            else is told then.
 */
ptrdiff_t observer_tell(coil_obj *subject, coil_obj *event);
#endif
