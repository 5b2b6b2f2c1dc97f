/* work.h - one submission while it is judged, for the judge's own files
 *
 * Threads: none.
 */
#ifndef COIL_JUDGE_WORK_H
#define COIL_JUDGE_WORK_H

#include <jansson.h>

#include "box.h"
#include "calls.h"
#include "exercise.h"
#include "judge.h"
#include "model.h"
#include "spool.h"

enum status {
    PASS,
    WRONG,
    CRASH,
    TIMEOUT,
    MEMORY,
    OUTPUT,
    LEAK,
    UB,
    RACE,
    VIOLATION,
    SKIPPED,
    FAULT /* FAULT: ours; no score */
};

const char *status_name(enum status status);

enum { MOST_FILES = 32 };

/* A file that is compiled. */
struct source {
    const struct exercise *exercise;    /* whose rules it obeys */
    const char *name;
    struct text text;
    bool given;                 /* ours: not looked at by the gate */
    unsigned used; /* a bit for each of exercise->uses: its object
                      uses it */
};

/* How a build is made and run. */
struct build {
    const char *name;           /* "plain" */
    const char *const *compile; /* compiler and flags */
    const char *const *run;     /* what runs it, or NULL: itself */
    const char *const *env;
    const char *kit;            /* folder of its library in the kit */
    bool proc;
    struct limits limits;
    int wall;                   /* seconds that one call may wait */
};

/* build_find - by name; NULL: there is none.  builds: all of them. */
const struct build *build_find(const char *name);
extern const struct build builds[];

struct work {
    const struct exercise *exercise;
    const struct judge_options *options;
    struct profile profile;
    struct spool spool;
    struct source sources[MOST_FILES];
    size_t len;
    uint64_t seed;
    bool trusted;               /* ours: the gate need not look at it */
    int most_wait;              /* processor seconds, and a third of
                                 * what a call may wait; 0: as the
                                 * build says */
    unsigned built;             /* a bit for each build: linked */
    struct text names[2];       /* of the compilers, as they say them */
    json_t *report;             /* what is known so far */
    struct text fault;          /* what is wrong with us, or empty */
};

/* work_open  - begin a report; work_close - end all but the report
 * work_load  - take what is in the folder; 0, or -1: report or fault
 *              says why not
 * work_judge - the same, and compile it, run it, and write the
 *              report */
void work_open(struct work *work, const struct exercise *exercise,
               const struct judge_options *options);
void work_close(struct work *work);
int work_load(struct work *work, const char *folder);
void work_judge(struct work *work, const char *folder);

/* fault - the judge itself failed; the first one is kept; returns -1 */
int fault(struct work *work, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* take_sources - the files handed in, and those of the exercises that
 * it needs; 0, or -1: report or fault says why */
int take_sources(struct work *work, const char *folder);

/* reject - give the report a status without a score */
void reject(struct work *work, const char *status);

/* compile_build - compile, look at what came out, link: 0; -1: the
 * report has a status (compile-error, rejected), or there is a fault */
int compile_build(struct work *work, const struct build *build);

/* gate_text   - look at preprocessed text and at the text itself
 * gate_object - look at the symbols and sections of an object
 *
 * gate_uses   - look at what the objects together must use
 *
 * Each adds to gate what is not allowed.  compiler: the object's own
 * word for what made it, if any. */
void gate_source(const struct source *source, json_t *gate);
void gate_text(const struct work *work, const struct source *source,
               const char *text, json_t *gate);
void gate_object(struct source *source, const struct build *build,
                 struct text *object, json_t *gate,
                 struct text *compiler);
void gate_uses(const struct work *work, json_t *gate);
void gate_add(json_t *gate, const char *symbol, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* box_run - run a command in the spool, and wait: its status, or -1 and
 * a fault.  What it says goes to output, as far as most. */
int box_run(struct work *work, struct box *box, struct text *output,
            size_t most, int wall);

/* say_messages - the report's messages, from what a compiler said */
void say_messages(struct work *work, const char *text,
                  json_t *messages);

/* work_cases - the cases of one check for work's seed
 * free_cases - free them
 * work_build - the i-th build of a check, or NULL */
struct calls *work_cases(struct work *work, const struct check *check);
void free_cases(struct calls *cases, int len);
const struct build *work_build(struct work *work,
                               const struct check *check, size_t i);

/* count_check - a check of instructions: adds ratio and status to
 * result */
void count_check(struct work *work, const struct build *build,
                 const struct check *check, json_t *result);

/* section_of - the book's section that defines a name, or NULL */
const char *section_of(const char *name);

/* play_checks - run the checks; fills report.checks.  0, or -1:
 * fault */
int play_checks(struct work *work, json_t *checks);

/* kit_folder - where the build has left what is linked */
extern const char kit_folder[];
#endif
