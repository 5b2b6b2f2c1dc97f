/* base.h - what the record and the classes share: faults, bytes, files
 *
 * A function that can fail takes a fault, and returns -1 (or NULL)
 * after it has said there what went wrong, in a sentence for a teacher.
 * The first fault is the cause: a second one does not replace it.
 *
 *     struct fault fault = {0};
 *     struct bytes b = {0};
 *
 *     if (file_read(AT_FDCWD, "seed", 64, &b, &fault) < 0)
 *         fprintf(stderr, "coil: %s\n", fault.text);
 *     bytes_clear(&b);
 *
 * A lack of memory ends the program: what is recorded stays as it was.
 *
 * Threads: none.
 */
#ifndef COIL_CLASS_BASE_H
#define COIL_CLASS_BASE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

struct fault {
    char text[1024];
};

/* fault_set - say it, as printf does; returns -1
 * fault_errno - the same, and what errno means */
int fault_set(struct fault *fault, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
int fault_errno(struct fault *fault, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Never NULL. */
void *must_alloc(void *p, size_t size);
char *must_print(const char *format, ...)
    __attribute__((format(printf, 1, 2)));

/* ---- bytes that grow; a 0 that is not counted follows them ------- */
struct bytes {
    char *at;
    size_t len;
    size_t cap;
};

void bytes_add(struct bytes *b, const void *from, size_t len);
void bytes_print(struct bytes *b, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
void bytes_clear(struct bytes *b);

/* ---- a list of texts, each owned by the list --------------------- */
struct words {
    char **at;
    size_t len;
};

void words_add(struct words *w, const char *text);
bool words_have(const struct words *w, const char *text);
void words_sort(struct words *w);
void words_clear(struct words *w);

/* ---- names ------------------------------------------------------- */
enum { HASH_HEX = 64 };         /* the digits of a SHA-256 */

void hash_hex(const void *bytes, size_t len, char hex[HASH_HEX + 1]);
bool is_hex(const char *text, size_t len);

/* time_text - seconds since 1970 as 2026-01-31T12:00:00Z
 * time_read - and back; "2026-01-31" is its first second */
enum { TIME_TEXT = 24 };
void time_text(int64_t seconds, char text[TIME_TEXT]);
int time_read(const char *text, int64_t *seconds);

/* Is this UTF-8 without control characters? */
bool is_plain(const char *text);

/* ---- files ------------------------------------------------------- */
/* file_read - append a regular file of at most `limit` bytes.  The name
 * is not followed where it is a symbolic link. */
int file_read(int at, const char *name, size_t limit, struct bytes *out,
              struct fault *fault);

/* file_write - a file that is there whole or not at all; one at a time
 * may write it, as name.tmp */
int file_write(int at, const char *name, const void *bytes, size_t len,
               int mode, struct fault *fault);

/* folder_make - with those above it
 * folder_clear - a folder and all in it; what is not there is no
 *                fault */
int folder_make(const char *path, int mode, struct fault *fault);
int folder_clear(const char *path, struct fault *fault);
#endif
