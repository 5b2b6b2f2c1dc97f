/* task.h - the spool: what is to be judged, and what came of it
 *
 *     tasks/KEY       a line "EXERCISE SEED", then the pack
 *     results/KEY     {"key", "host", "started", "ended", "report"}
 *     keys            the list for the engine, a line each
 *     engine.log      what the engine said
 *
 * A task is judged in a process of its own, which may end in any way:
 * the result is then a grader-error.  It is written whole or not at
 * all.  A lock on the task's file lets two that have one key judge it
 * once, on one machine and on many that share the folder.
 *
 * Threads: none.
 */
#ifndef COIL_CLASS_TASK_H
#define COIL_CLASS_TASK_H

#include <jansson.h>

#include "base.h"
#include "store.h"

/* spool_make - the folders, for us alone
 * task_add   - put a task there
 * task_drop  - remove it and its result */
int tasks_make(const char *spool, struct fault *fault);
int task_add(const char *spool, const char *key, const char *exercise,
             const char *seed, const void *pack, size_t len,
             struct fault *fault);
void task_drop(const char *spool, const char *key);

/* task_run - judge it, unless there is a result; `limit` seconds */
int task_run(const char *spool, const char *key, int limit,
             struct fault *fault);

/* task_done - is there a result?
 * task_result - the result, new; NULL: none that can be read */
bool task_done(const char *spool, const char *key);
json_t *task_result(const char *spool, const char *key);

/* grader_error - a report that says so */
json_t *grader_error(const char *exercise, const char *reason);

/* pool_run - keys first..last-1 of the list, `jobs` at a time */
int pool_run(const char *spool, size_t first, size_t last, int jobs,
             int limit, struct fault *fault);

/* keys_read, keys_write - the list */
int keys_read(const char *spool, struct words *keys,
              struct fault *fault);
int keys_write(const char *spool, const struct words *keys,
               struct fault *fault);

struct engine {
    const char *name;           /* "local", "parallel" or "slurm" */
    const char *hosts;          /* a file for --sshloginfile, or NULL */
    int jobs;                   /* at a time (on each host) */
    int chunk;                  /* tasks of one job of Slurm */
    int limit;                  /* seconds for one task */
};

/* engine_run - all keys of the list; shows how far it is.  0 also where
 * some have no result: the engine itself has run. */
int engine_run(const char *spool, const struct engine *engine,
               struct fault *fault);
#endif
