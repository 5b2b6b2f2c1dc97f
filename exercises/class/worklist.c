/* worklist.c - a work list, judged by an engine; see grade.h */
#define _XOPEN_SOURCE 700
#include "grade.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

int worklist_open(struct worklist *w, struct class *c,
                  struct fault *fault)
{
    char *folder = realpath(c->o->folder, NULL);

    if (!folder)
        return fault_errno(fault, "cannot open %s", c->o->folder);
    w->c = c;
    w->spool = must_print("%s/spool", folder);
    free(folder);
    return tasks_make(w->spool, fault);
}

void worklist_clear(struct worklist *w)
{
    for (size_t i = 0; i < w->len; i++)
        free(w->at[i].person);
    for (size_t i = 0; i < w->ready_len; i++)
        free(w->ready[i].judge);
    free(w->at);
    free(w->ready);
    free(w->spool);
    *w = (struct worklist){0};
}

static const char *text_of(const json_t *o, const char *key)
{
    const char *text = json_string_value(json_object_get(o, key));

    return text ? text : "";
}

/* ---- is the judge itself well? ----------------------------------- */
/* Judge the reference, as a submission is judged: it must pass, and its
 * report names the judge.  Where it does not, no one else is judged. */
static int judge_reference(struct worklist *w, const struct exercise *e,
                           const char *seed, char **judge,
                           struct fault *fault)
{
    char *folder = must_print("%s/reference", e->staff);
    char key[HASH_HEX + 1];
    struct pack pack = {0};
    struct bytes b = {0};
    json_t *result = NULL;
    int rv = -1;

    if (pack_folder(&pack, e, folder, NULL, fault) < 0)
        goto done;
    pack_write(&pack, &b);
    run_key(e->name, "reference", "", seed, key);
    task_drop(w->spool, key);
    if (task_add(w->spool, key, e->name, seed, b.at, b.len,
                 fault) < 0 ||
        task_run(w->spool, key, w->c->o->limit, fault) < 0)
        goto done;
    result = task_result(w->spool, key);
    const json_t *report = json_object_get(result, "report");

    if (strcmp(text_of(report, "status"), "pass") == 0 &&
        text_of(report, "judge")[0]) {
        *judge = must_print("%s", text_of(report, "judge"));
        rv = 0;
    } else
        fault_set(fault, "the reference of %s does not pass here "
                  "(%s%s%s): nothing was judged, and nobody has a "
                  "worse score", e->name, text_of(report, "status"),
                  text_of(report, "reason")[0] ? ": " : "",
                  text_of(report, "reason"));
    task_drop(w->spool, key);
done:
    json_decref(result);
    bytes_clear(&b);
    pack_clear(&pack);
    free(folder);
    return rv;
}

static const struct ready *ready(struct worklist *w, const char *name,
                                 struct fault *fault)
{
    const struct exercise *e = class_exercise(name, fault);
    struct ready r = {.exercise = e};
    char seed[17];

    for (size_t i = 0; e && i < w->ready_len; i++) {
        if (w->ready[i].exercise == e)
            return &w->ready[i];
    }
    if (!e || store_exercise(w->c->store, e, NULL, fault) < 0 ||
        class_seed(w->c, name, w->fresh ? w->set : 0, seed, fault) < 0)
        return NULL;
    exercise_version(e, r.version);
    fprintf(stderr, "%s: judging the reference\n", name);
    if (judge_reference(w, e, seed, &r.judge, fault) < 0)
        return NULL;
    w->ready = must_alloc(w->ready, (w->ready_len + 1) * sizeof r);
    w->ready[w->ready_len] = r;
    return &w->ready[w->ready_len++];
}

/* ---- the list ---------------------------------------------------- */
int worklist_add(struct worklist *w, int64_t submission,
                 const char *person, const char *exercise,
                 const char *sha, const char *accepted,
                 struct fault *fault)
{
    const struct ready *r = ready(w, exercise, fault);
    struct item item = {.submission = submission};

    if (!r || class_seed(w->c, exercise, w->fresh ? w->set : 0,
                         item.seed, fault) < 0)
        return -1;
    item.exercise = r->exercise;
    run_key(sha, r->version, r->judge, item.seed, item.key);
    if (accepted && strcmp(accepted, item.key) == 0 && !w->again)
        return 0;               /* the same again would be the same */
    item.person = must_print("%s", person);
    w->at = must_alloc(w->at, (w->len + 1) * sizeof item);
    w->at[w->len++] = item;
    return 0;
}

static const struct ready *ready_of(const struct worklist *w,
                                    const struct exercise *e)
{
    const struct ready *r = w->ready;

    while (r->exercise != e)
        r++;
    return r;
}

/* ---- what came of it --------------------------------------------- */
static int same_files(const json_t *report, const struct pack *pack)
{
    const json_t *files = json_object_get(report, "files");

    if (json_array_size(files) != pack->len)
        return 0;
    for (size_t i = 0; i < pack->len; i++) {
        const json_t *file;
        char hex[HASH_HEX + 1];
        bool found = false;
        size_t k;

        hash_hex(pack->files[i].bytes.at, pack->files[i].bytes.len,
                 hex);
        json_array_foreach(files, k, file)
            found = found || (strcmp(text_of(file, "name"),
                                     pack->files[i].name) == 0 &&
                              strcmp(text_of(file, "sha256"),
                                     hex) == 0);
        if (!found)
            return 0;
    }
    return 1;
}

/* Is this the report of that task?  NULL, or why not. */
static char *why_not(struct worklist *w, const struct item *item,
                     const json_t *report)
{
    const struct ready *r = ready_of(w, item->exercise);
    struct fault fault = {0}, ignored = {0};
    struct pack pack = {0};
    char *why = NULL;
    sqlite3_stmt *q;

    if (strcmp(text_of(report, "status"), "grader-error") == 0)
        return NULL;
    if (report_check(report, &fault) < 0)
        return must_print("%s", fault.text);
    if (strcmp(text_of(report, "exercise"),
               item->exercise->name) != 0 ||
        strcmp(text_of(report, "seed"), item->seed) != 0)
        return must_print("the report is of another task");
    if (strcmp(text_of(report, "judge"), r->judge) != 0)
        return must_print("it was judged by another judge, %s",
                          text_of(report, "judge"));
    q = store_select(w->c->store, &ignored, "SELECT pack FROM "
                     "submission WHERE id = ?", "i", item->submission);
    if (store_next(w->c->store, q, &ignored) > 0) {
        if (pack_read(&pack, sqlite3_column_blob(q, 0),
                      (size_t)sqlite3_column_bytes(q, 0),
                      &ignored) < 0 ||
            !same_files(report, &pack))
            why = must_print("the report is of other files");
        sqlite3_finalize(q);
    }
    pack_clear(&pack);
    return why;
}

/* Put the result of one item into the record. */
static int take_result(struct worklist *w, struct item *item,
                       struct fault *fault)
{
    json_t *result = task_result(w->spool, item->key);
    json_t *report = json_incref(json_object_get(result, "report"));
    struct run run = {.submission = item->submission, .regrade = w->set,
        .host = text_of(result, "host"),
        .started = json_integer_value(
            json_object_get(result, "started")),
        .ended = json_integer_value(json_object_get(result, "ended"))};
    char *why = report ? why_not(w, item, report)
                       : must_print("the engine left no result");

    if (why) {
        json_decref(report);
        report = grader_error(item->exercise->name, why);
    }
    item->done = strcmp(text_of(report, "status"), "grader-error") != 0;
    int rv = store_run(w->c->store, &run, report, fault);

    if (!item->done)
        fprintf(stderr, "not judged: %s, %s: %s\n", item->person,
                item->exercise->name, text_of(report, "reason"));
    free(why);
    json_decref(report);
    json_decref(result);
    return rv;
}

/* All results in one change; then the spool is emptied of them. */
static int take_results(struct worklist *w, struct fault *fault)
{
    int rv = store_begin(w->c->store, fault);

    if (rv < 0)
        return -1;
    for (size_t i = 0; rv == 0 && i < w->len; i++) {
        if (!w->at[i].done)
            rv = take_result(w, &w->at[i], fault);
    }
    rv = store_end(w->c->store, rv == 0, fault);
    for (size_t i = 0; rv == 0 && i < w->len; i++)
        task_drop(w->spool, w->at[i].key);
    return rv;
}

/* What was judged before under the same key is not judged again: two
 * people may have handed in the same files. */
static int take_known(struct worklist *w, struct item *item,
                      struct fault *fault)
{
    struct store *s = w->c->store;
    json_t *report = NULL;
    struct run run = {.submission = item->submission,
                      .regrade = w->set};
    char *host = NULL;
    sqlite3_stmt *q = store_select(s, fault, "SELECT report, host, "
        "started, ended FROM run WHERE key = ? AND score IS NOT NULL "
        "AND submission <> ? LIMIT 1", "ti", item->key,
        item->submission);
    int rv = w->again ? 0 : store_next(s, q, fault);

    if (rv > 0) {
        report = json_loads(column(q, 0), 0, NULL);
        host = must_print("%s", column(q, 1));
        run.started = sqlite3_column_int64(q, 2);
        run.ended = sqlite3_column_int64(q, 3);
        run.host = host;
    }
    if (rv > 0 || w->again)
        sqlite3_finalize(q);
    if (report) {
        rv = store_run(s, &run, report, fault);
        item->done = rv == 0;
        w->copied += item->done;
    }
    json_decref(report);
    free(host);
    return rv < 0 ? -1 : 0;
}

static int make_tasks(struct worklist *w, struct words *keys,
                      struct fault *fault)
{
    struct store *s = w->c->store;
    int rv = 0;

    for (size_t i = 0; rv == 0 && i < w->len; i++) {
        struct item *item = &w->at[i];
        sqlite3_stmt *q;

        if (item->done || (rv = take_known(w, item, fault)) < 0 ||
            item->done)
            continue;
        q = store_select(s, fault, "SELECT pack FROM submission WHERE "
                         "id = ?", "i", item->submission);
        if (store_next(s, q, fault) <= 0)
            return -1;
        rv = task_add(w->spool, item->key, item->exercise->name,
                      item->seed, sqlite3_column_blob(q, 0),
                      (size_t)sqlite3_column_bytes(q, 0), fault);
        sqlite3_finalize(q);
        if (!words_have(keys, item->key))
            words_add(keys, item->key);
    }
    return rv;
}

/* One pass over what has no score yet. */
static int pass(struct worklist *w, struct fault *fault)
{
    const struct options *o = w->c->o;
    struct engine engine = {.name = o->engine, .hosts = o->hosts,
                            .jobs = o->jobs, .chunk = o->chunk,
                            .limit = o->limit};
    struct words keys = {0};
    int rv = make_tasks(w, &keys, fault);

    if (rv == 0 && keys.len) {
        size_t ready_made = 0;

        for (size_t i = 0; i < keys.len; i++)
            ready_made += task_done(w->spool, keys.at[i]);
        if (ready_made)
            fprintf(stderr,
                    "%zu were judged before and not yet recorded\n",
                    ready_made);
        rv = keys_write(w->spool, &keys, fault);
        if (rv == 0)
            rv = engine_run(w->spool, &engine, fault);
        if (rv == 0)
            rv = take_results(w, fault);
    }
    words_clear(&keys);
    return rv;
}

int worklist_run(struct worklist *w, struct fault *fault)
{
    size_t left = w->len;

    for (int i = 0; left && i < 2; i++) {
        if (pass(w, fault) < 0)
            return -1;
        left = 0;
        for (size_t k = 0; k < w->len; k++)
            left += !w->at[k].done;
        if (left && i == 0)
            fprintf(stderr, "%zu were not judged; trying once more\n",
                    left);
    }
    w->faults = left;
    w->judged = w->len - left - w->copied;
    return left ? 3 : 0;
}
