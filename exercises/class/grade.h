/* grade.h - from a work list to runs in the record
 *
 * Threads: none.
 */
#ifndef COIL_CLASS_GRADE_H
#define COIL_CLASS_GRADE_H

#include "class.h"
#include "task.h"

struct item {
    int64_t submission;
    char *person;
    const struct exercise *exercise;
    char key[HASH_HEX + 1];
    char seed[17];
    bool done;                  /* it has a score */
};

struct worklist {
    struct class *c;
    char *spool;                /* an absolute path */
    int64_t set;                /* of a regrade, or 0 */
    bool fresh, again;
    struct item *at;
    size_t len;
    struct ready {              /* an exercise whose reference passed */
        const struct exercise *exercise;
        char version[HASH_HEX + 1];
        char *judge;
    } *ready;
    size_t ready_len;
    size_t judged, copied, faults;
};

int worklist_open(struct worklist *w, struct class *c,
                  struct fault *fault);
void worklist_clear(struct worklist *w);

/* worklist_add - put a submission on the list, unless it needs no
 * judging: `accepted` is the key of the run that counts now, or
 * NULL. */
int worklist_add(struct worklist *w, int64_t submission,
                 const char *person, const char *exercise,
                 const char *sha, const char *accepted,
                 struct fault *fault);

/* worklist_run - judge all that is on the list; what the judge itself
 * fails at is tried once more.  0, 3 (some have no score), or -1. */
int worklist_run(struct worklist *w, struct fault *fault);
#endif
