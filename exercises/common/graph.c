/* graph.c - see graph.h */
#include "graph.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { NODES = 400, ARROWS = 1600, WORD = 160 };

struct node {
    char name[WORD], label[WORD];
    bool root;                  /* a name of the program, no object */
    bool drawn, pointed_at;
};

struct arrow {
    int from, to;
    char label[40];
};

struct graph {
    const struct graph_pen *pen;
    int nodes, arrows;
    struct node node[NODES];
    struct arrow arrow[ARROWS];
    int room;                   /* lines that may still be drawn */
    int indent;
};

/* What stands in front of a line: some blanks, or a bar and blanks. */
struct margin {
    const struct margin *up;
    int blanks;
    bool bar;
};

/* ---- reading ----------------------------------------------------- */
/* Only text may reach the terminal. */
static char printable(char c)
{
    return (unsigned char)c < 0x20 || c == 0x7f ? '?' : c;
}

/* One name, "quoted" or bare. */
static const char *read_name(const char *p, char *out)
{
    size_t n = 0;
    bool quoted = *p == '"';

    for (p += quoted; *p != '\0' && *p != '\n'; p++) {
        if (quoted ? *p == '"' : strchr(" ;[\t", *p) != NULL)
            break;
        if (quoted && *p == '\\' && p[1] != '\0' && p[1] != '\n')
            p++;
        if (n + 1 < WORD)
            out[n++] = printable(*p);
    }
    out[n] = '\0';
    p += quoted && *p == '"';
    return p;
}

/* The text of label="...": \n is a comma. */
static void read_label(const char *p, char *out, size_t size)
{
    const char *end = p + strcspn(p, "\n"), *at = strstr(p, "label=\"");
    size_t n = 0;

    out[0] = '\0';
    if (at == NULL || at > end)
        return;
    for (at += strlen("label=\""); at < end && *at != '"'; at++) {
        char one[2] = { printable(*at), '\0' };
        const char *add = one;

        if (*at == '\\' && at + 1 < end) {
            at++;
            one[0] = printable(*at);
            add = *at == 'n' ? ", " : one;
        }
        if (n + strlen(add) + 1 < size) {
            memcpy(out + n, add, strlen(add) + 1);
            n += strlen(add);
        }
    }
}

static int node_named(struct graph *g, const char *name)
{
    for (int i = 0; i < g->nodes; i++)
        if (strcmp(g->node[i].name, name) == 0)
            return i;
    if (g->nodes == NODES)
        return -1;
    memset(&g->node[g->nodes], 0, sizeof g->node[0]);
    snprintf(g->node[g->nodes].name, WORD, "%s", name);
    return g->nodes++;
}

static void read_line(struct graph *g, const char *p)
{
    char name[WORD], other[WORD];
    int from, to;

    p += strspn(p, " \t");
    if (*p == '\0' || *p == '\n' || *p == '}')
        return;
    if (strncmp(p, "digraph", 7) == 0 || strncmp(p, "rankdir", 7) == 0)
        return;
    p = read_name(p, name);
    p += strspn(p, " \t");
    if (strcmp(name, "node") == 0 || strcmp(name, "edge") == 0 ||
        (from = node_named(g, name)) < 0)
        return;
    if (strncmp(p, "->", 2) == 0) {
        p += 2;
        p = read_name(p + strspn(p, " \t"), other);
        to = node_named(g, other);
        if (to < 0 || g->arrows == ARROWS)
            return;
        g->arrow[g->arrows].from = from;
        g->arrow[g->arrows].to = to;
        read_label(p, g->arrow[g->arrows++].label,
                   sizeof g->arrow[0].label);
        g->node[to].pointed_at = true;
        return;
    }
    read_label(p, g->node[from].label, WORD);
    g->node[from].root = strstr(p, "plaintext") != NULL &&
                         strstr(p, "plaintext") < p + strcspn(p, "\n");
}

static void read_graph(struct graph *g, const char *dot)
{
    for (const char *p = dot; *p != '\0';
         p += strcspn(p, "\n"), p += *p != 0)
        read_line(g, p);
}

/* ---- drawing ----------------------------------------------------- */
static void put(const struct graph *g, enum graph_tone tone,
                const char *text)
{
    g->pen->put(g->pen->context, tone, text);
}

static void put_blanks(const struct graph *g, int n)
{
    while (n-- > 0)
        put(g, GRAPH_PLAIN, " ");
}

static void put_margin(const struct graph *g, const struct margin *m)
{
    if (m->up != NULL)
        put_margin(g, m->up);
    if (m->bar)
        put(g, GRAPH_PLAIN, "│");
    put_blanks(g, m->blanks);
}

static bool line(struct graph *g)
{
    if (g->room <= 0)
        return false;
    if (--g->room == 0) {
        put_blanks(g, g->indent);
        put(g, GRAPH_PLAIN, g->pen->more);
        put(g, GRAPH_PLAIN, "\n");
        return false;
    }
    return true;
}

static void put_name(const struct graph *g, const struct node *n)
{
    const char *name = n->name;
    bool number = name[0] == 'o' && name[1] != '\0' &&
                  strspn(name + 1, "0123456789") == strlen(name + 1);

    if (number)
        put(g, GRAPH_PLAIN, "#");
    put(g, GRAPH_PLAIN, name + number);
}

static int arrows_from(const struct graph *g, int i)
{
    int n = 0;

    for (int a = 0; a < g->arrows; a++)
        n += g->arrow[a].from == i;
    return n;
}

static void put_arrow(const struct graph *g, const struct arrow *a,
                      const struct margin *before, bool last)
{
    put_blanks(g, g->indent);
    put_margin(g, before);
    put(g, GRAPH_PLAIN, last ? "└─" : "├─");
    if (a->label[0] != '\0') {
        put(g, GRAPH_PLAIN, " ");
        put(g, GRAPH_PLAIN, a->label);
        put(g, GRAPH_PLAIN, " ");
    }
    put(g, GRAPH_PLAIN, "▶ ");
}

/* The rest of the line, and the objects below. */
static void draw_object(struct graph *g, int i,
                        const struct margin *before)
{
    struct node *n = &g->node[i];
    int left = arrows_from(g, i);

    put_name(g, n);
    if (n->drawn) {
        put(g, GRAPH_AGAIN, "  (see above)\n");
        return;
    }
    n->drawn = true;
    put(g, GRAPH_PLAIN, "  [");
    put(g, GRAPH_OBJECT, n->label);
    put(g, GRAPH_PLAIN, "]\n");
    for (int a = 0; a < g->arrows && left > 0; a++) {
        if (g->arrow[a].from != i)
            continue;
        left--;
        if (!line(g))
            return;
        put_arrow(g, &g->arrow[a], before, left == 0);
        struct margin below = {before, left ? 3 : 4, left > 0};
        draw_object(g, g->arrow[a].to, &below);
    }
}

static int columns(const char *text)
{
    int n = 0;

    for (; *text != '\0'; text++)
        n += ((unsigned char)*text & 0xc0) != 0x80;
    return n;
}

static void draw_root(struct graph *g, int i)
{
    struct node *n = &g->node[i];
    const struct margin before = {NULL, columns(n->name) + 2, false};

    if (!line(g))
        return;
    put_blanks(g, g->indent);
    put(g, GRAPH_PLAIN, n->name);
    n->drawn = true;
    if (arrows_from(g, i) == 0)
        put(g, GRAPH_PLAIN, "  is empty\n");
    for (int a = 0; a < g->arrows; a++)
        if (g->arrow[a].from == i) {
            put(g, GRAPH_PLAIN, " ──▶ ");
            draw_object(g, g->arrow[a].to, &before);
            break;
        }
}

static void draw_lost(struct graph *g, int i)
{
    static const struct margin before = {NULL, 9, false};

    if (g->node[i].drawn || !line(g))
        return;
    put_blanks(g, g->indent);
    put(g, GRAPH_LOST, "no name");
    put(g, GRAPH_PLAIN, " ──▶ ");
    draw_object(g, i, &before);
}

void graph_draw(const struct graph_pen *pen, const char *dot,
                int indent, int most)
{
    struct graph *g = calloc(1, sizeof *g);

    if (g == NULL) {
        pen->put(pen->context, GRAPH_PLAIN, "(no memory to draw it)\n");
        return;
    }
    g->pen = pen;
    g->room = most;
    g->indent = indent;
    read_graph(g, dot);
    for (int i = 0; i < g->nodes; i++)
        if (g->node[i].root)
            draw_root(g, i);
    for (int i = 0; i < g->nodes; i++)
        if (!g->node[i].pointed_at)
            draw_lost(g, i);
    /* Rings that nothing else points to. */
    for (int i = 0; i < g->nodes; i++)
        draw_lost(g, i);
    free(g);
}
