/* driver.c - pools-list: two pools, A and B, and what was taken */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "drive.h"
#include "list.h"

enum { POOLS = 2, SLOTS = 8192, UNTOUCHED = 0xee };

static unsigned char *pools[POOLS];     /* each in a block of its own */
static size_t sizes[POOLS];

/* What was taken: where, how much of it, and what was written there. */
static struct slot {
    unsigned char *at;
    size_t size;
    unsigned char fill;
} slots[SLOTS];

static size_t most;             /* slots in use end before it */

void drive_reset(void)
{
    for (size_t i = 0; i < POOLS; i++) {
        free(pools[i]);
        pools[i] = aligned_alloc(LIST_POOL, LIST_POOL);
        if (pools[i] == NULL)
            abort();
    }
    memset(slots, 0, most * sizeof *slots);
    most = 0;
    memset(sizes, 0, sizeof sizes);
}

static struct slot *slot(long long i)
{
    size_t n = (size_t)i % SLOTS;

    if (n >= most)
        most = n + 1;
    return &slots[n];
}

static void op_init(struct drive *d)
{
    size_t pool = (size_t)drive_int(d, 0) % POOLS;

    sizes[pool] = (size_t)drive_int(d, 1);
    memset(pools[pool], UNTOUCHED, LIST_POOL);
    list_init(pools[pool], sizes[pool]);
    drive_say(d, "ok");
}

/* Where is it? */
static void say_place(struct drive *d, const void *p)
{
    for (size_t i = 0; i < POOLS; i++) {
        uintptr_t off = (uintptr_t)p - (uintptr_t)pools[i];

        if (p != NULL && off < LIST_POOL) {
            drive_say(d, "%c+%zu", (int)('A' + i), (size_t)off);
            return;
        }
    }
    drive_say(d, p == NULL ? "NULL" : "elsewhere");
}

/* take POOL SLOT: the whole block is written. */
static void op_take(struct drive *d)
{
    size_t pool = (size_t)drive_int(d, 0) % POOLS;
    struct slot *s = slot(drive_int(d, 1));

    *s = (struct slot){list_take(pools[pool]), sizes[pool],
                       (unsigned char)(drive_int(d, 1) * 37 + 1)};
    say_place(d, s->at);
    uintptr_t off = (uintptr_t)s->at - (uintptr_t)pools[pool];
    if (s->at != NULL && off < LIST_POOL && off + s->size <= LIST_POOL)
        memset(s->at, s->fill, s->size);
    else
        s->size = 0;
}

/* give SLOT: is all still there? */
static void op_give(struct drive *d)
{
    struct slot *s = slot(drive_int(d, 0));
    size_t changed = 0;

    for (size_t i = 0; i < s->size; i++)
        changed += s->at[i] != s->fill;
    list_give(s->at);
    *s = (struct slot){NULL, 0, 0};
    drive_say(d, "%zu bytes changed", changed);
}

static void op_pool(struct drive *d)
{
    say_place(d, list_pool(pools[(size_t)drive_int(d, 0) % POOLS]
                           + (size_t)drive_int(d, 1) % LIST_POOL));
}

static void op_numbers(struct drive *d)
{
    const void *pool = pools[(size_t)drive_int(d, 0) % POOLS];

    drive_say(d, "%zu of %zu", list_taken(pool), list_room(pool));
}

/* Bytes behind the first N that are not as they were before init. */
static void op_touched(struct drive *d)
{
    const unsigned char *pool = pools[(size_t)drive_int(d, 0) % POOLS];
    size_t n = 0;

    for (size_t i = (size_t)drive_int(d, 1); i < LIST_POOL; i++)
        n += pool[i] != UNTOUCHED;
    drive_say(d, "%zu", n);
}

/* run POOL ROUNDS WIDTH: take WIDTH blocks and give them back, in the
 * same order; all that is counted is theirs. */
static void op_run(struct drive *d)
{
    void *pool = pools[(size_t)drive_int(d, 0) % POOLS];
    static void *blocks[64];
    size_t width = (size_t)drive_int(d, 2) % 65, none = 0;

    for (long long i = 0; i < drive_int(d, 1); i++) {
        for (size_t k = 0; k < width; k++)
            none += (blocks[k] = list_take(pool)) == NULL;
        for (size_t k = 0; k < width; k++)
            list_give(blocks[k]);
    }
    drive_say(d, "%zu failed", none);
}

const struct drive_op drive_ops[] = {
    {"init", op_init}, {"take", op_take}, {"give", op_give},
    {"pool", op_pool}, {"numbers", op_numbers}, {"touched", op_touched},
    {"run", op_run}, {0},
};
