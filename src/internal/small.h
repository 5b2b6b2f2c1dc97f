/* small.h - small requests: to a pool or to the hook? (internal) */
#ifndef COILI_SMALL_H
#define COILI_SMALL_H

#include "internal/thread.h"

/* What to do when the magazine is empty: a block from a pool or else
 * from the hook.  NULL: MemoryError. */
void *coili_small_refill(coil_runtime *rt, size_t size);

/* A block of size bytes, 1 to limit.  NULL: MemoryError. */
static inline void *coili_small_alloc(coil_runtime *rt, size_t size)
{
    struct coili_pools *pools = &rt->pools;
    size_t class = coili_class_of(size);
    void *p;

    if (__builtin_expect(pools->kept[class] == 0, 0))
        return coili_small_refill(rt, size);
    p = pools->magazine[class][--pools->kept[class]];
    coili_unpoison(p, size);
    return p;
}

/* The block p, in a pool or not, or NULL, becomes one of another size,
 * in a pool or not.  NULL: MemoryError, p is unchanged. */
void *coili_small_resize(coil_runtime *rt, void *p, size_t old,
                         size_t size);
#endif
