#include <inttypes.h>
#include <stdio.h>

#include <coil/coil.h>

#include "internal/int_layout.h"
#include "internal/object.h"
#include "internal/str_layout.h"

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

/* fig-layout: show a number, a truth or a byte */
static void show_number(const char *name, const void *at)
{
    printf("%s %" PRId64, name, *(const int64_t *)at);
}

static void show_truth(const char *name, const void *at)
{
    (void)name;
    printf(*(const bool *)at ? "yes" : "no");
}

static void show_byte(const char *name, const void *at)
{
    char c = *(const char *)at;

    (void)name;
    printf(c == '\0' ? "\\0" : "%c", c);
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

/* fig-layout: the fields of an int and of a str */
static const struct field fields_of_int[] = {
    FIELDS_OF_HEAD,
    FIELD(struct coili_int, value, show_number),
    { .name = NULL },
};

static const struct field fields_of_str[] = {
    FIELDS_OF_HEAD,
    FIELD(struct coili_str, size, show_size),
    FIELD(struct coili_str, len, show_size),
    FIELD(struct coili_str, hash, show_number),
    FIELD(struct coili_str, interned, show_truth),
    { "bytes", offsetof(struct coili_str, bytes), 1, show_byte },
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

/* fig-layout: two objects side by side */
static void draw_title(coil_obj *o)
{
    printf("<td border=\"0\"></td><td border=\"0\" colspan=\"8\">"
           "the %s ", o->type->name);
    coil_print(stdout, o);
    printf(", %zu bytes</td>", coili_size(o));
}

static void draw(coil_obj *n, coil_obj *s)
{
    printf("<tr>");
    draw_title(n);
    draw_title(s);
    for (size_t at = 0;
         at < coili_size(n) || at < coili_size(s); at += 8) {
        printf("</tr>\n<tr>");
        draw_line(n, fields_of_int, at);
        draw_line(s, fields_of_str, at);
    }
    printf("</tr>\n");
}

int main(void)
{
    coil_runtime *rt = coil_runtime_open(NULL);
    coil_obj *n = coil_int_new(1000), *s = coil_str_from("abc");

    printf("digraph layout {\n  objects [shape=plain, label=<<table"
           " border=\"0\" cellborder=\"1\" cellspacing=\"0\">\n");
    draw(n, s);
    printf("</table>>];\n}\n");
    coil_decref(n);
    coil_decref(s);
    return coil_runtime_close(rt) == 0 ? 0 : 1;
}
