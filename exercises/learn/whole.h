/* whole.h - whole files, read and written
 *
 *     size_t len;
 *     char *text = whole_read("work/state.json", &len);
 *
 * Threads: none.
 */
#ifndef COIL_LEARN_WHOLE_H
#define COIL_LEARN_WHOLE_H

#include <stdbool.h>
#include <stddef.h>

/* whole_read - all of it, with a 0 behind; free it.  NULL: errno. */
char *whole_read(const char *path, size_t *len);

/* whole_write - all or nothing: a new file is written, forced to the
 * disk and renamed over path.  -1: errno, and path is as it was. */
int whole_write(const char *path, const char *bytes, size_t len);

/* whole_copy - -1: errno.  path_is - is there a file or a folder?
 * path_make - it and those above it; -1: errno. */
int whole_copy(const char *from, const char *to);
bool path_is(const char *path);
int path_make(const char *path);

/* join - "a/b"; free it.  format - as printf; free it. */
char *join(const char *folder, const char *name);
char *format(const char *form, ...)
    __attribute__((format(printf, 1, 2)));

/* must - what malloc gave, or the end of the program. */
void *must(void *p);
#endif
