#include <stdio.h>
#include <string.h>

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

/* revive: last words that store their object */
static coil_obj *saved;             /* a list */

static const char *name_of(coil_obj *o)
{
    return ((struct partner *)o)->name;
}

static void phoenix_finalize(coil_obj *self)
{
    printf("%s speaks, and sees %s\n", name_of(self),
           name_of(((struct partner *)self)->other));
    if (strcmp(name_of(self), "left") == 0)
        coil_list_append(saved, self);
}

static coil_type phoenix_type = {
    .head = COIL_TYPE_HEAD, .name = "Phoenix",
    .size = sizeof(struct partner),
    .traverse = partner_traverse, .clear = partner_clear,
    .finalize = phoenix_finalize, .release = partner_clear,
};

static void make_ring(void)
{
    struct partner *a = coil_object_new(&phoenix_type);
    struct partner *b = coil_object_new(&phoenix_type);

    a->name = "left";
    b->name = "right";
    a->other = &b->head;            /* each gives the other */
    b->other = &a->head;            /* its own reference */
}

int main(void)
{
    coil_runtime *rt = coil_runtime_open(NULL);
    coil_obj *first;

    coil_gc_disable();
    saved = coil_list_new();
    make_ring();
    printf("found: %d\n", (int)coil_gc_collect(2));
    first = coil_list_get_borrowed(saved, 0);
    printf("saved: %s with %s\n", name_of(first), name_of(
               ((struct partner *)first)->other));
    coil_list_clear(saved);
    printf("found: %d\n", (int)coil_gc_collect(2));
    printf("end\n");
    COIL_CLEAR(saved);
    return coil_runtime_close(rt) == 0 ? 0 : 1;
}
