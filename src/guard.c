#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "internal/guard.h"
#include "internal/thread.h"

/* guard: a dressed block */
/* A guarded block of n bytes is
 *
 *     8 bytes         n, the highest byte first
 *     1 byte          the letter of its domain
 *     7 bytes  0xfd
 *     n bytes         the client's; 0xcd at first
 *     8 bytes  0xfd
 *
 * and 0xdd all over when it is free. */
#define CLEAN 0xcd
#define DEAD 0xdd
#define FORBIDDEN 0xfd

#define SIZE 8                  /* bytes of the size */
#define PAD (16 - SIZE - 1)     /* after the letter */
#define HEAD (SIZE + 1 + PAD)
#define TAIL 8

_Static_assert(HEAD % COILI_GRAIN == 0, "the client's part is aligned");

/* guard: writing */
static unsigned char *dress(unsigned char *block, size_t size,
                            char domain)
{
    unsigned char *p = block + HEAD;

    for (int i = 0; i < SIZE; i++)
        block[i] = (unsigned char)((uint64_t)size >> 8 * (7 - i));
    p[-PAD - 1] = (unsigned char)domain;
    memset(p - PAD, FORBIDDEN, PAD);
    memset(p, CLEAN, size);
    memset(p + size, FORBIDDEN, TAIL);
    return p;
}

/* guard: reading */
static size_t size_of(const unsigned char *p)
{
    uint64_t size = 0;

    for (int i = 0; i < SIZE; i++)
        size = size << 8 | p[i - HEAD];
    return (size_t)size;
}

static char domain_of(const unsigned char *p)
{
    return (char)p[-PAD - 1];
}

static bool is_pad(const unsigned char *p, size_t size)
{
    for (size_t i = 0; i < size; i++)
        if (p[i] != FORBIDDEN)
            return false;
    return true;
}

/* guard: reports */
/* The bytes base[from] to base[to - 1] of a pad. */
static void report_pad(const char *name, const unsigned char *base,
                       int from, int to)
{
    if (is_pad(base + from, (size_t)(to - from))) {
        fputs("FORBIDDENBYTE, as expected.\n", stderr);
        return;
    }
    fprintf(stderr, "not all FORBIDDENBYTE (0x%02x):\n", FORBIDDEN);
    for (int i = from; i < to; i++) {
        fprintf(stderr, "        at %s%+d: 0x%02x%s\n", name, i,
                base[i], base[i] == FORBIDDEN ? "" : " *** OUCH");
    }
}

static void report_data(const unsigned char *p, size_t size)
{
    fputs("    Data at p:", stderr);
    for (size_t i = 0; i < size && i < 8; i++)
        fprintf(stderr, " %02x", p[i]);
    if (size > 16)
        fputs(" ...", stderr);
    for (size_t i = size > 16 ? size - 8 : 8; i < size; i++)
        fprintf(stderr, " %02x", p[i]);
    fputc('\n', stderr);
}

static void report(const unsigned char *p, size_t size)
{
    const unsigned char *tail = p + size;

    fprintf(stderr, "Debug memory block at address p=%p: API '%c'\n",
            (const void *)p, domain_of(p));
    fprintf(stderr, "    %zu bytes originally requested\n", size_of(p));
    fprintf(stderr, "    The %d pad bytes at p-%d are ", PAD, PAD);
    report_pad("p", p, -PAD, 0);
    fprintf(stderr, "    The %d pad bytes at tail=%p are ", TAIL,
            (const void *)tail);
    report_pad("tail", tail, 0, TAIL);
    report_data(p, size);
}

/* guard: examining */
static bool is_dead(const unsigned char *p)
{
    for (int i = -HEAD; i < 0; i++)
        if (p[i] != DEAD)
            return false;
    return true;
}

/* The fault of a block, as text, or NULL.  The owner's word for the
 * size is not worse than the block's: nothing is read beyond both. */
static const char *fault_of(const unsigned char *p, size_t size,
                            char domain, char text[100])
{
    if (is_dead(p))
        return "the block is free already";
    if (domain_of(p) != domain) {
        snprintf(text, 100, "bad ID: Allocated using API '%c', "
                 "verified using API '%c'", domain_of(p), domain);
        return text;
    }
    if (!is_pad(p - PAD, PAD))
        return "bad leading pad byte";
    if (size_of(p) != size) {
        snprintf(text, 100, "a block of %zu bytes is returned as one "
                 "of %zu", size_of(p), size);
        return text;
    }
    return is_pad(p + size, TAIL) ? NULL : "bad trailing pad byte";
}

static void examine(const unsigned char *p, size_t size, char domain)
{
    char text[100];
    const char *fault = fault_of(p, size, domain, text);

    if (fault == NULL)
        return;
    if (!is_dead(p))
        report(p, size_of(p) < size ? size_of(p) : size);
    fprintf(stderr, "coil: %s\n", fault);
    abort();
}

/* guard: the hook */
static void *take(struct coili_guard *guard, size_t size)
{
    void *block = NULL;

    if (size > PTRDIFF_MAX - HEAD - TAIL)
        return NULL;
    size += HEAD + TAIL;
    if (size <= guard->pools.limit)
        block = coili_pools_alloc(&guard->pools, size);
    if (block == NULL)
        block = guard->memory(guard->context, NULL, 0, size);
    return block;
}

static void give(struct coili_guard *guard, void *block, size_t size)
{
    struct coili_pools *pools = &guard->pools;

    size += HEAD + TAIL;
    memset(block, DEAD, size);
    if (coili_pools_has(pools, block))
        coili_pools_free(pools, block, size);
    else
        guard->memory(guard->context, block, size, 0);
}

/* A resized block always moves, so that who keeps its old address is
 * found out. */
static void *guarded(void *context, void *p, size_t old, size_t size)
{
    struct coili_guard *guard = context;
    void *q = NULL;

    if (p != NULL)
        examine(p, old, guard->domain);
    if (size > 0) {
        if ((q = take(guard, size)) == NULL)
            return NULL;
        q = dress(q, size, guard->domain);
    }
    if (p != NULL && q != NULL)
        memcpy(q, p, old < size ? old : size);
    if (p != NULL)
        give(guard, (unsigned char *)p - HEAD, old);
    return q;
}

/* guard: objects */
void *coili_guard_alloc_object(size_t size)
{
    struct coili_guard *guard = &coili_thread->runtime->guard;
    void *p;

    guard->domain = COILI_OBJECTS;
    p = coil_memory_alloc(size);
    guard->domain = COILI_MEMORY;
    return p;
}

void coili_guard_free_object(void *p, size_t size)
{
    struct coili_guard *guard = &coili_thread->runtime->guard;

    guard->domain = COILI_OBJECTS;
    coil_memory_free(p, size);
    guard->domain = COILI_MEMORY;
}

/* guard: opening and closing */
void coili_guard_open(struct coili_guard *guard,
                      struct coili_pools *pools, coil_options *options)
{
    guard->pools = *pools;
    memset(pools, 0, sizeof *pools);
    guard->memory = options->memory;
    guard->context = options->memory_context;
    guard->domain = COILI_MEMORY;
    options->memory = guarded;
    options->memory_context = guard;
}

void coili_guard_close(struct coili_guard *guard, coil_options *options)
{
    options->memory = guard->memory;
    options->memory_context = guard->context;
    coili_pools_close(&guard->pools);
}
