#include "coil/dict.h"
#include "coil/list.h"
#include "coil/tuple.h"
#include "coil/weakdict.h"
#include "coil/weakref.h"

/* weakdict: the structure */
struct weak_dict {
    coil_obj head;
    coil_obj *data;         /* owned dict: key to reference, or
                               reference to value */
    coil_obj *self;         /* owned weak reference to this object */
};

static struct weak_dict *weak_dict_of(coil_obj *o,
                                      const coil_type *type)
{
    COIL_CHECK(o != NULL && coil_is(o, type));
    return (struct weak_dict *)o;
}

/* weakdict: entries with weak values */
/* The value is gone: so goes its entry, if it is still the same. */
static int value_gone(coil_obj *ref, coil_obj *context)
{
    coil_obj *self = coil_tuple_get_borrowed(context, 0);
    coil_obj *key = coil_tuple_get_borrowed(context, 1);
    coil_obj *dict, *held;
    int rv = 0;

    if (coil_weakref_get(self, &dict) == 0)
        return 0;
    self = ((struct weak_dict *)dict)->data;
    rv = coil_dict_get_borrowed(self, key, &held);
    if (rv == 1 && held == ref)
        rv = coil_dict_delete(self, key);
    coil_decref(dict);
    return rv;
}

int coil_weak_values_set(coil_obj *dict, coil_obj *key, coil_obj *value)
{
    struct weak_dict *d = weak_dict_of(dict, &coil_weak_values_type);
    coil_obj *context = coil_tuple_of(2, d->self, key), *ref = NULL;
    int rv = -1;

    if (context != NULL)
        ref = coil_weakref_new(value, value_gone, context);
    if (ref != NULL)
        rv = coil_dict_set(d->data, key, ref);
    coil_decref(ref);
    coil_decref(context);
    return rv;
}

int coil_weak_values_get(coil_obj *dict, coil_obj *key,
                         coil_obj **value)
{
    struct weak_dict *d = weak_dict_of(dict, &coil_weak_values_type);
    coil_obj *ref;
    int rv;

    COIL_CHECK(value != NULL);
    *value = NULL;
    rv = coil_dict_get_borrowed(d->data, key, &ref);
    return rv == 1 ? coil_weakref_get(ref, value) : rv;
}

int coil_weak_values_delete(coil_obj *dict, coil_obj *key)
{
    return coil_dict_delete(
        weak_dict_of(dict, &coil_weak_values_type)->data, key);
}

size_t coil_weak_values_len(coil_obj *dict)
{
    return coil_dict_len(
        weak_dict_of(dict, &coil_weak_values_type)->data);
}

/* weakdict: entries with weak keys */
static int key_gone(coil_obj *ref, coil_obj *self)
{
    coil_obj *dict, *value;
    int rv;

    if (coil_weakref_get(self, &dict) == 0)
        return 0;
    rv = coil_dict_pop(((struct weak_dict *)dict)->data, ref, &value);
    coil_decref(value);
    coil_decref(dict);
    return rv;
}

int coil_weak_keys_set(coil_obj *dict, coil_obj *key, coil_obj *value)
{
    struct weak_dict *d = weak_dict_of(dict, &coil_weak_keys_type);
    coil_obj *ref = coil_weakref_new(key, key_gone, d->self);
    int rv = -1;

    if (ref != NULL)
        rv = coil_dict_set(d->data, ref, value);
    coil_decref(ref);
    return rv;
}

int coil_weak_keys_get(coil_obj *dict, coil_obj *key, coil_obj **value)
{
    struct weak_dict *d = weak_dict_of(dict, &coil_weak_keys_type);
    coil_obj *ref;
    int rv = -1;

    COIL_CHECK(value != NULL);
    *value = NULL;
    ref = coil_weakref_new(key, NULL, NULL);
    if (ref != NULL)
        rv = coil_dict_get(d->data, ref, value);
    coil_decref(ref);
    return rv;
}

int coil_weak_keys_delete(coil_obj *dict, coil_obj *key)
{
    struct weak_dict *d = weak_dict_of(dict, &coil_weak_keys_type);
    coil_obj *ref = coil_weakref_new(key, NULL, NULL);
    int rv = -1;

    if (ref != NULL)
        rv = coil_dict_delete(d->data, ref);
    coil_decref(ref);
    return rv;
}

size_t coil_weak_keys_len(coil_obj *dict)
{
    return coil_dict_len(
        weak_dict_of(dict, &coil_weak_keys_type)->data);
}

/* weakdict: duties of a container */
static int weak_dict_traverse(coil_obj *o, coil_visit_fn *visit,
                              void *arg)
{
    struct weak_dict *d = (struct weak_dict *)o;

    COIL_VISIT(d->data);
    COIL_VISIT(d->self);
    return 0;
}

static void weak_dict_release(coil_obj *o)
{
    struct weak_dict *d = (struct weak_dict *)o;

    COIL_CLEAR(d->data);
    COIL_CLEAR(d->self);
}

static int weak_dict_truth(coil_obj *o)
{
    return coil_dict_len(((struct weak_dict *)o)->data) > 0;
}

/* weakdict: the types */
coil_type coil_weak_values_type = {
    .head = COIL_TYPE_HEAD, .name = "WeakValueDictionary",
    .size = sizeof(struct weak_dict), .weak = true,
    .traverse = weak_dict_traverse, .release = weak_dict_release,
    .truth = weak_dict_truth,
};

coil_type coil_weak_keys_type = {
    .head = COIL_TYPE_HEAD, .name = "WeakKeyDictionary",
    .size = sizeof(struct weak_dict), .weak = true,
    .traverse = weak_dict_traverse, .release = weak_dict_release,
    .truth = weak_dict_truth,
};

/* weakdict: making and listing */
static coil_obj *new_weak_dict(coil_type *type)
{
    struct weak_dict *d = coil_object_new(type);

    if (d == NULL)
        return NULL;
    if ((d->data = coil_dict_new()) == NULL ||
        (d->self = coil_weakref_new(&d->head, NULL, NULL)) == NULL)
        COIL_CLEAR(d);
    return (coil_obj *)d;
}

coil_obj *coil_weak_values_new(void)
{
    return new_weak_dict(&coil_weak_values_type);
}

coil_obj *coil_weak_keys_new(void)
{
    return new_weak_dict(&coil_weak_keys_type);
}

/* A new list of what the references in data lead to. */
static coil_obj *list_of_living(coil_obj *data, bool keys)
{
    coil_obj *list = coil_list_new(), *key, *value, *o;
    size_t at = 0;

    while (list != NULL && coil_dict_next(data, &at, &key, &value))
        if (coil_weakref_get(keys ? key : value, &o) == 1 &&
            coil_list_append_steal(list, o) < 0)
            COIL_CLEAR(list);
    return list;
}

coil_obj *coil_weak_values_list(coil_obj *dict)
{
    return list_of_living(
        weak_dict_of(dict, &coil_weak_values_type)->data, false);
}

coil_obj *coil_weak_keys_list(coil_obj *dict)
{
    return list_of_living(
        weak_dict_of(dict, &coil_weak_keys_type)->data, true);
}
