/* driver.c - containers-sort */
#include <stdlib.h>
#include <string.h>

#include "drive.h"
#include "sort.h"

enum { SHARE = 10000 };

static coil_obj *list;

void drive_reset(void)
{
    COIL_CLEAR(list);
}

static void op_new(struct drive *d)
{
    COIL_CLEAR(list);
    list = coil_list_new();
    drive_root("list", list);
    drive_say(d, "ok");
}

/* An element for each byte; where it was is in its last digits. */
static void op_keys(struct drive *d)
{
    size_t size;
    const char *keys = drive_text(d, 0, &size);

    for (size_t i = 0; i < size; i++)
        coil_list_append_steal(list, coil_int_new(
            (int64_t)(unsigned char)keys[i] * SHARE
            + (int64_t)coil_list_len(list)));
    drive_say(d, "ok");
}

/* ---- the stranger ------------------------------------------------ */
struct stranger {
    long long mode, left;       /* its act, after so many questions */
    size_t asked;
};

static void change(long long mode)
{
    coil_obj *n = coil_int_new(77), *last;

    switch (mode) {
    case 2:
        coil_list_append(list, n);
        break;
    case 3:
        coil_list_delete(list, 0);
        break;
    case 4:
        coil_list_set(list, 0, n);
        break;
    case 5: case 7:
        coil_list_clear(list);
        break;
    case 6:
        coil_list_append(list, n);
        last = coil_list_pop(list);
        coil_decref(last);
        break;
    case 8:
        coil_list_reverse(list);
    }
    coil_decref(n);
}

static int order(coil_obj *a, coil_obj *b, void *context)
{
    struct stranger *s = context;
    int64_t m = 0, n = 0;

    s->asked++;
    if (s->left-- == 0)
        change(s->mode);
    if (s->left < 0 && (s->mode == 1 || s->mode == 7)) {
        coil_error_set(COIL_RUNTIME_ERROR, "question %zu", s->asked);
        return -2;
    }
    if (s->mode == 9) {         /* it needs memory to answer */
        coil_obj *o = coil_int_new(1000000);

        if (o == NULL)
            return -2;
        coil_decref(o);
    }
    coil_int_value(a, &m);
    coil_int_value(b, &n);
    m /= SHARE;
    n /= SHARE;
    return m < n ? -1 : m > n;
}

static void op_sort(struct drive *d)
{
    struct stranger s = {drive_int(d, 0), drive_int(d, 1), 0};
    int rv = sort_list(list, order, &s);

    coil_memory_failed();       /* what did not fail will not */
    drive_say(d, "%d %s: ", rv, coil_error_text());
    drive_error(d);
    drive_say(d, " ");
    drive_repr(d, list);
}

static void op_quick(struct drive *d)
{
    struct stranger s = {0, 0, 0};
    int rv = sort_list(list, order, &s);

    drive_say(d, "%d, asked %zu times", rv, s.asked);
}

static void op_at(struct drive *d)
{
    coil_obj *o = coil_list_get_borrowed(list, (size_t)drive_int(d, 0));

    if (o == NULL)
        drive_error(d);
    else
        drive_repr(d, o);
}

const struct drive_op drive_ops[] = {
    {"new", op_new}, {"keys", op_keys}, {"sort", op_sort},
    {"quick", op_quick}, {"at", op_at}, {0},
};
