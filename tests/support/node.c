#include <string.h>

#include "coil/memory.h"
#include "node.h"

struct attribute {
    const char *key;
    coil_obj *value;            /* owned */
};

struct node {
    coil_obj head;
    const char *name;
    node_fn *fn;                /* NULL in a node without a finalizer */
    void *context;
    struct attribute *items;    /* cap of them, len in use */
    size_t len, cap;
};

static struct node *node_of(coil_obj *o)
{
    COIL_CHECK(node_check(o));
    return (struct node *)o;
}

static int node_traverse(coil_obj *self, coil_visit_fn *visit,
                         void *arg)
{
    struct node *n = (struct node *)self;

    for (size_t i = 0; i < n->len; i++)
        COIL_VISIT(n->items[i].value);
    return 0;
}

/* Dropping a value can run code that looks at, or sets, attributes. */
static void node_clear(coil_obj *self)
{
    struct node *n = (struct node *)self;

    while (n->len > 0)
        coil_decref(n->items[--n->len].value);
}

static void node_release(coil_obj *self)
{
    struct node *n = (struct node *)self;

    node_clear(self);
    coil_memory_free(n->items, n->cap * sizeof *n->items);
}

static void node_finalize(coil_obj *self)
{
    struct node *n = (struct node *)self;

    n->fn(self, n->context);
}

coil_type node_type = {
    .head = COIL_TYPE_HEAD, .name = "node", .size = sizeof(struct node),
    .weak = true, .traverse = node_traverse, .clear = node_clear,
    .release = node_release,
};

coil_type node_final_type = {
    .head = COIL_TYPE_HEAD, .name = "node", .size = sizeof(struct node),
    .weak = true, .traverse = node_traverse, .clear = node_clear,
    .finalize = node_finalize, .release = node_release,
};

bool node_check(coil_obj *o)
{
    return coil_is(o, &node_type) || coil_is(o, &node_final_type);
}

coil_obj *node_new(const char *name)
{
    struct node *n = coil_object_new(&node_type);

    if (n == NULL)
        return NULL;
    n->name = name;
    return &n->head;
}

coil_obj *node_new_final(const char *name, node_fn *fn, void *context)
{
    struct node *n = coil_object_new(&node_final_type);

    if (n == NULL)
        return NULL;
    n->name = name;
    n->fn = fn;
    n->context = context;
    return &n->head;
}

static struct attribute *find(struct node *n, const char *key)
{
    for (size_t i = 0; i < n->len; i++)
        if (strcmp(n->items[i].key, key) == 0)
            return &n->items[i];
    return NULL;
}

static int add(struct node *n, const char *key, coil_obj *value)
{
    size_t cap = n->cap ? 2 * n->cap : 2;
    struct attribute *items;

    if (n->len == n->cap) {
        items = coil_memory_resize(n->items, n->cap * sizeof *items,
                                   cap * sizeof *items);
        if (items == NULL)
            return -1;
        n->items = items;
        n->cap = cap;
    }
    n->items[n->len].key = key;
    n->items[n->len].value = value;
    n->len++;
    return 0;
}

int node_set_steal(coil_obj *self, const char *key, coil_obj *value)
{
    struct node *n = node_of(self);
    struct attribute *at = find(n, key);
    coil_obj *old;

    if (at == NULL) {
        if (value == NULL)
            return 0;
        if (add(n, key, value) < 0) {
            coil_decref(value);
            return -1;
        }
        return 0;
    }
    old = at->value;
    if (value != NULL) {
        at->value = value;
    } else {
        memmove(at, at + 1,
                (size_t)(n->items + n->len - (at + 1)) * sizeof *at);
        n->len--;
    }
    coil_decref(old);
    return 0;
}

int node_set(coil_obj *self, const char *key, coil_obj *value)
{
    return node_set_steal(self, key, value ? coil_incref(value) : NULL);
}

coil_obj *node_get_borrowed(coil_obj *self, const char *key)
{
    struct attribute *at = find(node_of(self), key);

    return at ? at->value : NULL;
}

const char *node_name(coil_obj *self)
{
    return node_of(self)->name;
}
