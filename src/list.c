#include <stdarg.h>
#include <string.h>

#include "coil/list.h"
#include "coil/memory.h"
#include "coil/protocol.h"
#include "internal/list_layout.h"
#include "internal/tuple_layout.h"
/* list: more headers */
#include "internal/iter.h"

/* list: growing */
static int set_room(struct coili_list *l, size_t cap)
{
    coil_obj **items;
    size_t size;

    if (__builtin_mul_overflow(cap, sizeof *items, &size)) {
        coil_error_set(COIL_MEMORY_ERROR, "out of memory");
        return -1;
    }
    items = coil_memory_resize(l->items, l->cap * sizeof *items, size);
    if (items == NULL)
        return -1;
    l->items = items;
    l->cap = cap;
    return 0;
}

/* Room for `more` elements; the elements may have moved. */
static int make_room(struct coili_list *l, size_t more)
{
    size_t need = l->len + more;
    size_t cap = (l->cap + l->cap / 4 + 6) & ~(size_t)1;

    if (need <= l->cap)
        return 0;
    return set_room(l, cap < need ? need : cap);
}

/* list: making one */
coil_obj *coil_list_new(void)
{
    return coil_object_new(&coil_list_type);
}

coil_obj *coil_list_new_cap(size_t cap)
{
    coil_obj *list = coil_list_new();

    if (list != NULL && cap > 0 &&
        set_room(coili_list_of(list), cap) < 0) {
        coil_decref(list);
        return NULL;
    }
    return list;
}

coil_obj *coil_list_of(size_t n, ...)
{
    coil_obj *list = coil_list_new_cap(n);
    struct coili_list *l = coili_list_of(list);
    va_list args;

    if (list == NULL)
        return NULL;
    va_start(args, n);
    while (l->len < n) {
        coil_obj *item = va_arg(args, coil_obj *);

        COIL_CHECK(item != NULL);
        l->items[l->len++] = coil_incref(item);
    }
    va_end(args);
    return list;
}

/* list: reading */
bool coil_list_check(coil_obj *o)
{
    COIL_CHECK(o != NULL);
    return coil_is(o, &coil_list_type);
}

size_t coil_list_len(coil_obj *list)
{
    COIL_CHECK(coil_list_check(list));
    return coili_list_of(list)->len;
}

coil_obj *coil_list_get_borrowed(coil_obj *list, size_t i)
{
    struct coili_list *l = coili_list_of(list);

    COIL_CHECK(coil_list_check(list));
    if (i >= l->len) {
        coil_error_set(COIL_INDEX_ERROR, "list index out of range");
        return NULL;
    }
    return l->items[i];
}

coil_obj *coil_list_get(coil_obj *list, size_t i)
{
    coil_obj *item = coil_list_get_borrowed(list, i);

    return item != NULL ? coil_incref(item) : NULL;
}

/* list: adding an element */
__attribute__((noinline))
static int append_slowly(struct coili_list *l, coil_obj *item)
{
    if (item == NULL)
        return -1;
    if (make_room(l, 1) < 0) {
        coil_decref(item);
        return -1;
    }
    l->items[l->len++] = item;
    return 0;
}

int coil_list_append_steal(coil_obj *list, coil_obj *item)
{
    struct coili_list *l = coili_list_of(list);

    COIL_CHECK(coil_list_check(list));
    if (item == NULL || l->len == l->cap)
        return append_slowly(l, item);
    l->items[l->len++] = item;
    return 0;
}

int coil_list_append(coil_obj *list, coil_obj *item)
{
    COIL_CHECK(item != NULL);
    return coil_list_append_steal(list, coil_incref(item));
}

int coil_list_insert(coil_obj *list, size_t i, coil_obj *item)
{
    struct coili_list *l = coili_list_of(list);

    COIL_CHECK(coil_list_check(list) && item != NULL);
    if (make_room(l, 1) < 0)
        return -1;
    if (i > l->len)
        i = l->len;
    memmove(l->items + i + 1, l->items + i,
            (l->len - i) * sizeof *l->items);
    l->items[i] = coil_incref(item);
    l->len++;
    return 0;
}

/* list: changing and taking out */
static int must_exist(struct coili_list *l, size_t i)
{
    if (i < l->len)
        return 0;
    coil_error_set(COIL_INDEX_ERROR,
                   "list assignment index out of range");
    return -1;
}

int coil_list_set(coil_obj *list, size_t i, coil_obj *item)
{
    struct coili_list *l = coili_list_of(list);
    coil_obj *old;

    COIL_CHECK(coil_list_check(list) && item != NULL);
    if (must_exist(l, i) < 0)
        return -1;
    old = l->items[i];
    l->items[i] = coil_incref(item);
    coil_decref(old);
    return 0;
}

int coil_list_delete(coil_obj *list, size_t i)
{
    struct coili_list *l = coili_list_of(list);
    coil_obj *old;

    COIL_CHECK(coil_list_check(list));
    if (must_exist(l, i) < 0)
        return -1;
    old = l->items[i];
    l->len--;
    memmove(l->items + i, l->items + i + 1,
            (l->len - i) * sizeof *l->items);
    coil_decref(old);
    return 0;
}

coil_obj *coil_list_pop(coil_obj *list)
{
    struct coili_list *l = coili_list_of(list);

    COIL_CHECK(coil_list_check(list));
    if (l->len == 0) {
        coil_error_set(COIL_INDEX_ERROR, "pop from empty list");
        return NULL;
    }
    return l->items[--l->len];
}

/* list: duties of a container */
static int list_traverse(coil_obj *self, coil_visit_fn *visit,
                         void *arg)
{
    struct coili_list *l = coili_list_of(self);

    for (size_t i = 0; i < l->len; i++)
        COIL_VISIT(l->items[i]);
    return 0;
}

static void list_empty(coil_obj *self)
{
    struct coili_list *l = coili_list_of(self), old = *l;

    l->items = NULL;
    l->len = l->cap = 0;
    for (size_t i = old.len; i > 0; i--)
        coil_decref(old.items[i - 1]);
    coil_memory_free(old.items, old.cap * sizeof *old.items);
}

void coil_list_clear(coil_obj *list)
{
    COIL_CHECK(coil_list_check(list));
    list_empty(list);
}

void coili_list_validate(coil_obj *list)
{
    struct coili_list *l = coili_list_of(list);

    COIL_ASSERT(coil_is(list, &coil_list_type));
    COIL_ASSERT(l->len <= l->cap);
    COIL_ASSERT((l->items == NULL) == (l->cap == 0));
    for (size_t i = 0; i < l->len; i++)
        COIL_ASSERT(l->items[i] != NULL && l->items[i]->count > 0);
}

/* list: appending a run */
static void append_run(struct coili_list *l, coil_obj *const *items,
                       size_t n)
{
    for (size_t i = 0; i < n; i++)
        l->items[l->len++] = coil_incref(items[i]);
}

/* list: many at once */
coil_obj *coil_list_slice(coil_obj *list, size_t start, size_t stop)
{
    coil_obj *copy = coil_list_new();
    struct coili_list *l = coili_list_of(list);

    COIL_CHECK(coil_list_check(list) && start <= stop);
    if (copy == NULL)
        return NULL;
    /* list: clip the run to what is there now */
    if (stop > l->len)
        stop = l->len;
    if (start > stop)
        start = stop;
    if (start == stop)
        return copy;
    if (set_room(coili_list_of(copy), stop - start) < 0) {
        coil_decref(copy);
        return NULL;
    }
    append_run(coili_list_of(copy), l->items + start, stop - start);
    return copy;
}

void coil_list_reverse(coil_obj *list)
{
    struct coili_list *l = coili_list_of(list);

    COIL_CHECK(coil_list_check(list));
    for (size_t i = 0, j = l->len; i + 1 < j; i++) {
        coil_obj *item = l->items[i];

        l->items[i] = l->items[--j];
        l->items[j] = item;
    }
}

static int extend_by_walking(coil_obj *list, coil_obj *iter)
{
    coil_obj *item;
    int rv;

    while ((rv = coil_next(iter, &item)) == 1)
        if (coil_list_append_steal(list, item) < 0)
            return -1;
    return rv;
}

int coil_list_extend(coil_obj *list, coil_obj *o)
{
    coil_obj *iter;
    int rv;

    COIL_CHECK(coil_list_check(list) && o != NULL);
    /* list: extend by a list or a tuple, and return */
    if (coil_is(o, &coil_list_type)) {
        struct coili_list *l = coili_list_of(list), *m = coili_list_of(o);

        if (make_room(l, m->len) < 0)
            return -1;
        append_run(l, m->items, m->len);
        return 0;
    }
    if (coil_is(o, &coil_tuple_type)) {
        struct coili_list *l = coili_list_of(list);
        struct coili_tuple *t = coili_tuple_of(o);

        if (make_room(l, t->len) < 0)
            return -1;
        append_run(l, t->items, t->len);
        return 0;
    }
    if ((iter = coil_iter(o)) == NULL)
        return -1;
    rv = extend_by_walking(list, iter);
    coil_decref(iter);
    return rv;
}

/* list: iterating */
static int list_next(coil_obj *self, coil_obj **item)
{
    struct coili_iter *it = coili_iter_of(self);
    struct coili_list *l = coili_list_of(it->owner);

    if (l != NULL && it->at < l->len) {
        *item = coil_incref(l->items[it->at++]);
        return 1;
    }
    COIL_CLEAR(it->owner);
    return 0;
}

static coil_type list_iterator_type = {
    .head = COIL_TYPE_HEAD, .name = "list_iterator",
    .size = sizeof(struct coili_iter),
    .traverse = coili_iter_traverse, .clear = coili_iter_release,
    .release = coili_iter_release, .iter = coili_iter_self,
    .next = list_next,
};

static coil_obj *list_iter(coil_obj *self)
{
    return coili_iter_new(&list_iterator_type, self, NULL);
}

/* list: the type */
coil_type coil_list_type = {
    .head = COIL_TYPE_HEAD, .name = "list",
    .size = sizeof(struct coili_list),
    .traverse = list_traverse, .clear = list_empty,
    .release = list_empty,
    .repr = coili_list_repr, .equal = coili_list_equal,
    .truth = coili_list_truth,
    /* list: the iteration slot */
    .iter = list_iter,
};
