/* runtime.h - worlds of objects
 *
 * A runtime owns all memory of its objects.  Each thread of the program
 * has at most one current runtime; all other functions of the library
 * work in it, and need one.
 *
 *     coil_runtime *rt = coil_runtime_open(NULL);
 *     ...
 *     size_t left = coil_runtime_close(rt);    // 0: nothing leaked
 *
 * Unchecked: that there is a current runtime; a test would be needed
 * in every function.
 * Threads: until chapter 9 a runtime is confined to one thread.
 */
#ifndef COIL_RUNTIME_H
#define COIL_RUNTIME_H

#include "coil/error.h"
#include "coil/memory.h"

typedef struct coil_runtime coil_runtime;
typedef struct coil_thread coil_thread;

/* runtime: options */
/* Is told of an error that could not be passed on; must leave none. */
typedef void coil_unraisable_fn(void *context, const coil_error *error,
                                const char *where);

typedef struct coil_options coil_options;
struct coil_options {
    coil_memory_fn *memory;         /* NULL: malloc's */
    void *memory_context;           /* passed to it */
    coil_unraisable_fn *unraisable; /* NULL: print to stderr */
    void *unraisable_context;       /* passed to it */
    uint64_t hash_seed;             /* 0: a new one each time */
    /* later options of a runtime */
    unsigned pools;                 /* COIL_POOLS_ flags */
    size_t pool_threshold;          /* largest request; 0: the usual */
    size_t pool_size;               /* a power of two; 0: 64 KiB */
    size_t pool_head;               /* bytes left free before blocks */
    size_t pool_arena;              /* a power of two; 0: 2 MiB */
    size_t pool_region;             /* 0: 64 GiB, or what there is */
};

/* runtime: functions */
/* coil_runtime_open - make a runtime and make it current
 *
 *   options   borrowed, copied; NULL for the usual ones
 *
 * Ownership: returns a runtime that you close.
 * Errors:    NULL if there is no memory for it; as there is then no
 *            thread state either, no error is set.
 */
COIL_NEW
coil_runtime *coil_runtime_open(const coil_options *options);

/* coil_runtime_close - end a runtime
 *
 * Returns the number of objects still alive, that is, leaked: their
 * memory is not returned and they must not be touched again.  The
 * thread has no current runtime afterwards.
 *
 * Checked: rt is the current runtime of this thread.
 */
size_t coil_runtime_close(coil_runtime *rt);

/* coil_runtime_enter   - make rt current; returns the previous one
 * coil_runtime_current - the current runtime, or NULL
 */
coil_runtime *coil_runtime_enter(coil_runtime *rt);
coil_runtime *coil_runtime_current(void);
#endif
