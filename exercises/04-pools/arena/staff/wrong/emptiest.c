/* fails: life */
/* the emptiest arena serves */
#include "arena.h"

enum { POOL_SIZE = ARENA_SIZE / ARENA_POOLS };

static int bits(uint32_t taken)
{
    int n = 0;

    for (; taken != 0; taken &= taken - 1)
        n++;
    return n;
}

/* Is a the better one for the next pool? */
static int better(const struct arena *a, const struct arena *b)
{
    int more = bits(b->taken) - bits(a->taken);

    return more > 0 || (more == 0 && a->at < b->at);
}

/* The arena that serves the next request, or NULL. */
static struct arena *best(struct arena_heap *heap)
{
    struct arena *found = NULL;

    for (size_t i = 0; i < heap->len; i++) {
        struct arena *a = &heap->arenas[i];

        if (bits(a->taken) < ARENA_POOLS
            && (found == NULL || better(a, found)))
            found = a;
    }
    return found;
}

static struct arena *another(struct arena_heap *heap)
{
    void *at = NULL;

    if (heap->len < ARENA_MOST)
        at = heap->take(heap->context);
    if (at == NULL)
        return NULL;
    struct arena *a = &heap->arenas[heap->len++];
    a->at = at;
    a->taken = 0;
    return a;
}

void *arena_take(struct arena_heap *heap)
{
    struct arena *a = best(heap);
    int i = 0;

    if (a == NULL)
        a = another(heap);
    if (a == NULL)
        return NULL;
    while (a->taken >> i & 1)
        i++;
    a->taken |= UINT32_C(1) << i;
    return a->at + i * POOL_SIZE;
}

/* The arena that may go back, or NULL; there are never two. */
static struct arena *superfluous(struct arena_heap *heap)
{
    struct arena *found = NULL;
    int open = 0;               /* arenas that have a free pool */

    for (size_t i = 0; i < heap->len; i++) {
        struct arena *a = &heap->arenas[i];

        open += bits(a->taken) < ARENA_POOLS;
        if (a->taken == 0)
            found = a;
    }
    return open > 1 ? found : NULL;
}

void arena_give(struct arena_heap *heap, void *pool)
{
    char *at = pool;
    uintptr_t off = (uintptr_t)pool % ARENA_SIZE;
    struct arena *a = heap->arenas;

    while (a->at != at - off)
        a++;
    a->taken &= ~(UINT32_C(1) << off / POOL_SIZE);
    if ((a = superfluous(heap)) != NULL) {
        heap->give(heap->context, a->at);
        *a = heap->arenas[--heap->len];
    }
}

void arena_close(struct arena_heap *heap)
{
    while (heap->len > 0)
        heap->give(heap->context, heap->arenas[--heap->len].at);
}
