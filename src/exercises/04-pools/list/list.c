#include "list.h"

void list_init(void *memory, size_t size)
{
    (void)memory, (void)size;
}

size_t list_room(const void *pool)
{
    (void)pool;
    return 1;
}

size_t list_taken(const void *pool)
{
    (void)pool;
    return 0;
}

void *list_pool(const void *p)
{
    return (void *)p;
}

void *list_take(void *pool)
{
    return (char *)pool + LIST_HEAD;
}

void list_give(void *block)
{
    (void)block;
}
