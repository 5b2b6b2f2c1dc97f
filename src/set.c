#include "coil/set.h"
#include "internal/iter.h"
#include "internal/set_layout.h"

/* set: making one */
static struct coili_table *table_of(coil_obj *set)
{
    return &coili_set_of(set)->table;
}

coil_obj *coil_set_new(void)
{
    struct coili_set *s = coil_object_new(&coil_set_type);

    if (s == NULL)
        return NULL;
    coili_table_init(&s->table);
    return &s->head;
}

bool coil_set_check(coil_obj *o)
{
    COIL_CHECK(o != NULL);
    return coil_is(o, &coil_set_type);
}

size_t coil_set_len(coil_obj *set)
{
    COIL_CHECK(coil_set_check(set));
    return table_of(set)->len;
}

/* set: one element */
static int add(coil_obj *set, int64_t hash, coil_obj *item)
{
    struct coili_table *t = table_of(set);
    struct coili_entry *e;
    int rv = coili_table_find(t, item, hash, &e);

    if (rv != 0)
        return rv < 0 ? -1 : 0;
    return coili_table_add_steal(t, hash, coil_incref(item), NULL);
}

int coil_set_add(coil_obj *set, coil_obj *item)
{
    int64_t hash;

    COIL_CHECK(coil_set_check(set) && item != NULL);
    if (coili_key_hash(item, &hash) < 0)
        return -1;
    return add(set, hash, item);
}

static int has(coil_obj *set, int64_t hash, coil_obj *item)
{
    struct coili_entry *e;

    return coili_table_find(table_of(set), item, hash, &e);
}

int coil_set_has(coil_obj *set, coil_obj *item)
{
    int64_t hash;

    COIL_CHECK(coil_set_check(set) && item != NULL);
    if (coili_key_hash(item, &hash) < 0)
        return -1;
    return has(set, hash, item);
}

int coil_set_discard(coil_obj *set, coil_obj *item)
{
    struct coili_entry *e;
    int64_t hash;
    int rv;

    COIL_CHECK(coil_set_check(set) && item != NULL);
    if (coili_key_hash(item, &hash) < 0)
        return -1;
    rv = coili_table_find(table_of(set), item, hash, &e);
    if (rv == 1)
        coil_decref(coili_table_take(table_of(set), e).key);
    return rv;
}

int coil_set_remove(coil_obj *set, coil_obj *item)
{
    int rv = coil_set_discard(set, item);

    if (rv == 0)
        return coili_key_error(item);
    return rv < 0 ? -1 : 0;
}

/* set: some element */
coil_obj *coil_set_pop(coil_obj *set)
{
    struct coili_set *s = coili_set_of(set);
    struct coili_entry *e;

    COIL_CHECK(coil_set_check(set));
    if (s->dead_shape != s->table.shape) {
        s->dead_shape = s->table.shape;
        s->dead = 0;
    }
    if ((e = coili_table_next(&s->table, &s->dead)) == NULL) {
        coil_error_set(COIL_KEY_ERROR, "'pop from an empty set'");
        return NULL;
    }
    return coili_table_take(&s->table, e).key;
}

void coil_set_clear(coil_obj *set)
{
    COIL_CHECK(coil_set_check(set));
    coili_table_clear(table_of(set));
}

bool coil_set_next(coil_obj *set, size_t *at, coil_obj **item)
{
    struct coili_entry *e;

    COIL_CHECK(coil_set_check(set) && at != NULL && item != NULL);
    e = coili_table_next(table_of(set), at);
    *item = e != NULL ? e->key : NULL;
    return e != NULL;
}

/* set: with another set */
/* Add to `to` the elements of `from` that are in `other` (or, unless
 * wanted, are not); if other is NULL, add all. */
static int add_some(coil_obj *to, coil_obj *from, coil_obj *other,
                    int wanted)
{
    struct coili_entry e;
    size_t at = 0;
    int rv = 0;

    while (rv == 0 &&
           coili_table_next_held(table_of(from), &at, &e)) {
        rv = other != NULL ? has(other, e.hash, e.key) : wanted;
        if (rv >= 0)
            rv = rv == wanted ? add(to, e.hash, e.key) : 0;
        coili_entry_drop(&e);
    }
    return rv;
}

coil_obj *coil_set_union(coil_obj *a, coil_obj *b)
{
    coil_obj *set = coil_set_new();

    COIL_CHECK(coil_set_check(a) && coil_set_check(b));
    if (set != NULL && (add_some(set, a, NULL, 1) < 0 ||
                        add_some(set, b, NULL, 1) < 0))
        COIL_CLEAR(set);
    return set;
}

coil_obj *coil_set_intersection(coil_obj *a, coil_obj *b)
{
    coil_obj *set = coil_set_new();

    COIL_CHECK(coil_set_check(a) && coil_set_check(b));
    if (set != NULL && add_some(set, a, b, 1) < 0)
        COIL_CLEAR(set);
    return set;
}

coil_obj *coil_set_difference(coil_obj *a, coil_obj *b)
{
    coil_obj *set = coil_set_new();

    COIL_CHECK(coil_set_check(a) && coil_set_check(b));
    if (set != NULL && add_some(set, a, b, 0) < 0)
        COIL_CLEAR(set);
    return set;
}

/* set: duties of a container */
static int set_traverse(coil_obj *self, coil_visit_fn *visit,
                        void *arg)
{
    return coili_table_traverse(table_of(self), visit, arg);
}

static void set_empty(coil_obj *self)
{
    coili_table_clear(table_of(self));
}

void coili_set_validate(coil_obj *set)
{
    COIL_ASSERT(coil_is(set, &coil_set_type));
    coili_table_validate(table_of(set));
    for (size_t n = 0; n < table_of(set)->used; n++)
        COIL_ASSERT(table_of(set)->entries[n].value == NULL);
}

/* set: answers */
static int write_set(coil_obj *self, coil_text *out)
{
    struct coili_entry e;
    size_t at = 0;
    int rv = 0;

    for (bool first = true; rv == 0 &&
             coili_table_next_held(table_of(self), &at, &e);
         first = false) {
        rv = coil_text_add(out, first ? "{" : ", ");
        if (rv == 0)
            rv = coil_text_repr(out, e.key);
        coili_entry_drop(&e);
    }
    return rv < 0 ? -1 : coil_text_add(out, "}");
}

static int set_repr(coil_obj *self, coil_text *out)
{
    coil_text_frame frame;
    int rv;

    if (table_of(self)->len == 0)
        return coil_text_add(out, "set()");
    if (coil_text_enter(out, self, &frame))
        return coil_text_add(out, "set(...)");
    rv = write_set(self, out);
    coil_text_leave(out, &frame);
    return rv;
}

static int set_equal(coil_obj *self, coil_obj *other)
{
    struct coili_entry e;
    size_t at = 0;
    int rv = 1;

    if (!coil_is(other, &coil_set_type))
        return COIL_UNKNOWN;
    if (table_of(self)->len != table_of(other)->len)
        return 0;
    while (rv == 1 && coili_table_next_held(table_of(self), &at, &e)) {
        rv = has(other, e.hash, e.key);
        coili_entry_drop(&e);
    }
    return rv;
}

static int set_truth(coil_obj *self)
{
    return table_of(self)->len > 0;
}

/* set: iterating */
static int set_next(coil_obj *self, coil_obj **item)
{
    struct coili_iter *it = coili_iter_of(self);
    struct coili_entry *e;
    int rv;

    if (it->owner == NULL)
        return 0;
    rv = coili_table_step(table_of(it->owner), it, "Set", &e);
    if (rv == 1)
        *item = coil_incref(e->key);
    if (rv == 0)
        COIL_CLEAR(it->owner);
    return rv;
}

static coil_type set_iterator_type = {
    .head = COIL_TYPE_HEAD, .name = "set_iterator",
    .size = sizeof(struct coili_iter),
    .traverse = coili_iter_traverse, .clear = coili_iter_release,
    .release = coili_iter_release, .iter = coili_iter_self,
    .next = set_next,
};

static coil_obj *set_iter(coil_obj *self)
{
    return coili_iter_new(&set_iterator_type, self,
                          &table_of(self)->len);
}

/* set: the type */
coil_type coil_set_type = {
    .head = COIL_TYPE_HEAD, .name = "set",
    .size = sizeof(struct coili_set), .weak = true,
    .traverse = set_traverse, .clear = set_empty,
    .release = set_empty, .repr = set_repr, .equal = set_equal,
    .truth = set_truth, .iter = set_iter,
};
