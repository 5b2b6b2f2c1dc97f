/* play.h - cases against a program, for the judge's own files
 *
 * Threads: none.
 */
#ifndef COIL_JUDGE_PLAY_H
#define COIL_JUDGE_PLAY_H

#include "model.h"
#include "session.h"
#include "work.h"

/* What came of some cases in one session. */
struct outcome {
    enum status status;
    int at_case;                /* where it stopped; -1: at the end */
    size_t at;                  /* the call in that case */
    struct text expected, got;  /* got.s is NULL: there was no answer */
    struct text output;         /* of the program */
    int signal;
    size_t calls;               /* sent so far */
    long long counted;          /* instructions, if they were counted */
};

void outcome_clear(struct outcome *outcome);

/* play_model - what a right solution answers: expected[i] for
 * calls->at[i].  -1: the sequence is illegal.  texts_clear frees len of
 * them. */
int play_model(const struct model *model, const struct calls *calls,
               struct text *expected);
void texts_clear(struct text *texts, size_t len);

/* play - len cases in one session.  heap, if not NULL: what the driver
 * says of the heap after the last answer, or nothing. */
void play(struct work *work, const struct build *build,
          const struct calls *cases, size_t len,
          struct outcome *outcome, struct text *heap);

/* play_case - one more case in a session: PASS, WRONG, or what ended
 * it */
enum status play_case(struct session *s, const struct calls *calls,
                      struct outcome *outcome);

/* shrink - make a failing case small, in place: what is left fails with
 * the same status.  Returns how many sequences were tried. */
int shrink(struct work *work, const struct build *build,
           struct calls *calls, struct outcome *outcome);

/* trace_of - where the program was, from a sanitizer's words
 * freed_of - where it had freed what it used again
 *
 * Both: a list of lines in the learner's files, or NULL. */
json_t *trace_of(struct work *work, const struct build *build,
                 const char *output);
json_t *freed_of(struct work *work, const struct build *build,
                 const char *output);

/* heap_check - is it such a graph as coil_dump_graph writes?  It comes
 * from the learner's process. */
bool heap_check(const char *text, size_t len);
#endif
