/* thread.h - what a thread and a runtime hold (internal) */
#ifndef COILI_THREAD_H
#define COILI_THREAD_H

#include "coil/object.h"
#include "coil/runtime.h"

/* structures that coil_thread needs */

struct coil_thread {
    coil_runtime *runtime;
    coil_error error;               /* kind NULL: nothing pending */
    /* members of coil_thread */
    unsigned releasing;             /* releases now on the C stack */
    coil_obj *waiting;              /* dead, contents not yet dropped */
    unsigned depth;                 /* of nested questions */
};

/* structures that coil_runtime needs */
/* later structures of coil_runtime */
#include "coil/gc.h"
/* structures that the collector needs */
#include "internal/marks.h"

#define COILI_GENERATIONS 3
#define COILI_FROZEN 3          /* what is older than the oldest */

struct coili_gc {
    coil_obj **objects;         /* borrowed; NULL: a hole */
    uint32_t *trial;            /* for each slot, during a run */
    uint64_t *reached;          /* for each slot a bit, likewise */
    uint64_t *plain;            /* the same */
    uint32_t len, cap;          /* slots; slot 0 is never used */
    uint32_t tracked;           /* slots that are no holes */
    uint32_t start[COILI_FROZEN + 1];   /* first slot of each */
    /* members of the collector */
    bool running;                   /* a run, its callbacks included */
    bool busy;                      /* slots must not move */
    uint32_t first, end;            /* slots that this run examines */
    bool full;                      /* of all generations but the frozen */
    size_t threshold[COILI_GENERATIONS];
    size_t count[COILI_GENERATIONS];    /* what is compared with it */
    size_t long_lived;              /* survivors of the last full run */
    size_t pending;                 /* that came to the oldest since */
    bool off;                       /* no automatic runs */
    uint32_t calm;                  /* allocations since a stress run */
    unsigned calling;               /* rounds of callbacks on the stack */
    struct coili_weakref *late;     /* owned; callbacks that wait */
    int later;                      /* FREEZE or UNFREEZE after the run */
    unsigned debug;                 /* COIL_GC_ flags */
    coil_obj *garbage;              /* owned list of the saved, or NULL */
    coil_gc_stat stats[COILI_GENERATIONS];
    struct coili_gc_callback *callbacks;
    size_t callbacks_len, callbacks_cap;
    coil_gc_trace_fn *trace;        /* or NULL */
    void *trace_context;
    int step;                       /* while trace runs */
    /* later members of the collector */
    struct coili_marks marks;       /* of what lies in pools */
};

/* later functions of the collector for the runtime */
void coili_gc_open(struct coili_gc *gc);
void coili_gc_free_tables(struct coili_gc *gc);
void coili_gc_close(void);
void coili_finalize_all(void);

struct coili_weakref;
struct coili_weak_row {
    coil_obj *object;           /* borrowed; NULL: a free row */
    struct coili_weakref *first;    /* borrowed; never NULL */
};

struct coili_promise;
struct coili_census_row {
    coil_type *type;
    size_t live;
};

struct coili_str;
/* structures of the pools */
#include "internal/pools.h"
#include "internal/guard.h"
struct coil_runtime {
    coil_options options;           /* with the defaults filled in */
    coil_thread main;               /* the thread that opened it */
    /* members of coil_runtime */
    /* later members of coil_runtime */
    struct coili_gc gc;
    struct coili_weak_row *weak;    /* objects with weak references */
    size_t weak_len, weak_cap;      /* cap is a power of two, or 0 */
    struct coili_promise *finalize;    /* alive, newest first; owned */
    size_t fail_in;                 /* requests until one must fail */
    bool failed;                    /* it did */
    struct coili_census_row *census;    /* row 0 is not used */
    size_t census_rows;
    struct coili_str **names;       /* NULL or an interned str, borrowed */
    size_t names_len, names_cap;    /* cap is a power of two, or 0 */
    /* pools of a runtime */
    struct coili_pools pools;
    struct coili_guard guard;
};

extern _Thread_local coil_thread *coili_thread
    __attribute__((tls_model("initial-exec")));

#endif
