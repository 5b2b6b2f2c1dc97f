/* attack.h - what is tried against the judge; Threads: none */
#ifndef COIL_ATTACK_H
#define COIL_ATTACK_H

#include <sys/types.h>

#include "work.h"

/* naive_fooled - does a naive grader ("exit" or "tap") find the files
 * in work's spool right?  It is built and run in a box.  -1: it cannot
 * be. */
int naive_fooled(struct work *work, const char *grader);

/* traces_of - what the uid has left: processes, files.  NULL:
 * nothing. */
const char *traces_of(uid_t uid);

/* find_file - the path of a file in the folder of attacks; free it */
char *attack_file(const char *name);
#endif
