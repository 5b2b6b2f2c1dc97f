/* fails: accounts */
/* the most is what was asked for, all in all */
#include <string.h>

#include "hook.h"

enum { FRONT = 16 };            /* in front of a block: its size */

void *hook_memory(void *context, void *p, size_t old, size_t size)
{
    struct hook *hook = context;
    char *block = p != NULL ? (char *)p - FRONT : NULL;
    size_t was = 0;

    if (p != NULL)
        memcpy(&was, block, sizeof was);
    hook->wrong += old != was;
    if (size > 0)
        hook->requests[63 - __builtin_clzll(size)]++;
    if (size > SIZE_MAX - FRONT)
        return NULL;
    block = hook->below(hook->context, block,
                        p != NULL ? was + FRONT : 0,
                        size > 0 ? size + FRONT : 0);
    if (block == NULL && size > 0)
        return NULL;
    hook->now += size - was;
    hook->most += size;
    if (block == NULL)
        return NULL;
    memcpy(block, &size, sizeof size);
    return block + FRONT;
}
