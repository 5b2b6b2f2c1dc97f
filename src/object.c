#include <stdio.h>
#include <string.h>

#include "coil/memory.h"
#include "coil/object.h"
#include "internal/census.h"
#include "internal/object.h"
#include "internal/thread.h"

coil_type coil_type_type = {
    .head = COIL_TYPE_HEAD, .name = "type", .size = sizeof(coil_type),
};

/* object: birth */
static coil_obj *object_new(coil_type *type, size_t size)
{
    coil_obj *o;

    if (coili_census_admit(type) < 0)
        return NULL;
    if ((o = coil_memory_alloc(size)) == NULL)
        return NULL;
    if (type->traverse != NULL)
        memset(o + 1, 0, size - sizeof *o);
    o->type = type;
    o->count = 1;
    o->gc = 0;
    coili_census_add(type, 1);
    return o;
}

void *coil_object_new(coil_type *type)
{
    COIL_CHECK(type != NULL && type->item_size == 0);
    return object_new(type, type->size);
}

void *coil_object_new_var(coil_type *type, size_t len)
{
    coil_var *v;
    size_t size;

    COIL_CHECK(type != NULL && type->item_size > 0);
    if (__builtin_mul_overflow(len, type->item_size, &size) ||
        __builtin_add_overflow(size, type->size, &size)) {
        coil_error_set(COIL_MEMORY_ERROR, "out of memory");
        return NULL;
    }
    v = (coil_var *)object_new(type, size);
    if (v != NULL)
        v->len = len;
    return v;
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

_Static_assert(sizeof(coil_obj *) <= 2 * sizeof(uint32_t),
               "the link fits into the second half of the head");

/* object: dropping the contents */
void coili_object_free(coil_obj *o)
{
    coili_census_add(o->type, -1);
    coil_memory_free(o, coili_size(o));
}

static void drop_contents(coil_obj *o)
{
    if (o->type->release != NULL)
        o->type->release(o);
    coili_object_free(o);
}

static void release_container(coil_thread *t, coil_obj *o)
{
    t->releasing++;
    drop_contents(o);
    while (t->releasing == 1 && t->waiting != NULL)
        drop_contents(take_waiting(t));
    t->releasing--;
}
/* object: releasing */
#define RELEASE_DEPTH 100       /* levels of recursion, then wait */

void coil_release(coil_obj *o)
{
    coil_thread *t = coili_thread;

    if (coili_finalize(o))
        return;
    if (o->type->traverse == NULL)
        drop_contents(o);
    else if (t->releasing >= RELEASE_DEPTH)
        put_aside(t, o);
    else
        release_container(t, o);
}
