#include <inttypes.h>
#include <stdio.h>

#include <coil/coil.h>

#include "internal/list_layout.h"
#include "internal/object.h"
#include "internal/tuple_layout.h"

/* fig-layout: show a type, a word or a size */
typedef void show_fn(const char *name, const void *at);

static void show_type(const char *name, const void *at)
{
    printf("%s: %s", name, (*(coil_type *const *)at)->name);
}

static void show_word(const char *name, const void *at)
{
    printf("%s %" PRIu32, name, *(const uint32_t *)at);
}

static void show_size(const char *name, const void *at)
{
    printf("%s %zu", name, *(const size_t *)at);
}

/* fig-layout: what a field is */
struct field {
    const char *name;           /* NULL ends a list */
    size_t at, size;
    show_fn *show;
};

#define FIELD(of, member, show) \
    { #member, offsetof(of, member), sizeof ((of *)0)->member, show }
#define FIELDS_OF_HEAD                   \
    FIELD(coil_obj, type, show_type),    \
    FIELD(coil_obj, count, show_word),   \
    FIELD(coil_obj, gc, show_word)

/* fig-blocks: the fields of a tuple and of a list */
static void show_name(const char *name, const void *at)
{
    (void)at;
    printf("%s", name);
}

static void show_pointer(const char *name, const void *at)
{
    (void)name;
    (void)at;
    printf("•");
}

#define FIELDS_OF_CONTAINER              \
    FIELD(coil_obj, type, show_type),    \
    FIELD(coil_obj, count, show_word),   \
    FIELD(coil_obj, gc, show_name)

static const struct field fields_of_tuple[] = {
    FIELDS_OF_CONTAINER,
    FIELD(struct coili_tuple, len, show_size),
    { "items", offsetof(struct coili_tuple, items),
      sizeof(coil_obj *), show_pointer },
    { .name = NULL },
};

static const struct field fields_of_list[] = {
    FIELDS_OF_CONTAINER,
    FIELD(struct coili_list, items, show_name),
    FIELD(struct coili_list, len, show_size),
    FIELD(struct coili_list, cap, show_size),
    { .name = NULL },
};

/* fig-layout: a line of eight bytes */
static const struct field *field_at(const struct field *f, size_t at)
{
    for (; f->name != NULL; f++)
        if (f->at == at || (f[1].name == NULL && f->at < at))
            return f;
    return NULL;
}

static size_t draw_cell(coil_obj *o, const struct field *fields,
                        size_t at)
{
    const struct field *f = field_at(fields, at);
    size_t size = f != NULL ? f->size : 1;

    printf("<td port=\"b%zu\" colspan=\"%zu\" width=\"%zu\""
           " bgcolor=\"%s\">", at, size, 16 * size,
           at < sizeof(coil_obj) ? "#e9eef3" : "white");
    if (f != NULL)
        f->show(f->name, (char *)o + at);
    printf("</td>");
    return at + size;
}

static void draw_line(coil_obj *o, const struct field *fields,
                      size_t at)
{
    size_t end = coili_size(o), next = at + 8;

    if (at >= end) {
        printf("<td border=\"0\" colspan=\"9\"></td>");
        return;
    }
    printf("<td border=\"0\" width=\"30\">%zu</td>", at);
    while (at < end && at < next)
        at = draw_cell(o, fields, at);
    if (at == next)
        return;
    printf("<td border=\"0\" colspan=\"%zu\">", next - at);
    for (const struct field *f = fields; f->name != NULL; f++)
        if (f->size == 1)
            printf(" %s", f->name);
    printf("</td>");
}

/* fig-blocks: blocks */
static void draw_object(coil_obj *o, const struct field *fields)
{
    const char *name = o->type->name;

    printf("  %s [shape=plain, label=<<table border=\"0\""
           " cellborder=\"1\" cellspacing=\"0\">\n<tr><td border=\"0\">"
           "</td><td border=\"0\" colspan=\"8\">the %s, %zu bytes"
           "</td></tr>\n", name, name, coili_size(o));
    for (size_t at = 0; at < coili_size(o); at += 8) {
        printf("<tr>");
        draw_line(o, fields, at);
        printf("</tr>\n");
    }
    printf("</table>>];\n");
}

static void draw_row(const struct coili_list *l)
{
    printf("  row [shape=plain, label=<<table border=\"0\""
           " cellborder=\"1\" cellspacing=\"0\">\n<tr><td border=\"0\">"
           "its row</td></tr>\n");
    for (size_t i = 0; i < l->cap; i++)
        printf("<tr><td port=\"b%zu\" width=\"90\">%s</td></tr>\n",
               i * sizeof *l->items, i < l->len ? "•" : "free");
    printf("</table>>];\n");
}

/* fig-blocks: pointers */
static void draw_pointers(const char *from, size_t at,
                          coil_obj *const *items, coil_obj **e)
{
    for (size_t i = 0; i < 2; i++)
        for (size_t k = 0; k < 2; k++)
            if (items[i] == e[k])
                printf("  %s:b%zu:e -> e%zu;\n", from,
                       at + i * sizeof *items, k);
}

static void draw_element(coil_obj *o, size_t k)
{
    printf("  e%zu [label=\"%s ", k, o->type->name);
    coil_print(stdout, o);
    printf("\\ncount %u\"];\n", (unsigned)coil_count(o));
}

int main(void)
{
    coil_runtime *rt = coil_runtime_open(NULL);
    coil_obj *e[] = { coil_int_new(1000), coil_str_from("abc") };
    coil_obj *tuple = coil_tuple_of(2, e[0], e[1]);
    coil_obj *list = coil_list_new();

    coil_list_append_steal(list, e[0]);
    coil_list_append_steal(list, e[1]);
    printf("digraph blocks {\n  rankdir=LR;\n");
    /* fig-blocks: draw the two, the row and the elements */
    draw_object(tuple, fields_of_tuple);
    draw_object(list, fields_of_list);
    draw_row(coili_list_of(list));
    for (size_t k = 0; k < 2; k++)
        draw_element(e[k], k);
    draw_pointers("tuple", offsetof(struct coili_tuple, items),
                  coili_tuple_of(tuple)->items, e);
    draw_pointers("row", 0, coili_list_of(list)->items, e);
    printf("  list:b%zu:e -> row:b0:w;\n",
           offsetof(struct coili_list, items));
    printf("}\n");
    coil_decref(tuple);
    coil_decref(list);
    return coil_runtime_close(rt) == 0 ? 0 : 1;
}
