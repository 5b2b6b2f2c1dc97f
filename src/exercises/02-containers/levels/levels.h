/* levels.h - how many steps it is from one place to all others
 *
 *     coil_obj *far = levels_from(graph, start);   // new
 *
 * Threads: confined.
 */
#ifndef LEVELS_H
#define LEVELS_H

#include <coil/coil.h>

/* levels_from - the places to be reached, and in how many steps
 *
 *   graph   a dict; the value of a place is the list of the places one
 *           step away
 *
 * In the order in which they are found: the start first, with 0; then,
 * for each place in the order of the result, those of its list that
 * are not in the result yet, with one step more.  Of equal places the
 * first that is found is the key.  What cannot be reached is not in it.
 *
 * Those that wait for their turn are in a deque: deque_append,
 * deque_pop_left.
 *
 * Ownership: borrows; returns a new dict, which keeps the places.
 * Errors:    NULL with MemoryError; KeyError if a place that is found
 *            is no key of the graph; TypeError if its value is no list
 *            or a place has no hash; what a hash or an equality sets.
 * Checked:   graph is a dict.
 * Cost:      O(places + steps) on average.
 */
COIL_NEW coil_obj *levels_from(coil_obj *graph, coil_obj *start);
#endif
