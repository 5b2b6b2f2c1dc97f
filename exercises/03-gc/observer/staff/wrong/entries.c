/* fails: rest */
/* entries of the dead stay until the next event */
#include "observer.h"

struct subject {
    coil_obj head;
    observer_fn *fn;
    coil_obj *refs;             /* owned list: weak references, None */
    coil_obj *self;             /* owned weak reference to itself */
    size_t telling;             /* events that are being told */
};

static int subject_traverse(coil_obj *o, coil_visit_fn *visit,
                            void *arg)
{
    COIL_VISIT(((struct subject *)o)->refs);
    COIL_VISIT(((struct subject *)o)->self);
    return 0;
}

static void subject_release(coil_obj *o)
{
    COIL_CLEAR(((struct subject *)o)->refs);
    COIL_CLEAR(((struct subject *)o)->self);
}

static coil_type subject_type = {
    .head = COIL_TYPE_HEAD, .name = "subject",
    .size = sizeof(struct subject), .weak = true,
    .traverse = subject_traverse, .clear = subject_release,
    .release = subject_release,
};

coil_obj *observer_new(observer_fn *fn)
{
    struct subject *s = coil_object_new(&subject_type);

    if (s == NULL)
        return NULL;
    s->fn = fn;
    s->refs = coil_list_new();
    if (s->refs != NULL)
        s->self = coil_weakref_new((coil_obj *)s, NULL, NULL);
    if (s->self == NULL)
        COIL_CLEAR(s);
    return (coil_obj *)s;
}

/* The listener of entry i, borrowed; NULL: gone or removed. */
static coil_obj *listener_at(struct subject *s, size_t i)
{
    coil_obj *ref = coil_list_get_borrowed(s->refs, i);

    return ref == COIL_NONE ? NULL : coil_weakref_get_borrowed(ref);
}

/* Take out what leads nowhere, unless somebody walks over it. */
static void clean(struct subject *s)
{
    if (s->telling > 0)
        return;
    for (size_t i = coil_list_len(s->refs); i-- > 0; )
        if (listener_at(s, i) == NULL)
            coil_list_delete(s->refs, i);
}

static int gone(coil_obj *ref, coil_obj *self)
{
    coil_obj *subject;

    (void)ref;
    (void)self, (void)subject;
    return 0;
}

/* The entry of the listener; as many as there are: it has none. */
static size_t find(struct subject *s, coil_obj *listener)
{
    size_t len = coil_list_len(s->refs), i = 0;

    while (i < len && listener_at(s, i) != listener)
        i++;
    return i;
}

size_t observer_len(coil_obj *subject)
{
    struct subject *s = (struct subject *)subject;
    size_t n = 0;

    for (size_t i = 0; i < coil_list_len(s->refs); i++)
        n += listener_at(s, i) != NULL;
    return n;
}

int observer_add(coil_obj *subject, coil_obj *listener)
{
    struct subject *s = (struct subject *)subject;

    if (find(s, listener) < coil_list_len(s->refs))
        return 0;
    return coil_list_append_steal(
        s->refs, coil_weakref_new(listener, gone, s->self));
}

int observer_remove(coil_obj *subject, coil_obj *listener)
{
    struct subject *s = (struct subject *)subject;
    size_t i = find(s, listener);

    if (i == coil_list_len(s->refs))
        return 0;
    coil_list_set(s->refs, i, COIL_NONE);
    clean(s);
    return 1;
}

ptrdiff_t observer_tell(coil_obj *subject, coil_obj *event)
{
    struct subject *s = (struct subject *)coil_incref(subject);
    size_t len = coil_list_len(s->refs);
    ptrdiff_t told = 0;

    s->telling++;
    for (size_t i = 0; told >= 0 && i < len; i++) {
        coil_obj *listener = listener_at(s, i);

        if (listener == NULL)
            continue;
        coil_incref(listener);
        told = s->fn(listener, event) < 0 ? -1 : told + 1;
        coil_decref(listener);
    }
    s->telling--;
    clean(s);
    coil_decref(subject);
    return told;
}
