/* fails: between crash */
/* the list is made of all entries, dead ones too */
#include "weak_set.h"

struct weak_set {
    coil_obj head;
    coil_obj *refs;             /* owned set of weak references */
    coil_obj *self;             /* owned weak reference to itself */
};

static int set_traverse(coil_obj *o, coil_visit_fn *visit, void *arg)
{
    COIL_VISIT(((struct weak_set *)o)->refs);
    COIL_VISIT(((struct weak_set *)o)->self);
    return 0;
}

static void set_release(coil_obj *o)
{
    COIL_CLEAR(((struct weak_set *)o)->refs);
    COIL_CLEAR(((struct weak_set *)o)->self);
}

static coil_type set_type = {
    .head = COIL_TYPE_HEAD, .name = "weak_set",
    .size = sizeof(struct weak_set), .weak = true,
    .traverse = set_traverse, .clear = set_release,
    .release = set_release,
};

coil_obj *weak_set_new(void)
{
    struct weak_set *set = coil_object_new(&set_type);

    if (set == NULL)
        return NULL;
    set->refs = coil_set_new();
    if (set->refs != NULL)
        set->self = coil_weakref_new((coil_obj *)set, NULL, NULL);
    if (set->self == NULL)
        COIL_CLEAR(set);
    return (coil_obj *)set;
}

/* The element that ref led to has gone. */
static int gone(coil_obj *ref, coil_obj *self)
{
    coil_obj *set;

    if (coil_weakref_get(self, &set) == 1)
        coil_set_discard(((struct weak_set *)set)->refs, ref);
    coil_decref(set);
    return 0;
}

size_t weak_set_len(coil_obj *set)
{
    coil_obj *refs = ((struct weak_set *)set)->refs, *ref;
    size_t at = 0, len = 0;

    while (coil_set_next(refs, &at, &ref))
        len += coil_weakref_get_borrowed(ref) != NULL;
    return len;
}

coil_obj *weak_set_list(coil_obj *set)
{
    coil_obj *refs = ((struct weak_set *)set)->refs, *ref;
    coil_obj *list = coil_list_new();
    size_t at = 0;

    while (list != NULL && coil_set_next(refs, &at, &ref))
        if (coil_list_append(list, coil_weakref_get_borrowed(ref)) < 0)
            COIL_CLEAR(list);
    return list;
}

int weak_set_add(coil_obj *set, coil_obj *item)
{
    struct weak_set *s = (struct weak_set *)set;
    coil_obj *ref = coil_weakref_new(item, gone, s->self);
    int rv = ref != NULL ? coil_set_add(s->refs, ref) : -1;

    coil_decref(ref);
    return rv;
}

int weak_set_has(coil_obj *set, coil_obj *item)
{
    coil_obj *ref = coil_weakref_new(item, NULL, NULL);
    int rv = -1;

    if (ref != NULL) {
        rv = coil_set_has(((struct weak_set *)set)->refs, ref);
    } else if (coil_error_is(COIL_TYPE_ERROR)) {
        coil_error_clear();
        rv = 0;
    }
    coil_decref(ref);
    return rv;
}
