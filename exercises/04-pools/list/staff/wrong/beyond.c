/* fails: full */
/* the last block ends behind the pool */
#include "list.h"

#include <stdint.h>

struct link {
    struct link *next;
};

struct head {
    size_t size;                /* of a block */
    size_t taken;               /* blocks */
    size_t fresh;               /* from here on none was ever taken */
    struct link *free;          /* what was given back, last first */
};

void list_init(void *memory, size_t size)
{
    struct head *head = memory;

    head->size = size;
    head->taken = 0;
    head->fresh = LIST_HEAD;
    head->free = NULL;
}

size_t list_room(const void *pool)
{
    const struct head *head = pool;

    return (LIST_POOL - LIST_HEAD) / head->size;
}

size_t list_taken(const void *pool)
{
    const struct head *head = pool;

    return head->taken;
}

void *list_pool(const void *p)
{
    return (void *)((uintptr_t)p & ~(uintptr_t)(LIST_POOL - 1));
}

void *list_take(void *pool)
{
    struct head *head = pool;
    struct link *block = head->free;

    if (block != NULL) {
        head->free = block->next;
    } else {
        if (head->fresh >= LIST_POOL)
            return NULL;
        block = (struct link *)((char *)pool + head->fresh);
        head->fresh += head->size;
    }
    head->taken++;
    return block;
}

void list_give(void *block)
{
    if (block == NULL)
        return;
    struct head *head = list_pool(block);
    struct link *link = block;

    link->next = head->free;
    head->free = link;
    head->taken--;
}
