#include <string.h>

#include "coil/list.h"
#include "coil/memory.h"
#include "internal/gc.h"

/* inspect: walking over generations */
/* The next tracked object from slot *at on, before end, or NULL;
 * moves *at.  Those that a run has found unreachable are not shown. */
static coil_obj *next_object(uint32_t *at, uint32_t end)
{
    struct coili_gc *gc = coili_gc_now();

    while (*at < end) {
        coil_obj *o = gc->objects[(*at)++];

        if (o != NULL && !coili_gc_is_dead(o))
            return o;
    }
    return NULL;
}

static uint32_t end_of(const struct coili_gc *gc, int generation)
{
    return generation > 0 ? gc->start[generation - 1] : gc->len;
}

/* inspect: objects, referrers, referents */
coil_obj *coil_gc_objects(int generation)
{
    struct coili_gc *gc = coili_gc_now();
    coil_obj *list, *o;
    uint32_t at, end;

    if (generation < -1 || generation >= COILI_GENERATIONS) {
        coil_error_set(COIL_VALUE_ERROR, "invalid generation");
        return NULL;
    }
    if ((list = coil_list_new()) == NULL)
        return NULL;
    at = gc->start[generation < 0 ? 2 : generation];
    end = end_of(gc, generation);
    /* show the objects tracked in another way */
    list = coili_marks_objects(list, generation);
    while (list != NULL && (o = next_object(&at, end)) != NULL)
        if (o != list && coil_list_append(list, o) < 0)
            COIL_CLEAR(list);
    /* put the objects shown into the order of birth */
    coili_sort_objects(list);
    return list;
}

/* Is the child among those sought? */
static int is_sought(coil_obj *child, void *arg)
{
    size_t len = coil_list_len(arg);

    for (size_t i = 0; i < len; i++)
        if (coil_list_get_borrowed(arg, i) == child)
            return 1;
    return 0;
}

coil_obj *coil_gc_referrers(coil_obj *objects)
{
    struct coili_gc *gc = coili_gc_now();
    coil_obj *list, *o;
    uint32_t at, end;

    COIL_CHECK(objects != NULL && coil_list_check(objects));
    if ((list = coil_list_new()) == NULL)
        return NULL;
    at = gc->start[2];
    end = gc->len;
    /* show the referrers tracked in another way */
    list = coili_marks_referrers(list, objects, is_sought);
    while (list != NULL && (o = next_object(&at, end)) != NULL)
        if (o != objects && o != list &&
            o->type->traverse(o, is_sought, objects) == 1 &&
            coil_list_append(list, o) < 0)
            COIL_CLEAR(list);
    /* put the referrers shown into the order of birth */
    coili_sort_objects(list);
    return list;
}

static int append_child(coil_obj *child, void *list)
{
    return coil_list_append(list, child);
}

coil_obj *coil_gc_referents(coil_obj *objects)
{
    coil_obj *list;

    COIL_CHECK(objects != NULL && coil_list_check(objects));
    list = coil_list_new();
    for (size_t i = 0; list && i < coil_list_len(objects); i++) {
        coil_obj *o = coil_list_get_borrowed(objects, i);

        if (o->type->traverse != NULL &&
            o->type->traverse(o, append_child, list) != 0)
            COIL_CLEAR(list);
    }
    return list;
}

/* inspect: freezing */
void coili_gc_set_frozen(struct coili_gc *gc, int what)
{
    if (gc->busy) {
        gc->later = what;
        return;
    }
    /* freeze or unfreeze those tracked in another way */
    coili_marks_set_frozen(&gc->marks, what == COILI_FREEZE);
    if (what == COILI_UNFREEZE) {
        gc->start[2] = gc->start[COILI_FROZEN];
        return;
    }
    for (int g = 0; g < COILI_GENERATIONS; g++) {
        gc->start[g] = gc->len;
        gc->count[g] = 0;
    }
}

void coil_gc_freeze(void)
{
    coili_gc_set_frozen(coili_gc_now(), COILI_FREEZE);
}

void coil_gc_unfreeze(void)
{
    coili_gc_set_frozen(coili_gc_now(), COILI_UNFREEZE);
}

size_t coil_gc_frozen(void)
{
    struct coili_gc *gc = coili_gc_now();
    uint32_t at = gc->start[COILI_FROZEN];
    size_t n = 0;

    while (next_object(&at, gc->start[2]) != NULL)
        n++;
    /* count the frozen objects tracked in another way */
    n += coili_marks_frozen(&gc->marks);
    return n;
}

/* inspect: statistics and saved garbage */
void coil_gc_stats(coil_gc_stat stats[3])
{
    memcpy(stats, coili_gc_now()->stats, sizeof coili_gc_now()->stats);
}

void coil_gc_set_debug(unsigned flags)
{
    coili_gc_now()->debug = flags;
}

unsigned coil_gc_debug(void)
{
    return coili_gc_now()->debug;
}

coil_obj *coil_gc_garbage(void)
{
    struct coili_gc *gc = coili_gc_now();
    coil_obj *list;

    if (gc->garbage == NULL && (list = coil_list_new()) != NULL) {
        if (gc->garbage == NULL)
            gc->garbage = list;
        else
            coil_decref(list);
    }
    return gc->garbage != NULL ? coil_incref(gc->garbage) : NULL;
}

/* inspect: callbacks */
struct coili_gc_callback {
    coil_gc_fn *fn;
    coil_obj *context;          /* owned, or NULL */
};

int coil_gc_add_callback(coil_gc_fn *fn, coil_obj *context)
{
    struct coili_gc *gc = coili_gc_now();
    size_t cap = gc->callbacks_cap ? 2 * gc->callbacks_cap : 4;
    struct coili_gc_callback *grown;

    COIL_CHECK(fn != NULL);
    if (gc->callbacks_len == gc->callbacks_cap) {
        grown = coil_memory_resize(gc->callbacks,
            gc->callbacks_cap * sizeof *grown, cap * sizeof *grown);
        if (grown == NULL)
            return -1;
        gc->callbacks = grown;
        gc->callbacks_cap = cap;
    }
    gc->callbacks[gc->callbacks_len].fn = fn;
    gc->callbacks[gc->callbacks_len++].context =
        context ? coil_incref(context) : NULL;
    return 0;
}

static void remove_callback(struct coili_gc *gc, size_t i)
{
    coil_obj *context = gc->callbacks[i].context;

    gc->callbacks_len--;
    memmove(gc->callbacks + i, gc->callbacks + i + 1,
            (gc->callbacks_len - i) * sizeof *gc->callbacks);
    coil_decref(context);
}

int coil_gc_remove_callback(coil_gc_fn *fn, coil_obj *context)
{
    struct coili_gc *gc = coili_gc_now();

    for (size_t i = 0; i < gc->callbacks_len; i++) {
        if (gc->callbacks[i].fn == fn &&
            gc->callbacks[i].context == context) {
            remove_callback(gc, i);
            return 1;
        }
    }
    return 0;
}

void coili_gc_tell(struct coili_gc *gc, const coil_gc_info *info)
{
    for (size_t i = 0; i < gc->callbacks_len; i++) {
        struct coili_gc_callback c = gc->callbacks[i];

        if (c.context != NULL)
            coil_incref(c.context);
        (void)c.fn(c.context, info);
        coil_error_ignore("callback of the collector");
        coil_decref(c.context);
    }
}

void coili_gc_drop_callbacks(struct coili_gc *gc)
{
    while (gc->callbacks_len > 0)
        remove_callback(gc, gc->callbacks_len - 1);
    coil_memory_free(gc->callbacks,
                     gc->callbacks_cap * sizeof *gc->callbacks);
    gc->callbacks = NULL;
    gc->callbacks_cap = 0;
}
