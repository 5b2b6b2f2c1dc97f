/* driver.c - pools-arena: arenas in a row, the lowest free one */
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "arena.h"
#include "drive.h"

enum { PLACES = 80, SLOTS = 1024, POOL = ARENA_SIZE / ARENA_POOLS };

static char *row;               /* PLACES arenas, never touched */
static bool out[PLACES];
static long long left;          /* how many more arenas may be taken */
static size_t asked;            /* calls of take and give */
static bool odd;                /* what came back had not been out */
static void *slots[SLOTS];

static void *take(void *context)
{
    (void)context;
    asked++;
    for (size_t i = 0; i < PLACES && left > 0; i++) {
        if (!out[i]) {
            out[i] = true;
            left--;
            return row + i * ARENA_SIZE;
        }
    }
    return NULL;
}

static void give(void *context, void *arena)
{
    size_t off = (size_t)((char *)arena - row);

    (void)context;
    asked++;
    if (off % ARENA_SIZE != 0 || off / ARENA_SIZE >= PLACES
        || !out[off / ARENA_SIZE]) {
        odd = true;
        return;
    }
    out[off / ARENA_SIZE] = false;
    left++;
}

static struct arena_heap heap;

void drive_reset(void)
{
    if (row == NULL)
        row = aligned_alloc(ARENA_SIZE, (size_t)PLACES * ARENA_SIZE);
    if (row == NULL)
        abort();
    memset(out, 0, sizeof out);
    memset(slots, 0, sizeof slots);
    left = PLACES;
    asked = 0;
    odd = false;
    heap = (struct arena_heap){.take = take, .give = give};
}

static void say_arenas(struct drive *d)
{
    drive_say(d, " arenas");
    for (size_t i = 0; i < PLACES; i++)
        if (out[i])
            drive_say(d, " %zu", i);
    if (odd)
        drive_say(d, ", and what was not out came back");
}

/* take SLOT: which pool of which arena? */
static void op_take(struct drive *d)
{
    void **slot = &slots[(size_t)drive_int(d, 0) % SLOTS];
    size_t off;

    *slot = arena_take(&heap);
    off = (size_t)((char *)*slot - row);
    if (*slot == NULL)
        drive_say(d, "none");
    else
        drive_say(d, "%zu.%zu", off / ARENA_SIZE,
                  off % ARENA_SIZE / POOL);
    if (*slot != NULL && off % POOL != 0)
        drive_say(d, " and %zu bytes", off % POOL);
}

static void op_give(struct drive *d)
{
    void **slot = &slots[(size_t)drive_int(d, 0) % SLOTS];

    if (*slot != NULL)
        arena_give(&heap, *slot);
    *slot = NULL;
    drive_say(d, "ok");
    say_arenas(d);
}

static void op_left(struct drive *d)
{
    left = drive_int(d, 0);
    drive_say(d, "ok");
}

static void op_end(struct drive *d)
{
    arena_close(&heap);
    memset(slots, 0, sizeof slots);
    drive_say(d, "closed");
    say_arenas(d);
}

/* How often was the system asked? */
static void op_asked(struct drive *d)
{
    drive_say(d, "%zu", asked);
}

const struct drive_op drive_ops[] = {
    {"take", op_take}, {"give", op_give}, {"left", op_left},
    {"end", op_end}, {"asked", op_asked}, {0},
};
