/* intake.h - what a class handed in, read without being extracted
 *
 * A folder or an archive (zip, tar, also compressed) with a folder, an
 * archive, a pack, or a file for each person, as Gradescope, Moodle and
 * Canvas make them.  Nothing is written and no name is followed: the
 * declared files are read into memory, each a regular file of less than
 * 64 KiB, in whatever folder of the person's it is.
 *
 *     struct intake in = {0};
 *
 *     if (intake_read(&in, "handin.zip", exercise, NULL, &fault) == 0)
 *         for (size_t i = 0; i < in.len; i++)
 *             puts(in.at[i].refused[0] ? in.at[i].refused : "taken");
 *     intake_clear(&in);
 *
 * A person's submission that has a link, a device, a path that leads
 * out, a file twice or one too long is refused, with the reason; the
 * others are not touched by that.  An archive of a class that is broken
 * is a fault: who is behind the break is not known.
 *
 * Threads: none.
 */
#ifndef COIL_CLASS_INTAKE_H
#define COIL_CLASS_INTAKE_H

#include "../judge/exercise.h"
#include "base.h"
#include "pack.h"

struct taken {
    char *person;
    struct pack pack;           /* whole where refused is "" */
    struct words left;          /* names of what was not taken */
    int64_t received;           /* the newest date of a file, by the
                                   outer folder or archive */
    char refused[256];
};

struct intake {
    struct taken *at;           /* sorted by person */
    size_t len;
    struct words left;          /* what belongs to nobody */
    const struct exercise *exercise;
    const char *only;           /* all is this person's; or NULL */
    const char *name;           /* of what is read, for a fault */
    bool inner;                 /* inside of a person's archive */
};

/* intake_read - `only` is the person whose files these are, or NULL
 * where they are of a class */
int intake_read(struct intake *in, const char *path,
                const struct exercise *exercise, const char *only,
                struct fault *fault);
void intake_clear(struct intake *in);

/* ---- between the files of intake --------------------------------- */
enum kind { KIND_FILE, KIND_FOLDER, KIND_LINK, KIND_OTHER };
enum want { WANT_NOTHING, WANT_FILE, WANT_ARCHIVE };

/* intake_look - an entry was seen: what shall be read of it?
 *
 * `who` becomes the index of its person; `name` the declared file it is
 * (as long as the exercise) or the name of an archive (in `path`).
 * -1: a fault, all stops.
 */
int intake_look(struct intake *in, const char *path, enum kind kind,
                int64_t date, size_t *who, const char **name,
                struct fault *fault);

/* intake_file, intake_pack - its content was read
 * intake_refuse - the person's submission is refused; the first reason
 *                 is kept */
void intake_file(struct intake *in, size_t who, const char *name,
                 const struct bytes *bytes);
void intake_pack(struct intake *in, size_t who, const char *name,
                 const struct bytes *bytes);
void intake_refuse(struct intake *in, size_t who, const char *format,
                   ...) __attribute__((format(printf, 3, 4)));

int intake_folder(struct intake *in, const char *path,
                  struct fault *fault);
int intake_archive(struct intake *in, const char *path,
                   struct fault *fault);
void intake_inner(struct intake *in, size_t who, const char *name,
                  const struct bytes *bytes);

enum {
    ARCHIVE_MAX = 4 * 1024 * 1024,      /* one person's, as it comes */
    INNER_MAX = 16 * 1024 * 1024,       /* and what comes out of it */
    INNER_ENTRIES = 2000,
    OUTER_MAX = 1024 * 1024 * 1024,     /* the class's, both ways */
    OUTER_ENTRIES = 200000,
    PATH_DEPTH = 16
};
#endif
