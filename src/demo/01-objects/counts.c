#include <stdio.h>

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

/* counts: three questions about numbers */
static const char *yes(bool truth)
{
    return truth ? "True" : "False";
}

static void ask_same(int64_t n)
{
    coil_obj *a = coil_int_new(n), *b = coil_int_new(n);

    printf("%d is %d: %s\n", (int)n, (int)n, yes(a == b));
    coil_decref(a);
    coil_decref(b);
}

static void ask_numbers(void)
{
    coil_obj *one = coil_int_new(1), *x = coil_float_new(1.0);
    int64_t h, i, j;

    ask_same(256);
    ask_same(257);
    coil_hash(one, &h);
    coil_hash(x, &i);
    coil_hash(COIL_TRUE, &j);
    printf("equal hashes: %s\n", yes(h == i && i == j));
    coil_hash(coil_int_new(-1), &h);
    coil_hash(coil_int_new(-2), &i);
    printf("hash of -1 and -2: %d %d\n", (int)h, (int)i);
    coil_decref(one);
    coil_decref(x);
}

int main(void)
{
    coil_runtime *rt = coil_runtime_open(NULL);
    coil_obj *x = pair_new_steal(COIL_NONE, COIL_NONE);
    coil_obj *y, *pair;

    printf("one name: %u\n", (unsigned)coil_count(x));
    y = coil_incref(x);
    printf("two names: %u\n", (unsigned)coil_count(x));
    pair = pair_new_steal(coil_incref(x), coil_incref(x));
    printf("and twice in a list: %u\n", (unsigned)coil_count(x));
    coil_decref(y);
    coil_decref(pair);
    printf("one name again: %u\n", (unsigned)coil_count(x));
    coil_decref(x);
    ask_numbers();
    return coil_runtime_close(rt) == 0 ? 0 : 1;
}
