#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "list.h"

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
    char *memory = aligned_alloc(LIST_POOL, LIST_POOL), *a, *b;

    if (memory == NULL)
        return 1;
    memset(memory, 0xee, LIST_POOL);
    list_init(memory, 48);
    expect("list_room", (long long)list_room(memory), 1364);
    a = list_take(memory);
    b = list_take(memory);
    expect("the first block", a - memory, 64);
    expect("the second block", b - memory, 64 + 48);
    expect("list_taken", (long long)list_taken(memory), 2);
    expect("list_pool", (char *)list_pool(b + 5) - memory, 0);
    list_give(a);
    list_give(b);
    expect("the last given", (char *)list_take(memory) - memory, 112);
    expect("the one before", (char *)list_take(memory) - memory, 64);
    expect("a new one", (char *)list_take(memory) - memory, 160);
    free(memory);
    return failed;
}
