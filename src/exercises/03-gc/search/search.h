/* search.h - trial deletion in a world of numbers
 *
 * The objects of a world are numbers from 0 on, in birth order.  An
 * object may refer to another one, or to itself, any number of times;
 * each time is one search_ref.  The count of an object is the number
 * of all references to it: those of the world, and those from outside.
 *
 *     const uint32_t counts[] = { 1, 1 };
 *     const struct search_ref refs[] = { { 0, 1 }, { 1, 0 } };
 *     const struct search_world ring = { 2, counts, 2, refs };
 *     size_t garbage[2];
 *     ptrdiff_t n = search_garbage(&ring, garbage);    // 2: 0 and 1
 *
 * Threads: confined.
 */
#ifndef SEARCH_H
#define SEARCH_H

#include <coil/coil.h>

struct search_ref {
    size_t from, to;            /* object from refers to object to */
};

struct search_world {
    size_t len;                 /* objects; may be 0 */
    const uint32_t *counts;     /* len of them */
    size_t refs_len;            /* references; may be 0 */
    const struct search_ref *refs;      /* in any order */
};

/* search: the two functions */
/* search_trial - how many references to each come from outside?
 *
 *   trial   room for world->len numbers
 *
 * Returns 0, and the trial counts in trial.
 *
 * Ownership: borrows world; writes nothing but trial.
 * Errors:    -1 with ValueError if a reference comes from, or leads to,
 *            an object that the world does not have; if none does, -1
 *            with SystemError if a count is smaller than the number of
 *            the world's references to that object.  What stands in
 *            trial then has no meaning.
 * Cost:      O(len + refs_len); no memory.
 */
int search_trial(const struct search_world *world, uint32_t *trial);

/* search_garbage - what cannot be reached from outside?
 *
 *   garbage   room for world->len numbers
 *
 * Returns how many objects are garbage, with their numbers in garbage,
 * the smallest first.
 *
 * Ownership: borrows world; writes nothing but garbage.
 * Errors:    -1: those of search_trial; MemoryError.  What stands in
 *            garbage then has no meaning.
 * Cost:      O(len + refs_len) time, and as much memory, which comes
 *            from coil_memory_alloc and is freed before the return.
 */
ptrdiff_t search_garbage(const struct search_world *world,
                         size_t *garbage);
#endif
