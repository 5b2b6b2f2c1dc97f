/* csv.c - see csv.h */
#include "csv.h"

#include <string.h>

void csv_put(struct bytes *b, bool first, const char *text)
{
    bool quote = strpbrk(text, ",\"\r\n") != NULL;

    if (!first)
        bytes_add(b, ",", 1);
    if (quote)
        bytes_add(b, "\"", 1);
    if (text[0] && strchr("=+-@\t\r", text[0]))
        bytes_add(b, "'", 1);
    for (const char *p = text; *p; p++) {
        if (*p == '"')
            bytes_add(b, "\"", 1);
        bytes_add(b, p, 1);
    }
    if (quote)
        bytes_add(b, "\"", 1);
}

void csv_number(struct bytes *b, bool first, double number)
{
    bytes_print(b, "%s%.10g", first ? "" : ",", number);
}

void csv_end(struct bytes *b)
{
    bytes_add(b, "\r\n", 2);
}

/* One cell at p, which then is at what ends it. */
static int cell(const char **p, struct bytes *b, struct fault *fault)
{
    bytes_add(b, "", 0);
    if (**p != '"') {
        size_t n = strcspn(*p, ",\r\n");

        bytes_add(b, *p, n);
        *p += n;
        return 0;
    }
    for (++*p; **p != '"' || (*p)[1] == '"'; ++*p) {
        if (!**p)
            return fault_set(fault, "a quoted cell does not end");
        *p += **p == '"';
        bytes_add(b, *p, 1);
    }
    ++*p;
    return strchr(",\r\n", **p)     /* the 0 counts, too */
        ? 0 : fault_set(fault, "text follows a quoted cell");
}

int csv_next(const char **p, struct words *cells, struct fault *fault)
{
    int rv = 1;

    if (!**p)
        return 0;
    for (;;) {
        struct bytes b = {0};

        if (cell(p, &b, fault) < 0)
            rv = -1;
        else
            words_add(cells, b.at);
        bytes_clear(&b);
        if (rv < 0 || **p != ',')
            break;
        ++*p;
    }
    *p += **p == '\r';
    *p += **p == '\n';
    return rv;
}

int csv_column(const struct words *head, const char *name)
{
    for (size_t i = 0; i < head->len; i++) {
        if (strcmp(head->at[i], name) == 0)
            return (int)i;
    }
    return -1;
}
