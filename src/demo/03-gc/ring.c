#include <stdio.h>

#include <coil/coil.h>

/* partners: an object with a partner */
struct partner {
    coil_obj head;
    const char *name;
    coil_obj *other;            /* owned, or NULL */
};

static int partner_traverse(coil_obj *self, coil_visit_fn *visit,
                            void *arg)
{
    COIL_VISIT(((struct partner *)self)->other);
    return 0;
}

static void partner_clear(coil_obj *self)
{
    COIL_CLEAR(((struct partner *)self)->other);
}

/* ring: a noisy type that has a partner */
static void partner_finalize(coil_obj *self)
{
    printf("gone: %s\n", ((struct partner *)self)->name);
}

static coil_type partner_type = {
    .head = COIL_TYPE_HEAD, .name = "Noisy",
    .size = sizeof(struct partner),
    .traverse = partner_traverse, .clear = partner_clear,
    .finalize = partner_finalize, .release = partner_clear,
};

static coil_obj *partner_new(const char *name)
{
    struct partner *self = coil_object_new(&partner_type);

    if (self != NULL)
        self->name = name;
    return (coil_obj *)self;
}

int main(void)
{
    coil_runtime *rt = coil_runtime_open(NULL);
    coil_obj *a, *b, *c;

    coil_gc_disable();
    a = partner_new("alone");
    b = partner_new("left");
    c = partner_new("right");
    ((struct partner *)b)->other = coil_incref(c);
    ((struct partner *)c)->other = coil_incref(b);
    COIL_CLEAR(a);
    printf("one released\n");
    COIL_CLEAR(b);
    COIL_CLEAR(c);
    printf("two more dropped\n");
    printf("found: %d\n", (int)coil_gc_collect(2));
    printf("end\n");
    return coil_runtime_close(rt) == 0 ? 0 : 1;
}
