/* leak.h - the pages of an editor
 *
 *     coil_obj *desk = leak_desk_new();                // new
 *     coil_obj *page = leak_open(desk, name);          // new
 *     leak_link(page, other);
 *     coil_decref(page);      // nobody else holds it: it is gone
 *
 * A desk finds its pages by name, and does not own them.  A page owns
 * the pages that it links to; what links to itself, round some corners,
 * is for the collector.
 *
 * Threads: confined.
 */
#ifndef LEAK_H
#define LEAK_H

#include <coil/coil.h>

/* leak: desks */
/* leak_desk_new - an empty desk
 * leak_len      - how many pages there are on it
 * leak_open     - the page of that name; a new one, if there is none
 *
 *   name   a str
 *
 * Ownership: returns new; a page keeps its name.
 * Errors:    NULL with TypeError if name is no str; MemoryError.
 *            Nothing has changed then.
 */
COIL_NEW coil_obj *leak_desk_new(void);
size_t leak_len(coil_obj *desk);
COIL_NEW coil_obj *leak_open(coil_obj *desk, coil_obj *name);

/* leak: pages */
/* leak_link     - page links to other, once more
 * leak_links    - a list of the names of pages that it links to
 * leak_on_close - when page goes, its name is appended to log, a list
 *
 * Ownership: link: page keeps other.  links: returns new.  on_close:
 *            page is borrowed; log is kept until then.
 * Errors:    -1 or NULL with MemoryError.  Nothing has changed then.
 */
int leak_link(coil_obj *page, coil_obj *other);
COIL_NEW coil_obj *leak_links(coil_obj *page);
int leak_on_close(coil_obj *page, coil_obj *log);
#endif
