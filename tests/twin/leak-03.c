/* chapter: 03 */
/* LEAK 3: a tree whose nodes point weakly to their parents. */
#include "support/node.h"
#include "support/twin.h"

static coil_obj *refs;

static coil_obj *tree(int depth, coil_obj *parent)
{
    coil_obj *node = must(node_new("node"));

    ok(coil_list_append_steal(
        refs, must(coil_weakref_new(node, NULL, NULL))));
    if (parent != NULL)
        ok(node_set_steal(node, "parent",
                          must(coil_weakref_new(parent, NULL, NULL))));
    if (depth > 1) {
        ok(node_set_steal(node, "left", tree(depth - 1, node)));
        ok(node_set_steal(node, "right", tree(depth - 1, node)));
    }
    return node;
}

static size_t alive(void)
{
    size_t sum = 0;

    for (size_t i = 0; i < coil_list_len(refs); i++)
        sum += coil_weakref_get_borrowed(
            coil_list_get_borrowed(refs, i)) != NULL;
    return sum;
}

static coil_obj *parent_of(coil_obj *node)
{
    return coil_weakref_get_borrowed(node_get_borrowed(node, "parent"));
}

static void program(void)
{
    coil_obj *root, *part;

    coil_gc_disable();
    refs = must(coil_list_new());
    root = tree(3, NULL);
    printf("alive: %zu\n", alive());
    printf("the parent of a child: %s\n",
           truth(parent_of(node_get_borrowed(root, "left")) == root));
    part = coil_incref(node_get_borrowed(
        node_get_borrowed(root, "right"), "left"));
    COIL_CLEAR(root);
    printf("root dropped, a leaf held: %zu\n", alive());
    printf("its parent: ");
    say_line(parent_of(part));
    COIL_CLEAR(part);
    printf("leaf dropped: %zu\n", alive());
    printf("collected: %td\n", coil_gc_collect(2));
    COIL_CLEAR(refs);
}

int main(void)
{
    return twin_run(program);
}
