/* from.h - the paths that a person types
 *
 * ./coil runs the tool in the root of the project, and says in
 * COIL_FROM where the person who typed it is.  Without COIL_FROM that
 * is the folder in which the tool runs.
 *
 * Threads: none.
 */
#ifndef COIL_COMMON_FROM_H
#define COIL_COMMON_FROM_H

/* from_caller - a path as it was meant; free it.  "" stays as it is. */
char *from_caller(const char *path);
#endif
