/* shrink.c - the smallest sequence of calls that still fails
 *
 * A candidate is kept if the model finds it legal, no call has lost the
 * runtime that it is made in, and it fails with the same status and
 * signal.  Otherwise a case would shrink to one in which the driver
 * fails, and the learner would be told of a fault that is not his.  The
 * number of tries is bounded, not their time, so that
 * the same seed ends at the same case on any machine.  A wrong answer
 * need not end the program: the next candidate is then played in the
 * same session, and the result once more in one of its own.
 */
#include <stdlib.h>
#include <string.h>

#include "play.h"

/* What ends by a limit takes its time. */
enum { MOST_TRIES = 200, MOST_SLOW = 4 };

struct shrinking {
    struct work *work;
    const struct build *build;
    const struct calls *first;  /* the case as it was made */
    struct calls *best;
    struct outcome *outcome;    /* of best */
    int tries, most;
    struct session session;     /* for wrong answers, while open */
    bool open;
};

/* Is op called here while no runtime is open? */
static bool called_outside(const struct calls *calls, const char *op)
{
    bool open = false;

    for (size_t i = 0; i < calls->len; i++) {
        const struct call *c = &calls->at[i];

        if (!open && strcmp(c->op, op) == 0)
            return true;
        if (call_is(c, "open"))
            open = true;
        else if (call_is(c, "close"))
            open = false;
    }
    return false;
}

/* What the maker only ever called in a runtime has one here, too. */
static bool runtimes_kept(const struct calls *first,
                          const struct calls *calls)
{
    for (size_t i = 0; i < calls->len; i++) {
        const char *op = calls->at[i].op;

        if (called_outside(calls, op) && !called_outside(first, op))
            return false;
    }
    return true;
}

static bool legal(const struct model *model, const struct calls *calls)
{
    struct text *expected = need(
        calloc(calls->len + 1, sizeof *expected));
    bool rv = play_model(model, calls, expected) == 0;

    texts_clear(expected, calls->len);
    return rv;
}

static void play_again(struct shrinking *s,
                       const struct calls *candidate, struct outcome *o)
{
    if (s->outcome->status != WRONG) {
        play(s->work, s->build, candidate, 1, o, NULL);
        return;
    }
    o->status = s->open ? PASS
                        : session_open(&s->session, s->work, s->build);
    s->open = true;
    if (o->status == PASS)
        o->status = play_case(&s->session, candidate, o);
    if (o->status != PASS && o->status != WRONG) {
        session_clear(&s->session);
        s->open = false;
    }
}

/* Try the candidate, which is used up; true: it is the best now. */
static bool try(struct shrinking *s, struct calls *candidate)
{
    struct outcome o = {0};
    bool better = false;

    if (s->tries < s->most && runtimes_kept(s->first, candidate)
        && legal(s->work->exercise->model, candidate)) {
        s->tries++;
        play_again(s, candidate, &o);
        better = o.status == s->outcome->status
                 && o.signal == s->outcome->signal;
    }
    if (!better) {
        calls_clear(candidate);
        outcome_clear(&o);
        return false;
    }
    calls_clear(s->best);
    *s->best = *candidate;
    outcome_clear(s->outcome);
    *s->outcome = o;
    return true;
}

static bool try_without(struct shrinking *s, size_t i, size_t len)
{
    struct calls candidate = {0};

    calls_copy(&candidate, s->best);
    calls_drop(&candidate, i, len);
    return try(s, &candidate);
}

static bool drop_calls(struct shrinking *s)
{
    bool any = false;

    for (size_t len = s->best->len; len > 0; len /= 2)
        for (size_t i = 0; i + len <= s->best->len; ) {
            if (try_without(s, i, len))
                any = true;
            else
                i += len;
        }
    return any;
}

static bool try_int(struct shrinking *s, size_t call, size_t arg,
                    long long n)
{
    struct calls candidate = {0};

    calls_copy(&candidate, s->best);
    candidate.at[call].args[arg].i = n;
    return try(s, &candidate);
}

/* Towards zero, by halves of the way, then by one. */
static bool shrink_int(struct shrinking *s, size_t call, size_t arg)
{
    long long *n = &s->best->at[call].args[arg].i;
    bool any = false;

    if (*n != 0 && try_int(s, call, arg, 0))
        return true;
    for (long long small = 1; small < *n / 2 || small < -(*n / 2);
         small *= 2) {
        if (try_int(s, call, arg, *n > 0 ? small : -small))
            return true;
        n = &s->best->at[call].args[arg].i;
    }
    for (long long step = *n / 2; step != 0; ) {
        n = &s->best->at[call].args[arg].i;
        if (try_int(s, call, arg, *n - step)) {
            any = true;
            n = &s->best->at[call].args[arg].i;
            step = step / 2 != 0 && llabs(step) > llabs(*n) ? *n / 2
                                                            : step;
        } else {
            step /= 2;
        }
    }
    return any;
}

/* Does a character begin here, or does the text end? */
static bool edge(const struct arg *a, size_t i)
{
    return i >= a->len || ((unsigned char)a->s[i] & 0xc0) != 0x80;
}

/* Only whole characters are cut out: what was UTF-8 stays so. */
static bool try_cut(struct shrinking *s, size_t call, size_t arg,
                    size_t from, size_t len)
{
    struct calls candidate = {0};

    if (!edge(&s->best->at[call].args[arg], from)
        || !edge(&s->best->at[call].args[arg], from + len))
        return false;
    calls_copy(&candidate, s->best);
    struct arg *a = &candidate.at[call].args[arg];
    memmove(a->s + from, a->s + from + len, a->len - from - len + 1);
    a->len -= len;
    return try(s, &candidate);
}

static bool shrink_text(struct shrinking *s, size_t call, size_t arg)
{
    bool any = false;

    for (size_t len = s->best->at[call].args[arg].len; len > 0;
         len /= 2)
        for (size_t i = 0;
             i + len <= s->best->at[call].args[arg].len;) {
            if (try_cut(s, call, arg, i, len))
                any = true;
            else
                i += len;
        }
    return any;
}

static bool shrink_args(struct shrinking *s)
{
    bool any = false;

    for (size_t i = 0; i < s->best->len; i++)
        for (size_t k = 0; k < s->best->at[i].len; k++)
            any |= s->best->at[i].args[k].s != NULL
                       ? shrink_text(s, i, k)
                       : shrink_int(s, i, k);
    return any;
}

int shrink(struct work *work, const struct build *build,
           struct calls *calls, struct outcome *outcome)
{
    struct calls first = {0};
    struct shrinking s = {.work = work, .build = build,
                          .first = &first, .best = calls,
                          .outcome = outcome, .most = MOST_TRIES};
    struct outcome last = {0};

    if (outcome->status == TIMEOUT || outcome->status == MEMORY
        || outcome->status == OUTPUT)
        s.most = MOST_SLOW;
    calls_copy(&first, calls);
    /* What follows the failing call can only stand in the way. */
    if (outcome->at_case >= 0 && outcome->at + 1 < calls->len)
        try_without(&s, outcome->at + 1, calls->len - outcome->at - 1);
    for (bool any = true; any && s.tries < s.most; ) {
        any = drop_calls(&s);
        any |= shrink_args(&s);
    }
    if (s.open)
        session_clear(&s.session);
    play(work, build, calls, 1, &last, NULL);
    if (last.status
        != outcome->status) { /* it needs what came before */
        calls_clear(calls);
        *calls = first;
        first = (struct calls){0};
        outcome_clear(&last);
        play(work, build, calls, 1, &last, NULL);
    }
    outcome_clear(outcome);
    *outcome = last;
    calls_clear(&first);
    return s.tries;
}
