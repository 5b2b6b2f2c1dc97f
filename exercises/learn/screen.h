/* screen.h - what is said to the learner
 *
 * Colors only on a terminal, and not where NO_COLOR is set.  Every
 * message ends with what to type next.
 *
 * Threads: none.
 */
#ifndef COIL_LEARN_SCREEN_H
#define COIL_LEARN_SCREEN_H

#include <stdbool.h>

enum tone { BOLD, GOOD, BAD, SOFT, CODE };

/* screen_open - look at standard output; call it first. */
void screen_open(void);
bool screen_is_terminal(void);
int screen_width(void);         /* 40 to 100 */
int screen_columns(const char *text);   /* how wide it prints */

/* say - as printf; paint - in a tone. */
void say(const char *form, ...) __attribute__((format(printf, 1, 2)));
void paint(enum tone tone, const char *form, ...)
    __attribute__((format(printf, 2, 3)));

/* say_lines - a text, each line indented and broken at the width;
 * say_verbatim - the same, but never broken, without control
 * characters. */
void say_lines(int indent, const char *text);
void say_verbatim(int indent, const char *text);

/* say_bar - [######----]  3 of 7 */
void say_bar(int done, int all);

/* say_next - "next:  ..."; the command is painted.
 * refuse - on stderr: what is wrong, and what to type next (or NULL).
 * Returns 1, the status of the program. */
void say_next(const char *form, ...)
    __attribute__((format(printf, 1, 2)));
int refuse(const char *next, const char *form, ...)
    __attribute__((format(printf, 2, 3)));

/* refuse_later - from now on, refuse keeps its text instead of printing
 * it
 * refused - the text kept (borrowed until the next), or NULL; once. */
void refuse_later(void);
const char *refused(void);
#endif
