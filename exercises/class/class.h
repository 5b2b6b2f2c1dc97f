/* class.h - a class: a folder with its record, its seed and its spool
 *
 *     class.db    the record (store.h)
 *     seed        the secret from which all seeds of the class are made
 *     spool/      what is being judged (spool of task.h)
 *     lock        held by the one command that changes something
 *
 * Threads: none.
 */
#ifndef COIL_CLASS_CLASS_H
#define COIL_CLASS_CLASS_H

#include "base.h"
#include "store.h"

/* The words of the command line. */
struct options {
    const char *folder;         /* of the class */
    const char *title, *counts, *late, *late_max, *grace, *visibility;
    struct words due;           /* EXERCISE=TIME */
    struct words paths;         /* those that were made whole */
    const char *roster, *people, *received, *person;
    const char *engine, *hosts;
    int jobs, chunk, limit;
    const char *exercise, *reason, *out, *report, *seed_file, *points;
    bool fresh, again, withdraw;
    const char *args[4];        /* no options, after the command */
    int len;
};

struct class {
    const struct options *o;
    struct store *store;
    int lock;
};

/* class_open - `how` STORE_READ takes no lock.  class_close takes what
 * is half open. */
int class_open(struct class *c, const struct options *o,
               enum store_how how, struct fault *fault);
void class_close(struct class *c);

/* class_path - a file of the class, as a new text */
char *class_path(const struct class *c, const char *name);

/* class_seed - the seed for an exercise; `set` is a regrade that has
 * one of its own, or 0.  16 digits; they tell nothing of the others. */
int class_seed(const struct class *c, const char *exercise, int64_t set,
               char seed[17], struct fault *fault);

/* class_exercise - an exercise that is judged; NULL: a fault */
const struct exercise *class_exercise(const char *name,
                                      struct fault *fault);

/* The commands; each returns 0, 1 (a fault) or 3 (not all judged). */
int class_init(const struct options *o, struct fault *fault);
int class_import(const struct options *o, struct fault *fault);
int class_grade(const struct options *o, struct fault *fault);
int class_regrade(const struct options *o, struct fault *fault);
int class_diff(const struct options *o, struct fault *fault);
int class_decide(const struct options *o, const char *what,
                 struct fault *fault);
int class_override(const struct options *o, struct fault *fault);
int class_status(const struct options *o, struct fault *fault);
int class_report(const struct options *o, struct fault *fault);
int class_export(const struct options *o, struct fault *fault);

/* `./coil class ...`, as main gets it from "class" on */
int class_main(int argc, char **argv);
#endif
