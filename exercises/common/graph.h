/* graph.h - the objects of a failure, drawn as text
 *
 * What is drawn is the graph that the driver wrote for Graphviz, as
 * coil_dump_graph writes it.  Who draws brings a pen: a terminal has
 * colors, a page has not.
 *
 * Threads: none.
 */
#ifndef COIL_COMMON_GRAPH_H
#define COIL_COMMON_GRAPH_H

#include <stdbool.h>

enum graph_tone { GRAPH_PLAIN, GRAPH_OBJECT, GRAPH_LOST, GRAPH_AGAIN };

struct graph_pen {
    void (*put)(void *context, enum graph_tone tone, const char *text);
    void *context;
    const char *more;           /* the last line, if there are more */
};

/* graph_draw - each line indented; at most `most` lines */
void graph_draw(const struct graph_pen *pen, const char *dot,
                int indent, int most);
#endif
