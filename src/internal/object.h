/* object.h - sizes and the end of an object (internal) */
#ifndef COILI_OBJECT_H
#define COILI_OBJECT_H

#include "coil/memory.h"
#include "coil/object.h"
/* headers that the blocks of objects need */
#include "coil/pools.h"
#include "internal/small.h"

#define COILI_FINALIZED UINT32_C(0x80000000)    /* bit of gc */

static inline size_t coili_size(coil_obj *o)
{
    const coil_type *type = o->type;

    return type->item_size == 0 ? type->size
        : type->size + type->item_size * *(size_t *)(o + 1);
}

/* The block of an object, which is never resized. */
static inline void *coili_block_alloc(size_t size)
{
    /* serve the block of an object and return */
    coil_runtime *rt = coili_thread->runtime;

    if (size <= rt->pools.limit && rt->fail_in == COIL_NEVER)
        return coili_small_alloc(rt, size);
    if (rt->options.pools & COIL_POOLS_GUARD)
        return coili_guard_alloc_object(size);
    return coil_memory_alloc(size);
}

static inline void coili_block_free(void *p, size_t size)
{
    /* take back the block of an object and return */
    coil_runtime *rt = coili_thread->runtime;

    if (coili_pools_has(&rt->pools, p)) {
        coili_pools_free(&rt->pools, p, size);
        return;
    }
    if (rt->options.pools & COIL_POOLS_GUARD) {
        coili_guard_free_object(p, size);
        return;
    }
    coil_memory_free(p, size);
}

/* The object's contents are gone: return its block. */
void coili_object_free(coil_obj *o);

/* Call the finalizer if there is one that has not run.  Returns true
 * if the object has new owners afterwards: it lives on. */
bool coili_finalize(coil_obj *o);
/* later parts of the internal object header */
#include "internal/gc.h"

/* The object, whose count is zero, has weak references or is one. */
void coili_weak_died(coil_obj *o);
#endif
