/* memory.h - where the bytes come from
 *
 * All memory of a runtime passes through its hook, a function of the
 * client's choice.  Sizes are in bytes; whoever frees or resizes a
 * block says how large it is, so that no allocator below needs to
 * remember it.
 *
 *     int *v = coil_memory_alloc(n * sizeof *v);
 *     if (v == NULL)
 *         return NULL;                 // MemoryError is set
 *     ...
 *     coil_memory_free(v, n * sizeof *v);
 *
 * Threads: confined.
 */
#ifndef COIL_MEMORY_H
#define COIL_MEMORY_H

#include "coil/base.h"

/* memory: the hook */
/* The hook.  p is NULL and old is 0: allocate size bytes.  size is 0:
 * free p, which has old bytes, and return NULL.  Otherwise: resize,
 * keeping the smaller number of bytes.  NULL (for size > 0) means that
 * there is no memory; p is then still valid.  Blocks are aligned for
 * any object. */
typedef void *coil_memory_fn(void *context, void *p,
                             size_t old, size_t size);

/* memory: functions */
/* coil_memory_alloc  - a block of size bytes (0 counts as 1)
 * coil_memory_resize - the block p, made larger or smaller, maybe moved
 * coil_memory_free   - return it; NULL does nothing
 *
 *   old, size   bytes; old is what the block was last given
 *
 * Errors: NULL with COIL_MEMORY_ERROR; on resize p is then unchanged.
 * Cost:   that of the hook (malloc unless the runtime has another).
 */
COIL_NEW void *coil_memory_alloc(size_t size);
COIL_NEW void *coil_memory_resize(void *p, size_t old, size_t size);
void coil_memory_free(void *p, size_t size);

/* coil_memory_fail_at - let one later request fail, for tests
 *
 *   n   0: the next request of this runtime; 1: the one after; ...
 *       COIL_NEVER: none
 *
 * coil_memory_failed - did the planned failure happen?  If not, it is
 * called off.
 */
#define COIL_NEVER SIZE_MAX
void coil_memory_fail_at(size_t n);
bool coil_memory_failed(void);
#endif
