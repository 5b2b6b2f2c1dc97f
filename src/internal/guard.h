/* guard.h - blocks with guards (internal)
 *
 * The guard is a memory hook: the one that the runtime calls, in front
 * of pools of its own and of the client's hook.  So the runtime itself
 * has no pools then, and pays nothing for what it does not have.
 */
#ifndef COILI_GUARD_H
#define COILI_GUARD_H

#include "internal/pools.h"

struct coili_guard {
    struct coili_pools pools;
    coil_memory_fn *memory;         /* the client's; NULL: no guard */
    void *context;
    char domain;                    /* of what is done now */
};

/* The letters of blocks: of objects and of anything else. */
#define COILI_OBJECTS 'o'
#define COILI_MEMORY 'm'

/* The block of an object, where there is a guard. */
COIL_NEW void *coili_guard_alloc_object(size_t size);
void coili_guard_free_object(void *p, size_t size);

/* Put the guard between a runtime and its hook; take it away.  The
 * pools, of which no block is out yet, move behind the guard. */
void coili_guard_open(struct coili_guard *guard,
                      struct coili_pools *pools, coil_options *options);
void coili_guard_close(struct coili_guard *guard,
                       coil_options *options);
#endif
