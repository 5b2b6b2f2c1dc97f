#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "coil/census.h"
#include "coil/runtime.h"
#include "internal/os.h"
#include "internal/thread.h"
/* runtime: more headers */
#include "coil/pools.h"

_Thread_local coil_thread *coili_thread;

/* runtime: the usual options */
static void *usual_memory(void *context, void *p,
                          size_t old, size_t size)
{
    (void)context, (void)old;
    if (size == 0) {
        free(p);
        return NULL;
    }
    return p == NULL ? malloc(size) : realloc(p, size);
}

static void usual_unraisable(void *context, const coil_error *error,
                             const char *where)
{
    (void)context;
    fprintf(stderr, "coil: ignored in %s: %s: %s\n", where,
            error->kind->name, error->text);
}

/* runtime: opening */
coil_runtime *coil_runtime_open(const coil_options *options)
{
    coil_options o;
    coil_runtime *rt;

    memset(&o, 0, sizeof o);
    if (options != NULL)
        o = *options;
    /* runtime: usual options filled in */
    if (o.memory == NULL)
        o.memory = usual_memory;
    if (o.unraisable == NULL)
        o.unraisable = usual_unraisable;
    if (o.hash_seed == 0)
        o.hash_seed = coili_os_entropy();
    /* fill in the later options */
    if (!(o.pools & (COIL_POOLS_ON | COIL_POOLS_OFF))) {
        o.pools |= o.memory == usual_memory ? COIL_POOLS_ON
                                            : COIL_POOLS_OFF;
    }
    coili_pools_complete(&o);
    rt = o.memory(o.memory_context, NULL, 0, sizeof *rt);
    if (rt == NULL)
        return NULL;
    memset(rt, 0, sizeof *rt);
    rt->options = o;
    rt->fail_in = COIL_NEVER;
    rt->main.runtime = rt;
    coili_thread = &rt->main;
    /* open the pools of the runtime */
    coili_pools_open(&rt->pools, &rt->options);
    if (o.pools & COIL_POOLS_GUARD)
        coili_guard_open(&rt->guard, &rt->pools, &rt->options);
    /* prepare what later chapters keep in a runtime */
    coili_gc_open(&rt->gc);
    return rt;
}

/* runtime: closing and switching */
size_t coil_runtime_close(coil_runtime *rt)
{
    coil_memory_fn *memory;
    void *context;
    size_t left;

    COIL_CHECK(rt != NULL && rt == coil_runtime_current());
    coil_error_clear();
    /* let go of what later chapters keep in a runtime */
    coili_gc_close();
    left = coil_census_live();
    /* free the tables of the runtime */
    coil_memory_free(rt->census, rt->census_rows * sizeof *rt->census);
    coil_memory_free(rt->names, rt->names_cap * sizeof *rt->names);
    /* free the later tables of the runtime */
    coili_gc_free_tables(&rt->gc);
    coil_memory_free(rt->weak, rt->weak_cap * sizeof *rt->weak);
    /* close the pools of the runtime */
    coili_pools_close(&rt->pools);
    if (rt->options.pools & COIL_POOLS_GUARD)
        coili_guard_close(&rt->guard, &rt->options);
    memory = rt->options.memory;
    context = rt->options.memory_context;
    coili_thread = NULL;
    memory(context, rt, sizeof *rt, 0);
    return left;
}

coil_runtime *coil_runtime_current(void)
{
    return coili_thread ? coili_thread->runtime : NULL;
}

coil_runtime *coil_runtime_enter(coil_runtime *rt)
{
    coil_runtime *previous = coil_runtime_current();

    coili_thread = rt ? &rt->main : NULL;
    return previous;
}
