/* model.h - what judges the answers of one exercise
 *
 * A model is trusted and runs in the judge.  It says what is checked,
 * makes calls from a seed, and plays them: each call has the one
 * answer that a right solution gives.
 *
 *     static int step(void *state, const struct call *c,
 *                     struct text *answer)
 *     {
 *         long long size = call_int(c, 0);
 *
 *         if (call_is(c, "class"))
 *             return text_put(answer, "%lld", (size - 1) / 16);
 *         return MODEL_ILLEGAL;
 *     }
 *
 * Threads: none.
 */
#ifndef COIL_JUDGE_MODEL_H
#define COIL_JUDGE_MODEL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct call;                    /* an operation and its arguments */
struct calls;                   /* a case: a list of them */
struct text;                    /* a string that grows */
struct dice;                    /* numbers from a seed */

/* ---- making a case ----------------------------------------------- */
/* calls_add - one more call.  form has a letter an argument: i for a
 * long long, s for a text up to its 0, b for bytes and a size_t.
 * calls_len - how many there are. */
void calls_add(struct calls *calls, const char *op, const char *form,
               ...);
size_t calls_len(const struct calls *calls);

/* dice_below - 0 <= result < n (n > 0)
 * dice_range - both ends included
 * dice_pick  - one of n texts */
uint64_t dice_below(struct dice *dice, uint64_t n);
long long dice_range(struct dice *dice, long long low, long long high);
const char *dice_pick(struct dice *dice, const char *const texts[],
                      size_t n);

/* ---- playing it -------------------------------------------------- */
bool call_is(const struct call *call, const char *op);
size_t call_args(const struct call *call);
bool call_is_int(const struct call *call, size_t i);
long long call_int(const struct call *call, size_t i);
const char *call_text(const struct call *call, size_t i, size_t *len);

/* text_put - append, as printf does; returns 0.
 * text_quote - append bytes as a quoted argument. */
int text_put(struct text *text, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
int text_quote(struct text *text, const char *bytes, size_t len);

/* ---- the model --------------------------------------------------- */
/* This call may not come here: the shrinker then keeps what it had. */
enum { MODEL_ILLEGAL = -1 };

struct check {
    const char *name;           /* one word */
    const char *says;           /* "a freed block is used again" */
    int weight;                 /* its share of the exercise's points */
    const char *needs;          /* what must have passed, or NULL */
    int cases;                  /* how many are made */
    const char *builds;         /* "plain asan", "asan", "count" ... ;
                                   NULL: those of exercise.conf */
    double ratio;               /* build "count": the instructions of
                                   the learner / of the reference that
                                   still score */
};

struct model {
    const char *exercise;       /* "pools-map" */
    const struct check *checks; /* up to one without a name */
    /* Make case number i of a check; small ones first. */
    void (*make)(const struct check *check, int i, struct dice *dice,
                 struct calls *calls);
    void *(*open)(void);        /* the state at the start of a case */
    /* Sees open, close and fail, too: see the end of this file. */
    int (*step)(void *state, const struct call *call,
                struct text *answer);
    void (*close)(void *state);
    /* Is `got` as good as `want`?  NULL: only if they are the same. */
    bool (*accept)(const struct call *call, const char *want,
                   const char *got);
};

/* accept_either - an accept: want is some answers with " | " between
 * them.  After `fail N` a solution may have asked for N blocks or for
 * fewer; an answer that also says the state, and a case that ends
 * there, need no more than this. */
bool accept_either(const struct call *call, const char *want,
                   const char *got);

/* Calls that every driver knows, and that every model may add; the
 * first three are answered for it:
 *
 *   open      start a runtime                   answer: ok
 *   close     end it; what is still alive       answer: live 0
 *   fail N    coil_memory_fail_at(N)            answer: ok
 *   failed    did it happen?                    answer: by step
 *
 * BUT STEP SEES ALL FOUR, so that it can keep account of them.  What it
 * answers and returns for open, close and fail is not used; what it
 * does to its state is.  So a step must know a call's name before it
 * counts the call, looks at an argument (open and close have none, and
 * fail's N is no index), or takes the call for the last kind there is.
 *
 * A model is named after its exercise: model_pools_map.
 */
#endif
