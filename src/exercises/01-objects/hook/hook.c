#include "hook.h"

void *hook_memory(void *context, void *p, size_t old, size_t size)
{
    struct hook *hook = context;

    hook->now += size - old;
    return hook->below(hook->context, p, old, size);
}
