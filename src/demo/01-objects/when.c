#include <stdio.h>

#include <coil/coil.h>

/* when: a type that speaks when it goes */
struct noisy {
    coil_obj head;
    coil_obj *name;             /* owned */
};

static void noisy_finalize(coil_obj *self)
{
    printf("gone: ");
    coil_print(stdout, ((struct noisy *)self)->name);
    printf("\n");
}

static void noisy_release(coil_obj *self)
{
    COIL_CLEAR(((struct noisy *)self)->name);
}

static coil_type noisy_type = {
    .head = COIL_TYPE_HEAD, .name = "Noisy",
    .size = sizeof(struct noisy),
    .finalize = noisy_finalize, .release = noisy_release,
};

static coil_obj *noisy_new(const char *name)
{
    coil_obj *text = coil_str_from(name);
    struct noisy *self = text ? coil_object_new(&noisy_type) : NULL;

    if (self == NULL) {
        coil_decref(text);
        return NULL;
    }
    self->name = text;
    return &self->head;
}

int main(void)
{
    coil_runtime *rt = coil_runtime_open(NULL);
    coil_obj *a, *b;

    /* when: the program of the first page */
    a = noisy_new("first");
    b = coil_incref(a);
    COIL_CLEAR(a);
    printf("one name left\n");
    COIL_CLEAR(b);
    printf("no name left\n");
    a = noisy_new("second");
    COIL_CLEAR(a);
    printf("end\n");
    return coil_runtime_close(rt) == 0 ? 0 : 1;
}
