#include "coil/dict.h"
#include "coil/list.h"
#include "coil/tuple.h"
#include "internal/dict_layout.h"
#include "internal/iter.h"
/* dict: more headers */
#include "internal/gc.h"

/* dict: making one */
static struct coili_table *table_of(coil_obj *dict)
{
    return &coili_dict_of(dict)->table;
}

coil_obj *coil_dict_new(void)
{
    struct coili_dict *d = coil_object_new(&coil_dict_type);

    if (d == NULL)
        return NULL;
    coili_table_init(&d->table);
    /* a new dict need not be seen by the collector yet */
    coili_gc_forget(&d->head);
    return &d->head;
}

bool coil_dict_check(coil_obj *o)
{
    COIL_CHECK(o != NULL);
    return coil_is(o, &coil_dict_type);
}

size_t coil_dict_len(coil_obj *dict)
{
    COIL_CHECK(coil_dict_check(dict));
    return table_of(dict)->len;
}

/* dict: reading */
static int find(coil_obj *dict, coil_obj *key, struct coili_entry **e)
{
    int64_t hash;

    *e = NULL;
    if (coili_key_hash(key, &hash) < 0)
        return -1;
    return coili_table_find(table_of(dict), key, hash, e);
}

__attribute__((noinline))
static int get(coil_obj *dict, coil_obj *key, coil_obj **value)
{
    struct coili_entry *e;
    int rv = find(dict, key, &e);

    *value = rv == 1 ? e->value : NULL;
    return rv;
}

int coil_dict_get_borrowed(coil_obj *dict, coil_obj *key,
                           coil_obj **value)
{
    COIL_CHECK(coil_dict_check(dict) && key != NULL && value != NULL);
    /* return what the first slot tells of a str */
    if (coil_is(key, &coil_str_type)) {
        const struct coili_table *t = table_of(dict);
        int64_t hash = coili_str_of(key)->hash;
        size_t n = coili_table_at(t, coili_path_start(t, hash).slot);

        if (n != 0 && t->entries[n - 1].key == key) {
            *value = t->entries[n - 1].value;
            return 1;
        }
        if (n == 0 && hash != -1) {
            *value = NULL;
            return 0;
        }
    }
    return get(dict, key, value);
}

int coil_dict_get(coil_obj *dict, coil_obj *key, coil_obj **value)
{
    int rv = coil_dict_get_borrowed(dict, key, value);

    if (rv == 1)
        coil_incref(*value);
    return rv;
}

coil_obj *coil_dict_item(coil_obj *dict, coil_obj *key)
{
    coil_obj *value;
    int rv = coil_dict_get(dict, key, &value);

    if (rv == 0)
        coili_key_error(key);
    return value;
}

/* dict: writing */
static int store(coil_obj *dict, int64_t hash, coil_obj *key,
                 coil_obj *value)
{
    struct coili_table *t = table_of(dict);
    struct coili_entry *e;
    coil_obj *old;
    int rv = coili_table_find(t, key, hash, &e);

    if (rv < 0)
        return -1;
    /* let the collector see a dict that gets a container, or return */
    if (!(dict->gc & COILI_PLACE) &&
        (coili_may_be_tracked(key) || coili_may_be_tracked(value)) &&
        coili_gc_admit(dict) < 0)
        return -1;
    if (rv == 0)
        return coili_table_add_steal(t, hash, coil_incref(key),
                                     coil_incref(value));
    old = e->value;
    e->value = coil_incref(value);
    coil_decref(old);
    return 0;
}

int coil_dict_set(coil_obj *dict, coil_obj *key, coil_obj *value)
{
    int64_t hash;

    COIL_CHECK(coil_dict_check(dict) && key != NULL && value != NULL);
    if (coili_key_hash(key, &hash) < 0)
        return -1;
    return store(dict, hash, key, value);
}

int coil_dict_update(coil_obj *dict, coil_obj *other)
{
    size_t len = coil_dict_len(other), at = 0;
    struct coili_entry e;
    int rv = 0;

    COIL_CHECK(coil_dict_check(dict));
    while (dict != other && rv == 0 &&
           coili_table_next_held(table_of(other), &at, &e)) {
        rv = store(dict, e.hash, e.key, e.value);
        coili_entry_drop(&e);
        if (rv == 0 && coil_dict_len(other) != len) {
            coil_error_set(COIL_RUNTIME_ERROR,
                           "dict mutated during update");
            rv = -1;
        }
    }
    return rv;
}

/* dict: removing */
int coil_dict_pop(coil_obj *dict, coil_obj *key, coil_obj **value)
{
    struct coili_entry *e, taken;
    int rv;

    COIL_CHECK(coil_dict_check(dict) && key != NULL && value != NULL);
    *value = NULL;
    if ((rv = find(dict, key, &e)) != 1)
        return rv;
    taken = coili_table_take(table_of(dict), e);
    *value = taken.value;
    coil_decref(taken.key);
    return 1;
}

int coil_dict_delete(coil_obj *dict, coil_obj *key)
{
    coil_obj *value;
    int rv = coil_dict_pop(dict, key, &value);

    coil_decref(value);
    if (rv == 0)
        return coili_key_error(key);
    return rv < 0 ? -1 : 0;
}

void coil_dict_clear(coil_obj *dict)
{
    COIL_CHECK(coil_dict_check(dict));
    coili_table_clear(table_of(dict));
}

/* dict: all at once */
bool coil_dict_next(coil_obj *dict, size_t *at, coil_obj **key,
                    coil_obj **value)
{
    struct coili_entry *e;

    COIL_CHECK(coil_dict_check(dict) && at != NULL);
    if ((e = coili_table_next(table_of(dict), at)) == NULL)
        return false;
    if (key != NULL)
        *key = e->key;
    if (value != NULL)
        *value = e->value;
    return true;
}

coil_obj *coil_dict_keys(coil_obj *dict)
{
    coil_obj *list = coil_list_new(), *key;
    size_t at = 0;

    while (list != NULL && coil_dict_next(dict, &at, &key, NULL))
        if (coil_list_append(list, key) < 0)
            COIL_CLEAR(list);
    return list;
}

coil_obj *coil_dict_values(coil_obj *dict)
{
    coil_obj *list = coil_list_new(), *value;
    size_t at = 0;

    while (list != NULL && coil_dict_next(dict, &at, NULL, &value))
        if (coil_list_append(list, value) < 0)
            COIL_CLEAR(list);
    return list;
}

coil_obj *coil_dict_items(coil_obj *dict)
{
    coil_obj *list = coil_list_new();
    struct coili_entry e;
    size_t at = 0;

    COIL_CHECK(coil_dict_check(dict));
    while (list != NULL &&
           coili_table_next_held(table_of(dict), &at, &e)) {
        if (coil_list_append_steal(list,
                coil_tuple_of(2, e.key, e.value)) < 0)
            COIL_CLEAR(list);
        coili_entry_drop(&e);
    }
    return list;
}

/* dict: duties of a container */
static int dict_traverse(coil_obj *self, coil_visit_fn *visit,
                         void *arg)
{
    return coili_table_traverse(table_of(self), visit, arg);
}

static void dict_empty(coil_obj *self)
{
    coili_table_clear(table_of(self));
}

void coili_dict_validate(coil_obj *dict)
{
    COIL_ASSERT(coil_is(dict, &coil_dict_type));
    coili_table_validate(table_of(dict));
}

/* dict: answers */
static int write_entry(coil_text *out, const struct coili_entry *e,
                       bool first)
{
    if (!first && coil_text_add(out, ", ") < 0)
        return -1;
    if (coil_text_repr(out, e->key) < 0 ||
        coil_text_add(out, ": ") < 0)
        return -1;
    return coil_text_repr(out, e->value);
}

static int dict_repr(coil_obj *self, coil_text *out)
{
    coil_text_frame frame;
    struct coili_entry e;
    size_t at = 0;
    int rv;

    if (coil_text_enter(out, self, &frame))
        return coil_text_add(out, "{...}");
    rv = coil_text_add(out, "{");
    for (bool first = true; rv == 0 &&
             coili_table_next_held(table_of(self), &at, &e);
         first = false) {
        rv = write_entry(out, &e, first);
        coili_entry_drop(&e);
    }
    coil_text_leave(out, &frame);
    return rv < 0 ? -1 : coil_text_add(out, "}");
}

/* Has the dict an equal value under an equal key? */
static int has_entry(coil_obj *dict, const struct coili_entry *wanted)
{
    struct coili_entry *e;
    coil_obj *value;
    int rv = coili_table_find(table_of(dict), wanted->key,
                              wanted->hash, &e);

    if (rv != 1)
        return rv;
    value = coil_incref(e->value);
    rv = coil_same(wanted->value, value);
    coil_decref(value);
    return rv;
}

static int dict_equal(coil_obj *self, coil_obj *other)
{
    struct coili_entry e;
    size_t at = 0;
    int rv = 1;

    if (!coil_is(other, &coil_dict_type))
        return COIL_UNKNOWN;
    if (table_of(self)->len != table_of(other)->len)
        return 0;
    while (rv == 1 && coili_table_next_held(table_of(self), &at, &e)) {
        rv = has_entry(other, &e);
        coili_entry_drop(&e);
    }
    return rv;
}

static int dict_truth(coil_obj *self)
{
    return table_of(self)->len > 0;
}

/* dict: iterating */
static int dict_next(coil_obj *self, coil_obj **item)
{
    struct coili_iter *it = coili_iter_of(self);
    struct coili_entry *e;
    int rv;

    if (it->owner == NULL)
        return 0;
    rv = coili_table_step(table_of(it->owner), it, "dictionary", &e);
    if (rv == 1 && it->left > 0) {
        it->left--;
        *item = coil_incref(e->key);
        return 1;
    }
    if (rv == 1) {
        coil_error_set(COIL_RUNTIME_ERROR,
                       "dictionary keys changed during iteration");
        rv = -1;
    }
    /* dict: an iterator lets go of its dict unless the size changed */
    if (it->len != COILI_CHANGED)
        COIL_CLEAR(it->owner);
    return rv;
}

static coil_type dict_iterator_type = {
    .head = COIL_TYPE_HEAD, .name = "dict_keyiterator",
    .size = sizeof(struct coili_iter),
    .traverse = coili_iter_traverse, .clear = coili_iter_release,
    .release = coili_iter_release, .iter = coili_iter_self,
    .next = dict_next,
};

static coil_obj *dict_iter(coil_obj *self)
{
    return coili_iter_new(&dict_iterator_type, self,
                          &table_of(self)->len);
}

/* dict: the type */
coil_type coil_dict_type = {
    .head = COIL_TYPE_HEAD, .name = "dict",
    .size = sizeof(struct coili_dict),
    .traverse = dict_traverse, .clear = dict_empty,
    .release = dict_empty, .repr = dict_repr, .equal = dict_equal,
    .truth = dict_truth, .iter = dict_iter,
};
