/* driver.c - containers-counter */
#include <stdlib.h>
#include <string.h>

#include "counter.h"
#include "drive.h"

static coil_obj *counts, *key;

void drive_reset(void)
{
    COIL_CLEAR(counts);
    COIL_CLEAR(key);
}

static void say_dict(struct drive *d)
{
    drive_say(d, " ");
    drive_repr(d, counts);
}

static void op_new(struct drive *d)
{
    COIL_CLEAR(counts);
    counts = coil_dict_new();
    drive_root("counts", counts);
    drive_say(d, "ok");
}

/* A new object or the error; not both. */
static void say_result(struct drive *d, coil_obj *o)
{
    coil_memory_failed();       /* what did not fail will not */
    if (o != NULL && coil_error_kind() != NULL)
        drive_say(d, "a result, and ");
    if (o == NULL || coil_error_kind() != NULL)
        drive_error(d);
    else
        drive_repr(d, o);
}

/* The text, so many times. */
static void op_words(struct drive *d)
{
    size_t size, times = (size_t)drive_int(d, 1);
    const char *text = drive_text(d, 0, &size);
    char *all = malloc(size * times + 1);

    for (size_t i = 0; i < times; i++)
        memcpy(all + i * size, text, size);
    COIL_CLEAR(counts);
    counts = counter_words(all, size * times);
    free(all);
    drive_root("counts", counts);
    say_result(d, counts);
}

static void op_store(struct drive *d)
{
    coil_obj *key = coil_str_from(drive_text(d, 0, NULL));
    coil_obj *value = coil_str_from("many");

    drive_say(d, coil_dict_set(counts, key, value) == 0 ? "ok" : "-1");
    coil_decref(key);
    coil_decref(value);
}

static void op_key(struct drive *d)
{
    size_t size;
    const char *text = drive_text(d, 0, &size);

    key = coil_str_new(text, size);
    drive_say(d, "ok");
}

static void op_list(struct drive *d)
{
    key = coil_list_new();
    drive_say(d, "ok");
}

static void op_add(struct drive *d)
{
    int rv = counter_add(counts, key, drive_int(d, 0));

    coil_memory_failed();
    drive_say(d, "%d ", rv);
    drive_error(d);
    say_dict(d);
    COIL_CLEAR(key);
}

static void op_most(struct drive *d)
{
    coil_obj *most = counter_most(counts, (size_t)drive_int(d, 0));

    say_result(d, most);
    say_dict(d);
    coil_decref(most);
}

const struct drive_op drive_ops[] = {
    {"new", op_new}, {"words", op_words}, {"store", op_store},
    {"key", op_key}, {"list", op_list}, {"add", op_add},
    {"most", op_most}, {0},
};
