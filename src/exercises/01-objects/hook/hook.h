/* hook.h - a memory hook that keeps accounts of the one below
 *
 *     struct hook accounts = { .below = below, .context = NULL };
 *     coil_options options = {
 *         .memory = hook_memory, .memory_context = &accounts,
 *     };
 *
 * Threads: confined.
 */
#ifndef HOOK_H
#define HOOK_H

#include <coil/coil.h>

struct hook {
    coil_memory_fn *below;      /* gives the memory */
    void *context;              /* passed to it */
    size_t now, most;           /* bytes in use; the most there were */
    size_t requests[64];        /* [i]: of 2^i to 2^(i+1) - 1 bytes */
    size_t wrong;               /* sizes that were not the block's */
};

/* hook_memory - a coil_memory_fn
 *
 *   context   a struct hook, its counters zero at first
 *
 * Errors: NULL if below has no memory; p is then still valid.
 * Cost:   one request of below.
 */
void *hook_memory(void *context, void *p, size_t old, size_t size);
#endif
