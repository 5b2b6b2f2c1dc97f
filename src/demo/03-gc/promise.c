#include <stdio.h>

#include <coil/coil.h>

/* promise: a thing that may hold itself */
struct holder {
    coil_obj head;
    coil_obj *itself;           /* owned, or NULL */
};

static int holder_traverse(coil_obj *self, coil_visit_fn *visit,
                           void *arg)
{
    COIL_VISIT(((struct holder *)self)->itself);
    return 0;
}

static void holder_release(coil_obj *self)
{
    COIL_CLEAR(((struct holder *)self)->itself);
}

static coil_type holder_type = {
    .head = COIL_TYPE_HEAD, .name = "Thing", .weak = true,
    .size = sizeof(struct holder),
    .traverse = holder_traverse, .release = holder_release,
};

/* promise: say that something has gone */
static int say_gone(coil_obj *name)
{
    coil_print(stdout, name);
    printf(" has gone\n");
    return 0;
}

static coil_obj *promise(coil_obj *o, const char *name)
{
    coil_obj *context = coil_str_from(name);
    coil_obj *f = coil_finalize_new(o, say_gone, context);

    coil_decref(context);
    return f;
}

static void show(coil_obj *f)
{
    printf("alive: %s\n", coil_finalize_alive(f) ? "True" : "False");
}

int main(void)
{
    coil_runtime *rt = coil_runtime_open(NULL);
    coil_obj *a, *b, *f;

    coil_gc_disable();
    a = coil_object_new(&holder_type);
    b = coil_object_new(&holder_type);
    ((struct holder *)b)->itself = coil_incref(b);
    f = promise(a, "a");
    coil_decref(promise(b, "b"));
    show(f);
    COIL_CLEAR(a);
    COIL_CLEAR(b);
    show(f);
    coil_decref(f);
    printf("end of the program\n");
    return coil_runtime_close(rt) == 0 ? 0 : 1;
}
