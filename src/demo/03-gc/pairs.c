#include <stdio.h>

#include <coil/coil.h>

/* pairs: nodes */
struct node {
    coil_obj head;
    coil_obj *child, *parent;       /* owned, or NULL */
};

static int node_traverse(coil_obj *self, coil_visit_fn *visit,
                         void *arg)
{
    COIL_VISIT(((struct node *)self)->child);
    COIL_VISIT(((struct node *)self)->parent);
    return 0;
}

static void node_clear(coil_obj *self)
{
    COIL_CLEAR(((struct node *)self)->child);
    COIL_CLEAR(((struct node *)self)->parent);
}

static coil_type node_type = {
    .head = COIL_TYPE_HEAD, .name = "Node", .weak = true,
    .size = sizeof(struct node), .traverse = node_traverse,
    .clear = node_clear, .release = node_clear,
};

/* pairs: three ways to link */
static void strong(struct node *parent, struct node *child)
{
    child->parent = coil_incref(&parent->head);
}

static void weak(struct node *parent, struct node *child)
{
    child->parent = coil_weakref_new(&parent->head, NULL, NULL);
}

static void cut(struct node *parent, struct node *child)
{
    child->parent = coil_incref(&parent->head);
    COIL_CLEAR(parent->child);
}

typedef void link_fn(struct node *parent, struct node *child);

static const struct { const char *name; link_fn *link; } ways[] = {
    { "strong", strong }, { "weak", weak }, { "cut", cut },
};

static void make_pair(link_fn *link)
{
    struct node *parent = coil_object_new(&node_type);
    struct node *child = coil_object_new(&node_type);

    parent->child = coil_incref(&child->head);
    link(parent, child);
    coil_decref(&child->head);
    coil_decref(&parent->head);
}

int main(void)
{
    coil_runtime *rt = coil_runtime_open(NULL);

    coil_gc_disable();
    for (int way = 0; way < 3; way++) {
        for (int i = 0; i < 1000; i++)
            make_pair(ways[way].link);
        printf("%s alive: %zu", ways[way].name,
               coil_census_of(&node_type));
        printf(" found: %d\n", (int)coil_gc_collect(2));
    }
    return coil_runtime_close(rt) == 0 ? 0 : 1;
}
