#include <string.h>

#include "internal/small.h"

/* small: requests */
static void *get(coil_runtime *rt, size_t size)
{
    void *p = NULL;

    if (size <= rt->pools.limit)
        p = coili_pools_alloc(&rt->pools, size);
    if (p == NULL) {
        p = rt->options.memory(rt->options.memory_context,
                               NULL, 0, size);
    }
    return p;
}

void *coili_small_refill(coil_runtime *rt, size_t size)
{
    void *p = get(rt, size);

    if (p == NULL)
        coil_error_set(COIL_MEMORY_ERROR, "out of memory");
    return p;
}

/* small: another size */
/* Within the class a block stays where it is, and beyond it while more
 * than three quarters of the block are in use. */
static bool stays(size_t size, size_t has)
{
    return size <= has &&
        (size + COILI_GRAIN > has || 4 * size > 3 * has);
}

/* To make a block of a pool smaller cannot fail. */
static void *resize_pooled(coil_runtime *rt, void *p, size_t old,
                           size_t size)
{
    struct coili_pools *pools = &rt->pools;
    size_t has = coili_pool_of(pools, p)->class * COILI_GRAIN;
    void *q = stays(size, has) ? NULL : get(rt, size);

    if (q != NULL) {
        memcpy(q, p, old < size ? old : size);
        coili_pools_free(pools, p, old);
    } else if (size <= has) {
        coili_poison(p, has);
        coili_unpoison(p, size);
        q = p;
    }
    return q;
}

void *coili_small_resize(coil_runtime *rt, void *p, size_t old,
                         size_t size)
{
    void *q;

    if (coili_pools_has(&rt->pools, p)) {
        q = resize_pooled(rt, p, old, size);
    } else if ((q = get(rt, size)) != NULL && p != NULL) {
        memcpy(q, p, old < size ? old : size);
        rt->options.memory(rt->options.memory_context, p, old, 0);
    }
    if (q == NULL)
        coil_error_set(COIL_MEMORY_ERROR, "out of memory");
    return q;
}
