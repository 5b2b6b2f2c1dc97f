#include "coil/finalize.h"
#include "coil/weakref.h"
#include "internal/thread.h"

/* finalize: the structure */
struct coili_promise {
    coil_obj head;
    coil_obj *ref;          /* owned; NULL: not alive */
    coil_finalize_call_fn *fn;
    coil_obj *context;      /* owned, or NULL */
    struct coili_promise *next, *previous;     /* while alive */
    bool not_at_close;
};

static struct coili_promise *finalize_of(coil_obj *o)
{
    COIL_CHECK(o != NULL && coil_is(o, &coil_finalize_type));
    return (struct coili_promise *)o;
}

/* finalize: ending it */
/* Take it out of the list; the list's reference is yours. */
static void unlink_finalize(struct coili_promise *f)
{
    if (f->next != NULL)
        f->next->previous = f->previous;
    if (f->previous != NULL)
        f->previous->next = f->next;
    else
        coili_thread->runtime->finalize = f->next;
    f->next = f->previous = NULL;
}

/* Returns whether it was alive; its context is then yours. */
static bool end(struct coili_promise *f, coil_obj **context)
{
    if (f->ref == NULL)
        return false;
    *context = f->context;
    f->context = NULL;
    unlink_finalize(f);
    COIL_CLEAR(f->ref);
    coil_decref(&f->head);
    return true;
}

int coil_finalize_call(coil_obj *o)
{
    struct coili_promise *f = finalize_of(o);
    coil_finalize_call_fn *fn = f->fn;
    coil_obj *context;
    int rv;

    if (!end(f, &context))
        return 0;
    rv = fn(context) < 0 ? -1 : 1;
    coil_decref(context);
    return rv;
}

int coil_finalize_detach(coil_obj *o)
{
    coil_obj *context;

    if (!end(finalize_of(o), &context))
        return 0;
    coil_decref(context);
    return 1;
}

/* finalize: making one */
static int object_gone(coil_obj *ref, coil_obj *f)
{
    (void)ref;
    return coil_finalize_call(f) < 0 ? -1 : 0;
}

coil_obj *coil_finalize_new(coil_obj *o, coil_finalize_call_fn *fn,
                            coil_obj *context)
{
    coil_runtime *rt = coili_thread->runtime;
    struct coili_promise *f;

    COIL_CHECK(o != NULL && fn != NULL);
    if ((f = coil_object_new(&coil_finalize_type)) == NULL)
        return NULL;
    f->fn = fn;
    f->ref = coil_weakref_new(o, object_gone, &f->head);
    if (f->ref == NULL) {
        coil_decref(&f->head);
        return NULL;
    }
    if (context != NULL)
        f->context = coil_incref(context);
    /* put it first in the list, which owns it */
    f->next = rt->finalize;
    if (f->next != NULL)
        f->next->previous = f;
    rt->finalize = f;
    return coil_incref(&f->head);
}

/* finalize: asking */
bool coil_finalize_alive(coil_obj *f)
{
    return finalize_of(f)->ref != NULL;
}

int coil_finalize_peek(coil_obj *f, coil_obj **o)
{
    COIL_CHECK(o != NULL);
    *o = NULL;
    return coil_finalize_alive(f)
        ? coil_weakref_get(finalize_of(f)->ref, o) : 0;
}

void coil_finalize_at_close(coil_obj *f, bool wanted)
{
    finalize_of(f)->not_at_close = !wanted;
}

/* The runtime closes.  A call may promise more calls. */
void coili_finalize_all(void)
{
    struct coili_promise *f;

    while ((f = coili_thread->runtime->finalize) != NULL) {
        coil_obj *o = coil_incref(&f->head);

        if (f->not_at_close)
            coil_finalize_detach(o);
        else if (coil_finalize_call(o) < 0)
            coil_error_ignore("finalize at the end of the runtime");
        coil_decref(o);
    }
}

/* finalize: the type */
static int finalize_traverse(coil_obj *self, coil_visit_fn *visit,
                             void *arg)
{
    struct coili_promise *f = (struct coili_promise *)self;

    COIL_VISIT(f->ref);
    COIL_VISIT(f->context);
    return 0;
}

static void finalize_release(coil_obj *self)
{
    struct coili_promise *f = (struct coili_promise *)self;

    COIL_CLEAR(f->ref);
    COIL_CLEAR(f->context);
}

coil_type coil_finalize_type = {
    .head = COIL_TYPE_HEAD, .name = "finalize",
    .size = sizeof(struct coili_promise),
    .traverse = finalize_traverse, .release = finalize_release,
};
