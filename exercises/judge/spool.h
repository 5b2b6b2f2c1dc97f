/* spool.h - the folder in which one submission is judged
 *
 * It has in/ (what the compiler reads) and out/ (what it writes), both
 * within reach of the box's uid, and nothing else of ours.
 *
 * Threads: none.
 */
#ifndef COIL_JUDGE_SPOOL_H
#define COIL_JUDGE_SPOOL_H

#include "box.h"
#include "calls.h"

enum { MOST_BYTES = 65535 };    /* of one file handed in */

struct spool {
    char *path;                 /* NULL: there is none */
};

/* spool_open  - make it; -1 with errno
 * spool_close - remove it and all in it */
int spool_open(struct spool *spool, const struct profile *profile);
void spool_close(struct spool *spool);

/* spool_sweep - remove what a judge that was killed has left; the uid
 * is ours alone now */
void spool_sweep(const struct profile *profile);

/* spool_copy - copy the file `from`, which is ours, to in/ or out/
 * spool_copy_folder - all files of a folder, at any depth
 * spool_write - make the file from bytes
 *
 * to is relative to the spool: "in/map.c".  -1 with errno. */
int spool_copy(const struct spool *spool, const char *from,
               const char *to);
int spool_copy_folder(const struct spool *spool, const char *from,
                      const char *to);
int spool_write(const struct spool *spool, const char *to,
                const char *bytes, size_t len);

/* spool_read - what is in a file that a box has written; at most `most`
 * bytes, and never anything but a regular file.  -1 with errno. */
int spool_read(const struct spool *spool, const char *name, size_t most,
               struct text *out);

/* take_file - what was handed in: a regular file of at most MOST_BYTES,
 * in a folder that may change while we look.  Returns NULL, or why
 * not. */
const char *take_file(const char *folder, const char *name,
                      struct text *out);
#endif
