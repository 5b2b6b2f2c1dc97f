/* driver.c - objects-leak */
#include <stdlib.h>
#include <string.h>

#include "drive.h"
#include "leak.h"

enum { MOST = 64 };

static coil_obj *objects[MOST];
static size_t len;

void drive_reset(void)
{
    while (len > 0)
        coil_decref(objects[--len]);
}

static void op_int(struct drive *d)
{
    objects[len++ % MOST] = coil_int_new(drive_int(d, 0));
    drive_say(d, "ok");
}

/* So many times this character. */
static coil_obj *repeated(const char *unit, size_t times)
{
    size_t size = strlen(unit);
    char *bytes = malloc(times * size + 1);

    for (size_t i = 0; i < times; i++)
        memcpy(bytes + i * size, unit, size);
    coil_obj *s = coil_str_new(bytes, times * size);
    free(bytes);
    return s;
}

static void op_str(struct drive *d)
{
    objects[len++ % MOST] = repeated(drive_text(d, 1, NULL),
                                     (size_t)drive_int(d, 0));
    drive_say(d, "ok");
}

static void say_result(struct drive *d, coil_obj *o)
{
    coil_memory_failed();       /* what did not fail will not */
    if (o == NULL) {
        bool why = coil_error_kind() != NULL;

        drive_say(d, "%s%s",
                  why ? coil_error_text() : "NULL, and no error",
                  why ? " " : " is set");
        if (why)
            drive_error(d);
        return;
    }
    if (coil_error_kind() != NULL) {
        drive_say(d, "a result, and ");
        drive_error(d);
        drive_say(d, " ");
    }
    drive_say(d, "%s ", o->type->name);
    drive_repr(d, o);
    coil_decref(o);
}

static void op_sum(struct drive *d)
{
    say_result(d, leak_sum(objects[0], objects[1]));
}

static void op_total(struct drive *d)
{
    say_result(d, leak_total(objects, len));
}

/* ---- a runtime that has no memory when it counts ----------------- */
static void *meager(void *context, void *p, size_t old, size_t size)
{
    const int *empty = context;

    (void)old;
    if (size == 0) {
        free(p);
        return NULL;
    }
    return *empty ? NULL : realloc(p, size);
}

static void op_starve(struct drive *d)
{
    int empty = 0;
    coil_options options = {.memory = meager, .memory_context = &empty};
    coil_runtime *rt = coil_runtime_open(&options);
    coil_obj *a = repeated("x", (size_t)drive_int(d, 0));
    coil_obj *b = repeated("x", (size_t)drive_int(d, 1));
    coil_obj *both[] = { a, b };

    empty = 1;
    coil_obj *sum = drive_int(d, 2) ? leak_total(both, 2)
                                    : leak_sum(a, b);
    empty = 0;
    say_result(d, sum);
    coil_decref(a);
    coil_decref(b);
    drive_say(d, ", live %zu", coil_runtime_close(rt));
}

const struct drive_op drive_ops[] = {
    {"int", op_int}, {"str", op_str}, {"sum", op_sum},
    {"total", op_total},
    {"starve", op_starve}, {0},
};
