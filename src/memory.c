#include <stdlib.h>

#include "coil/memory.h"
#include "internal/thread.h"
/* memory: more headers */
#include "internal/small.h"

/* memory: planned failure */
static bool must_fail(coil_runtime *rt)
{
    if (rt->fail_in == COIL_NEVER)
        return false;
    if (rt->fail_in > 0) {
        rt->fail_in--;
        return false;
    }
    rt->fail_in = COIL_NEVER;
    rt->failed = true;
    return true;
}

void coil_memory_fail_at(size_t n)
{
    coili_thread->runtime->fail_in = n;
    coili_thread->runtime->failed = false;
}

bool coil_memory_failed(void)
{
    coili_thread->runtime->fail_in = COIL_NEVER;
    return coili_thread->runtime->failed;
}

/* memory: the three operations */
void *coil_memory_alloc(size_t size)
{
    coil_runtime *rt = coili_thread->runtime;
    void *p = NULL;

    if (size == 0)
        size = 1;
    if (!must_fail(rt)) {
        /* serve a small request from a pool and return */
        if (size <= rt->pools.limit)
            return coili_small_alloc(rt, size);
        p = rt->options.memory(rt->options.memory_context,
                               NULL, 0, size);
    }
    if (p == NULL)
        coil_error_set(COIL_MEMORY_ERROR, "out of memory");
    return p;
}

void *coil_memory_resize(void *p, size_t old, size_t size)
{
    coil_runtime *rt = coili_thread->runtime;
    void *q = NULL;

    if (size == 0)
        size = 1;
    if (p != NULL && old == 0)
        old = 1;
    if (!must_fail(rt)) {
        /* resize a block of a pool and return */
        if (size <= rt->pools.limit || coili_pools_has(&rt->pools, p))
            return coili_small_resize(rt, p, old, size);
        q = rt->options.memory(rt->options.memory_context,
                               p, old, size);
    }
    if (q == NULL)
        coil_error_set(COIL_MEMORY_ERROR, "out of memory");
    return q;
}

void coil_memory_free(void *p, size_t size)
{
    coil_runtime *rt = coili_thread->runtime;

    if (p == NULL)
        return;
    if (size == 0)
        size = 1;
    /* give a block back to its pool and return */
    if (coili_pools_has(&rt->pools, p)) {
        coili_pools_free(&rt->pools, p, size);
        return;
    }
    rt->options.memory(rt->options.memory_context, p, size, 0);
}
