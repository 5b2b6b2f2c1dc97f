#include "coil/list.h"
#include "coil/protocol.h"
#include "internal/weak.h"

/* weakref: linking */
/* Is it one of those that all callers share? */
static bool is_shared(const struct coili_weakref *r,
                      const coil_type *type)
{
    return r != NULL && r->fn == NULL && r->head.type == type;
}

/* The shared reference or proxy to o, borrowed, or NULL. */
static struct coili_weakref *find_shared(coil_obj *o,
                                         const coil_type *type)
{
    struct coili_weakref *r = coili_weak_first(o);

    if (r != NULL && r->head.type != type && r->fn == NULL)
        r = r->next;
    return is_shared(r, type) ? r : NULL;
}

static bool goes_first(const struct coili_weakref *r)
{
    return r->fn == NULL && r->head.type == &coil_weakref_type;
}

/* Shared reference, shared proxy, then the others, newest first. */
static int link_up(struct coili_weakref *r, coil_obj *o)
{
    struct coili_weak_row *row = o->gc & COILI_WEAKLY
        ? coili_weak_find(o) : coili_weak_add(o);
    struct coili_weakref *before = NULL, *after;

    if (row == NULL)
        return -1;
    after = row->first;
    while (after != NULL && after->fn == NULL && !goes_first(r)) {
        before = after;
        after = after->next;
    }
    r->previous = before;
    r->next = after;
    if (before != NULL)
        before->next = r;
    else
        row->first = r;
    if (after != NULL)
        after->previous = r;
    r->object = o;
    r->head.gc |= COILI_WEAKLY;
    return 0;
}

void coili_weak_unlink(struct coili_weakref *r)
{
    coil_obj *o = r->object;

    if (o == NULL)
        return;
    if (r->next != NULL)
        r->next->previous = r->previous;
    if (r->previous != NULL) {
        r->previous->next = r->next;
    } else {
        struct coili_weak_row *row = coili_weak_find(o);

        row->first = r->next;
        if (r->next == NULL)
            coili_weak_remove(row);
    }
    r->object = NULL;
    r->next = r->previous = NULL;
}

/* weakref: constructors */
static coil_obj *new_weak(coil_type *type, coil_obj *o,
                          coil_weak_fn *fn, coil_obj *context)
{
    struct coili_weakref *r, *shared;

    COIL_CHECK(o != NULL && (fn != NULL || context == NULL));
    if (!o->type->weak) {
        coil_error_set(COIL_TYPE_ERROR, "cannot create weak reference "
                       "to '%s' object", o->type->name);
        return NULL;
    }
    if (fn == NULL && (shared = find_shared(o, type)) != NULL)
        return coil_incref(&shared->head);
    if ((r = coil_object_new(type)) == NULL)
        return NULL;
    r->hash = -1;
    r->fn = fn;
    /* another may have been made meanwhile: return that one */
    if (fn == NULL && (shared = find_shared(o, type)) != NULL) {
        coil_decref(&r->head);
        return coil_incref(&shared->head);
    }
    if (link_up(r, o) < 0)
        COIL_CLEAR(r);
    else if (context != NULL)
        r->context = coil_incref(context);
    return (coil_obj *)r;
}

coil_obj *coil_weakref_new(coil_obj *o, coil_weak_fn *fn,
                           coil_obj *context)
{
    return new_weak(&coil_weakref_type, o, fn, context);
}

coil_obj *coil_proxy_new(coil_obj *o, coil_weak_fn *fn,
                         coil_obj *context)
{
    return new_weak(&coil_proxy_type, o, fn, context);
}

/* weakref: reading */
bool coil_weakref_check(coil_obj *o)
{
    COIL_CHECK(o != NULL);
    return coil_is(o, &coil_weakref_type);
}

coil_obj *coil_weakref_get_borrowed(coil_obj *ref)
{
    COIL_CHECK(coil_weakref_check(ref));
    return coili_weakref_of(ref)->object;
}

int coil_weakref_get(coil_obj *ref, coil_obj **o)
{
    COIL_CHECK(o != NULL);
    *o = coil_weakref_get_borrowed(ref);
    if (*o == NULL)
        return 0;
    coil_incref(*o);
    return 1;
}

size_t coil_weakref_count(coil_obj *o)
{
    size_t n = 0;

    COIL_CHECK(o != NULL);
    if (coili_is_weak(o))
        return 0;
    for (struct coili_weakref *r = coili_weak_first(o); r; r = r->next)
        n++;
    return n;
}

coil_obj *coil_weakref_list(coil_obj *o)
{
    coil_obj *list;
    struct coili_weakref *r;

    COIL_CHECK(o != NULL);
    list = coil_list_new();
    if (list == NULL || coili_is_weak(o))
        return list;
    for (r = coili_weak_first(o); r != NULL; r = r->next) {
        if (coil_list_append(list, &r->head) < 0) {
            coil_decref(list);
            return NULL;
        }
    }
    return list;
}

/* weakref: the end of its object */
void coili_weak_clear(coil_obj *o, struct coili_weak_calls *calls)
{
    struct coili_weak_row *row = coili_weak_find(o);
    struct coili_weakref *r = row->first, *next;

    coili_weak_remove(row);
    for (; r != NULL; r = next) {
        next = r->next;
        r->object = NULL;
        r->next = r->previous = NULL;
        if (r->fn == NULL || coili_gc_is_dead(&r->head))
            continue;
        coil_incref(&r->head);
        *calls->last = r;
        calls->last = &r->next;
    }
}

#define CALL_DEPTH 100          /* rounds on the stack, then wait */

static void call_all(struct coili_weakref **first)
{
    struct coili_weakref *r;

    while ((r = *first) != NULL) {
        *first = r->next;
        r->next = NULL;
        (void)r->fn(&r->head, r->context);
        coil_error_ignore("callback of weakref");
        COIL_CLEAR(r->context);
        coil_decref(&r->head);
    }
}

void coili_weak_call(struct coili_weak_calls *calls)
{
    struct coili_gc *gc = coili_gc_now();
    coil_error saved;

    if (calls->first == NULL)
        return;
    if (gc->calling >= CALL_DEPTH) {
        *calls->last = gc->late;
        gc->late = calls->first;
        return;
    }
    gc->calling++;
    coil_error_save(&saved);
    call_all(&calls->first);
    while (gc->calling == 1 && gc->late != NULL)
        call_all(&gc->late);
    coil_error_restore(&saved);
    gc->calling--;
}

void coili_weak_died(coil_obj *o)
{
    struct coili_weak_calls calls = { NULL, &calls.first };

    if (coili_is_weak(o)) {
        coili_weak_unlink(coili_weakref_of(o));
        return;
    }
    if (o->gc & COILI_PLACE)
        coili_gc_forget(o);
    coili_weak_clear(o, &calls);
    coili_weak_call(&calls);
}

/* weakref: duties of a container */
int coili_weak_traverse(coil_obj *self, coil_visit_fn *visit, void *arg)
{
    COIL_VISIT(coili_weakref_of(self)->context);
    return 0;
}

void coili_weak_release(coil_obj *self)
{
    coili_weak_unlink(coili_weakref_of(self));
    COIL_CLEAR(coili_weakref_of(self)->context);
}

/* weakref: answers */
static int weakref_hash(coil_obj *self, int64_t *hash)
{
    struct coili_weakref *r = coili_weakref_of(self);
    coil_obj *o;
    int64_t found;
    int rv = 0;

    if (r->hash == -1) {
        if (coil_weakref_get(self, &o) == 0) {
            coil_error_set(COIL_TYPE_ERROR,
                           "weak object has gone away");
            return -1;
        }
        rv = coil_hash(o, &found);
        if (rv == 0)
            r->hash = found;
        coil_decref(o);
    }
    *hash = r->hash;
    return rv;
}

static int weakref_equal(coil_obj *self, coil_obj *other)
{
    coil_obj *a, *b;
    int rv;

    if (!coil_is(other, &coil_weakref_type))
        return COIL_UNKNOWN;
    coil_weakref_get(self, &a);
    coil_weakref_get(other, &b);
    rv = a == NULL || b == NULL ? self == other : coil_equal(a, b);
    coil_decref(a);
    coil_decref(b);
    return rv;
}

static int weakref_repr(coil_obj *self, coil_text *out)
{
    coil_obj *o = coili_weakref_of(self)->object;

    if (o == NULL)
        return coil_text_add(out, "<weakref; dead>");
    return coil_text_format(out, "<weakref; to '%s'>", o->type->name);
}

/* weakref: the type */
coil_type coil_weakref_type = {
    .head = COIL_TYPE_HEAD, .name = "weakref.ReferenceType",
    .size = sizeof(struct coili_weakref),
    .traverse = coili_weak_traverse, .release = coili_weak_release,
    .repr = weakref_repr, .hash = weakref_hash, .equal = weakref_equal,
};
