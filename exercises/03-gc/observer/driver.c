/* driver.c - gc-observer: listeners that act when they are told */
#include "drive.h"
#include "observer.h"

enum { SLOTS = 32, NONE = 0, DROP, REMOVE, ADD, FAIL, AGAIN,
      UNSUBJECT };

struct listener {
    coil_obj head;
    long long number;
    int does;                   /* when it is told; once */
    size_t to;
};

static coil_type listener_type = {
    .head = COIL_TYPE_HEAD, .name = "listener",
    .size = sizeof(struct listener), .weak = true,
};

static coil_obj *subject, *slots[SLOTS];
static struct drive *told;
static coil_type *subject_type;
static coil_obj *leaving;       /* is dropped when it is told */
static coil_obj *telling;       /* the last that was told; for == */

void drive_reset(void)
{
    told = NULL;
    COIL_CLEAR(subject);
    for (size_t i = 0; i < SLOTS; i++)
        COIL_CLEAR(slots[i]);
}

static coil_obj **slot(struct drive *d, size_t i)
{
    return &slots[(size_t)drive_int(d, i) % SLOTS];
}

static void say_result(struct drive *d, ptrdiff_t rv)
{
    if (rv == -1)
        drive_error(d);
    else
        drive_say(d, "%td", rv);
    if (coil_error_kind() != NULL)
        drive_say(d, " with an error pending"), coil_error_clear();
}

/* ---- what listeners do ------------------------------------------- */
/* Also its own slot: it stays alive as long as it is being told. */
static void drop(size_t to)
{
    size_t before = coil_census_of(&listener_type);
    bool itself = slots[to] == telling;

    COIL_CLEAR(slots[to]);
    if (itself && coil_census_of(&listener_type) < before)
        drive_say(told, " (gone while it is told)");
}

static int act(struct listener *l, coil_obj *event)
{
    int does = l->does;
    size_t to = l->to;

    l->does = NONE;
    if (does == DROP)
        drop(to);
    else if (does == UNSUBJECT)
        COIL_CLEAR(subject);
    else if (does == FAIL)
        coil_error_set(COIL_VALUE_ERROR, "not now");
    if (subject == NULL || slots[to] == NULL || does < REMOVE)
        return does == FAIL ? -1 : 0;
    if (does == REMOVE) {
        drive_say(told, " remove ");
        say_result(told, observer_remove(subject, slots[to]));
    } else if (does == ADD) {
        drive_say(told, " add ");
        say_result(told, observer_add(subject, slots[to]));
    } else if (does == AGAIN) {
        drive_say(told, " [");
        ptrdiff_t rv = observer_tell(subject, event);
        drive_say(told, " ] ");
        say_result(told, rv);
    }
    return does == FAIL ? -1 : 0;
}

static int heard(coil_obj *o, coil_obj *event)
{
    struct listener *l = (struct listener *)o;
    int rv = 0;

    if (leaving == o)
        COIL_CLEAR(leaving);
    else if (told != NULL) {
        drive_say(told, " %lld", l->number);
        telling = o;
        rv = act(l, event);
    }
    return rv;
}

/* ---- the calls --------------------------------------------------- */
static void op_subject(struct drive *d)
{
    subject = observer_new(heard);
    subject_type = subject != NULL ? subject->type : NULL;
    drive_root("subject", subject);
    drive_say(d, "ok");
}

static void op_unsubject(struct drive *d)
{
    size_t before = coil_census_of(subject_type);

    drive_root("subject", NULL);
    COIL_CLEAR(subject);
    drive_say(d, coil_census_of(subject_type) < before
              ? "gone" : "kept");
}

static coil_obj *listener_new(long long number)
{
    struct listener *l = coil_object_new(&listener_type);

    if (l != NULL) {
        l->number = number;
        l->does = NONE;
        l->to = 0;
    }
    return (coil_obj *)l;
}

static void op_listener(struct drive *d)
{
    *slot(d, 0) = listener_new(drive_int(d, 1));
    drive_say(d, "ok");
}

/* does LISTENER WHAT SLOT */
static void op_does(struct drive *d)
{
    struct listener *l = (struct listener *)*slot(d, 0);

    l->does = (int)drive_int(d, 1);
    l->to = (size_t)drive_int(d, 2) % SLOTS;
    drive_say(d, "ok");
}

static void op_drop(struct drive *d)
{
    size_t before = coil_census_of(&listener_type);

    COIL_CLEAR(*slot(d, 0));
    drive_say(d, coil_census_of(&listener_type) < before ? "gone"
                                                         : "kept");
}

static void op_add(struct drive *d)
{
    say_result(d, observer_add(subject, *slot(d, 0)));
}

static void op_odd(struct drive *d)
{
    coil_obj *five = coil_int_new(5);

    say_result(d, observer_add(subject, five));
    coil_decref(five);
}

static void op_remove(struct drive *d)
{
    say_result(d, observer_remove(subject, *slot(d, 0)));
}

static void op_len(struct drive *d)
{
    drive_say(d, "%zu", observer_len(subject));
}

static void op_tell(struct drive *d)
{
    coil_obj *event = coil_int_new(1000);

    told = d;
    drive_say(d, "told");
    ptrdiff_t rv = observer_tell(subject, event);
    drive_say(d, " = ");
    say_result(d, rv);
    told = NULL;
    coil_decref(event);
}

/* churn N WHAT: N listeners come and go, are removed, are told, or are
 * dropped while they are told; how many objects are there more? */
static void op_churn(struct drive *d)
{
    size_t before = coil_census_live();

    for (long long i = 0; i < drive_int(d, 0); i++) {
        coil_obj *l = listener_new(i);

        observer_add(subject, l);
        if (drive_int(d, 1) == 1)
            observer_remove(subject, l);
        leaving = drive_int(d, 1) == 3 ? l : NULL;
        if (drive_int(d, 1) >= 2)
            observer_tell(subject, COIL_NONE);
        if (drive_int(d, 1) != 3)
            coil_decref(l);
    }
    leaving = NULL;
    drive_say(d, "%td more", (ptrdiff_t)(coil_census_live() - before));
}

static void op_scarce(struct drive *d)
{
    for (size_t n = 0; n < 100; n++) {
        coil_memory_fail_at(n);
        coil_obj *s = observer_new(heard);
        bool failed = coil_memory_failed();

        if (s == NULL)
            drive_error(d);
        else
            drive_say(d, "new");
        coil_decref(s);
        if (!failed)
            break;
        drive_say(d, " ");
    }
}

static void op_scarce_add(struct drive *d)
{
    for (size_t n = 0; n < 100; n++) {
        coil_memory_fail_at(n);
        int rv = observer_add(subject, *slot(d, 0));
        bool failed = coil_memory_failed();

        say_result(d, rv);
        if (!failed)
            break;
        drive_say(d, " ");
    }
}

const struct drive_op drive_ops[] = {
    {"subject", op_subject}, {"unsubject", op_unsubject},
    {"listener", op_listener}, {"does", op_does}, {"drop", op_drop},
    {"add", op_add}, {"odd", op_odd}, {"remove", op_remove},
    {"len", op_len}, {"tell", op_tell}, {"churn", op_churn},
    {"scarce", op_scarce}, {"scarce-add", op_scarce_add}, {0},
};
