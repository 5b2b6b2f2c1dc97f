/* fails: end */
/* what is damaged is buried all the same */
#include "guard.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

enum { CLEAN = 0xcd, DEAD = 0xdd, FORBIDDEN = 0xfd, SIZE = 8, HEAD = 16,
       TAIL = 8, GRAIN = 16 };

size_t guard_size(size_t size)
{
    if (size > SIZE_MAX - HEAD - TAIL - (GRAIN - 1))
        return 0;
    return (HEAD + size + TAIL + GRAIN - 1) / GRAIN * GRAIN;
}

void *guard_dress(void *block, size_t size)
{
    unsigned char *b = block;

    memset(b, FORBIDDEN, guard_size(size));
    for (int i = 0; i < SIZE; i++)
        b[i] = (unsigned char)((uint64_t)size >> 8 * (SIZE - 1 - i));
    memset(b + HEAD, CLEAN, size);
    return b + HEAD;
}

/* The first of n bytes that is not as it should be; n: there is
 * none. */
static size_t first_other(const unsigned char *p, size_t n, int value)
{
    size_t i = 0;

    while (i < n && p[i] == value)
        i++;
    return i;
}

static size_t size_in_front(const unsigned char *p)
{
    uint64_t size = 0;

    for (int i = 0; i < SIZE; i++)
        size = size << 8 | p[i - HEAD];
    return (size_t)size;
}

enum guard_fault guard_look(const void *p, size_t size, ptrdiff_t *at)
{
    const unsigned char *client = p;

    *at = 0;
    if (first_other(client - HEAD, HEAD, DEAD) == HEAD)
        return GUARD_DEAD;
    for (int i = 1; i <= HEAD - SIZE; i++) {
        if (client[-i] != FORBIDDEN) {
            *at = -i;
            return GUARD_FRONT;
        }
    }
    if (size_in_front(client) != size)
        return GUARD_SIZE;
    size_t rest = guard_size(size) - HEAD - size;
    size_t i = first_other(client + size, rest, FORBIDDEN);
    if (i == rest)
        return GUARD_WHOLE;
    *at = (ptrdiff_t)(size + i);
    return GUARD_BEHIND;
}

enum guard_fault guard_bury(void *p, size_t size)
{
    ptrdiff_t at;
    enum guard_fault fault = guard_look(p, size, &at);

    if (fault != GUARD_DEAD)
        memset((unsigned char *)p - HEAD, DEAD, guard_size(size));
    return fault;
}

int guard_used(const void *p, size_t size, ptrdiff_t *at)
{
    const unsigned char *block = (const unsigned char *)p - HEAD;
    size_t all = guard_size(size), i = first_other(block, all, DEAD);

    *at = i < all ? (ptrdiff_t)i - HEAD : 0;
    return i < all;
}
