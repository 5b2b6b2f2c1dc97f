#include <errno.h>
#include <spawn.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "whole.h"
#include "heap.h"
#include "screen.h"

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
    int nodes, arrows;
    struct node node[NODES];
    struct arrow arrow[ARROWS];
    int room;                   /* lines that may still be drawn */
    int indent;
};

/* ---- reading ----------------------------------------------------- */
/* Only text may reach the terminal. */
static char printable(char c)
{
    return (unsigned char)c < 0x20 || c == 0x7f ? '?' : c;
}

/* One name, "quoted" or bare; a port (:s0) is left out. */
static const char *read_name(const char *p, char *out)
{
    size_t n = 0;
    bool quoted = *p == '"';

    for (p += quoted; *p != '\0' && *p != '\n'; p++) {
        if (quoted ? *p == '"' : strchr(" ;:[\t", *p) != NULL)
            break;
        if (quoted && *p == '\\' && p[1] != '\0' && p[1] != '\n')
            p++;
        if (n + 1 < WORD)
            out[n++] = printable(*p);
    }
    out[n] = '\0';
    p += quoted && *p == '"';
    if (*p == ':')
        p += strcspn(p, " ;[\n");
    return p;
}

/* The text of label="...": \n is a comma, <port>, { and } go. */
static void read_label(const char *p, char *out, size_t size)
{
    const char *end = p + strcspn(p, "\n"), *at = strstr(p, "label=\"");
    size_t n = 0;

    out[0] = '\0';
    if (at == NULL || at > end)
        return;
    for (at += strlen("label=\""); at < end && *at != '"'; at++) {
        const char *add = NULL;
        char one[2] = { printable(*at), '\0' };

        if (*at == '\\' && at + 1 < end) {
            at++;
            one[0] = printable(*at);
            add = *at == 'n' ? ", " : one;
        } else if (*at == '<' && strchr(at, '>') != NULL) {
            at = strchr(at, '>');
        } else if (*at != '{' && *at != '}') {
            add = one;
        }
        if (add != NULL && n + strlen(add) + 1 < size) {
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
static bool line(struct graph *g)
{
    if (g->room <= 0)
        return false;
    if (--g->room == 0) {
        say("%*s...  (the picture has all: ./coil heap)\n", g->indent,
            "");
        return false;
    }
    return true;
}

static void name_object(const struct node *n)
{
    const char *name = n->name;

    if (name[0] == 'o' && strspn(name + 1, "0123456789") ==
                          strlen(name + 1) && name[1] != '\0')
        say("#%s", name + 1);
    else
        say("%s", name);
}

static int arrows_from(const struct graph *g, int i)
{
    int n = 0;

    for (int a = 0; a < g->arrows; a++)
        n += g->arrow[a].from == i;
    return n;
}

/* The rest of the line, and the objects below; `before` is what stands
 * in front of them. */
static void draw_object(struct graph *g, int i, const char *before)
{
    struct node *n = &g->node[i];
    int left = arrows_from(g, i);

    name_object(n);
    if (n->drawn) {
        paint(SOFT, "  (see above)\n");
        return;
    }
    n->drawn = true;
    say("  [");
    paint(BOLD, "%s", n->label);
    say("]\n");
    for (int a = 0; a < g->arrows && left > 0; a++) {
        char *below;

        if (g->arrow[a].from != i)
            continue;
        left--;
        if (!line(g))
            return;
        say("%*s%s%s", g->indent, "", before, left ? "├─" : "└─");
        if (g->arrow[a].label[0] != '\0')
            say(" %s ", g->arrow[a].label);
        say("▶ ");
        below = format("%s%s  ", before, left ? "│ " : "  ");
        draw_object(g, g->arrow[a].to, below);
        free(below);
    }
}

static void draw_root(struct graph *g, int i)
{
    struct node *n = &g->node[i];

    if (!line(g))
        return;
    say("%*s%s", g->indent, "", n->name);
    n->drawn = true;
    if (arrows_from(g, i) == 0)
        say("  is empty\n");
    for (int a = 0; a < g->arrows; a++)
        if (g->arrow[a].from == i) {
            char *before =
                format("%*s", screen_columns(n->name) + 2, "");

            say(" ──▶ ");
            draw_object(g, g->arrow[a].to, before);
            free(before);
            break;
        }
}

static void draw_lost(struct graph *g, int i)
{
    if (g->node[i].drawn || !line(g))
        return;
    say("%*s", g->indent, "");
    paint(BAD, "no name");
    say(" ──▶ ");
    draw_object(g, i, "         ");
}

void heap_draw(const char *dot, int indent, int most)
{
    struct graph *g = must(calloc(1, sizeof *g));

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

/* ---- the picture ------------------------------------------------- */
int heap_svg(const char *dot, const char *svg)
{
    extern char **environ;
    char *source = format("%s.dot", svg);
    char *argv[] = { "dot", "-Tsvg", "-o", (char *)svg, source, NULL };
    int rv = 1, status = 0;
    pid_t child;

    if (whole_write(source, dot, strlen(dot)) < 0)
        refuse("free some room, then ./coil heap",
               "%s could not be written: %s", source, strerror(errno));
    else if (posix_spawnp(&child, "dot", NULL, NULL, argv, environ))
        refuse("apt-get install graphviz", "dot is missing, which "
               "draws the picture; its source is %s", source);
    else if (waitpid(child, &status, 0) != child || status != 0)
        refuse(NULL, "dot could not draw %s", source);
    else
        rv = 0;
    if (rv == 0)
        unlink(source);
    free(source);
    return rv;
}
