/* gc_world.h - the real objects beside the model
 *
 * gc_links.c   what they hold, their birth and their last words
 * gc_watch.c   weak references, weak values, promises
 * gc_check.c   is all as the model says?
 * fuzz_gc.c    the steps
 */
#ifndef GC_WORLD_H
#define GC_WORLD_H

#include "gc_model.h"

/* A run that a step has asked for, while nothing else went on. */
extern struct run {
    bool on;
    bool doomed[MOST];          /* what it must find */
    bool safe[MOST];            /* what it must not touch */
} run;

/* An entry that the program can lay its hands on, from kind `least` on,
 * or NONE; which one, the input says. */
int any_reachable(enum kind least);

/* How many containers to put between two; the input says. */
size_t any_filler(void);

/* Make an object that the program holds, or let go of it. */
void entry_make(enum kind kind);
void entry_drop(int i);

/* May from hold to?  Let it, as its link k, behind some fillers. */
bool may_link(int from, int to);
void link_at(int from, int k, int to, size_t filler);
void unlink_at(int from, int k);

/* What e holds as its link k, maybe a filler, or NULL. */
coil_obj *link_load(const struct entry *e, int k);

void watch_begin(void);
void watch_end(void);
void watch_new(enum way way, int owner, int target, int context);
void watch_drop(int n);

/* What the watch leads to, borrowed, or NULL. */
coil_obj *watch_load(int n);

/* From the first callback or last words of a run on, nothing leads to
 * what it has found. */
void watch_check_cleared(void);

/* Check everything; called between two steps. */
void check_world(void);

#endif
