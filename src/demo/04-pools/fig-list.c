#include <coil/coil.h>

/* list: a type whose first speaker draws */
struct speaker {
    coil_obj head;
    coil_obj *itself;           /* owned: a ring of one */
};

static int traverse(coil_obj *self, coil_visit_fn *visit, void *arg)
{
    COIL_VISIT(((struct speaker *)self)->itself);
    return 0;
}

static void clear(coil_obj *self)
{
    COIL_CLEAR(((struct speaker *)self)->itself);
}

static void speak(coil_obj *self)
{
    static bool drawn;

    (void)self;
    if (!drawn)
        coil_pools_dump_list(stdout);
    drawn = true;
}

/* list: make a ring of one and drop it */
static coil_type speaker_type = {
    .head = COIL_TYPE_HEAD, .name = "speaker",
    .size = sizeof(struct speaker), .traverse = traverse,
    .clear = clear, .release = clear, .finalize = speak,
};

static void lose_one(void)
{
    coil_obj *o = coil_object_new(&speaker_type);

    if (o != NULL)
        ((struct speaker *)o)->itself = o;  /* its only reference */
}

int main(void)
{
    coil_runtime *rt = coil_runtime_open(NULL);
    void *hole[3];

    coil_gc_disable();
    for (int i = 0; i < 3; i++) {
        lose_one();
        hole[i] = coil_memory_alloc(sizeof(struct speaker));
    }
    for (int i = 0; i < 3; i++)
        coil_memory_free(hole[i], sizeof(struct speaker));
    for (int i = 0; i < 3; i++)
        lose_one();
    coil_gc_collect(2);
    return coil_runtime_close(rt) == 0 ? 0 : 1;
}
