/* exercise.h - the exercises of the book, as the build found them
 *
 * Threads: none; what is returned lives as long as the program.
 */
#ifndef COIL_JUDGE_EXERCISE_H
#define COIL_JUDGE_EXERCISE_H

#include <stdbool.h>
#include <stddef.h>

struct model;

struct exercise {
    const char *name;           /* "pools-map" */
    const char *chapter;        /* "04-pools" */
    const char *title;
    int stars, minutes, points;
    const char *statement;      /* plain text, from the chapter */
    bool judged;       /* false: for thought; what follows is NULL */
    const char *needs; /* one before it, linked in; or NULL */
    const char *const *files;   /* what is handed in, up to NULL */
    const char *const *allow;   /* external symbols that may be used */
    const char *const *uses;    /* those that must be, up to NULL */
    const char *builds;         /* "plain asan" */
    const char *hints[3];
    const char *const *calls;   /* "fail N: what it does", ..., NULL */
    const struct model *model;
    const char *given; /* folder: header, starter, visible tests */
    const char *staff;          /* folder: reference/ and wrong/ */
};

/* exercise_all - up to one without a name, in the order of the book.
 * exercise_find - by name ("pools-map"); NULL: there is none. */
const struct exercise *exercise_all(void);
const struct exercise *exercise_find(const char *name);
#endif
