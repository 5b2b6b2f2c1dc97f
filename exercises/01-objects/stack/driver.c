/* driver.c - objects-stack */
#include <stdlib.h>
#include <string.h>

#include "drive.h"
#include "rpn.c"

enum { MOST = 16 };

static coil_obj *slots[MOST];
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

/* ---- objects that do something when they go ---------------------- */
struct guest {
    coil_obj head;
    coil_obj *stack;            /* borrowed: the slots hold it */
    long long number;
    char act;                   /* 'p'ush, 't'ake off, or nothing */
};

static void guest_finalize(coil_obj *self)
{
    struct guest *g = (struct guest *)self;
    size_t at = strlen(told);

    snprintf(told + at, sizeof told - at, " %lld", g->number);
    if (g->act == 'p')
        stack_push_steal(g->stack, coil_int_new(g->number));
    if (g->act == 't')
        coil_decref(stack_pop(g->stack));
    coil_error_clear();
}

static coil_type guest_type = {
    .head = COIL_TYPE_HEAD, .name = "guest",
    .size = sizeof(struct guest), .finalize = guest_finalize,
};

static void op_guest(struct drive *d)
{
    struct guest *g = coil_object_new(&guest_type);

    if (g != NULL) {
        g->stack = slot(d, 0);
        g->number = drive_int(d, 1);
        g->act = drive_text(d, 2, NULL)[0];
    }
    drive_say(d, stack_push_steal(slot(d, 0), (coil_obj *)g) == 0 ? "ok"
                 : "-1");
}

static void say_told(struct drive *d)
{
    drive_say(d, "gone:%s", told);
    told[0] = '\0';
}

/* Stacks that lie on themselves must not outlive the case. */
void drive_reset(void)
{
    for (size_t i = 0; i < len; i++)
        if (slots[i] != NULL)
            stack_clear(slots[i]);
    while (len > 0)
        coil_decref(slots[--len]);
    told[0] = '\0';
}

/* ---- the operations ---------------------------------------------- */
static void op_stack(struct drive *d)
{
    coil_obj *o = stack_new();

    coil_memory_failed();       /* what did not fail will not */
    if (o == NULL) {
        say_failure(d);
        return;
    }
    slots[len++ % MOST] = o;
    drive_root("stack", o);
    drive_say(d, "%d ", stack_check(o));
    drive_repr(d, o);
}

static void say_pushed(struct drive *d, int rv)
{
    coil_memory_failed();
    drive_say(d, "%d ", rv);
    if (coil_error_kind() != NULL)
        say_failure(d);
    drive_say(d, " len %zu ", stack_len(slot(d, 0)));
    drive_repr(d, slot(d, 0));
}

static void op_push(struct drive *d)
{
    say_pushed(d, stack_push_steal(slot(d, 0),
                                   coil_int_new(drive_int(d, 1))));
}

static void op_put(struct drive *d)
{
    say_pushed(d,
               stack_push_steal(slot(d, 0), coil_incref(slot(d, 1))));
}

static void op_nothing(struct drive *d)
{
    coil_error_set(COIL_VALUE_ERROR, "the first error");
    say_pushed(d, stack_push_steal(slot(d, 0), NULL));
}

static void op_pop(struct drive *d)
{
    coil_obj *o = stack_pop(slot(d, 0));

    if (o == NULL)
        say_failure(d);
    else
        drive_repr(d, o);
    coil_decref(o);
    say_told(d);
}

static void op_top(struct drive *d)
{
    coil_obj *o = stack_top_borrowed(slot(d, 0));

    if (o == NULL)
        say_failure(d);
    else
        drive_repr(d, o);
}

static void op_len(struct drive *d)
{
    drive_say(d, "%zu %d", stack_len(slot(d, 0)),
              coil_truth(slot(d, 0)));
}

static void op_repr(struct drive *d)
{
    drive_repr(d, slot(d, 0));
}

static void op_clear(struct drive *d)
{
    if (drive_int(d, 1) == 0)
        stack_clear(slot(d, 0));
    else if (stack_type.clear != NULL)
        stack_type.clear(slot(d, 0));
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

static void op_visit(struct drive *d)
{
    long long at = drive_int(d, 1), left = at;
    int rv = -1;

    if (stack_type.traverse != NULL)
        rv = stack_type.traverse(slot(d, 0), visit, &left);
    drive_say(d, "%lld, %d", at - left, rv);
}

static void op_deep(struct drive *d)
{
    coil_obj *o = coil_int_new(1);

    for (long long i = drive_int(d, 0); o != NULL && i > 0; i--) {
        coil_obj *outer = stack_new();

        if (outer == NULL || stack_push_steal(outer, o) < 0)
            COIL_CLEAR(outer);
        o = outer;
    }
    drive_say(d, o != NULL ? "ok" : "NULL");
    coil_decref(o);
}

static void op_rpn(struct drive *d)
{
    coil_obj *value = rpn_value(drive_text(d, 0, NULL));

    coil_memory_failed();
    if (value == NULL)
        say_failure(d);
    else
        drive_repr(d, value);
    coil_decref(value);
}

/* ---- how often it asks for memory -------------------------------- */
static void *counting(void *context, void *p, size_t old, size_t size)
{
    (void)old;
    if (size == 0) {
        free(p);
        return NULL;
    }
    ++*(size_t *)context;
    return realloc(p, size);
}

static void op_requests(struct drive *d)
{
    size_t count = 0;
    coil_options options = {.memory = counting,
        .memory_context = &count};
    coil_runtime *rt = coil_runtime_open(&options);
    coil_obj *stack = stack_new();

    count = 0;
    for (long long i = drive_int(d, 0); i > 0; i--)
        stack_push_steal(stack, COIL_NONE);
    drive_say(d, "len %zu, requests %zu", stack_len(stack), count);
    coil_decref(stack);
    drive_say(d, ", live %zu", coil_runtime_close(rt));
}

const struct drive_op drive_ops[] = {
    {"stack", op_stack}, {"push", op_push}, {"put", op_put},
    {"nothing", op_nothing}, {"pop", op_pop}, {"top", op_top},
    {"len", op_len}, {"repr", op_repr}, {"clear", op_clear},
    {"drop", op_drop}, {"guest", op_guest}, {"visit", op_visit},
    {"deep", op_deep}, {"rpn", op_rpn}, {"requests", op_requests}, {0},
};
