#include <stdio.h>

#include <coil/coil.h>

enum { LISTS = 12, RING = 9 };

/* fig-generations: make lists */
static void make(coil_obj **o, int from, int to)
{
    for (int i = from; i < to; i++)
        o[i] = coil_list_new();
}

/* fig-generations: the lists, and the generations they are in */
static int count_in(coil_obj **o, int generation)
{
    int n = 0;

    for (int i = 0; i < LISTS; i++)
        n += o[i] && coil_gc_generation(o[i]) == generation;
    return n;
}

static void draw_lists(coil_obj **o, const char *when)
{
    printf("<tr><td border=\"0\" width=\"45\">%s</td>", when);
    for (int g = 3; g >= 0; g--) {
        for (int i = 0; i < LISTS; i++)
            if (o[i] && coil_gc_generation(o[i]) == g)
                printf("<td port=\"o%d\" width=\"24\">%d</td>", i, i);
        if (count_in(o, g) == 0)
            printf("<td></td>");
    }
    printf("</tr>\n");
}

static void draw_generations(coil_obj **o)
{
    static const struct { const char *name, *color; } look[] = {
        { "young", "#f3e6de" }, { "middle", "white" },
        { "oldest", "white" }, { "frozen", "#e9eef3" },
    };

    printf("<tr><td border=\"0\"></td>");
    for (int g = 3; g >= 0; g--) {
        int n = count_in(o, g);

        printf("<td colspan=\"%d\" bgcolor=\"%s\">%s</td>",
               n > 0 ? n : 1, look[g].color, look[g].name);
    }
    printf("</tr>\n");
}

static void draw(const char *when, coil_obj **o, bool lists_on_top)
{
    printf("  %s [shape=plain, label=<<table border=\"0\""
           " cellborder=\"1\" cellspacing=\"0\">\n", when);
    if (!lists_on_top)
        draw_generations(o);
    draw_lists(o, when);
    if (lists_on_top)
        draw_generations(o);
    printf("</table>>];\n");
}

/* fig-generations: arrows to where they are now */
static void draw_arrows(coil_obj **o, const int *was)
{
    printf("  before:o0 -> after:o0 [style=invis, weight=9];\n");
    for (int i = 0; i < LISTS; i++)
        if (o[i] != NULL && coil_gc_generation(o[i]) != was[i])
            printf("  before:o%d:s -> after:o%d:n;\n", i, i);
}

int main(void)
{
    coil_runtime *rt = coil_runtime_open(NULL);
    coil_obj *o[LISTS];
    int was[LISTS];

    /* fig-generations: bring twelve lists into four stretches */
    coil_gc_disable();
    make(o, 0, 2);
    coil_gc_freeze();
    make(o, 2, 6);
    coil_gc_collect(1);
    make(o, 6, 8);
    coil_gc_collect(0);
    make(o, 8, LISTS);
    coil_list_append_steal(o[RING], o[RING]);   /* its own owner now */
    printf("digraph generations {\n  splines=line;\n");
    draw("before", o, false);
    /* fig-generations: a young run */
    for (int i = 0; i < LISTS; i++)
        was[i] = coil_gc_generation(o[i]);
    if (coil_gc_collect(0) == 1)
        o[RING] = NULL;
    draw("after", o, true);
    draw_arrows(o, was);
    printf("}\n");
    for (int i = 0; i < LISTS; i++)
        coil_decref(o[i]);
    return coil_runtime_close(rt) == 0 ? 0 : 1;
}
