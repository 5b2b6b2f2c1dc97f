/* gc_model.h - who holds whom, kept beside the real objects
 *
 * An entry stands for one object that the program made: what it holds,
 * and whether the program holds it.  A watch stands for one way of
 * referring to an object without holding it.  All rules about life and
 * death follow from these two tables by plain search.
 *
 * The model does not say when an object dies: the object tells it, by
 * the canary that each of them holds.
 */
#ifndef GC_MODEL_H
#define GC_MODEL_H

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>

#include "coil/object.h"

#define MOST 40                 /* objects at a time */
#define LINKS 4                 /* of an object to others */
#define WATCHES 24              /* at a time */
#define NONE (-1)               /* no entry */

#define MUST_BE(cond) MUST_BE_OF(cond, NONE)
#define MUST_BE_OF(cond, i)                                      \
    ((cond) ? (void)0                                            \
            : model_fail(__FILE__, __LINE__, #cond, (i)))

/* Those from REVIVER on have last words. */
enum kind {
    LIST, TUPLE, DICT, KEYS, SET, NODE,
    REVIVER,                    /* makes the program hold it again */
    CUTTER,                     /* lets go of all that it holds */
    MAKER,                      /* makes more garbage */
    KNITTER,                    /* lets one that it holds hold it */
    WATCHER,                    /* makes a weak reference to itself */
    KINDS
};

struct entry {
    coil_obj *object;           /* NULL: the entry is free */
    enum kind kind;
    bool held;                  /* by the program: one reference */
    bool finalized;
    bool frozen;
    bool lost;                  /* unreachable when a run began */
    bool knitted;               /* to one not examined, in this step */
    int link[LINKS];            /* entries, or NONE */
    size_t filler[LINKS];       /* containers on the way there */
};

enum way { PLAIN, CALLBACK, PROXY, WEAK_VALUE, PROMISE, WAYS };

struct watch {
    bool used;
    bool fresh;                 /* made in this step */
    bool orphan;                /* its owner died in this step; it may
                                   wait to be called all the same */
    unsigned number;            /* a later one is larger */
    enum way way;
    coil_obj *ref;              /* NULL for WEAK_VALUE */
    int owner;                  /* an entry; NONE: the program */
    int target;                 /* NONE: gone */
    int context;                /* kept for the callback, or NONE */
    int calls;
};

extern struct entry all[MOST];
extern struct watch watches[WATCHES];

void model_reset(void);
bool model_is_empty(void);

/* A free entry or watch, or NONE. */
int model_free_entry(void);
int model_free_watch(void);

/* Mark what the program can reach, or could if it also held `more`
 * (NULL: nothing). */
void model_reach(bool seen[MOST], const bool more[MOST]);
bool model_reachable(int i);

/* How many references each object has. */
void model_count(size_t count[MOST]);

/* Take out of `kept`, a set of entries, those that none of the others
 * holds, and neither does the program; go on until none is left.  What
 * is the context of a callback is held until the callback is due. */
void model_settle(bool kept[MOST]);

/* The object of the entry is gone. */
void model_died(int i);

__attribute__((noreturn))
void model_fail(const char *file, int line, const char *what, int i);

#endif
