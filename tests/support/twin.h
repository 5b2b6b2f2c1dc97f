/* twin.h - what the C side of a twin program needs
 *
 *     static void program(void)
 *     {
 *         coil_obj *x = must(coil_list_new());
 *
 *         ok(coil_list_append(x, x));
 *         COIL_CLEAR(x);                               // del x
 *         printf("collected: %td\n", coil_gc_collect(2));
 *     }
 *
 *     int main(void) { return twin_run(program); }
 *
 * A twin prints what its Python script prints, and every value that it
 * prints comes from the library.  An ignored error is printed as
 * "ignored: ValueError text".
 */
#ifndef TWIN_H
#define TWIN_H

#include <stdio.h>

#include "coil/coil.h"

/* Run the program in a runtime of its own.  Returns what main returns:
 * not 0 if an error is pending at the end or an object is left. */
int twin_run(void (*program)(void));

/* The same with options, for what depends on them. */
int twin_run_with(coil_options options, void (*program)(void));

/* Run the program in a child, and return what it says on its standard
 * error stream: it must end by an abort.  Released with free. */
char *twin_abort(void (*program)(void));

/* The result of a call that must not fail; else the error is printed
 * and the process ends. */
void *must(void *result);
int ok(int result);

/* "True" or "False". */
const char *truth(int value);

/* Print the repr of o, or None for NULL; say_line with a line end. */
void say(coil_obj *o);
void say_line(coil_obj *o);

/* An int that is to be stolen; a list of one stolen element. */
COIL_NEW coil_obj *number(int64_t value);
COIL_NEW coil_obj *wrap_steal(COIL_STEALS coil_obj *item);

/* The value of an int. */
int64_t value_of(coil_obj *n);

/* Print the ints of a list in ascending order, a space before each. */
void say_sorted(coil_obj *list);

#endif
