/* export.h - what counts, in the formats of others
 *
 * All are made from the record's `grade` view and the reports in it.
 * An export has no seed in what a student sees.  What the judge failed
 * at is in none of them.
 *
 * Threads: none.
 */
#ifndef COIL_CLASS_EXPORT_H
#define COIL_CLASS_EXPORT_H

#include <jansson.h>

#include "class.h"

/* One person and exercise: a row of `grade`. */
struct graded {
    int64_t person;
    const char *name, *exercise, *status, *last, *first, *email,
        *reason;
    bool counts;                /* there is a run that counts */
    bool overridden;
    int64_t due, received, late;        /* due 0: none */
    double raw, penalty, points, score;
    const json_t *report;       /* NULL where nothing counts */
    const char *file;           /* a safe name, "0007-ann-pools-map" */
};

/* each_grade - call `use` for each, ordered by exercise, then name; or
 * by name, then exercise.  `what` is an exercise, or NULL: all. */
int each_grade(struct class *c, bool by_person, const char *what,
               int (*use)(void *context, const struct graded *g,
                          struct fault *fault), void *context,
               struct fault *fault);

/* safe_name - letters, digits and - of a text, for a file's name */
char *safe_name(int64_t id, const char *text);

/* ---- text -------------------------------------------------------- */
/* put_escaped - for HTML and XML; what XML cannot say becomes U+FFFD */
void put_escaped(struct bytes *b, const char *text);

/* feedback_check - what one check saw, in plain text
 * feedback_head - what stopped the whole: the compiler, the gate, a
 *                 reason; "" where nothing did
 * check_points - the points of a check, earned and at most */
void feedback_check(struct bytes *b, const json_t *check);
void feedback_head(struct bytes *b, const json_t *report);
void check_points(const json_t *report, const json_t *check,
                  double *earned, double *most);

const char *json_text(const json_t *o, const char *key);
double json_double(const json_t *o, const char *key);

/* json_file - write it, indented
 * put_text, of a file in a folder, which is made */
int json_file(const json_t *o, const char *path, struct fault *fault);
int text_file(const struct bytes *b, const char *path,
              struct fault *fault);

/* ---- the formats ------------------------------------------------- */
int export_csv(struct class *c, const char *out, struct fault *fault);
int export_gradescope(struct class *c, const char *out,
                      struct fault *fault);
int export_check50(struct class *c, const char *out,
                   struct fault *fault);
int export_junit(struct class *c, const char *out, struct fault *fault);
int export_html(struct class *c, const char *out, struct fault *fault);
int export_similarity(struct class *c, const char *out,
                      struct fault *fault);
int export_autograder(struct class *c, const char *exercise,
                      const char *out, struct fault *fault);

/* gradescope_report - results.json from one report, as run_autograder
 * makes it; a grader-error gives none, but a fault */
int gradescope_report(const char *report, const char *visibility,
                      const char *out, struct fault *fault);
#endif
