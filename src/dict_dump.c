#include <string.h>

#include "internal/dict_layout.h"

/* dict dump: a value in a record */
static int write_field(FILE *out, coil_obj *o)
{
    coil_text text;
    int rv;

    coil_text_init(&text);
    rv = coil_text_repr(&text, o);
    for (size_t i = 0; rv == 0 && i < text.size; i++) {
        if (strchr("\"\\{}|<> ", text.bytes[i]) != NULL)
            fputc('\\', out);
        fputc(text.bytes[i], out);
    }
    coil_text_clear(&text);
    return rv;
}

/* dict dump: index, entries, arrows */
static void write_index(FILE *out, const struct coili_table *t)
{
    fputs("  index [shape=record,label=\"", out);
    for (size_t slot = 0; slot <= t->mask; slot++)
        fprintf(out, "%s<s%zu> %zu", slot > 0 ? "|" : "", slot, slot);
    fputs("\"];\n", out);
}

static int write_entries(FILE *out, const struct coili_table *t)
{
    int rv = 0;

    fputs("  entries [shape=record,label=\"", out);
    for (size_t n = 0; rv == 0 && n < coili_table_cap(t); n++) {
        const struct coili_entry *e = &t->entries[n];

        fprintf(out, "%s{<e%zu> %zu|", n > 0 ? "|" : "", n, n);
        if (n >= t->used)
            fputs("free", out);
        else if (e->key == NULL)
            fputs("dead", out);
        else if ((rv = write_field(out, e->key)) == 0) {
            fputs("|", out);
            rv = write_field(out, e->value);
        }
        fputs("}", out);
    }
    fputs("\"];\n", out);
    return rv;
}

static void write_arrows(FILE *out, const struct coili_table *t)
{
    for (size_t slot = 0; slot <= t->mask; slot++) {
        size_t n = coili_table_at(t, slot);

        if (n != 0)
            fprintf(out, "  index:s%zu -> entries:e%zu;\n", slot,
                    n - 1);
    }
}

int coil_dict_dump_graph(FILE *out, coil_obj *dict)
{
    const struct coili_table *t = &coili_dict_of(dict)->table;
    int rv;

    COIL_CHECK(out != NULL && coil_dict_check(dict));
    fputs("digraph table {\n  rankdir=LR;\n", out);
    write_index(out, t);
    rv = write_entries(out, t);
    write_arrows(out, t);
    fputs("}\n", out);
    return rv;
}
