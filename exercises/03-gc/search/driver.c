/* driver.c - gc-search */
#include <stdlib.h>
#include <string.h>

#include "drive.h"
#include "search.h"

enum { MOST = 1 << 20 };

static struct search_ref refs[MOST];
static uint32_t counts[MOST];
static size_t len, refs_len;

void drive_reset(void)
{
    len = refs_len = 0;
}

static void add_object(long long count)
{
    if (len < MOST)
        counts[len++] = (uint32_t)count;
}

static void add_ref(long long from, long long to)
{
    if (refs_len < MOST)
        refs[refs_len++] = (struct search_ref){(size_t)from,
            (size_t)to};
}

static void op_object(struct drive *d)
{
    add_object(drive_int(d, 0));
    drive_say(d, "ok");
}

static void op_refer(struct drive *d)
{
    add_ref(drive_int(d, 0), drive_int(d, 1));
    drive_say(d, "ok");
}

/* ring LEN HELD WAY: object number HELD of it is held from outside. */
static void op_ring(struct drive *d)
{
    long long n = drive_int(d, 0), first = (long long)len;

    for (long long i = 0; i < n; i++) {
        long long next = (i + 1) % n;

        add_object(1 + (i == drive_int(d, 1)));
        if (drive_int(d, 2) > 0)
            add_ref(first + i, first + next);
        else
            add_ref(first + next, first + i);
    }
    drive_say(d, "ok");
}

/* Blocks without a byte to spare: who reads behind the end is seen. */
static void *copy(const void *from, size_t size)
{
    void *p = malloc(size > 0 ? size : 1);

    return memcpy(p, from, size);
}

struct asked {
    struct search_world world;
    void *counts, *refs, *out;
};

static void ask(struct asked *a, size_t item)
{
    a->counts = copy(counts, len * sizeof *counts);
    a->refs = copy(refs, refs_len * sizeof *refs);
    a->out = malloc(len > 0 ? len * item : 1);
    a->world = (struct search_world){len, a->counts, refs_len, a->refs};
}

static void answered(struct asked *a)
{
    free(a->counts);
    free(a->refs);
    free(a->out);
}

static void op_trial(struct drive *d)
{
    struct asked a;

    ask(&a, sizeof(uint32_t));
    const uint32_t *trial = a.out;
    int rv = search_trial(&a.world, a.out);
    if (rv == -1) {
        drive_error(d);
    } else if (rv != 0) {
        drive_say(d, "returned %d", rv);
    } else {
        drive_say(d, "trial");
        for (size_t i = 0; i < len; i++)
            drive_say(d, " %u", trial[i]);
    }
    answered(&a);
}

static ptrdiff_t say_garbage(struct drive *d, struct asked *a)
{
    ptrdiff_t n;

    ask(a, sizeof(size_t));
    n = search_garbage(&a->world, a->out);
    if (n == -1)
        drive_error(d);
    else
        drive_say(d, "%td:", n);
    return n <= (ptrdiff_t)len ? n : 0;
}

static ptrdiff_t name_garbage(struct drive *d)
{
    struct asked a;
    ptrdiff_t n = say_garbage(d, &a);

    for (ptrdiff_t i = 0; i < n; i++)
        drive_say(d, " %zu", ((size_t *)a.out)[i]);
    answered(&a);
    return n;
}

static void op_garbage(struct drive *d)
{
    name_garbage(d);
}

/* The same, for too many to name. */
static void op_sum(struct drive *d)
{
    struct asked a;
    ptrdiff_t n = say_garbage(d, &a);
    uint64_t sum = 0;

    for (ptrdiff_t i = 0; i < n; i++)
        sum = sum * 31 + ((size_t *)a.out)[i];
    if (n != -1)
        drive_say(d, " %llu", (unsigned long long)sum);
    answered(&a);
}

/* With the first request for memory failing, the second, ... until none
 * does. */
static void op_scarce(struct drive *d)
{
    for (size_t n = 0; n < 100; n++) {
        coil_memory_fail_at(n);
        ptrdiff_t rv = name_garbage(d);
        if (!coil_memory_failed())
            break;
        drive_say(d, rv == -1 ? " " : " though request %zu failed, ",
                  n + 1);
    }
}

const struct drive_op drive_ops[] = {
    {"object", op_object}, {"refer", op_refer}, {"ring", op_ring},
    {"trial", op_trial}, {"garbage", op_garbage}, {"sum", op_sum},
    {"scarce", op_scarce}, {0},
};
