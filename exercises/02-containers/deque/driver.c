/* driver.c - containers-deque */
#include <stdlib.h>
#include <string.h>

#include "deque.h"
#include "drive.h"

enum { MOST = 16 };

static coil_obj *slots[MOST], *walk;
static coil_obj *number;        /* made before a request may fail */
static size_t len;
static char told[2048];         /* by finalizers */

static coil_obj *slot(const struct drive *d, size_t arg)
{
    return slots[(size_t)drive_int(d, arg) % MOST];
}

static void say_failure(struct drive *d)
{
    drive_say(d, "%s: ", coil_error_text());
    drive_error(d);
}

static void say_told(struct drive *d)
{
    drive_say(d, " gone:%s", told);
    told[0] = '\0';
}

static void clear_all(void)
{
    for (size_t i = 0; i < len; i++)
        if (slots[i] != NULL)
            deque_clear(slots[i]);
}

/* Deques that hold themselves must not outlive the case. */
void drive_reset(void)
{
    COIL_CLEAR(walk);
    COIL_CLEAR(number);
    clear_all();
    while (len > 0)
        coil_decref(slots[--len]);
    told[0] = '\0';
}

/* ---- elements that act when they go, or when they are asked ------ */
struct guest {
    coil_obj head;
    coil_obj *deque;            /* borrowed: the slots hold it */
    long long number;
    char act;                   /* 'a'ppend, 't'ake off, or nothing */
};

static void guest_finalize(coil_obj *self)
{
    struct guest *g = (struct guest *)self;
    size_t at = strlen(told);
    coil_obj *n = coil_int_new(g->number);

    snprintf(told + at, sizeof told - at, " %lld", g->number);
    if (g->act == 'a' && deque_append(g->deque, n) < 0)
        coil_error_clear();
    if (g->act == 't')
        coil_decref(deque_pop_left(g->deque));
    coil_error_clear();
    coil_decref(n);
}

static coil_type guest_type = {
    .head = COIL_TYPE_HEAD, .name = "guest",
    .size = sizeof(struct guest), .finalize = guest_finalize,
};

/* It empties all deques when it is asked, and then looks at itself. */
struct biter {
    coil_obj head;
    coil_obj *name;
};

static int biter_repr(coil_obj *self, coil_text *out)
{
    clear_all();
    return coil_text_str(out, ((struct biter *)self)->name);
}

static int biter_equal(coil_obj *self, coil_obj *other)
{
    clear_all();
    return coil_str_len(((struct biter *)self)->name) > 0
           && coil_str_len(((struct biter *)other)->name) > 0;
}

static void biter_release(coil_obj *self)
{
    COIL_CLEAR(((struct biter *)self)->name);
}

static coil_type biter_type = {
    .head = COIL_TYPE_HEAD, .name = "biter",
    .size = sizeof(struct biter), .release = biter_release,
    .repr = biter_repr, .equal = biter_equal,
};

static void append_new(struct drive *d, void *o)
{
    drive_say(d, deque_append(slot(d, 0), o) == 0 ? "ok" : "-1");
    coil_decref(o);
}

static void op_guest(struct drive *d)
{
    struct guest *g = coil_object_new(&guest_type);

    g->deque = slot(d, 0);
    g->number = drive_int(d, 1);
    g->act = drive_text(d, 2, NULL)[0];
    append_new(d, g);
}

static void op_biter(struct drive *d)
{
    struct biter *b = coil_object_new(&biter_type);

    b->name = coil_str_from("a biter");
    append_new(d, b);
}

static void op_more(struct drive *d)
{
    append_new(d, coil_int_new(drive_int(d, 1)));
}

/* ---- the operations ---------------------------------------------- */
static void op_deque(struct drive *d)
{
    coil_obj *o = deque_new();

    coil_memory_failed();       /* what did not fail will not */
    if (o == NULL) {
        say_failure(d);
        return;
    }
    slots[len++ % MOST] = o;
    drive_root("deque", o);
    drive_say(d, "%d ", deque_check(o));
    drive_repr(d, o);
}

static void say_added(struct drive *d, int rv)
{
    coil_memory_failed();
    drive_say(d, "%d ", rv);
    if (coil_error_kind() != NULL)
        say_failure(d);
    drive_say(d, " len %zu ", deque_len(slot(d, 0)));
    drive_repr(d, slot(d, 0));
}

static void op_number(struct drive *d)
{
    COIL_CLEAR(number);
    number = coil_int_new(drive_int(d, 0));
    drive_say(d, "ok");
}

static void op_append(struct drive *d)
{
    int rv = deque_append(slot(d, 0), number);

    COIL_CLEAR(number);
    say_added(d, rv);
}

static void op_left(struct drive *d)
{
    int rv = deque_append_left(slot(d, 0), number);

    COIL_CLEAR(number);
    say_added(d, rv);
}

static void op_put(struct drive *d)
{
    say_added(d, deque_append(slot(d, 0), slot(d, 1)));
}

static void say_popped(struct drive *d, coil_obj *o)
{
    if (o == NULL)
        say_failure(d);
    else
        drive_repr(d, o);
    coil_decref(o);
    say_told(d);
}

static void op_pop(struct drive *d)
{
    say_popped(d, deque_pop(slot(d, 0)));
}

static void op_popleft(struct drive *d)
{
    say_popped(d, deque_pop_left(slot(d, 0)));
}

static void op_len(struct drive *d)
{
    drive_say(d, "%zu %d", deque_len(slot(d, 0)),
              coil_truth(slot(d, 0)));
}

static void op_repr(struct drive *d)
{
    drive_repr(d, slot(d, 0));
}

static void op_equal(struct drive *d)
{
    int rv = coil_equal(slot(d, 0), slot(d, 1));

    drive_say(d, "%d ", rv);
    drive_error(d);
}

/* With a list that has the same elements. */
static void op_list(struct drive *d)
{
    coil_obj *list = coil_list_new();
    int rv = coil_list_extend(list, slot(d, 0));

    drive_say(d, "%d ", rv);
    drive_error(d);
    drive_say(d, " ");
    drive_repr(d, list);
    drive_say(d, " %d", coil_equal(slot(d, 0), list));
    coil_decref(list);
}

static void op_gnaw(struct drive *d)
{
    coil_obj *repr = coil_repr(slot(d, 0));

    drive_say(d, repr != NULL ? "ok" : "NULL");
    coil_decref(repr);
}

static void op_match(struct drive *d)
{
    drive_say(d, coil_equal(slot(d, 0), slot(d, 1)) >= 0 ? "ok" : "-1");
}

static void op_clear(struct drive *d)
{
    if (drive_int(d, 1) == 0)
        deque_clear(slot(d, 0));
    else if (deque_type.clear != NULL)
        deque_type.clear(slot(d, 0));
    say_told(d);
}

static void op_drop(struct drive *d)
{
    COIL_CLEAR(slots[(size_t)drive_int(d, 0) % MOST]);
    say_told(d);
}

static int visit(coil_obj *child, void *arg)
{
    long long *left = arg;

    return child != NULL && --*left == 0 ? 7 : 0;
}

static void say_visits(struct drive *d, coil_obj *o)
{
    long long at = drive_int(d, 1), left = at;
    int rv = -1;

    if (o->type->traverse != NULL)
        rv = o->type->traverse(o, visit, &left);
    drive_say(d, "%lld, %d", at - left, rv);
}

static void op_visit(struct drive *d)
{
    say_visits(d, slot(d, 0));
}

/* ---- walking ----------------------------------------------------- */
static void op_walk(struct drive *d)
{
    COIL_CLEAR(walk);
    walk = coil_iter(slot(d, 0));
    coil_memory_failed();
    if (walk == NULL) {
        say_failure(d);
        return;
    }
    coil_obj *same = coil_iter(walk);
    long long visits = 1;
    if (walk->type->traverse != NULL)
        walk->type->traverse(walk, visit, &visits);
    drive_say(d, "%s, it holds %d", same == walk ? "ok" : "another",
              (int)(1 - visits));
    coil_decref(same);
    coil_error_clear();
}

static void op_next(struct drive *d)
{
    coil_obj *item;
    int rv = walk != NULL ? coil_next(walk, &item) : 0;

    drive_say(d, "%d ", rv);
    if (rv < 0)
        say_failure(d);
    if (rv > 0) {
        drive_repr(d, item);
        coil_decref(item);
    }
}

/* ---- what instructions are counted of ---------------------------- */
static void op_churn(struct drive *d)
{
    coil_obj *deque = slot(d, 0);

    for (long long i = drive_int(d, 1); i > 0; i--)
        deque_append(deque, COIL_NONE);
    for (long long i = drive_int(d, 2); i > 0; i--) {
        deque_append(deque, COIL_TRUE);
        coil_decref(deque_pop_left(deque));
    }
    for (long long i = drive_int(d, 2); i > 0; i--) {
        deque_append_left(deque, COIL_FALSE);
        coil_decref(deque_pop(deque));
    }
    drive_say(d, "len %zu", deque_len(deque));
}

const struct drive_op drive_ops[] = {
    {"deque", op_deque}, {"number", op_number}, {"append", op_append},
    {"left", op_left}, {"put", op_put}, {"pop", op_pop},
    {"popleft", op_popleft}, {"len", op_len}, {"repr", op_repr},
    {"equal", op_equal}, {"list", op_list}, {"gnaw", op_gnaw},
    {"match", op_match}, {"clear", op_clear}, {"drop", op_drop},
    {"visit", op_visit}, {"guest", op_guest}, {"biter", op_biter},
    {"more", op_more}, {"walk", op_walk}, {"next", op_next},
    {"churn", op_churn}, {0},
};
