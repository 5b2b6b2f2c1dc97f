#include "observer.h"

struct subject {
    coil_obj head;
    observer_fn *fn;
    coil_obj *listeners;        /* owned list */
};

/* observer.c: a type for subjects */
static int subject_traverse(coil_obj *o, coil_visit_fn *visit,
                            void *arg)
{
    COIL_VISIT(((struct subject *)o)->listeners);
    return 0;
}

static void subject_release(coil_obj *o)
{
    COIL_CLEAR(((struct subject *)o)->listeners);
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
    s->listeners = coil_list_new();
    if (s->listeners == NULL)
        COIL_CLEAR(s);
    return (coil_obj *)s;
}

/* observer.c: too simple */
size_t observer_len(coil_obj *subject)
{
    return coil_list_len(((struct subject *)subject)->listeners);
}

int observer_add(coil_obj *subject, coil_obj *listener)
{
    return coil_list_append(((struct subject *)subject)->listeners,
                            listener);
}

int observer_remove(coil_obj *subject, coil_obj *listener)
{
    (void)subject, (void)listener;
    return 0;
}

ptrdiff_t observer_tell(coil_obj *subject, coil_obj *event)
{
    struct subject *s = (struct subject *)subject;
    size_t len = coil_list_len(s->listeners);

    for (size_t i = 0; i < len; i++)
        if (s->fn(coil_list_get_borrowed(s->listeners, i), event) < 0)
            return -1;
    return (ptrdiff_t)len;
}
