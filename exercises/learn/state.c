#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <time.h>
#include <unistd.h>

#include "exercise.h"
#include "whole.h"
#include "screen.h"
#include "state.h"

#define STATE "work/state.json"
enum { VERSION = 1 };

static int lock = -1;

/* ---- the reports ------------------------------------------------- */
char *report_path(const char *exercise)
{
    return format("work/reports/%s.json", exercise);
}

json_t *report_read(const char *exercise)
{
    char *path = report_path(exercise);
    json_t *report = json_load_file(path, 0, NULL);

    free(path);
    return report;
}

static int write_json(const char *path, json_t *json)
{
    char *text = json_dumps(json, JSON_INDENT(1) | JSON_SORT_KEYS);
    int rv, why;

    if (text == NULL) {
        errno = EINVAL;         /* not a text in UTF-8 */
        return -1;
    }
    rv = whole_write(path, text, strlen(text));
    why = errno;
    free(text);
    errno = why;
    return rv;
}

int report_write(const char *exercise, json_t *report)
{
    char *path = report_path(exercise);
    int rv = 0;

    if (path_make("work/reports") < 0 || write_json(path, report) < 0)
        rv = refuse("free some room, then ./coil check",
            "%s could not be written: %s", path, strerror(errno));
    free(path);
    return rv;
}

/* ---- a damaged state --------------------------------------------- */
static const char *shape_fault(json_t *state)
{
    const char *key;
    json_t *of;

    if (!json_is_object(state))
        return "it is no object";
    if (!json_is_integer(json_object_get(state, "version")))
        return "it has no version";
    if (!json_is_object(json_object_get(state, "exercises")))
        return "it has no exercises";
    json_object_foreach(json_object_get(state, "exercises"), key, of)
        if (!json_is_object(of))
            return "an exercise in it is no object";
    return NULL;
}

/* A name that is not taken: state.json.damaged-1, -2, ... */
static char *keep_damaged(void)
{
    char *name = NULL;

    for (int i = 1; i < 1000; i++) {
        free(name);
        name = format(STATE ".damaged-%d", i);
        if (!path_is(name))
            break;
    }
    if (whole_copy(STATE, name) == 0)
        return name;
    free(name);
    return NULL;
}

static json_t *empty(void)
{
    return json_pack("{s:i, s:{}}", "version", VERSION, "exercises");
}

/* What the reports say was passed. */
static void mend_from_reports(json_t *state)
{
    for (const struct exercise *e = exercise_all(); e->name; e++) {
        json_t *report = report_read(e->name);
        json_t *status = json_object_get(report, "status");

        if (json_is_string(status) &&
            strcmp(json_string_value(status), "pass") == 0 &&
            !state_passed(state, e->name)) {
            json_object_set(state_of(state, e->name), "status", status);
            state_set_now(state_of(state, e->name), "passed");
        }
        json_decref(report);
    }
}

static json_t *mend(const char *fault, int line)
{
    char *kept = keep_damaged();
    json_t *state;

    if (kept == NULL) {
        refuse("free some room, then the same command again",
               STATE " is damaged (%s), and could not be copied: %s",
               fault, strerror(errno));
        return NULL;
    }
    state = json_load_file(STATE ".old", 0, NULL);
    if (shape_fault(state) != NULL) {
        json_decref(state);
        state = empty();
    }
    mend_from_reports(state);
    refuse("./coil list   (to see whether all is there)",
           STATE " is damaged (line %d: %s).\n"
           "      It is kept as %s. What was done was found in the "
           "state before\n      it and in work/reports. Your files "
           "are untouched", line, fault, kept);
    free(kept);
    if (write_json(STATE, state) < 0) {
        refuse("free some room, then the same command again",
               STATE " could not be written: %s", strerror(errno));
        json_decref(state);
        return NULL;
    }
    return state;
}

/* ---- open and close ---------------------------------------------- */
static int take_lock(void)
{
    if (path_make("work") < 0)
        return -1;
    lock = open("work/.lock", O_RDWR | O_CREAT | O_CLOEXEC, 0666);
    if (lock < 0)
        return -1;
    while (flock(lock, LOCK_EX) < 0)
        if (errno != EINTR)
            return -1;
    return 0;
}

static void drop_lock(void)
{
    if (lock >= 0)
        close(lock);
    lock = -1;
}

static json_t *read_state(void)
{
    json_error_t error = { .line = 0 };
    json_t *state;
    const char *fault;

    if (!path_is(STATE))
        return empty();
    state = json_load_file(STATE, JSON_REJECT_DUPLICATES, &error);
    fault = state ? shape_fault(state) : error.text;
    if (fault != NULL) {
        json_t *mended = mend(fault, state ? 1 : error.line);

        json_decref(state);
        return mended;
    }
    if (json_integer_value(json_object_get(state, "version")) >
        VERSION) {
        refuse("git pull", STATE " was written by a newer coil");
        json_decref(state);
        return NULL;
    }
    return state;
}

json_t *state_open(void)
{
    json_t *state = NULL;

    if (take_lock() < 0)
        refuse("ls -ld . work", "work/ cannot be written: %s",
               strerror(errno));
    else
        state = read_state();
    if (state == NULL)
        drop_lock();
    return state;
}

/* Keep the state of now as the one before. */
static void keep_old(void)
{
    unlink(STATE ".older");
    if (link(STATE, STATE ".older") == 0)
        rename(STATE ".older", STATE ".old");
}

int state_close(json_t *state, bool changed)
{
    int rv = 0;

    if (state == NULL)
        return 1;
    if (changed) {
        keep_old();
        if (write_json(STATE, state) < 0)
            rv = refuse("free some room, then the same command again",
                        STATE " could not be written: %s.\n"
                        "      It is as it was before; your files are "
                        "untouched.", strerror(errno));
    }
    json_decref(state);
    drop_lock();
    return rv;
}

/* ---- what is in it ----------------------------------------------- */
json_t *state_of(json_t *state, const char *exercise)
{
    json_t *all = json_object_get(state, "exercises");
    json_t *of = json_object_get(all, exercise);

    if (of == NULL) {
        of = json_object();
        if (json_object_set_new(all, exercise, of) < 0)
            must(NULL);
    }
    return of;
}

bool state_passed(json_t *state, const char *exercise)
{
    json_t *all = json_object_get(state, "exercises");
    json_t *of = json_object_get(all, exercise);

    return json_object_get(of, "passed") != NULL;
}

long long state_int(json_t *of, const char *key)
{
    return json_integer_value(json_object_get(of, key));
}

const char *state_text(json_t *of, const char *key)
{
    const char *text = json_string_value(json_object_get(of, key));

    return text ? text : "";
}

void state_set_now(json_t *of, const char *key)
{
    time_t now = time(NULL);
    char text[32] = "";
    struct tm utc;

    if (gmtime_r(&now, &utc) != NULL)
        strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &utc);
    json_object_set_new(of, key, json_string(text));
}
