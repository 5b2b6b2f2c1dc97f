/* driver.c - gc-weak-set: things with numbers, and sets of them */
#include "drive.h"
#include "weak_set.h"

enum { THINGS = 32, SETS = 2 };

/* Things with equal numbers are equal; from 1000 on without hash. */
struct thing {
    coil_obj head;
    long long number;
    coil_obj *other;            /* owned, or NULL */
};

static coil_obj *things[THINGS], *watches[THINGS], *sets[SETS];
static coil_type *set_type;
static struct drive *told;      /* whom callbacks tell what they see */

/* ---- things ------------------------------------------------------ */
static int thing_traverse(coil_obj *o, coil_visit_fn *visit, void *arg)
{
    COIL_VISIT(((struct thing *)o)->other);
    return 0;
}

static void thing_clear(coil_obj *o)
{
    COIL_CLEAR(((struct thing *)o)->other);
}

static int thing_hash(coil_obj *o, int64_t *hash)
{
    *hash = ((struct thing *)o)->number;
    if (*hash < 1000)
        return 0;
    coil_error_set(COIL_VALUE_ERROR, "too large for a hash");
    return -1;
}

static int thing_equal(coil_obj *a, coil_obj *b)
{
    if (a->type != b->type)
        return COIL_UNKNOWN;
    return ((struct thing *)a)->number == ((struct thing *)b)->number;
}

static coil_type thing_type = {
    .head = COIL_TYPE_HEAD, .name = "thing",
    .size = sizeof(struct thing), .weak = true,
    .traverse = thing_traverse, .clear = thing_clear,
    .release = thing_clear, .hash = thing_hash, .equal = thing_equal,
};

static coil_obj *thing_new(long long number)
{
    struct thing *t = coil_object_new(&thing_type);

    if (t != NULL)
        t->number = number;
    return (coil_obj *)t;
}

/* ---- arguments --------------------------------------------------- */
static coil_obj **thing(struct drive *d, size_t i)
{
    return &things[(size_t)drive_int(d, i) % THINGS];
}

static coil_obj **set(struct drive *d, size_t i)
{
    return &sets[(size_t)drive_int(d, i) % SETS];
}

void drive_reset(void)
{
    told = NULL;
    for (size_t i = 0; i < THINGS; i++) {
        COIL_CLEAR(watches[i]);
        COIL_CLEAR(things[i]);
    }
    for (size_t i = 0; i < SETS; i++)
        COIL_CLEAR(sets[i]);
}

/* What a function answered: a number, or the error. */
static void say_result(struct drive *d, int rv)
{
    if (rv == -1)
        drive_error(d);
    else
        drive_say(d, "%d", rv);
    if (coil_error_kind() != NULL)
        drive_say(d, " with an error pending"), coil_error_clear();
}

static void say_list(struct drive *d, coil_obj *list)
{
    if (list == NULL) {
        drive_error(d);
        return;
    }
    drive_say(d, "list");
    for (size_t i = 0; i < coil_list_len(list); i++) {
        coil_obj *o = coil_list_get_borrowed(list, i);

        if (coil_is(o, &thing_type))
            drive_say(d, " %lld", ((struct thing *)o)->number);
        else
            drive_say(d, " ?");
    }
    coil_decref(list);
}

/* ---- making, keeping, dropping ----------------------------------- */
static void op_set(struct drive *d)
{
    *set(d, 0) = weak_set_new();
    set_type = *set(d, 0) != NULL ? (*set(d, 0))->type : set_type;
    drive_root(drive_int(d, 0) == 0 ? "set 0" : "set 1", *set(d, 0));
    drive_say(d, "ok");
}

static void op_thing(struct drive *d)
{
    *thing(d, 0) = thing_new(drive_int(d, 1));
    drive_say(d, "ok");
}

/* hold THING SET: the thing owns the set; -1: it owns itself. */
static void op_hold(struct drive *d)
{
    struct thing *t = (struct thing *)*thing(d, 0);

    t->other = coil_incref(drive_int(d, 1) < 0 ? *thing(d, 0)
                                               : *set(d, 1));
    drive_say(d, "ok");
}

static void op_unset(struct drive *d)
{
    size_t before = coil_census_of(set_type);

    drive_root(drive_int(d, 0) == 0 ? "set 0" : "set 1", NULL);
    COIL_CLEAR(*set(d, 0));
    drive_say(d, coil_census_of(set_type) < before ? "gone" : "kept");
}

static void op_drop(struct drive *d)
{
    told = d;
    drive_say(d, "ok");
    COIL_CLEAR(*thing(d, 0));
    told = NULL;
}

static void op_collect(struct drive *d)
{
    drive_say(d, coil_gc_collect(2) >= 0 ? "ok" : "failed");
}

/* ---- being told -------------------------------------------------- */
static int64_t number(coil_obj *context, size_t i)
{
    int64_t n = 0;

    coil_int_value(coil_tuple_get_borrowed(context, i), &n);
    return n;
}

static int thing_gone(coil_obj *ref, coil_obj *context)
{
    size_t which = (size_t)number(context, 0) % SETS;
    coil_obj *x = things[(size_t)number(context, 1) % THINGS];
    bool add = number(context, 2) != 0;

    (void)ref;
    if (told == NULL)
        return 0;
    if (sets[which] == NULL || x == NULL) {
        drive_say(told, " nobody");
        return 0;
    }
    drive_say(told, add ? " add " : " has ");
    say_result(told, add ? weak_set_add(sets[which], x)
                         : weak_set_has(sets[which], x));
    drive_say(told, " len %zu ", weak_set_len(sets[which]));
    say_list(told, weak_set_list(sets[which]));
    return 0;
}

/* watch THING SET OTHER ADD: when it goes, ask the set for the other
 * one, or add it. */
static void op_watch(struct drive *d)
{
    coil_obj *numbers[3];

    for (size_t i = 0; i < 3; i++)
        numbers[i] = coil_int_new(drive_int(d, i + 1));
    coil_obj *context = coil_tuple_of(3, numbers[0], numbers[1],
                                      numbers[2]);
    coil_obj **at = &watches[(size_t)drive_int(d, 0) % THINGS];

    COIL_CLEAR(*at);
    *at = coil_weakref_new(*thing(d, 0), thing_gone, context);
    coil_decref(context);
    for (size_t i = 0; i < 3; i++)
        coil_decref(numbers[i]);
    drive_say(d, "ok");
}

/* ---- asking ------------------------------------------------------ */
static void op_add(struct drive *d)
{
    say_result(d, weak_set_add(*set(d, 0), *thing(d, 1)));
}

static void op_has(struct drive *d)
{
    say_result(d, weak_set_has(*set(d, 0), *thing(d, 1)));
}

/* The same for what cannot be there: 0 an int, 1 a set: no hash. */
static coil_obj *odd(struct drive *d)
{
    return drive_int(d, 1) == 0 ? coil_int_new(5) : coil_set_new();
}

static void op_add_odd(struct drive *d)
{
    coil_obj *o = odd(d);

    say_result(d, weak_set_add(*set(d, 0), o));
    coil_decref(o);
}

static void op_has_odd(struct drive *d)
{
    coil_obj *o = odd(d);

    say_result(d, weak_set_has(*set(d, 0), o));
    coil_decref(o);
}

static void op_len(struct drive *d)
{
    drive_say(d, "%zu", weak_set_len(*set(d, 0)));
}

static void op_list(struct drive *d)
{
    say_list(d, weak_set_list(*set(d, 0)));
}

/* churn SET N: N things come and go; how many objects more? */
static void op_churn(struct drive *d)
{
    size_t before = coil_census_live();

    for (long long i = 0; i < drive_int(d, 1); i++) {
        coil_obj *t = thing_new(i % 900);

        weak_set_add(*set(d, 0), t);
        coil_decref(t);
    }
    drive_say(d, "%td more", (ptrdiff_t)(coil_census_live() - before));
}

/* ---- without memory ---------------------------------------------- */
static void op_scarce(struct drive *d)
{
    for (size_t n = 0; n < 100; n++) {
        coil_memory_fail_at(n);
        coil_obj *s = weak_set_new();
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
        int rv = weak_set_add(*set(d, 0), *thing(d, 1));
        bool failed = coil_memory_failed();

        say_result(d, rv);
        if (!failed)
            break;
        drive_say(d, " len %zu ", weak_set_len(*set(d, 0)));
    }
}

static void op_scarce_has(struct drive *d)
{
    for (size_t n = 0; n < 100; n++) {
        coil_memory_fail_at(n);
        int rv = weak_set_has(*set(d, 0), *thing(d, 1));
        bool failed = coil_memory_failed();

        say_result(d, rv);
        if (!failed)
            break;
        drive_say(d, " ");
    }
}

static void op_scarce_list(struct drive *d)
{
    for (size_t n = 0; n < 100; n++) {
        coil_memory_fail_at(n);
        coil_obj *list = weak_set_list(*set(d, 0));
        bool failed = coil_memory_failed();

        say_list(d, list);
        if (!failed)
            break;
        drive_say(d, " ");
    }
}

const struct drive_op drive_ops[] = {
    {"set", op_set}, {"thing", op_thing}, {"hold", op_hold},
    {"unset", op_unset}, {"drop", op_drop}, {"collect", op_collect},
    {"watch", op_watch}, {"add", op_add}, {"has", op_has},
    {"add-odd", op_add_odd}, {"has-odd", op_has_odd}, {"len", op_len},
    {"list", op_list}, {"churn", op_churn}, {"scarce", op_scarce},
    {"scarce-add", op_scarce_add}, {"scarce-has", op_scarce_has},
    {"scarce-list", op_scarce_list}, {0},
};
