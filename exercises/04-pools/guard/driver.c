/* driver.c - pools-guard: one block, of just the size it must have */
#include <stdlib.h>
#include <string.h>

#include "drive.h"
#include "guard.h"

static unsigned char *block, *client;
static size_t all;              /* bytes of the block */

void drive_reset(void)
{
    free(block);
    block = client = NULL;
    all = 0;
}

static void op_size(struct drive *d)
{
    drive_say(d, "%zu", guard_size((size_t)drive_int(d, 0)));
}

/* dress ALL SIZE: in a block of ALL bytes */
static void op_dress(struct drive *d)
{
    free(block);
    all = (size_t)drive_int(d, 0);
    block = malloc(all);
    memset(block, 0x11, all);
    client = guard_dress(block, (size_t)drive_int(d, 1));
    drive_say(d, "%td", client - block);
    client = block + 16;
}

/* poke I BYTE, where I counts from the client's first byte */
static void op_poke(struct drive *d)
{
    long long i = drive_int(d, 0) + 16;

    if (i >= 0 && (size_t)i < all)
        block[i] = (unsigned char)drive_int(d, 1);
    drive_say(d, "ok");
}

static void op_bytes(struct drive *d)
{
    drive_say(d, "bytes");
    for (size_t i = 0; i < all; i++)
        drive_say(d, "%s%02x", i % 8 == 0 ? " " : "", block[i]);
}

static void op_look(struct drive *d)
{
    static const char *const names[] = {
        "whole", "front", "behind", "size", "dead"
    };
    ptrdiff_t at = 99;
    unsigned fault = guard_look(client, (size_t)drive_int(d, 0), &at);

    drive_say(d, "%s %td", fault < 5 ? names[fault] : "?", at);
}

static void op_bury(struct drive *d)
{
    drive_say(d, "%d",
              (int)guard_bury(client, (size_t)drive_int(d, 0)));
}

static void op_used(struct drive *d)
{
    ptrdiff_t at = 99;
    int used = guard_used(client, (size_t)drive_int(d, 0), &at);

    drive_say(d, "%d %td", used, at);
}

const struct drive_op drive_ops[] = {
    {"size", op_size}, {"dress", op_dress}, {"poke", op_poke},
    {"bytes", op_bytes}, {"look", op_look}, {"bury", op_bury},
    {"used", op_used}, {0},
};
