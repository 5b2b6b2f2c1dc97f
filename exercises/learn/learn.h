/* learn.h - the commands of the learner's tool
 *
 * Each takes its name and the words behind it, and returns the status
 * of the program: 0, or 1 when it refuses or a check fails.
 *
 * Threads: none.
 */
#ifndef COIL_LEARN_LEARN_H
#define COIL_LEARN_LEARN_H

#include <jansson.h>
#include <stdbool.h>

#include "exercise.h"

int learn_bench(int argc, char **argv);
int learn_check(int argc, char **argv);
int learn_doctor(int argc, char **argv);
int learn_heap(int argc, char **argv);
int learn_hint(int argc, char **argv);
int learn_list(int argc, char **argv);
int learn_next(int argc, char **argv);
int learn_repro(int argc, char **argv);
int learn_reset(int argc, char **argv);
int learn_show(int argc, char **argv);
int learn_solution(int argc, char **argv);
int learn_start(int argc, char **argv);
int learn_status(int argc, char **argv);
int learn_submit(int argc, char **argv);
int learn_verify(int argc, char **argv);
int learn_watch(int argc, char **argv);

/* ---- what the commands share ------------------------------------- */
/* The words of a command: at most one exercise (NULL: the current one),
 * and what begins with - must be in `flags`. */
struct asked {
    const struct exercise *exercise;
    int level;                  /* a number from 1 to 3, or 0 */
    bool give_up, own, yes;     /* --give-up, --own, --yes */
    const char *check, *seed;   /* --check NAME, --seed HEX */
    const char *output;         /* -o FILE */
    const char *folder;         /* of the files; NULL: in work/ */
};

/* asked_read - 0, or 1: told.  flags: "give-up own yes check seed o
 * level" */
int asked_read(struct asked *w, int argc, char **argv,
               const char *flags);

/* start_files - the files that are given, where there are none yet;
 * returns how many were made, or -1: told. */
int start_files(const struct exercise *e);
void make_current(json_t *state, const struct exercise *e);

/* show_exercise - statement, files, points. */
void show_exercise(const struct exercise *e, json_t *state);
void show_list(json_t *state);
void show_bar(json_t *state);

/* hint_say - the hints up to a level; recorded in of. */
void hint_say(const struct exercise *e, json_t *of, int level);

/* reset_files - as at the start; what was there goes into a backup,
 * whose folder is returned; free it.  "": nothing had changed.  NULL:
 * told. */
char *reset_files(const struct exercise *e);

/* judge_here - judge the learner's files (new; never NULL); step tells
 * how far it is, or NULL.  judge_shown - the same, with a line of
 * progress on a terminal.  judge_record - keep the report: 0, or 1
 * (told). */
typedef void progress(void *context, const char *step, int done,
                      int all);
json_t *judge_here(const struct asked *w, progress *step,
                   void *context);
json_t *judge_shown(const struct asked *w);

/* own_ready - is all there that --own links?  0, or 1: told. */
int own_ready(const struct exercise *e);
int judge_record(const struct exercise *e, json_t *report);
#endif
