#include "arena.h"

void *arena_take(struct arena_heap *heap)
{
    void *arena = heap->take(heap->context);

    if (arena != NULL && heap->len < ARENA_MOST)
        heap->arenas[heap->len++].at = arena;
    return arena;
}

void arena_give(struct arena_heap *heap, void *pool)
{
    (void)heap, (void)pool;
}

void arena_close(struct arena_heap *heap)
{
    while (heap->len > 0)
        heap->give(heap->context, heap->arenas[--heap->len].at);
}
