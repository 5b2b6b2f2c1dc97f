#include <stdio.h>
#include <stdlib.h>

#include "arena.h"

static int out;                 /* arenas */

static void *from_system(void *context)
{
    (void)context;
    out++;
    return aligned_alloc(ARENA_SIZE, ARENA_SIZE);
}

static void to_system(void *context, void *arena)
{
    (void)context;
    out--;
    free(arena);
}

/* tests of exercises: ask one question and compare */
static int failed;

static void expect(const char *what, long long got, long long want)
{
    if (got != want) {
        printf("%s: %lld, not %lld\n", what, got, want);
        failed = 1;
    }
}

int main(void)
{
    static struct arena_heap heap = { .take = from_system,
                                      .give = to_system };
    char *pools[2 * ARENA_POOLS];

    for (int i = 0; i < 2 * ARENA_POOLS; i++)
        pools[i] = arena_take(&heap);
    expect("the second pool", pools[1] - pools[0], 8192);
    expect("arenas", out, 2);
    arena_give(&heap, pools[3]);
    expect("the free pool", (char *)arena_take(&heap) - pools[0],
           3 * 8192);
    for (int i = 0; i < ARENA_POOLS; i++)
        arena_give(&heap, pools[i]);
    expect("arenas, one of them empty", out, 2);
    arena_give(&heap, pools[ARENA_POOLS]);
    expect("arenas, one with a free pool", out, 1);
    arena_close(&heap);
    expect("arenas at the end", out, 0);
    return failed;
}
