#include <string.h>

#include "coil/dump.h"
#include "coil/memory.h"
#include "coil/protocol.h"
#include "internal/object.h"

/* dump: the objects seen */
struct seen {
    coil_obj **objects;         /* borrowed: nothing is released */
    size_t len, cap;
};

/* The number of an object, from 1; new ones are appended.  0: error. */
static size_t number_of(struct seen *seen, coil_obj *o)
{
    size_t cap = seen->cap ? 2 * seen->cap : 16;
    coil_obj **objects;

    for (size_t i = 0; i < seen->len; i++)
        if (seen->objects[i] == o)
            return i + 1;
    if (seen->len == seen->cap) {
        objects = coil_memory_resize(seen->objects,
            seen->cap * sizeof o, cap * sizeof o);
        if (objects == NULL)
            return 0;
        seen->objects = objects;
        seen->cap = cap;
    }
    seen->objects[seen->len++] = o;
    return seen->len;
}

/* dump: the walk */
struct style {
    void (*root)(FILE *out, const char *name, size_t number);
    int (*object)(FILE *out, coil_obj *o, size_t number);
    void (*reference)(FILE *out, size_t from, size_t to);
    const char *before, *after_object, *after;
};

struct walk {
    const struct style *style;
    FILE *out;
    struct seen seen;
    size_t at;                  /* number of the object being shown */
};

static int see_child(coil_obj *child, void *arg)
{
    struct walk *w = arg;
    size_t n = number_of(&w->seen, child);

    if (n == 0)
        return -1;
    w->style->reference(w->out, w->at, n);
    return 0;
}

static int walk_objects(struct walk *w)
{
    for (w->at = 1; w->at <= w->seen.len; w->at++) {
        coil_obj *o = w->seen.objects[w->at - 1];

        if (w->style->object(w->out, o, w->at) < 0)
            return -1;
        if (o->type->traverse != NULL &&
            o->type->traverse(o, see_child, w) != 0)
            return -1;
        fputs(w->style->after_object, w->out);
    }
    return 0;
}

static int dump(const struct style *style, FILE *out,
                const char *const names[], coil_obj *const roots[],
                size_t len)
{
    struct walk w = { .style = style, .out = out };
    int rv = 0;

    COIL_CHECK(out != NULL && (len == 0 || (names && roots)));
    fputs(style->before, out);
    for (size_t i = 0; i < len && rv == 0; i++) {
        size_t n = roots[i] ? number_of(&w.seen, roots[i]) : 0;

        if (roots[i] != NULL && n == 0)
            rv = -1;
        else if (names[i] != NULL)
            style->root(out, names[i], n);
    }
    if (rv == 0)
        rv = walk_objects(&w);
    fputs(style->after, out);
    coil_memory_free(w.seen.objects, w.seen.cap * sizeof(coil_obj *));
    return rv;
}

/* dump: the value of an object */
static int write_value(FILE *out, coil_obj *o, const char *escaped)
{
    coil_text text;
    int rv;

    coil_text_init(&text);
    rv = coil_text_repr(&text, o);
    for (size_t i = 0; rv == 0 && i < text.size; i++) {
        if (text.bytes[i] != '\0' && strchr(escaped, text.bytes[i]))
            fputc('\\', out);
        fputc(text.bytes[i], out);
    }
    coil_text_clear(&text);
    return rv;
}

/* dump: as text */
static void text_root(FILE *out, const char *name, size_t number)
{
    if (number == 0)
        fprintf(out, "%s is empty\n", name);
    else
        fprintf(out, "%s is #%zu\n", name, number);
}

static int text_object(FILE *out, coil_obj *o, size_t number)
{
    fprintf(out, "#%zu %s", number, o->type->name);
    if (!(o->count & COIL_IMMORTAL))
        fprintf(out, " count %u", (unsigned)o->count);
    /* dump: what later chapters know of an object, as text */
    coili_gc_note(out, " ", o);
    if (o->type->traverse != NULL)
        return 0;
    fputs(": ", out);
    return write_value(out, o, "");
}

static void text_reference(FILE *out, size_t from, size_t to)
{
    (void)from;
    fprintf(out, " -> #%zu", to);
}

int coil_dump_text(FILE *out, const char *const names[],
                   coil_obj *const roots[], size_t len)
{
    static const struct style style = {
        text_root, text_object, text_reference, "", "\n", "",
    };

    return dump(&style, out, names, roots, len);
}

/* dump: as a graph */
static void graph_root(FILE *out, const char *name, size_t number)
{
    fprintf(out, "  \"%s\" [shape=plaintext];\n", name);
    if (number != 0)
        fprintf(out, "  \"%s\" -> o%zu;\n", name, number);
}

static int graph_object(FILE *out, coil_obj *o, size_t number)
{
    fprintf(out, "  o%zu [shape=box, label=\"%s", number,
            o->type->name);
    if (o->type->traverse == NULL && o->type->repr != NULL) {
        fputc(' ', out);
        if (write_value(out, o, "\"\\") < 0)
            return -1;
    }
    if (o->count & COIL_IMMORTAL)
        fputs("\\ncount ∞", out);
    else
        fprintf(out, "\\ncount %u", (unsigned)o->count);
    /* dump: what later chapters know of an object, in a graph */
    coili_gc_note(out, "\\n", o);
    fputs("\"];\n", out);
    return 0;
}

static void graph_reference(FILE *out, size_t from, size_t to)
{
    fprintf(out, "  o%zu -> o%zu;\n", from, to);
}

int coil_dump_graph(FILE *out, const char *const names[],
                    coil_obj *const roots[], size_t len)
{
    static const struct style style = {
        graph_root, graph_object, graph_reference,
        "digraph objects {\n  rankdir=LR;\n", "", "}\n",
    };

    return dump(&style, out, names, roots, len);
}
