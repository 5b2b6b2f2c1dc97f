/* watch.h - watch mode: what it knows, and how it is drawn
 *
 * Threads: none.
 */
#ifndef COIL_LEARN_WATCH_H
#define COIL_LEARN_WATCH_H

#include <jansson.h>
#include <stdbool.h>
#include <sys/types.h>

#include "exercise.h"

enum view { STATEMENT, REPORT, LIST, HINT, ASK_RESET };

struct watch {
    const struct exercise *exercise;
    enum view view;
    json_t *report;             /* the last one, owned; or NULL */
    char *note; /* a line above the keys, owned; or NULL */

    pid_t child;                /* it judges; 0: nobody does */
    int from_child;             /* lines: how far it is; -1 */
    char step[120];
    bool again;                 /* saved while it was judged */

    int files;                  /* inotify */
    int watched;                /* the folder's number there; -1 */
    bool quit;
};

void watch_draw(struct watch *w);
void watch_note(struct watch *w, const char *form, ...)
    __attribute__((format(printf, 2, 3)));

/* runner_start - judge in a process of its own, or once more after it
 * runner_read - what it says; at its end the report is there
 * runner_stop - end it */
void runner_start(struct watch *w);
void runner_read(struct watch *w);
void runner_stop(struct watch *w);
#endif
