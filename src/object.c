#include <stdio.h>
#include <string.h>

#include "coil/memory.h"
#include "coil/object.h"
#include "internal/census.h"
#include "internal/object.h"
#include "internal/thread.h"
/* object: more headers */
#include "internal/str_layout.h"

coil_type coil_type_type = {
    .head = COIL_TYPE_HEAD, .name = "type", .size = sizeof(coil_type),
};

/* object: birth */
/* A block with the head of an object, which is counted; or NULL. */
static inline coil_obj *head_new(coil_type *type, size_t size)
{
    struct coili_census_row *row = coili_census_admit(type);
    coil_obj *o;

    if (row == NULL || (o = coili_block_alloc(size)) == NULL)
        return NULL;
    o->type = type;
    o->count = 1;
    o->gc = 0;
    row->live++;
    return o;
}

static coil_obj *container_new(coil_type *type, size_t size)
{
    coil_obj *o;

    /* count a new container and collect if it is time */
    coili_gc_count();
    if ((o = head_new(type, size)) == NULL)
        return NULL;
    memset(o + 1, 0, size - sizeof *o);
    /* let the collector see a new container, or return NULL */
    if (type->traverse != NULL && coili_gc_admit(o) < 0) {
        coili_census_add(type, -1);
        coili_block_free(o, size);
        return NULL;
    }
    return o;
}

static inline coil_obj *object_new(coil_type *type, size_t size)
{
    return type->traverse != NULL ? container_new(type, size)
                                  : head_new(type, size);
}

void *coil_object_new(coil_type *type)
{
    COIL_CHECK(type != NULL && type->item_size == 0);
    return object_new(type, type->size);
}

void *coil_object_new_var(coil_type *type, size_t len)
{
    coil_obj *o;
    size_t size;

    COIL_CHECK(type != NULL && type->item_size > 0);
    if (__builtin_mul_overflow(len, type->item_size, &size) ||
        __builtin_add_overflow(size, type->size, &size)) {
        coil_error_set(COIL_MEMORY_ERROR, "out of memory");
        return NULL;
    }
    if ((o = object_new(type, size)) != NULL)
        *(size_t *)(o + 1) = len;
    return o;
}

/* object: finalizing */
bool coili_finalize(coil_obj *o)
{
    coil_error saved;
    char where[80];

    if (o->type->finalize == NULL || (o->gc & COILI_FINALIZED))
        return false;
    o->gc |= COILI_FINALIZED;
    coil_error_save(&saved);
    o->count++;
    o->type->finalize(o);
    o->count--;
    if (coil_error_kind() != NULL) {
        snprintf(where, sizeof where, "finalizer of %s", o->type->name);
        coil_error_ignore(where);
    }
    coil_error_restore(&saved);
    return o->count > 0;
}

/* object: setting aside */
static void put_aside(coil_thread *t, coil_obj *o)
{
    memcpy(&o->count, &t->waiting, sizeof t->waiting);
    t->waiting = o;
}

static coil_obj *take_waiting(coil_thread *t)
{
    coil_obj *o = t->waiting;

    memcpy(&t->waiting, &o->count, sizeof t->waiting);
    o->count = 0;
    o->gc = COILI_FINALIZED;
    return o;
}

_Static_assert(sizeof(coil_obj *) <= 2 * sizeof(uint32_t) &&
               offsetof(coil_obj, gc) ==
                   offsetof(coil_obj, count) + sizeof(uint32_t),
               "the link fits into the second half of the head");

/* object: dropping the contents */
void coili_object_free(coil_obj *o)
{
    /* let the collector count a released container */
    if (o->type->traverse != NULL)
        coili_gc_uncount();
    coili_census_add(o->type, -1);
    coili_block_free(o, coili_size(o));
}

static void drop_contents(coil_obj *o)
{
    o->type->release(o);
    coili_object_free(o);
}

#define RELEASE_DEPTH 100       /* levels of recursion, then wait */

static void release_contents(coil_obj *o)
{
    coil_thread *t = coili_thread;

    if (t->releasing >= RELEASE_DEPTH) {
        put_aside(t, o);
        return;
    }
    t->releasing++;
    drop_contents(o);
    while (t->releasing == 1 && t->waiting != NULL)
        drop_contents(take_waiting(t));
    t->releasing--;
}
/* object: releasing */
void coil_release(coil_obj *o)
{
    COIL_CHECK(o->count == 1);
    o->count = 0;
    if (o->type->finalize != NULL && coili_finalize(o))
        return;
    /* dead: forget weak references, or return if it lives again */
    if (o->gc & COILI_WEAKLY)
        coili_weak_died(o);
    /* dead: let the collector forget the object */
    if (o->gc & COILI_PLACE)
        coili_gc_forget(o);
    /* dead: let the table of names forget the object */
    if (o->type == &coil_str_type && coili_str_of(o)->interned)
        coili_intern_forget(coili_str_of(o));
    if (o->type->release == NULL)
        coili_object_free(o);
    else
        release_contents(o);
}
