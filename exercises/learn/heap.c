#include <errno.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "whole.h"
#include "graph.h"
#include "heap.h"
#include "screen.h"

static void put(void *context, enum graph_tone tone, const char *text)
{
    (void)context;
    if (tone == GRAPH_PLAIN)
        say("%s", text);
    else
        paint(tone == GRAPH_OBJECT ? BOLD
              : tone == GRAPH_LOST ? BAD : SOFT, "%s", text);
}

void heap_draw(const char *dot, int indent, int most)
{
    static const struct graph_pen pen = {
        .put = put, .more = "...  (the picture has all: ./coil heap)"
    };

    graph_draw(&pen, dot, indent, most);
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
