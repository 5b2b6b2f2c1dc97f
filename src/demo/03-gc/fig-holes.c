#include <stdio.h>

#include <coil/coil.h>

#include "internal/gc.h"

/* fig-holes: a large container with a letter */
struct large {
    coil_obj head;
    char letter, room[1000];
};

static int large_traverse(coil_obj *self, coil_visit_fn *visit,
                          void *arg)
{
    (void)self;
    (void)visit;
    (void)arg;
    return 0;
}

static coil_type large_type = {
    .head = COIL_TYPE_HEAD, .name = "large",
    .size = sizeof(struct large), .traverse = large_traverse,
};

static coil_obj *large_new(char letter)
{
    struct large *self = coil_object_new(&large_type);

    self->letter = letter;
    return &self->head;
}

/* fig-holes: the vector */
static void draw_generations(const struct coili_gc *gc)
{
    static const char *const names[] = { "young", "middle", "oldest" };

    printf("<tr><td border=\"0\" colspan=\"%u\"></td>",
           (unsigned)gc->start[2] + 1);
    for (int g = 2; g >= 0; g--) {
        uint32_t end = g > 0 ? gc->start[g - 1] : gc->len;

        if (end > gc->start[g])
            printf("<td colspan=\"%u\">%s</td>",
                   (unsigned)(end - gc->start[g]), names[g]);
    }
    printf("</tr>\n");
}

static void draw_slot(const coil_obj *o)
{
    if (o != NULL)
        printf("<td width=\"26\">%c</td>",
               ((const struct large *)o)->letter);
    else
        printf("<td width=\"26\" bgcolor=\"#e9eef3\"></td>");
}

static void draw(const char *when, const coil_obj *f)
{
    const struct coili_gc *gc = coili_gc_now();

    draw_generations(gc);
    printf("<tr><td border=\"0\" width=\"75\">%s</td>", when);
    for (uint32_t i = 0; i < gc->len; i++)
        draw_slot(gc->objects[i]);
    for (uint32_t i = gc->len; i < 8; i++)
        printf("<td border=\"0\"></td>");
    printf("<td border=\"0\" width=\"90\">head of f: slot %u</td>"
           "</tr>\n<tr><td border=\"0\"></td>",
           (unsigned)(f->gc & COILI_PLACE));
    for (uint32_t i = 0; i < gc->len; i++)
        printf("<td border=\"0\">%u</td>", (unsigned)i);
    printf("</tr>\n");
}

int main(void)
{
    coil_runtime *rt = coil_runtime_open(NULL);
    coil_obj *o[7];

    coil_gc_disable();
    /* fig-holes: make four old ones and three young, and drop two */
    for (int i = 0; i < 7; i++) {
        o[i] = large_new((char)('a' + i));
        if (i == 3)
            coil_gc_collect(1);
    }
    COIL_CLEAR(o[1]);
    COIL_CLEAR(o[4]);
    printf("digraph holes {\n  rows [shape=plain, label=<<table"
           " border=\"0\" cellborder=\"1\" cellspacing=\"0\">\n");
    draw("with two holes", o[5]);
    printf("<tr><td border=\"0\" height=\"8\"></td></tr>\n");
    coili_gc_close_holes(coili_gc_now(), 1);
    draw("closed", o[5]);
    printf("</table>>];\n}\n");
    for (int i = 0; i < 7; i++)
        coil_decref(o[i]);
    return coil_runtime_close(rt) == 0 ? 0 : 1;
}
