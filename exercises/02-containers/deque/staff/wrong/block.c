/* fails: ends leak */
/* the old block is left when the deque grows */
#include "deque.h"

struct deque {
    coil_obj head;
    coil_obj **items;           /* a ring of cap places, a power of 2 */
    size_t cap, first, len;     /* owns len elements from first on */
};

static struct deque *deque_of(coil_obj *o)
{
    COIL_CHECK(deque_check(o));
    return (struct deque *)o;
}

static coil_obj **place(struct deque *d, size_t i)
{
    return &d->items[(d->first + i) & (d->cap - 1)];
}

coil_obj *deque_new(void)
{
    return coil_object_new(&deque_type);
}

bool deque_check(coil_obj *o)
{
    return coil_is(o, &deque_type);
}

size_t deque_len(coil_obj *deque)
{
    return deque_of(deque)->len;
}

static bool make_room(struct deque *d)
{
    size_t cap = d->cap > 0 ? d->cap + d->cap : 4;
    coil_obj **items;

    if (d->len < d->cap)
        return true;
    items = coil_memory_alloc(cap * sizeof *items);
    if (items == NULL)
        return false;
    for (size_t i = 0; i < d->len; i++)
        items[i] = *place(d, i);
    d->items = items;
    d->cap = cap;
    d->first = 0;
    return true;
}

int deque_append(coil_obj *deque, coil_obj *item)
{
    struct deque *d = deque_of(deque);

    if (!make_room(d))
        return -1;
    *place(d, d->len++) = coil_incref(item);
    return 0;
}

int deque_append_left(coil_obj *deque, coil_obj *item)
{
    struct deque *d = deque_of(deque);

    if (!make_room(d))
        return -1;
    d->first = (d->first + d->cap - 1) & (d->cap - 1);
    d->len++;
    *place(d, 0) = coil_incref(item);
    return 0;
}

static bool has_some(struct deque *d)
{
    if (d->len > 0)
        return true;
    coil_error_set(COIL_INDEX_ERROR, "pop from an empty deque");
    return false;
}

coil_obj *deque_pop(coil_obj *deque)
{
    struct deque *d = deque_of(deque);

    return has_some(d) ? *place(d, --d->len) : NULL;
}

coil_obj *deque_pop_left(coil_obj *deque)
{
    struct deque *d = deque_of(deque);
    coil_obj *item;

    if (!has_some(d))
        return NULL;
    item = *place(d, 0);
    d->first++;
    d->len--;
    return item;
}

void deque_clear(coil_obj *deque)
{
    struct deque *d = deque_of(deque), old = *d;

    d->items = NULL;
    d->cap = d->first = d->len = 0;
    for (size_t i = 0; i < old.len; i++)
        coil_decref(*place(&old, i));
    coil_memory_free(old.items, old.cap * sizeof *old.items);
}

/* ---- slots ------------------------------------------------------- */
static int deque_traverse(coil_obj *self, coil_visit_fn *visit,
                          void *arg)
{
    struct deque *d = deque_of(self);

    for (size_t i = 0; i < d->len; i++)
        COIL_VISIT(*place(d, i));
    return 0;
}

static int write_items(struct deque *d, coil_text *out)
{
    int rv = coil_text_add(out, "deque([");

    for (size_t i = 0; rv == 0 && i < d->len; i++) {
        coil_obj *item = coil_incref(*place(d, i));

        if (i > 0)
            rv = coil_text_add(out, ", ");
        if (rv == 0)
            rv = coil_text_repr(out, item);
        coil_decref(item);
    }
    if (rv == 0)
        rv = coil_text_add(out, "])");
    return rv;
}

static int deque_repr(coil_obj *self, coil_text *out)
{
    coil_text_frame frame;

    if (coil_text_enter(out, self, &frame))
        return coil_text_add(out, "[...]");
    int rv = write_items(deque_of(self), out);
    coil_text_leave(out, &frame);
    return rv;
}

static int deque_equal(coil_obj *self, coil_obj *other)
{
    struct deque *a = (struct deque *)self, *b = (struct deque *)other;
    int rv = 1;

    if (!deque_check(other))
        return COIL_UNKNOWN;
    if (a->len != b->len)
        return 0;
    for (size_t i = 0; rv == 1 && i < a->len && i < b->len; i++) {
        coil_obj *x = coil_incref(*place(a, i));
        coil_obj *y = coil_incref(*place(b, i));

        rv = coil_same(x, y);
        coil_decref(x);
        coil_decref(y);
    }
    return rv;
}

static int deque_truth(coil_obj *self)
{
    return deque_of(self)->len > 0;
}

/* ---- walking ----------------------------------------------------- */
struct walk {
    coil_obj head;
    coil_obj *deque;            /* owned; NULL at the end */
    size_t at, len;             /* len: that of the deque at first */
};

static int walk_traverse(coil_obj *self, coil_visit_fn *visit,
                         void *arg)
{
    COIL_VISIT(((struct walk *)self)->deque);
    return 0;
}

static void walk_release(coil_obj *self)
{
    COIL_CLEAR(((struct walk *)self)->deque);
}

static coil_obj *walk_iter(coil_obj *self)
{
    return coil_incref(self);
}

static int walk_next(coil_obj *self, coil_obj **item)
{
    struct walk *w = (struct walk *)self;

    if (w->deque == NULL)
        return 0;
    struct deque *d = deque_of(w->deque);
    if (d->len != w->len) {
        coil_error_set(COIL_RUNTIME_ERROR,
                       "deque mutated during iteration");
        return -1;
    }
    if (w->at == d->len) {
        COIL_CLEAR(w->deque);
        return 0;
    }
    *item = coil_incref(*place(d, w->at++));
    return 1;
}

static coil_type walk_type = {
    .head = COIL_TYPE_HEAD, .name = "deque_iterator",
    .size = sizeof(struct walk), .traverse = walk_traverse,
    .clear = walk_release, .release = walk_release,
    .iter = walk_iter, .next = walk_next,
};

static coil_obj *deque_iter(coil_obj *self)
{
    struct walk *w = coil_object_new(&walk_type);

    if (w == NULL)
        return NULL;
    w->deque = coil_incref(self);
    w->len = deque_of(self)->len;
    return &w->head;
}

coil_type deque_type = {
    .head = COIL_TYPE_HEAD, .name = "deque",
    .size = sizeof(struct deque),
    .traverse = deque_traverse, .clear = deque_clear,
    .release = deque_clear, .repr = deque_repr, .equal = deque_equal,
    .truth = deque_truth, .iter = deque_iter,
};
