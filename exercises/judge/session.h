/* session.h - one conversation with the learner's program
 *
 *     struct session s;
 *     session_open(&s, work, build);
 *     enum status status = session_call(&s, "class 16", 4096, &answer);
 *     ...
 *     status = session_close(&s, status);  // s.output, s.signal, ...
 *     session_clear(&s);
 *
 * Threads: none.
 */
#ifndef COIL_JUDGE_SESSION_H
#define COIL_JUDGE_SESSION_H

#include "work.h"

enum { MOST_ANSWER = 4096, MOST_HEAP = 1 << 16, MOST_OUTPUT = 1 << 20 };

struct session {
    struct work *work;
    const struct build *build;
    pid_t pid;                  /* 0: it has been waited for */
    int ask, answers, output_fd;
    int log_fd;                 /* what runs the program writes there */
    struct text log;
    struct text output;         /* of 1 and 2 */
    struct text pending;        /* bytes of answers not used yet */
    size_t end; /* 0 or the status with which it ended */
    int signal;                 /* that ended it, or 0 */
    bool awake, leaves;         /* it has answered; it is to end */
    bool over; /* output has more than MOST_OUTPUT bytes */
    size_t kills;               /* of the control group, before it */
    long long looked;           /* when its memory was looked at, ms */
};

/* session_open - start the program; FAULT: it cannot be
 * session_call - ask, and wait for the answer: PASS, or what stopped
 *                it; after that only session_close may follow
 * session_close - end it; `so_far` is what is known.  If that is PASS,
 *                the program must say bye and end with 0. */
enum status session_open(struct session *s, struct work *work,
                         const struct build *build);
enum status session_call(struct session *s, const char *line,
                         size_t most, struct text *answer);
enum status session_close(struct session *s, enum status so_far);
void session_clear(struct session *s);

/* session_finding - what the sanitizers say about a program that ended
 * with their status: LEAK, UB, RACE, MEMORY or CRASH */
enum status session_finding(const struct session *s);
#endif
