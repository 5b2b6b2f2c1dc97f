/* driver.c - containers-frozen */
#include <stdlib.h>
#include <string.h>

#include "drive.h"
#include "frozen.h"

enum { MOST = 16, SUBSETS = 4096 };

static coil_obj *slots[MOST], *list;
static size_t len;

static void no_list(void)
{
    COIL_CLEAR(list);
}

void drive_reset(void)
{
    no_list();
    while (len > 0)
        coil_decref(slots[--len]);
}

static coil_obj *slot(const struct drive *d, size_t arg)
{
    return slots[(size_t)drive_int(d, arg) % MOST];
}

static void say_made(struct drive *d, coil_obj *o)
{
    coil_memory_failed();       /* what did not fail will not */
    if (o == NULL) {
        drive_error(d);
        return;
    }
    slots[len++ % MOST] = o;
    drive_root("set", o);
    drive_repr(d, o);
}

/* ---- what sets are made of --------------------------------------- */
static void add(struct drive *d, coil_obj *o)
{
    if (list == NULL)
        list = coil_list_new();
    drive_say(d, coil_list_append_steal(list, o) == 0 ? "ok" : "-1");
}

static void op_int(struct drive *d)
{
    add(d, coil_int_new(drive_int(d, 0)));
}

static void op_str(struct drive *d)
{
    add(d, coil_str_from(drive_text(d, 0, NULL)));
}

static void op_list(struct drive *d)
{
    add(d, coil_list_new());
}

static void op_item(struct drive *d)
{
    add(d, coil_incref(slot(d, 0)));
}

static void op_frozen(struct drive *d)
{
    coil_obj *o = frozen_new(list != NULL ? list : coil_tuple_new(0));

    no_list();
    say_made(d, o);
}

static void op_set(struct drive *d)
{
    coil_obj *set = coil_set_new(), *item;

    for (size_t i = 0; list != NULL && i < coil_list_len(list); i++) {
        item = coil_list_get_borrowed(list, i);
        coil_set_add(set, item);
    }
    no_list();
    say_made(d, set);
}

/* ---- questions --------------------------------------------------- */
static void op_of(struct drive *d)
{
    coil_obj *o = slot(d, 0);
    coil_obj *f = frozen_new(o);

    drive_say(d, f == o ? "itself " : "another ");
    say_made(d, f);
}

static void op_none(struct drive *d)
{
    say_made(d, frozen_new(COIL_NONE));
}

/* ---- a walk that fails ------------------------------------------- */
struct broken {
    coil_obj head;
    long long left;             /* elements before it does */
};

static coil_obj *broken_iter(coil_obj *self)
{
    return coil_incref(self);
}

static int broken_next(coil_obj *self, coil_obj **item)
{
    struct broken *b = (struct broken *)self;

    *item = NULL;
    if (b->left-- > 0)
        return (*item = coil_int_new(1000 + b->left)) != NULL ? 1 : -1;
    coil_error_set(COIL_RUNTIME_ERROR, "the walk fails");
    return -1;
}

static coil_type broken_type = {
    .head = COIL_TYPE_HEAD, .name = "broken",
    .size = sizeof(struct broken), .iter = broken_iter,
    .next = broken_next,
};

static void op_broken(struct drive *d)
{
    struct broken *b = coil_object_new(&broken_type);

    b->left = drive_int(d, 0);
    say_made(d, frozen_new(&b->head));
    coil_decref(&b->head);
}

static void op_check(struct drive *d)
{
    drive_say(d, "%d", frozen_check(slot(d, 0)));
}

static void op_len(struct drive *d)
{
    drive_say(d, "%zu %d", frozen_len(slot(d, 0)),
              coil_truth(slot(d, 0)));
}

/* Are the elements of the list in it? */
static void op_has(struct drive *d)
{
    for (size_t i = 0; list != NULL && i < coil_list_len(list); i++) {
        drive_say(d, "%d ",
                  frozen_has(slot(d, 0),
                             coil_list_get_borrowed(list, i)));
        if (coil_error_kind() != NULL)
            drive_error(d);
    }
    no_list();
}

static void op_walk(struct drive *d)
{
    coil_obj *all = coil_list_new();
    int rv = coil_list_extend(all, slot(d, 0));

    drive_say(d, "%d ", rv);
    drive_error(d);
    drive_say(d, " ");
    drive_repr(d, all);
    coil_decref(all);
}

static void op_equal(struct drive *d)
{
    int64_t a = 0, b = 0;
    int rv = coil_equal(slot(d, 0), slot(d, 1));
    bool hash = frozen_check(slot(d, 0)) && frozen_check(slot(d, 1));

    drive_say(d, "%d ", rv);
    if (hash && (coil_hash(slot(d, 0), &a) < 0
                 || coil_hash(slot(d, 1), &b) < 0))
        drive_say(d, "no hash ");
    if (hash)
        drive_say(d, a == b ? "same hash " : "other hash ");
    drive_error(d);
}

static void op_equalint(struct drive *d)
{
    coil_obj *n = coil_int_new(1000);

    drive_say(d, "%d %d ", coil_equal(slot(d, 0), n),
              coil_equal(n, slot(d, 0)));
    drive_error(d);
    coil_decref(n);
}

static int visit(coil_obj *child, void *arg)
{
    long long *visits = arg;

    return child != NULL && ++*visits == 1 ? 7 : 0;
}

static void op_visit(struct drive *d)
{
    long long visits = 0, others = 1;
    int first = -1, all = -1;

    if (frozen_type.traverse != NULL) {
        first = frozen_type.traverse(slot(d, 0), visit, &visits);
        all = frozen_type.traverse(slot(d, 0), visit, &others);
    }
    drive_say(d, "%lld, %d, %d", visits, first, all);
}

/* ---- all subsets of twelve ints ---------------------------------- */
static int by_value(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

    return (x > y) - (x < y);
}

static int64_t hash_of_subset(long long first, size_t subset)
{
    coil_obj *all = coil_list_new(), *f = NULL;
    int64_t hash = -1;

    for (long long i = 0; i < 12; i++)
        if (subset >> i & 1)
            coil_list_append_steal(all, coil_int_new(first + i));
    f = frozen_new(all);
    if (f == NULL || coil_hash(f, &hash) < 0)
        hash = -1;
    coil_decref(f);
    coil_decref(all);
    coil_error_clear();
    return hash;
}

static void op_spread(struct drive *d)
{
    static int64_t hashes[SUBSETS];
    size_t different = 0, minus = 0;

    for (size_t i = 0; i < SUBSETS; i++)
        hashes[i] = hash_of_subset(drive_int(d, 0), i);
    qsort(hashes, SUBSETS, sizeof *hashes, by_value);
    for (size_t i = 0; i < SUBSETS; i++) {
        different += i == 0 || hashes[i] != hashes[i - 1];
        minus += hashes[i] == -1;
    }
    drive_say(d, "%zu hashes, %zu of them -1", different, minus);
}

const struct drive_op drive_ops[] = {
    {"int", op_int}, {"str", op_str}, {"list", op_list},
    {"item", op_item},
    {"frozen", op_frozen}, {"set", op_set}, {"of", op_of},
    {"none", op_none}, {"broken", op_broken},
    {"check", op_check}, {"len", op_len},
    {"has", op_has}, {"walk", op_walk}, {"equal", op_equal},
    {"equalint", op_equalint}, {"visit", op_visit},
    {"spread", op_spread},
    {0},
};
