#include <coil/coil.h>

/* fig: draw the four lists */
static void draw(coil_obj **o)
{
    const char *names[] = { "x", NULL };    /* nobody holds o[2] */
    coil_obj *roots[] = { o[0], o[2] };

    coil_dump_graph(stdout, names, roots, 2);
}

static void look(void *context, enum coil_gc_step step)
{
    if (step == COIL_GC_MARKED)
        draw(context);
}

/* fig: watch a search for garbage */
int main(void)
{
    coil_runtime *rt = coil_runtime_open(NULL);
    coil_obj *o[4];

    /* fig: four lists, and one variable that counts */
    for (int i = 0; i < 4; i++)
        o[i] = coil_list_new();
    coil_list_append(o[0], o[1]);
    coil_list_append(o[2], o[3]);
    coil_list_append(o[3], o[2]);
    coil_list_append_steal(o[3], o[1]);
    coil_decref(o[2]);              /* the ring is dropped; o[2] and o[3] */
    coil_decref(o[3]);              /* are borrowed from now on */
    coil_gc_set_trace(look, o);
    coil_gc_collect(2);
    coil_gc_set_trace(NULL, NULL);
    coil_decref(o[0]);
    return coil_runtime_close(rt) == 0 ? 0 : 1;
}
