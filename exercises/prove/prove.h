/* prove.h - that an exercise and its model are good, for CTest
 *
 *     coil-prove pools-map wrong
 *
 * Threads: none; prove_mutants has two processes.
 */
#ifndef COIL_PROVE_H
#define COIL_PROVE_H

#include "play.h"
#include "work.h"

/* Each returns 0, or -1 after it has told what is not so. */
int prove_starter(const struct exercise *ex);
int prove_reference(const struct exercise *ex);
int prove_seeds(const struct exercise *ex);
int prove_wrong(const struct exercise *ex);
int prove_mutants(const struct exercise *ex);

/* no - tell what is not so; returns -1 */
int no(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* play_everything - all cases of work's seed and those that follow, of
 * all checks that are run in this build, in one session; tell: how it
 * failed, if it did */
enum status play_everything(struct work *work,
                            const struct build *build, int seeds,
                            bool tell);

/* A folder with the reference in it, and files of it replaced. */
struct folder {
    char path[32];              /* empty: there is none */
};
int folder_open(struct folder *folder, const struct exercise *ex);
int folder_write(struct folder *folder, const char *name,
                 const char *text, size_t len);
void folder_close(struct folder *folder);
#endif
