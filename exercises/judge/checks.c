/* checks.c - run the checks of an exercise, and report each */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "gate.h"
#include "play.h"

enum { MOST_SHOWN = 4096 };

/* ---- which checks, which builds ---------------------------------- */
static const struct check *check_find(const struct model *model,
                                      const char *name)
{
    for (const struct check *c = model->checks; c->name != NULL; c++)
        if (name != NULL && strcmp(c->name, name) == 0)
            return c;
    return NULL;
}

/* Is it asked for, or needed by what is? */
static bool wanted(const struct work *work, const struct check *check)
{
    const struct model *model = work->exercise->model;
    const struct check *c = check_find(model, work->options->check);

    if (work->options->check == NULL)
        return true;
    for (; c != NULL; c = check_find(model, c->needs))
        if (c == check)
            return true;
    return false;
}

const struct build *work_build(struct work *work,
                               const struct check *check, size_t i)
{
    const char *p = check->builds != NULL ? check->builds
                                          : work->exercise->builds;
    const struct build *build = NULL;

    for (; i > 0 && *p != '\0'; i--) {
        p += strcspn(p, " ");
        p += strspn(p, " ");
    }
    if (*p == '\0')
        return NULL;
    char *name = need(strndup(p, strcspn(p, " ")));
    build = build_find(name);
    if (build == NULL)
        fault(work, "there is no build %s", name);
    free(name);
    return build;
}

static int compile_all(struct work *work)
{
    const struct check *c = work->exercise->model->checks;

    for (; c->name != NULL; c++) {
        const struct build *build;

        for (size_t i = 0; wanted(work, c)
             && (build = work_build(work, c, i)) != NULL; i++)
            if (compile_build(work, build) < 0)
                return -1;
    }
    return work->fault.len > 0 ? -1 : 0;
}

/* ---- the cases --------------------------------------------------- */
struct calls *work_cases(struct work *work, const struct check *check)
{
    size_t len = (size_t)check->cases;
    struct calls *cases = need(calloc(len + 1, sizeof *cases));

    for (size_t i = 0; i < len; i++) {
        struct dice dice;

        dice_start(&dice, work->seed, check->name, (int)i);
        work->exercise->model->make(check, (int)i, &dice, &cases[i]);
    }
    return cases;
}

void free_cases(struct calls *cases, int len)
{
    for (int i = 0; i < len; i++)
        calls_clear(&cases[i]);
    free(cases);
}

/* ---- a failure --------------------------------------------------- */
static bool fails(struct work *work, const struct build *build,
                  const struct calls *cases, int len,
                  enum status status, struct outcome *o)
{
    outcome_clear(o);
    play(work, build, cases, (size_t)len, o, NULL);
    return o->status == status;
}

/* What shows only at the end of a session: by halves, which case is the
 * first with which it fails? */
static int find_case(struct work *work, const struct build *build,
                     const struct calls *cases, int len,
                     enum status status)
{
    struct outcome o = {0};
    int low = 0, high = len; /* it fails with the first high of them */

    while (high - low > 1) {
        int middle = low + (high - low) / 2;

        if (fails(work, build, cases, middle, status, &o))
            high = middle;
        else
            low = middle;
    }
    outcome_clear(&o);
    return high - 1;
}

static void say_case(const struct work *work, json_t *check,
                     const struct calls *calls, const struct outcome *o,
                     int tried)
{
    json_t *list = json_array();
    char seed[24];

    for (size_t i = 0; i < calls->len; i++) {
        struct text line = {0};

        call_print(&calls->at[i], &line);
        json_array_append_new(list, json_string(text_chars(&line)));
        text_clear(&line);
    }
    snprintf(seed, sizeof seed, "%" PRIx64, work->seed);
    json_t *c = json_pack("{s:o, s:i, s:s}", "calls", list, "tried",
                          tried, "seed", seed);
    if (o->at_case >= 0) {
        json_object_set_new(c, "at", json_integer((json_int_t)o->at));
        json_object_set_new(c, "expected",
                            json_string(text_chars(&o->expected)));
    }
    if (o->got.s != NULL)
        json_object_set_new(c, "got", json_string(o->got.s));
    json_object_set_new(check, "case", c);
}

static void say_output(json_t *check, const struct outcome *o)
{
    struct text shown = {0};

    for (size_t i = 0; i < o->output.len && shown.len < MOST_SHOWN;
         i++) {
        unsigned char c = (unsigned char)o->output.s[i];

        if ((c >= 0x20 && c < 0x7f) || c == '\n' || c == '\t')
            text_add(&shown, o->output.s + i, 1);
        else
            text_put(&shown, "\\x%02x", c);
    }
    if (shown.len > 0)
        json_object_set_new(check, "output", json_string(shown.s));
    if (o->signal != 0)
        json_object_set_new(check, "signal", json_integer(o->signal));
    text_clear(&shown);
}

/* The sanitizers know where a program was; the plain build does not.
 * What they say of a crash, or of what led to a wrong answer, then
 * stands for its output. */
static void say_trace(struct work *work, const struct build *build,
                      json_t *check, const struct calls *calls,
                      struct outcome *o)
{
    const struct build *asan = build_find("asan");
    struct outcome again = {0};

    if ((o->status == CRASH || o->status == WRONG) && build != asan
        && work->built & 1u << (asan - builds)) {
        play(work, asan, calls, 1, &again, NULL);
        if (again.status != PASS && again.status != WRONG) {
            text_clear(&o->output);
            text_add(&o->output, text_chars(&again.output),
                     again.output.len);
            build = asan;
        }
        outcome_clear(&again);
    }
    json_object_set_new(check, "trace",
        trace_of(work, build, text_chars(&o->output)));
    json_object_set_new(check, "freed",
        freed_of(work, build, text_chars(&o->output)));
}

static void say_heap(struct work *work, const struct build *build,
                     json_t *check, const struct calls *calls)
{
    struct outcome o = {0};
    struct text heap = {0};

    play(work, build, calls, 1, &o, &heap);
    if (heap.len > 0 && strchr(heap.s, '[') != NULL)    /* not empty */
        json_object_set_new(check, "heap", json_string(heap.s));
    outcome_clear(&o);
    text_clear(&heap);
}

/* Which case, as small as it goes, and all that is known of it. */
static void explain(struct work *work, const struct build *build,
                    const struct check *check, struct calls *cases,
                    struct outcome *o, json_t *result)
{
    int i = o->at_case >= 0 ? o->at_case
                            : find_case(work, build, cases,
                                        check->cases, o->status);
    int tried = i + 1, wait = work->most_wait;
    struct outcome alone = {0};

    if (o->status == TIMEOUT)
        work->most_wait = 1;    /* it has been waited for once */
    if (fails(work, build, &cases[i], 1, o->status, &alone)) {
        tried += shrink(work, build, &cases[i], &alone);
        outcome_clear(o);
        *o = alone;
    } else {
        outcome_clear(&alone);
    }
    work->most_wait = wait;
    say_case(work, result, &cases[i], o, tried);
    say_trace(work, build, result, &cases[i], o);
    if (o->status == WRONG)
        say_heap(work, build, result, &cases[i]);
    say_output(result, o);
}

/* ---- a check ----------------------------------------------------- */
static void run_build(struct work *work, const struct build *build,
                      const struct check *check, json_t *result)
{
    struct outcome o = {0};
    struct calls *cases = work_cases(work, check);

    play(work, build, cases, (size_t)check->cases, &o, NULL);
    json_object_set_new(result, "build", json_string(build->name));
    json_object_set_new(result, "status",
                        json_string(status_name(o.status)));
    json_object_set_new(result, "cases", json_integer(
        o.at_case >= 0 ? o.at_case + 1 : check->cases));
    json_object_set_new(result, "calls",
                        json_integer((json_int_t)o.calls));
    if (o.status != PASS && o.status != FAULT)
        explain(work, build, check, cases, &o, result);
    outcome_clear(&o);
    free_cases(cases, check->cases);
}

static bool passed(const json_t *result)
{
    return strcmp(json_string_value(json_object_get(result, "status")),
                  "pass") == 0;
}

static json_t *result_of(const json_t *checks, const char *name)
{
    size_t i;
    json_t *one;

    json_array_foreach(checks, i, one)
        if (strcmp(json_string_value(json_object_get(one, "name")),
                   name) == 0)
            return one;
    return NULL;
}

static int run_check(struct work *work, const struct check *check,
                     json_t *checks)
{
    const struct build *build;
    json_t *needed = check->needs != NULL
                         ? result_of(checks, check->needs)
                         : NULL;
    json_t *result = json_pack("{s:s, s:s, s:i, s:i, s:s}", "name",
        check->name, "says", check->says, "weight", check->weight,
        "earned", 0, "status", "pass");

    json_array_append_new(checks, result);
    if (check->needs != NULL && (needed == NULL || !passed(needed))) {
        json_object_set_new(result, "status", json_string("skipped"));
        json_object_set_new(result, "needs", json_string(check->needs));
        return 0;
    }
    for (size_t i = 0; passed(result)
         && (build = work_build(work, check, i)) != NULL; i++) {
        if (build->run != NULL)
            count_check(work, build, check, result);
        else
            run_build(work, build, check, result);
    }
    if (work->fault.len > 0)
        return -1;
    if (passed(result))
        json_object_set_new(result, "earned",
                            json_integer(check->weight));
    return 0;
}

static void progress(const struct work *work, const char *step,
                     int done, int all)
{
    if (work->options->progress != NULL)
        work->options->progress(work->options->context, step, done,
                                all);
}

int play_checks(struct work *work, json_t *checks)
{
    const struct check *first = work->exercise->model->checks;
    int all = 0, done = 0, rv = 0;

    for (const struct check *c = first; c->name != NULL; c++)
        all += wanted(work, c);
    if (all == 0)
        return fault(work, "there is no check %s",
                     work->options->check);
    progress(work, "compile", 0, all + 1);
    rv = compile_all(work);
    for (const struct check *c = first; rv == 0 && c->name != NULL;
         c++) {
        if (!wanted(work, c))
            continue;
        progress(work, c->name, ++done, all + 1);
        rv = run_check(work, c, checks);
    }
    progress(work, "done", all + 1, all + 1);
    return rv;
}
