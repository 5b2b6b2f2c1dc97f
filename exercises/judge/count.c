/* count.c - instructions of a solution against those of the reference
 *
 * callgrind counts them inside the driver's operations, in the same
 * calls for both.  The counts are the same in each run; times are not.
 */
#include <stdlib.h>
#include <string.h>

#include "play.h"

/* The reference, in a spool of its own: 0, or -1 with a fault. */
static int count_reference(struct work *work, const struct build *build,
                           const struct check *check,
                           const struct calls *cases, struct outcome *o)
{
    struct judge_options options = *work->options;
    struct work other = {.exercise = work->exercise,
        .options = &options, .profile = work->profile,
        .seed = work->seed, .trusted = true, .report = json_pack(
            "{s:[], s:[], s:{s:[]}}", "files", "gate", "compile",
            "messages")};
    struct text folder = {0};
    int rv = -1;

    options.solutions = NULL;   /* all of it is ours */
    other.profile.lock = -1;    /* it stays ours */
    text_put(&folder, "%s/reference", work->exercise->staff);
    if (work_load(&other, text_chars(&folder)) < 0
        || compile_build(&other, build) < 0)
        goto done;
    play(&other, build, cases, (size_t)check->cases, o, NULL);
    rv = o->status == PASS && o->counted > 0 ? 0 : -1;
done:
    if (rv < 0)
        fault(work,
              "the reference could not be counted: %s, %lld, %s%s",
              status_name(o->status), o->counted,
              text_chars(&other.fault), text_chars(&o->output));
    json_decref(other.report);
    work_close(&other);
    text_clear(&folder);
    return rv;
}

void count_check(struct work *work, const struct build *build,
                 const struct check *check, json_t *result)
{
    struct calls *cases = work_cases(work, check);
    struct outcome own = {0}, reference = {0};

    play(work, build, cases, (size_t)check->cases, &own, NULL);
    if (own.status == PASS
        && count_reference(work, build, check, cases, &reference)
               == 0) {
        double ratio = (double)own.counted / (double)reference.counted;

        if (own.counted <= 0)
            fault(work, "no instructions were counted");
        if (ratio > check->ratio)
            own.status = WRONG;
        json_object_set_new(result, "ratio", json_real(
            (double)(long long)(ratio * 1000 + 0.5) / 1000));
        json_object_set_new(result, "counted",
                            json_integer(own.counted));
        json_object_set_new(result, "most", json_real(check->ratio));
    }
    json_object_set_new(result, "build", json_string(build->name));
    json_object_set_new(result, "status",
                        json_string(status_name(own.status)));
    json_object_set_new(result, "cases", json_integer(check->cases));
    json_object_set_new(result, "calls",
                        json_integer((json_int_t)own.calls));
    outcome_clear(&own);
    outcome_clear(&reference);
    free_cases(cases, check->cases);
}
