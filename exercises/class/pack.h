/* pack.h - a submission as one file
 *
 * A pack is a ustar archive with nothing left to chance: first
 * "coil-submission.json" (the exercise; each file's name, SHA-256 and
 * length), then the files in the order in which the exercise declares
 * them; mode 0644, owner 0, date 0.  The same files give the same
 * bytes, so the SHA-256 of a pack names its content.  `tar xf` reads
 * it.
 *
 *     struct pack pack = {0};
 *     struct bytes b = {0};
 *
 *     if (pack_folder(&pack, exercise, folder, &fault) == 0)
 *         pack_write(&pack, &b);
 *
 * Threads: none.
 */
#ifndef COIL_CLASS_PACK_H
#define COIL_CLASS_PACK_H

#include "../judge/exercise.h"
#include "base.h"

enum {
    PACK_FILE_MAX = 65535,      /* bytes of one file */
    PACK_FILES_MAX = 16,
    PACK_MAX = 2 * 1024 * 1024  /* bytes of a pack */
};

struct pack_file {
    char *name;
    struct bytes bytes;
};

struct pack {
    char *exercise;
    struct pack_file files[PACK_FILES_MAX];
    size_t len;
};

void pack_clear(struct pack *pack);

/* pack_begin - an empty pack for the exercise
 * pack_add   - one more file; the bytes are copied.  Refused: a name
 *              not declared, a second one of the name, more than 64 KiB
 * pack_done  - put the files in order; refused: a file is missing */
void pack_begin(struct pack *pack, const char *exercise);
int pack_add(struct pack *pack, const struct exercise *exercise,
             const char *name, const void *bytes, size_t len,
             struct fault *fault);
int pack_done(struct pack *pack, const struct exercise *exercise,
              struct fault *fault);

/* pack_folder - the declared files of a folder, none followed by a
 * link.  `left` (or NULL): the names of what else is there. */
int pack_folder(struct pack *pack, const struct exercise *exercise,
                const char *folder, struct words *left,
                struct fault *fault);

/* pack_write - append the pack's bytes
 * pack_read  - and back.  Anything but what pack_write would write is
 *              refused: a pack that was read was not changed.  It does
 *              not ask whether the exercise is known.
 * pack_check - does it hold what this exercise asks for? */
void pack_write(const struct pack *pack, struct bytes *out);
int pack_read(struct pack *pack, const void *bytes, size_t len,
              struct fault *fault);
int pack_check(const struct pack *pack, const struct exercise *exercise,
               struct fault *fault);

/* pack_unpack - the files as files of a folder, which is made */
int pack_unpack(const struct pack *pack, const char *folder,
                struct fault *fault);
#endif
