/* driver.c - gc-leak: a desk, pages, a log, and what is left of them */
#include <stdlib.h>
#include <string.h>

#include "drive.h"
#include "leak.h"

enum { PAGES = 16 };

static coil_obj *desk, *pages[PAGES], *log_;
static coil_type *page_type;

void drive_reset(void)
{
    for (size_t i = 0; i < PAGES; i++)
        COIL_CLEAR(pages[i]);
    COIL_CLEAR(log_);
    COIL_CLEAR(desk);
}

static coil_obj **page(struct drive *d, size_t i)
{
    return &pages[(size_t)drive_int(d, i) % PAGES];
}

static void say_result(struct drive *d, int rv)
{
    if (rv == -1)
        drive_error(d);
    else
        drive_say(d, "%d", rv);
    if (coil_error_kind() != NULL)
        drive_say(d, " with an error pending"), coil_error_clear();
}

static size_t alive(void)
{
    return page_type != NULL ? coil_census_of(page_type) : 0;
}

/* ---- one thing at a time ----------------------------------------- */
static void op_desk(struct drive *d)
{
    desk = leak_desk_new();
    log_ = coil_list_new();
    drive_root("desk", desk);
    drive_say(d, "ok");
}

static coil_obj *open_page(const char *text)
{
    coil_obj *name = coil_str_format("%s", text), *p = NULL;

    if (name != NULL)
        p = leak_open(desk, name);
    page_type = p != NULL ? p->type : page_type;
    coil_decref(name);
    return p;
}

/* Is it a new one?  Which other slots have it? */
static void op_page(struct drive *d)
{
    coil_obj **at = page(d, 0);
    size_t before = alive();

    *at = open_page(drive_text(d, 1, NULL));
    if (*at == NULL) {
        drive_error(d);
        return;
    }
    drive_say(d, alive() == before ? "again" : "new");
    for (size_t i = 0; i < PAGES; i++)
        if (pages[i] == *at && &pages[i] != at)
            drive_say(d, " %zu", i);
}

static coil_obj *open_odd(void)
{
    coil_obj *number = coil_int_new(7), *p = leak_open(desk, number);

    coil_decref(number);
    return p;
}

static void op_odd(struct drive *d)
{
    coil_obj *p = open_odd();

    if (p == NULL)
        drive_error(d);
    else
        drive_say(d, "a page");
    coil_decref(p);
}

static void op_drop(struct drive *d)
{
    COIL_CLEAR(*page(d, 0));
    drive_say(d, "%zu alive", alive());
}

static void op_collect(struct drive *d)
{
    coil_gc_collect(2);
    drive_say(d, "%zu alive", alive());
}

static void op_len(struct drive *d)
{
    drive_say(d, "%zu", leak_len(desk));
}

static void op_link(struct drive *d)
{
    say_result(d, leak_link(*page(d, 0), *page(d, 1)));
}

static void op_links(struct drive *d)
{
    coil_obj *list = leak_links(*page(d, 0));

    if (list == NULL)
        drive_error(d);
    else
        drive_repr(d, list);
    coil_decref(list);
}

static void op_promise(struct drive *d)
{
    say_result(d, leak_on_close(*page(d, 0), log_));
}

static int by_bytes(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* The log, sorted. */
static void op_log(struct drive *d)
{
    size_t len = coil_list_len(log_), size;
    const char **all = malloc((len + 1) * sizeof *all);

    for (size_t i = 0; i < len; i++)
        all[i] = coil_str_bytes_borrowed(
            coil_list_get_borrowed(log_, i), &size);
    qsort(all, len, sizeof *all, by_bytes);
    drive_say(d, "log");
    for (size_t i = 0; i < len; i++)
        drive_say(d, " %s", all[i]);
    free(all);
    coil_list_clear(log_);
}

/* ---- many times -------------------------------------------------- */
/* 0 a page, 1 a ring of two, 2 links, 3 a promise, 4 no page at all */
static int round_of(long long kind, coil_obj *made[3])
{
    made[0] = kind == 4 ? open_odd() : open_page("alpha");
    if (made[0] == NULL)
        return -1;
    if (kind == 3)
        return leak_on_close(made[0], log_);
    if (kind != 1 && kind != 2)
        return 0;
    made[1] = open_page("beta");
    if (made[1] == NULL || leak_link(made[0], made[1]) < 0)
        return -1;
    if (kind == 1)
        return leak_link(made[1], made[0]);
    made[2] = leak_links(made[0]);
    return made[2] != NULL ? 0 : -1;
}

static void end_round(coil_obj *made[3])
{
    for (int i = 0; i < 3; i++)
        COIL_CLEAR(made[i]);
    coil_gc_collect(2);
    coil_list_clear(log_);
}

/* rounds KIND N: how many objects more than after the first? */
static void op_rounds(struct drive *d)
{
    coil_obj *made[3] = {NULL};
    size_t first = coil_census_live();

    for (long long i = 0; i < drive_int(d, 1); i++) {
        round_of(drive_int(d, 0), made);
        coil_error_clear();
        end_round(made);
        if (i == 0)
            first = coil_census_live();
    }
    drive_say(d, "%td more", (ptrdiff_t)(coil_census_live() - first));
}

/* scarce KIND: the same, with each request for memory failing. */
static void op_scarce(struct drive *d)
{
    coil_obj *made[3] = {NULL};
    size_t first;

    round_of(drive_int(d, 0), made);
    end_round(made);
    first = coil_census_live();
    for (size_t n = 0; n < 100; n++) {
        coil_memory_fail_at(n);
        int rv = round_of(drive_int(d, 0), made);
        bool failed = coil_memory_failed();

        say_result(d, rv);
        drive_say(d, " ");
        end_round(made);
        if (!failed)
            break;
    }
    drive_say(d, "%td more", (ptrdiff_t)(coil_census_live() - first));
}

static void op_scarce_desk(struct drive *d)
{
    for (size_t n = 0; n < 100; n++) {
        coil_memory_fail_at(n);
        coil_obj *one = leak_desk_new();
        bool failed = coil_memory_failed();

        if (one == NULL)
            drive_error(d);
        else
            drive_say(d, "desk");
        coil_decref(one);
        if (!failed)
            break;
        drive_say(d, " ");
    }
}

const struct drive_op drive_ops[] = {
    {"desk", op_desk}, {"page", op_page}, {"odd", op_odd},
    {"drop", op_drop}, {"collect", op_collect}, {"len", op_len},
    {"link", op_link}, {"links", op_links}, {"promise", op_promise},
    {"log", op_log}, {"rounds", op_rounds}, {"scarce", op_scarce},
    {"scarce-desk", op_scarce_desk}, {0},
};
