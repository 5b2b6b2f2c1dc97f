/* gc.h - the collector of cycles
 *
 * Counting releases an object when its last owner lets go.  Objects
 * that hold each other in a ring never lose their last owner; the
 * collector finds such rings and releases them.  It runs by itself at
 * the allocation of a container, or when asked.
 *
 *     coil_obj *ring = coil_list_new();
 *     coil_list_append(ring, ring);        // holds itself
 *     coil_decref(ring);                   // count 1: still there
 *     coil_gc_collect(2);                  // returns 1: gone
 *
 * A container is a type with a traverse slot.  Its clear and release
 * slots may be called while the objects it refers to are already empty,
 * so they drop references and do not look behind them.
 *
 * Threads: confined; each runtime has a collector of its own.
 */
#ifndef COIL_GC_H
#define COIL_GC_H

#include "coil/object.h"

/* gc: collecting */
/* coil_gc_collect - find and release cycles now
 *
 *   generation   0: the young; 1: the middle too; 2: all but the frozen
 *
 * Returns the number of unreachable objects found, those that a
 * finalizer has revived not counted; 0 inside another collection.
 *
 * Errors: -1 with ValueError "invalid generation".
 * Cost:   O(containers examined and their references), and the release
 *         of what was found.  It can run finalizers and callbacks.
 *         Allocates nothing itself, unless it saves.
 * Source: Python gc.collect(); CPython 3.11 gc_collect_main; chapter 3.
 */
ptrdiff_t coil_gc_collect(int generation);

/* gc: tracking */
/* coil_gc_track   - put an object under the collector's eye
 * coil_gc_untrack - take it out, until it is tracked again
 *
 * For makers of types; coil_object_new tracks a new container itself.
 * Tracking what is tracked, or untracking what is not, does nothing.
 *
 * Errors (track): -1 with MemoryError; o is then not tracked.
 * Checked: o is a container.
 * Source: CPython 3.11 PyObject_GC_Track, PyObject_GC_UnTrack.
 */
int coil_gc_track(coil_obj *o);
void coil_gc_untrack(coil_obj *o);

/* coil_gc_is_tracked   - does the collector look at o?
 * coil_gc_is_finalized - has its finalizer run?
 * coil_gc_generation   - 0, 1 or 2; 3 frozen; -1 not tracked
 */
bool coil_gc_is_tracked(coil_obj *o);
bool coil_gc_is_finalized(coil_obj *o);
int coil_gc_generation(coil_obj *o);

/* gc: steering the schedule */
/* coil_gc_enable     - let the collector run by itself (the usual)
 * coil_gc_disable    - only when asked
 * coil_gc_is_enabled - which of the two?
 */
void coil_gc_enable(void);
void coil_gc_disable(void);
bool coil_gc_is_enabled(void);

/* coil_gc_set_threshold - when runs are due; usually 700, 10, 10
 *
 *   young    containers made less released; 0: no automatic runs
 *   middle   young runs since the last run of the middle
 *   oldest   middle runs since the last full run
 *
 * A run is due when the first number exceeds its threshold, the others
 * say how much it examines.  With SIZE_MAX that is never.
 *
 * coil_gc_threshold - the three thresholds
 * coil_gc_counts    - the three numbers that are compared with them
 *
 * Source: Python gc.set_threshold; CPython 3.11 gc_collect_generations.
 */
void coil_gc_set_threshold(size_t young, size_t middle, size_t oldest);
void coil_gc_threshold(size_t threshold[3]);
void coil_gc_counts(size_t count[3]);

/* gc: watching it work */
/* coil_gc_stats - for each generation: runs, and what they found
 *
 *   uncollectable   always 0 since nothing is (PEP 442); Python has it
 */
typedef struct coil_gc_stat coil_gc_stat;
struct coil_gc_stat {
    size_t collections, collected, uncollectable;
};

void coil_gc_stats(coil_gc_stat stats[3]);

/* coil_gc_add_callback    - be told of each run, before and after it
 * coil_gc_remove_callback - no longer; returns 1, or 0 if fn with this
 *                           context was not there
 *
 * Ownership: keeps context (or NULL) until removed.
 * Errors:    -1 with MemoryError; an error left by fn is ignored.
 * Source:    Python gc.callbacks.
 */
typedef struct coil_gc_info coil_gc_info;
struct coil_gc_info {
    bool stop;                  /* the run is over; false: it begins */
    int generation;
    size_t collected, uncollectable;    /* 0 at the beginning */
};

typedef int coil_gc_fn(coil_obj *context, const coil_gc_info *info);
int coil_gc_add_callback(coil_gc_fn *fn, coil_obj *context);
int coil_gc_remove_callback(coil_gc_fn *fn, coil_obj *context);

/* coil_gc_set_trace - be shown the inside of each search
 *
 *   fn        called twice a search, or NULL; allocates no objects
 *
 * While it runs, coil_dump_text and coil_dump_graph show of each object
 * examined its trial count, and then whether it was reached.
 */
enum coil_gc_step { COIL_GC_COUNTED = 1, COIL_GC_MARKED };
typedef void coil_gc_trace_fn(void *context, enum coil_gc_step step);
void coil_gc_set_trace(coil_gc_trace_fn *fn, void *context);
/* gc: looking into the heap */
/* coil_gc_objects   - the tracked objects of a generation, in birth
 *                     order; -1: of all three
 * coil_gc_referrers - the tracked objects that refer to one of these
 * coil_gc_referents - what these objects refer to, one after another
 *
 *   objects   a list
 *
 * Frozen objects, and the result itself, are not among the objects and
 * referrers.
 *
 * Ownership: returns a new list, which keeps what it shows.
 * Errors:    NULL with MemoryError; ValueError for other generations.
 * Checked:   objects is a list.
 * Cost:      a walk over the generations; referents over the list.
 * Source:    Python gc.get_objects, get_referrers, get_referents.
 */
COIL_NEW coil_obj *coil_gc_objects(int generation);
COIL_NEW coil_obj *coil_gc_referrers(coil_obj *objects);
COIL_NEW coil_obj *coil_gc_referents(coil_obj *objects);

/* coil_gc_freeze   - leave all that is tracked now alone for good
 * coil_gc_unfreeze - make the frozen part of the oldest generation
 * coil_gc_frozen   - how many are frozen
 *
 * Inside a collection they take effect at its end.
 */
void coil_gc_freeze(void);
void coil_gc_unfreeze(void);
size_t coil_gc_frozen(void);

/* coil_gc_set_debug - COIL_GC_SAVE_ALL: what is found unreachable goes
 *                     to a list instead of being freed; 0: nothing
 * coil_gc_garbage   - that list, new; NULL with MemoryError
 *
 * Source: Python gc.set_debug, gc.garbage.
 */
#define COIL_GC_SAVE_ALL 1u
void coil_gc_set_debug(unsigned flags);
unsigned coil_gc_debug(void);
COIL_NEW coil_obj *coil_gc_garbage(void);
#endif
