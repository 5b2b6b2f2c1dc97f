/* driver.c - containers-levels */
#include <stdio.h>
#include <string.h>

#include "drive.h"
#include "levels.h"

enum { MOST = 400 };

static coil_obj *graph, *places[MOST];
static coil_obj *start;         /* made before a request may fail */
static size_t len;

/* What the equality of a place does, once. */
static struct act {
    char kind;                  /* 0: nothing */
    size_t a, b;
} acts[MOST];

void drive_reset(void)
{
    COIL_CLEAR(graph);
    COIL_CLEAR(start);
    while (len > 0)
        coil_decref(places[--len]);
    memset(acts, 0, sizeof acts);
}

/* ---- places ------------------------------------------------------ */
struct place {
    coil_obj head;
    long long number;
    bool twin;                  /* another object for an old place */
};

/* The value of a place, borrowed; NULL: none, or (as_list) no list. */
static coil_obj *value_of(size_t a, bool as_list)
{
    coil_obj *value = NULL;

    coil_dict_get_borrowed(graph, places[a], &value);
    return value != NULL && as_list && !coil_list_check(value) ? NULL
                                                               : value;
}

static void do_act(struct act act)
{
    coil_obj *list = value_of(act.a, true), *fresh;

    if (act.kind == 'g')
        coil_dict_clear(graph);
    else if (act.kind == 'd' && value_of(act.a, false) != NULL)
        coil_dict_delete(graph, places[act.a]);
    else if (act.kind == 'c' && list != NULL)
        coil_list_clear(list);
    else if (act.kind == 'a' && list != NULL)
        coil_list_append(list, places[act.b]);
    else if (act.kind == 'r' && list != NULL) {
        fresh = coil_list_of(1, places[act.b]);
        coil_dict_set(graph, places[act.a], fresh);
        coil_decref(fresh);
    }
}

static int place_equal(coil_obj *self, coil_obj *other)
{
    struct place *a = (struct place *)self, *b = (struct place *)other;

    if (other->type != self->type)
        return COIL_UNKNOWN;
    if (a->number == b->number) {
        struct act act = acts[a->number];

        acts[a->number].kind = 0;
        do_act(act);
        if (act.kind == 'f') {
            coil_error_set(COIL_VALUE_ERROR, "no answer");
            return -1;
        }
    }
    return a->number == b->number;
}

static int place_hash(coil_obj *self, int64_t *hash)
{
    *hash = ((struct place *)self)->number * 7919 + 11;
    return 0;
}

static int place_repr(coil_obj *self, coil_text *out)
{
    struct place *p = (struct place *)self;
    char name[32];

    snprintf(name, sizeof name, "p%lld%s", p->number,
             p->twin ? "x" : "");
    return coil_text_add(out, name);
}

static coil_type place_type = {
    .head = COIL_TYPE_HEAD, .name = "place",
    .size = sizeof(struct place),
    .repr = place_repr, .hash = place_hash, .equal = place_equal,
};

static coil_obj *place_new(long long number, bool twin)
{
    struct place *p = coil_object_new(&place_type);

    p->number = number;
    p->twin = twin;
    return &p->head;
}

/* ---- the graph --------------------------------------------------- */
static void op_places(struct drive *d)
{
    if (graph == NULL)
        graph = coil_dict_new();
    drive_root("graph", graph);
    for (long long i = drive_int(d, 0); i > 0 && len < MOST; i--) {
        coil_obj *list = coil_list_new();

        places[len] = place_new((long long)len, false);
        coil_dict_set(graph, places[len++], list);
        coil_decref(list);
    }
    drive_say(d, "ok");
}

static size_t at(const struct drive *d, size_t arg)
{
    return (size_t)drive_int(d, arg) % MOST;
}

static void append_to(struct drive *d, coil_obj *o)
{
    coil_obj *list = value_of(at(d, 0), true);

    drive_say(d, list != NULL && coil_list_append(list, o) == 0 ? "ok"
                                                                : "-1");
    coil_decref(o);
}

static void op_step(struct drive *d)
{
    append_to(d, coil_incref(places[at(d, 1)]));
}

static void op_twin(struct drive *d)
{
    append_to(d, place_new(drive_int(d, 1), true));
}

static void op_odd(struct drive *d)
{
    append_to(d, coil_list_new());
}

/* From each place to the next. */
static void op_row(struct drive *d)
{
    for (size_t i = 0; i + 1 < len; i++)
        coil_list_append(value_of(i, true), places[i + 1]);
    drive_say(d, "ok");
}

/* What is no list; or no entry at all. */
static void op_value(struct drive *d)
{
    coil_obj *place = places[at(d, 0)], *o = NULL;
    long long kind = drive_int(d, 1);

    if (kind == 0) {
        coil_dict_delete(graph, place);
    } else {
        o = kind == 1 ? coil_incref(COIL_NONE)
            : kind == 2 ? coil_tuple_of(1, places[0])
            : kind == 3 ? coil_str_from("ab") : coil_int_new(1000);
        coil_dict_set(graph, place, o);
        coil_decref(o);
    }
    drive_say(d, "ok");
}

static void op_act(struct drive *d)
{
    acts[at(d, 0)] = (struct act){drive_text(d, 1, NULL)[0], at(d, 2),
                                  at(d, 3)};
    drive_say(d, "ok");
}

/* ---- the questions ----------------------------------------------- */
static void op_graph(struct drive *d)
{
    drive_repr(d, graph);
}

static coil_obj *start_of(const struct drive *d)
{
    switch (drive_int(d, 1)) {
    case 1: return place_new(drive_int(d, 0), true);
    case 2: return coil_list_new();
    default: return coil_incref(places[at(d, 0)]);
    }
}

static void op_start(struct drive *d)
{
    COIL_CLEAR(start);
    start = start_of(d);
    drive_say(d, "ok");
}

static void op_from(struct drive *d)
{
    coil_obj *far = levels_from(graph, start);

    if (coil_memory_failed())
        drive_say(d, "failed ");
    COIL_CLEAR(start);
    if (far == NULL || coil_error_kind() != NULL)
        drive_error(d);
    if (far != NULL)
        drive_repr(d, far);
    coil_decref(far);
}

/* Steps lead from 0 to all others, and from each to 0 and to itself. */
static void op_star(struct drive *d)
{
    long long n = drive_int(d, 0);
    coil_obj *star = coil_dict_new(), *zero = coil_int_new(0);
    coil_obj *all = coil_list_new(), *far;

    coil_dict_set(star, zero, all);
    for (long long i = 1; i < n; i++) {
        coil_obj *o = coil_int_new(i), *list = coil_list_of(2, zero, o);

        coil_list_append(all, o);
        coil_dict_set(star, o, list);
        coil_decref(list);
        coil_decref(o);
    }
    far = levels_from(star, zero);
    drive_say(d, "%zu", far != NULL ? coil_dict_len(far) : 0);
    coil_decref(far);
    coil_decref(all);
    coil_decref(zero);
    coil_decref(star);
}

const struct drive_op drive_ops[] = {
    {"places", op_places}, {"step", op_step}, {"twin", op_twin},
    {"odd", op_odd}, {"row", op_row}, {"value", op_value},
    {"act", op_act}, {"graph", op_graph}, {"start", op_start},
    {"from", op_from}, {"star", op_star}, {0},
};
