#include <coil/coil.h>

/* fig-head: a type that holds two objects */
struct pair {
    coil_obj head;
    coil_obj *left, *right;     /* owned */
};

static int pair_traverse(coil_obj *self, coil_visit_fn *visit,
                         void *arg)
{
    COIL_VISIT(((struct pair *)self)->left);
    COIL_VISIT(((struct pair *)self)->right);
    return 0;
}

static void pair_release(coil_obj *self)
{
    COIL_CLEAR(((struct pair *)self)->left);
    COIL_CLEAR(((struct pair *)self)->right);
}

static coil_type pair_type = {
    .head = COIL_TYPE_HEAD, .name = "pair",
    .size = sizeof(struct pair), .traverse = pair_traverse,
    .clear = pair_release, .release = pair_release,
};

static coil_obj *pair_new_steal(COIL_STEALS coil_obj *left,
                                COIL_STEALS coil_obj *right)
{
    struct pair *self = NULL;

    if (left != NULL && right != NULL)
        self = coil_object_new(&pair_type);
    if (self == NULL) {
        coil_decref(left);
        coil_decref(right);
        return NULL;
    }
    self->left = left;
    self->right = right;
    return &self->head;
}

int main(void)
{
    coil_runtime *rt = coil_runtime_open(NULL);
    coil_obj *a = pair_new_steal(coil_str_from("seven"),
                                 coil_int_new(7));
    coil_obj *b = coil_incref(a);
    const char *names[] = { "a", "b" };
    coil_obj *roots[] = { a, b };
    int rv = coil_dump_graph(stdout, names, roots, 2);

    coil_decref(a);
    coil_decref(b);
    return coil_runtime_close(rt) == 0 && rv == 0 ? 0 : 1;
}
