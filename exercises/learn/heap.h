/* heap.h - the objects of a failure, drawn
 *
 * What is drawn is the graph that the driver wrote for Graphviz, as
 * coil_dump_graph writes it.  Threads: none.
 */
#ifndef COIL_LEARN_HEAP_H
#define COIL_LEARN_HEAP_H

/* heap_draw - as text, each line indented; at most `most` lines of it.
 * heap_svg - as a picture, by dot; 0, or 1: told. */
void heap_draw(const char *dot, int indent, int most);
int heap_svg(const char *dot, const char *svg);
#endif
