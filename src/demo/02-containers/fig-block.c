#include <stdio.h>

#include <coil/coil.h>

#include "internal/dict_layout.h"

/* fig-dead: store a name and a number */
static void store(coil_obj *d, const char *name, int value)
{
    coil_obj *key = coil_str_name(name);

    coil_dict_set(d, key, coil_int_new(value));     /* immortal */
    coil_decref(key);
}
/* fig-block: entries, index and where they begin */
static void draw_entry(const struct coili_table *t, size_t n)
{
    if (n < t->used) {
        printf("<td width=\"44\" bgcolor=\"#e9eef3\">");
        coil_print(stdout, t->entries[n].key);
        printf(": ");
        coil_print(stdout, t->entries[n].value);
        printf("</td>");
    } else
        printf("<td width=\"44\">free</td>");
}

static void draw_slot(const struct coili_table *t, size_t slot)
{
    size_t n = coili_table_at(t, slot);

    printf("<td width=\"11\" bgcolor=\"%s\">%zu</td>",
           n > 0 ? "#e9eef3" : "white", n);
}

static void draw(const struct coili_table *t)
{
    const char *block = (const char *)t->entries;
    size_t cap = coili_table_cap(t), slots = (size_t)t->mask + 1;

    printf("<tr><td border=\"0\" colspan=\"%zu\">entries</td>"
           "<td border=\"0\" colspan=\"%zu\">index</td></tr>\n<tr>",
           cap, slots);
    for (size_t n = 0; n < cap; n++)
        draw_entry(t, n);
    for (size_t slot = 0; slot < slots; slot++)
        draw_slot(t, slot);
    printf("</tr>\n<tr>");
    for (size_t n = 0; n < cap; n++)
        printf("<td border=\"0\" align=\"left\">%td</td>",
               (const char *)&t->entries[n] - block);
    printf("<td border=\"0\" align=\"left\" colspan=\"%zu\">%td</td>"
           "</tr>\n", slots, (const char *)t->index - block);
}

int main(void)
{
    coil_options options = { .hash_seed = 1 };
    coil_runtime *rt = coil_runtime_open(&options);
    coil_obj *d = coil_dict_new();

    store(d, "red", 0);
    store(d, "green", 1);
    store(d, "blue", 2);
    printf("digraph block {\n  block [shape=plain, fontsize=9,"
           " label=<<table border=\"0\" cellborder=\"1\""
           " cellspacing=\"0\" cellpadding=\"1\">\n");
    draw(&coili_dict_of(d)->table);
    printf("</table>>];\n}\n");
    coil_decref(d);
    return coil_runtime_close(rt) == 0 ? 0 : 1;
}
