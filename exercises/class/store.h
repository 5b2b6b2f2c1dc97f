/* store.h - the record of submissions: SQLite, one file, which only
 * grows
 *
 * A class has one, and a learner has one of his own.  Nothing in it is
 * changed or removed, by us or by another program that opens the file:
 * triggers refuse UPDATE, DELETE and REPLACE.  What counts is found by
 * views, from the newest row that says it; see schema.sql.
 *
 *     struct store *s = store_open(path, STORE_MAKE, &fault);
 *     int64_t id = store_submit(s, &submission, &fault);
 *
 *     if (id > 0 && store_run(s, &run, report, &fault) == 0)
 *         puts("recorded");
 *     store_close(s);
 *
 * Each function below is all or nothing, also when the disk is full or
 * the power fails; several are, between store_begin and store_end.
 *
 * Threads: none.  Processes: any number may read, one at a time writes;
 * the others wait up to five seconds, and then say so.
 */
#ifndef COIL_CLASS_STORE_H
#define COIL_CLASS_STORE_H

#include <jansson.h>
#include <sqlite3.h>

#include "../judge/exercise.h"
#include "base.h"
#include "pack.h"

struct store;

enum store_how {
    STORE_READ,
    STORE_WRITE,
    STORE_MAKE                  /* write; make it where there is none */
};

/* store_open - NULL with a fault: there is none, it is damaged, locked,
 * of another kind, or may not be written.  store_close takes NULL. */
struct store *store_open(const char *path, enum store_how how,
                         struct fault *fault);
void store_close(struct store *s);

/* store_begin - what follows is one change, up to store_end.  There,
 * `ok` false takes all of it back; returns 0 if it was kept. */
int store_begin(struct store *s, struct fault *fault);
int store_end(struct store *s, bool ok, struct fault *fault);

/* ---- what is added ----------------------------------------------- */
/* exercise_version - the hash of what an exercise asks for: files,
 * points, statement, and what may be used. */
void exercise_version(const struct exercise *e, char hex[HASH_HEX + 1]);

/* store_exercise - say how an exercise is now.  `due` NULL: as
 * before. */
int store_exercise(struct store *s, const struct exercise *e,
                   const int64_t *due, struct fault *fault);

/* store_person - the id of a name, which is added if it is new; or
 * -1 */
int64_t store_person(struct store *s, const char *name,
                     struct fault *fault);

struct submission {
    const char *person;
    const struct exercise *exercise;
    const struct pack *pack;
    int64_t received;           /* seconds since 1970 */
    const char *source;         /* the path it came by, for a reader */
};

/* store_submit - the id of the submission; 0: the same pack of the same
 * person and second is there; -1: a fault */
int64_t store_submit(struct store *s,
                     const struct submission *submission,
                     struct fault *fault);

struct run {
    int64_t submission;
    int64_t regrade;            /* the set it belongs to; 0: none */
    const char *host;
    int64_t started, ended;
};

/* run_key - what names a judging: where all four are the same, so is
 * the report.  `seed` and `judge` as the report has them. */
void run_key(const char *sha256, const char *version, const char *judge,
             const char *seed, char hex[HASH_HEX + 1]);

/* store_run - what the judge said.  A report that is not whole, or has
 * a score it cannot have, is refused.  0 also where it is there. */
int store_run(struct store *s, const struct run *run,
              const json_t *report, struct fault *fault);

/* report_check - is this a report as decision 0008 describes it? */
int report_check(const json_t *report, struct fault *fault);

/* `points` NULL takes an override back; a reason must be there. */
int store_override(struct store *s, const char *person,
                   const char *exercise, const double *points,
                   const char *reason, struct fault *fault);
int store_setting(struct store *s, const char *key, const char *value,
                  struct fault *fault);
int store_event(struct store *s, const char *what, const char *person,
                const char *exercise, const char *detail,
                struct fault *fault);

/* ---- what is there ----------------------------------------------- */
/* store_select - a query; `form` has a letter an argument: i int64_t,
 * d double, t text or NULL, b bytes and size_t.
 * store_next   - 1: there is a row; 0: no more; -1: a fault.  After 0
 *                and -1 the statement is gone. */
sqlite3_stmt *store_select(struct store *s, struct fault *fault,
                           const char *sql, const char *form, ...);
int store_next(struct store *s, sqlite3_stmt *q, struct fault *fault);

/* store_do - a statement without rows; returns 0 or -1
 * store_number - the first column of the first row; `none` if no row */
int store_do(struct store *s, struct fault *fault, const char *sql,
             const char *form, ...);
int store_number(struct store *s, int64_t *out, struct fault *fault,
                 const char *sql, const char *form, ...);
int64_t store_last_id(const struct store *s);

/* column - a text column, "" where it is NULL; until store_next */
const char *column(sqlite3_stmt *q, int i);

/* store_get - a setting, as a new text; `otherwise` where it is not
 * set */
char *store_get(struct store *s, const char *key,
                const char *otherwise);

/* Who writes: $USER, or the number of the user. */
const char *store_who(void);

extern const char store_schema[];
#endif
