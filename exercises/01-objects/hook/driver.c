/* driver.c - objects-hook */
#include <stdlib.h>
#include <string.h>

#include "drive.h"
#include "hook.h"

enum { MOST = 64, LARGEST = 1 << 20 };

struct block {
    unsigned char *p;
    size_t size;
};

/* What the hook gave, and what the hook below gave to it. */
static struct block blocks[MOST], lower[MOST];
static size_t len;
static bool refusing;
static size_t faults;
static struct hook hook;

/* ---- the hook below ---------------------------------------------- */
static struct block *find(void *p)
{
    for (size_t i = 0; i < MOST; i++)
        if (lower[i].p == p)
            return &lower[i];
    return NULL;
}

static void *below(void *context, void *p, size_t old, size_t size)
{
    struct block *b = find(p);

    faults += context != &faults || b == NULL
              || (p != NULL && old != b->size)
              || (p == NULL && old != 0);
    if (b == NULL || (size > 0 && (refusing || size > LARGEST)))
        return NULL;
    unsigned char *q = size > 0 ? aligned_alloc(16, (size + 15) & ~15u)
                                : NULL;
    if (q != NULL) {
        memset(q, 0xa5, size);
        if (p != NULL)
            memcpy(q, p, size < b->size ? size : b->size);
    }
    free(b->p);
    *b = (struct block){q, size};
    return q;
}

void drive_reset(void)
{
    for (size_t i = 0; i < MOST; i++)
        free(lower[i].p);
    memset(lower, 0, sizeof lower);
    memset(blocks, 0, sizeof blocks);
    hook = (struct hook){.below = below, .context = &faults};
    len = faults = 0;
    refusing = false;
}

/* ---- the client's side ------------------------------------------- */
static unsigned char mark(size_t block, size_t at)
{
    return (unsigned char)(block * 31 + at * 7 + 1);
}

static void fill(size_t i, size_t from)
{
    for (size_t k = from; k < blocks[i].size; k++)
        blocks[i].p[k] = mark(i, k);
}

static bool damaged(size_t i, size_t size)
{
    for (size_t k = 0; k < size; k++)
        if (blocks[i].p[k] != mark(i, k))
            return true;
    return false;
}

static void say_accounts(struct drive *d, const char *what)
{
    refusing = false;
    drive_say(d, "%s: now %zu, most %zu, wrong %zu", what, hook.now,
              hook.most, hook.wrong);
}

static void op_new(struct drive *d)
{
    size_t size = (size_t)drive_int(d, 0);
    unsigned char *p = hook_memory(&hook, NULL, 0, size);

    if (p != NULL && size <= LARGEST) {
        blocks[len] = (struct block){p, size};
        fill(len++, 0);
    }
    say_accounts(d, p == NULL ? "NULL"
                    : (uintptr_t)p % 16 != 0 ? "not aligned"
                    : "a block");
}

static void op_resize(struct drive *d)
{
    size_t i = (size_t)drive_int(d, 0) % MOST;
    size_t was = blocks[i].size, size = (size_t)drive_int(d, 2);
    unsigned char *p = hook_memory(&hook, blocks[i].p,
                                   (size_t)drive_int(d, 1), size);

    if (p != NULL)
        blocks[i] = (struct block){p, size};
    bool bad = damaged(i, p != NULL && size < was ? size : was);
    if (p != NULL && size > was)
        fill(i, was);
    say_accounts(d, bad ? "not the old bytes" : p == NULL ? "NULL"
                    : (uintptr_t)p % 16 != 0 ? "not aligned"
                    : "a block");
}

static void op_free(struct drive *d)
{
    size_t i = (size_t)drive_int(d, 0) % MOST;
    bool bad = damaged(i, blocks[i].size);
    void *p = hook_memory(&hook, blocks[i].p, (size_t)drive_int(d, 1),
                          0);

    blocks[i] = (struct block){NULL, 0};
    say_accounts(d, bad ? "not the old bytes" : p == NULL ? "NULL"
                    : "a block");
}

static void op_requests(struct drive *d)
{
    for (size_t i = 0; i < 64; i++)
        if (hook.requests[i] > 0)
            drive_say(d, "%zu*2^%zu ", hook.requests[i], i);
}

static void op_refuse(struct drive *d)
{
    refusing = true;
    drive_say(d, "ok");
}

static void op_below(struct drive *d)
{
    size_t n = 0;

    for (size_t i = 0; i < MOST; i++)
        n += lower[i].p != NULL;
    drive_say(d, "%zu blocks, told %zu wrong things", n, faults);
}

/* A runtime whose memory is the hook's, with a few objects. */
static void op_run(struct drive *d)
{
    coil_options options = {
        .memory = hook_memory, .memory_context = &hook,
    };
    coil_runtime *rt = coil_runtime_open(&options);
    coil_obj *all[16];
    size_t n = (size_t)drive_int(d, 0) % 16;

    if (rt == NULL) {
        drive_say(d, "no runtime");
        return;
    }
    for (size_t i = 0; i < n; i++)
        all[i] = coil_str_format("%zu bytes", i * 1000);
    size_t before = hook.now;
    for (size_t i = 0; i < n; i++)
        coil_decref(all[i]);
    drive_say(d, "%s, live %zu, ",
              before > hook.now ? "less" : "as much",
              coil_runtime_close(rt));
    drive_say(d, "now %zu, wrong %zu", hook.now, hook.wrong);
}

const struct drive_op drive_ops[] = {
    {"new", op_new}, {"resize", op_resize}, {"free", op_free},
    {"requests", op_requests}, {"refuse", op_refuse},
    {"below", op_below},
    {"run", op_run}, {0},
};
