/* play.c - send the cases, compare the answers */
#include "play.h"

#include <stdlib.h>
#include <string.h>

const char *status_name(enum status status)
{
    static const char *const names[] = {
        "pass", "wrong", "crash", "timeout", "memory", "output", "leak",
        "ub",
        "race", "violation", "skipped", "grader-error",
    };

    return names[status];
}

void outcome_clear(struct outcome *outcome)
{
    text_clear(&outcome->expected);
    text_clear(&outcome->got);
    text_clear(&outcome->output);
    *outcome = (struct outcome){0};
}

void texts_clear(struct text *texts, size_t len)
{
    for (size_t i = 0; i < len; i++)
        text_clear(&texts[i]);
    free(texts);
}

/* ---- the model's side -------------------------------------------- */
/* What the drivers know, and in which order; 1: no such call. */
static int known(const struct call *call, bool *open,
                 struct text *answer)
{
    if (call_is(call, "open")) {
        text_put(answer, "ok");
        return *open ? -1 : (*open = true, 0);
    }
    if (call_is(call, "close")) {
        text_put(answer, "live 0");
        return *open ? (*open = false, 0) : -1;
    }
    if (call_is(call, "fail")) {
        text_put(answer, "ok");
        return *open && call_args(call) == 1 && call_is_int(call, 0)
               && call_int(call, 0) >= 0 ? 0 : -1;
    }
    return 1;
}

int play_model(const struct model *model, const struct calls *calls,
               struct text *expected)
{
    void *state = model->open != NULL ? model->open() : NULL;
    bool open = false;
    int rv = 0;

    for (size_t i = 0; rv == 0 && i < calls->len; i++) {
        struct text unused = {0};

        rv = known(&calls->at[i], &open, &expected[i]);
        if (rv == 1)
            rv = model->step(state, &calls->at[i], &expected[i]);
        else if (rv == 0)       /* it may keep account of it */
            model->step(state, &calls->at[i], &unused);
        text_clear(&unused);
    }
    if (model->close != NULL)
        model->close(state);
    return rv == 0 ? 0 : -1;
}

bool accept_either(const struct call *call, const char *want,
                   const char *got)
{
    size_t len = strlen(got);

    (void)call;
    for (const char *p = want, *end; p != NULL; p = end) {
        end = strstr(p, " | ");
        if ((end != NULL ? (size_t)(end - p) : strlen(p)) == len
            && strncmp(p, got, len) == 0)
            return true;
        end = end != NULL ? end + 3 : NULL;
    }
    return false;
}

static bool accepts(const struct model *model, const struct call *call,
                    const char *want, const char *got)
{
    if (strcmp(want, got) == 0)
        return true;
    return model->accept != NULL && !call_is(call, "open")
           && !call_is(call, "close") && !call_is(call, "fail")
           && model->accept(call, want, got);
}

/* ---- one case ---------------------------------------------------- */
static enum status ask(struct session *s, const struct call *call,
                       struct text *got)
{
    struct text line = {0};

    call_print(call, &line);
    enum status status = session_call(s, text_chars(&line), MOST_ANSWER,
                                      got);
    text_clear(&line);
    return status;
}

static enum status play_calls(struct session *s,
                              const struct calls *calls,
                              struct outcome *o)
{
    const struct model *model = s->work->exercise->model;
    struct text *expected = need(
        calloc(calls->len + 1, sizeof *expected));
    enum status status = PASS;

    if (play_model(model, calls, expected) < 0) {
        fault(s->work, "the model made a case that is not legal");
        status = FAULT;
    }
    for (size_t i = 0; status == PASS && i < calls->len; i++) {
        struct text got = {0};

        status = ask(s, &calls->at[i], &got);
        o->calls++;
        if (status == PASS && !accepts(model, &calls->at[i],
                                       text_chars(&expected[i]),
                                       text_chars(&got))) {
            status = WRONG;
            text_add(&o->got, text_chars(&got), got.len);
        }
        if (status != PASS) {
            o->at = i;
            text_add(&o->expected, text_chars(&expected[i]),
                     expected[i].len);
        }
        text_clear(&got);
    }
    texts_clear(expected, calls->len);
    return status;
}

enum status play_case(struct session *s, const struct calls *calls,
                      struct outcome *o)
{
    struct text answer = {0};
    enum status status = session_call(s, "case", MOST_ANSWER, &answer);

    text_clear(&answer);
    return status == PASS ? play_calls(s, calls, o) : status;
}

static void ask_heap(struct session *s, struct text *heap)
{
    struct text got = {0};
    const char *p;

    if (session_call(s, "heap", MOST_HEAP, &got) == PASS) {
        p = text_chars(&got);
        if (text_unquote(heap, &p) < 0 || *p != '\0'
            || !heap_check(text_chars(heap), heap->len))
            text_clear(heap);
    }
    text_clear(&got);
}

void play(struct work *work, const struct build *build,
          const struct calls *cases, size_t len, struct outcome *o,
          struct text *heap)
{
    struct session s;

    o->at_case = -1;
    o->status = session_open(&s, work, build);
    for (size_t i = 0; o->status == PASS && i < len; i++) {
        o->status = play_case(&s, &cases[i], o);
        if (o->status != PASS)
            o->at_case = (int)i;
    }
    if (heap != NULL && (o->status == PASS || o->status == WRONG))
        ask_heap(&s, heap);
    o->status = session_close(&s, o->status);
    o->signal = o->status == CRASH ? s.signal : 0;
    const char *counted = strstr(text_chars(&s.log), "Collected : ");
    o->counted = counted != NULL
                     ? atoll(counted + strlen("Collected : "))
                     : 0;
    text_add(&o->output, text_chars(&s.output), s.output.len);
    session_clear(&s);
}
