#include "guard.h"

size_t guard_size(size_t size)
{
    return 16 + size + 8;
}

void *guard_dress(void *block, size_t size)
{
    (void)size;
    return (char *)block + 16;
}

enum guard_fault guard_look(const void *p, size_t size, ptrdiff_t *at)
{
    (void)p, (void)size;
    *at = 0;
    return GUARD_WHOLE;
}

enum guard_fault guard_bury(void *p, size_t size)
{
    (void)p, (void)size;
    return GUARD_WHOLE;
}

int guard_used(const void *p, size_t size, ptrdiff_t *at)
{
    (void)p, (void)size;
    *at = 0;
    return 0;
}
