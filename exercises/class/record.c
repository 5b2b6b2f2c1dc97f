/* record.c - what is added to the record; see store.h */
#define _XOPEN_SOURCE 700
#include "store.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* ---- people and exercises ---------------------------------------- */
static void add_list(struct bytes *b, const char *const *list)
{
    for (; list && *list; list++)
        bytes_print(b, "%s\n", *list);
    bytes_add(b, "", 1);
}

void exercise_version(const struct exercise *e, char hex[HASH_HEX + 1])
{
    struct bytes b = {0};

    bytes_print(&b, "%s\n%d\n%s\n%s\n%s\n", e->name, e->points,
                e->needs ? e->needs : "", e->builds ? e->builds : "",
                e->statement ? e->statement : "");
    bytes_add(&b, "", 1);
    add_list(&b, e->files);
    add_list(&b, e->allow);
    hash_hex(b.at, b.len, hex);
    bytes_clear(&b);
}

/* What the record says of it now: 1, 0 (nothing) or -1. */
static int exercise_is(struct store *s, const char *name,
                       char version[HASH_HEX + 1], int64_t *due,
                       bool *has_due, struct fault *fault)
{
    sqlite3_stmt *q = store_select(s, fault, "SELECT version, due FROM "
                                   "exercise_now WHERE name = ?", "t",
                                   name);
    int rv = store_next(s, q, fault);

    if (rv <= 0)
        return rv;
    snprintf(version, HASH_HEX + 1, "%s", column(q, 0));
    *has_due = sqlite3_column_type(q, 1) != SQLITE_NULL;
    *due = sqlite3_column_int64(q, 1);
    sqlite3_finalize(q);
    return 1;
}

int store_exercise(struct store *s, const struct exercise *e,
                   const int64_t *due, struct fault *fault)
{
    char version[HASH_HEX + 1], before[HASH_HEX + 1] = "";
    int64_t then = 0;
    bool had = false;
    int is = exercise_is(s, e->name, before, &then, &had, fault);

    exercise_version(e, version);
    if (is < 0)
        return -1;
    if (is && strcmp(version, before) == 0 &&
        (!due || (had && *due == then)))
        return 0;
    if (!due && had)
        due = &then;
    if (!due)
        return store_do(s, fault,
                        "INSERT INTO exercise (name, version, "
                        "points, at) VALUES (?, ?, ?, ?)",
                        "ttdi", e->name, version, (double)e->points,
                        (int64_t)time(NULL));
    return store_do(s, fault, "INSERT INTO exercise (name, version, "
                    "points, at, due) VALUES (?, ?, ?, ?, ?)", "ttdii",
                    e->name, version, (double)e->points,
                    (int64_t)time(NULL), *due);
}

int64_t store_person(struct store *s, const char *name,
                     struct fault *fault)
{
    int64_t id = 0;

    if (!name[0] || strlen(name) > 200 || !is_plain(name))
        return fault_set(fault, "this is no name for a person");
    int rv = store_number(s, &id, fault, "SELECT id FROM person WHERE "
                          "name = ?", "t", name);

    if (rv != 0)
        return rv < 0 ? -1 : id;
    if (store_do(s, fault, "INSERT INTO person (name, at) VALUES (?, "
                 "?)", "ti", name, (int64_t)time(NULL)) < 0)
        return -1;
    return store_last_id(s);
}

/* ---- submissions ------------------------------------------------- */
static int64_t add_submission(struct store *s, int64_t person,
                              const struct submission *sub,
                              int64_t late, struct fault *fault)
{
    struct bytes b = {0};
    char sha[HASH_HEX + 1];
    int64_t id = 0;

    pack_write(sub->pack, &b);
    hash_hex(b.at, b.len, sha);
    int rv = store_number(s, &id, fault, "SELECT id FROM submission "
                          "WHERE person = ? AND exercise = ? AND "
                          "sha256 = ? AND received = ?", "itti", person,
                          sub->exercise->name, sha, sub->received);

    if (rv == 0)
        rv = store_do(s, fault, "INSERT INTO submission (person, "
                      "exercise, sha256, received, late, source, pack) "
                      "VALUES (?, ?, ?, ?, ?, ?, ?)", "ittiitb", person,
                      sub->exercise->name, sha, sub->received, late,
                      sub->source, b.at, b.len);
    bytes_clear(&b);
    if (rv)
        return rv < 0 ? -1 : 0;
    return store_last_id(s);
}

int64_t store_submit(struct store *s, const struct submission *sub,
                     struct fault *fault)
{
    char version[HASH_HEX + 1];
    int64_t due = 0, person, id = -1;
    bool has_due = false;

    if (pack_check(sub->pack, sub->exercise, fault) < 0 ||
        store_do(s, fault, "SAVEPOINT submit", "") < 0)
        return -1;
    if (store_exercise(s, sub->exercise, NULL, fault) == 0 &&
        exercise_is(s, sub->exercise->name, version, &due, &has_due,
                    fault) == 1 &&
        (person = store_person(s, sub->person, fault)) > 0) {
        int64_t late = has_due && sub->received > due
                           ? sub->received - due : 0;

        id = add_submission(s, person, sub, late, fault);
    }
    if (id < 0) {
        struct fault second = {0};

        store_do(s, &second, "ROLLBACK TO submit", "");
        store_do(s, &second, "RELEASE submit", "");
        return -1;
    }
    return store_do(s, fault, "RELEASE submit", "") < 0 ? -1 : id;
}

/* ---- runs -------------------------------------------------------- */
void run_key(const char *sha256, const char *version, const char *judge,
             const char *seed, char hex[HASH_HEX + 1])
{
    char *text = must_print("%s\n%s\n%s\n%s", sha256, version, judge,
                            seed);

    hash_hex(text, strlen(text), hex);
    free(text);
}

static const char *text_of(const json_t *o, const char *key)
{
    const char *text = json_string_value(json_object_get(o, key));

    return text ? text : "";
}

static bool one_of(const char *word, const char *list)
{
    size_t len = strlen(word);

    for (const char *p = strstr(list, word); len && p;
         p = strstr(p + 1, word)) {
        if ((p == list || p[-1] == ' ') && (p[len] == ' ' || !p[len]))
            return true;
    }
    return false;
}

static double number_of(const json_t *o, const char *key)
{
    return json_number_value(json_object_get(o, key));
}

static int check_checks(const json_t *report, double *earned,
                        struct fault *fault)
{
    static const char known[] = "pass wrong crash timeout memory "
                                "output leak ub race violation skipped";
    const json_t *check;
    size_t i;

    json_array_foreach(json_object_get(report, "checks"), i, check) {
        double got = number_of(check, "earned");
        double weight = number_of(check, "weight");

        if (!text_of(check, "name")[0] ||
            !one_of(text_of(check, "status"), known))
            return fault_set(fault, "a check has no name or no status");
        if (!isfinite(got) || got < 0 || got > weight ||
            (got > 0 && strcmp(text_of(check, "status"), "pass") != 0))
            return fault_set(fault, "the check %s earns what it cannot",
                             text_of(check, "name"));
        *earned += got;
    }
    return 0;
}

int report_check(const json_t *report, struct fault *fault)
{
    static const char known[] = "pass partial fail rejected "
                                "compile-error";
    const char *status = text_of(report, "status");
    const json_t *score = json_object_get(report, "score");
    double points = number_of(report, "points"), earned = 0;

    if (json_integer_value(json_object_get(report, "version")) != 1)
        return fault_set(fault,
                         "the judge gave no report that is known");
    if (strcmp(status, "grader-error") == 0)
        return 0;
    if (!one_of(status, known))
        return fault_set(fault,
                         "the report has no status that is known");
    if (!is_hex(text_of(report, "seed"),
                strlen(text_of(report, "seed"))) ||
        !text_of(report, "seed")[0] || !text_of(report, "judge")[0])
        return fault_set(fault,
                         "the report lacks its seed or its judge");
    if (!json_is_number(score) || !isfinite(points) || points < 0 ||
        !isfinite(json_number_value(score)) ||
        json_number_value(score) < 0 ||
        json_number_value(score) > points)
        return fault_set(fault, "the report has no score that can be");
    if (check_checks(report, &earned, fault) < 0)
        return -1;
    if (json_number_value(score) > 0 && !(earned > 0))
        return fault_set(fault, "the report scores what was not seen");
    if (one_of(status, "fail rejected compile-error") &&
        json_number_value(score) > 0)
        return fault_set(fault, "the report scores what failed");
    return 0;
}

static int add_checks(struct store *s, int64_t run,
                      const json_t *report, struct fault *fault)
{
    const json_t *check;
    size_t i;
    int rv = 0;

    json_array_foreach(json_object_get(report, "checks"), i, check) {
        rv = store_do(s, fault, "INSERT INTO chk VALUES (?, ?, ?, ?, "
                      "?, ?, ?)", "iitttdd", run, (int64_t)i,
                      text_of(check, "name"), text_of(check, "says"),
                      text_of(check, "status"),
                      number_of(check, "earned"),
                      number_of(check, "weight"));
        if (rv < 0)
            break;
    }
    return rv;
}

/* Insert the row of a run; `faulty`: it has no score. */
static int add_run(struct store *s, const struct run *run,
                   const json_t *report, const char *sha,
                   const char *version, bool faulty,
                   struct fault *fault)
{
    char key[HASH_HEX + 1];
    char *profile = json_dumps(json_object_get(report, "profile"),
                               JSON_COMPACT | JSON_SORT_KEYS);
    char *all = json_dumps(report, JSON_COMPACT | JSON_PRESERVE_ORDER);
    int64_t there = 0;
    int rv;

    run_key(sha, version, text_of(report, "judge"),
            text_of(report, "seed"), key);
    rv = faulty ? 0 : store_number(s, &there, fault, "SELECT id FROM "
        "run WHERE submission = ? AND key = ? AND ifnull(regrade, 0) = "
        "? AND score IS NOT NULL", "iti", run->submission, key,
        run->regrade);
    if (rv == 0)
        rv = store_do(s, fault, "INSERT INTO run (submission, regrade, "
            "key, version, judge, seed, profile, host, started, ended, "
            "status, points, report, score) VALUES (?1, nullif(?2, 0), "
            "?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, "
            "CASE ?11 WHEN 'grader-error' THEN NULL ELSE ?14 END)",
            "iittttttiitdtd", run->submission, run->regrade, key,
            version, text_of(report, "judge"), text_of(report, "seed"),
            profile ? profile : "", run->host, run->started, run->ended,
            text_of(report, "status"), number_of(report, "points"),
            all ? all : "", number_of(report, "score"));
    if (rv == 0 && add_checks(s, store_last_id(s), report, fault) < 0)
        rv = -1;
    free(profile);
    free(all);
    return rv < 0 ? -1 : 0;
}

int store_run(struct store *s, const struct run *run,
              const json_t *report, struct fault *fault)
{
    bool faulty = strcmp(text_of(report, "status"),
                         "grader-error") == 0;
    char *sha = NULL, *version = NULL;
    int rv = -1;

    if (report_check(report, fault) < 0)
        return -1;
    sqlite3_stmt *q = store_select(s, fault, "SELECT sha256, version, "
        "exercise FROM submission JOIN exercise_now ON name = exercise "
        "WHERE id = ?", "i", run->submission);

    if (store_next(s, q, fault) <= 0)
        return fault_set(fault, "there is no submission %lld",
                         (long long)run->submission);
    sha = must_print("%s", column(q, 0));
    version = must_print("%s", column(q, 1));
    bool same = strcmp(column(q, 2), text_of(report, "exercise")) == 0;

    sqlite3_finalize(q);
    if (!same && !faulty)
        fault_set(fault, "the report is of another exercise");
    else if (store_do(s, fault, "SAVEPOINT run", "") == 0) {
        rv = add_run(s, run, report, sha, version, faulty, fault);
        if (rv < 0) {
            struct fault second = {0};

            store_do(s, &second, "ROLLBACK TO run", "");
        }
        if (store_do(s, fault, "RELEASE run", "") < 0)
            rv = -1;
    }
    free(sha);
    free(version);
    return rv;
}

/* ---- the teacher's own words ------------------------------------- */
int store_override(struct store *s, const char *person,
                   const char *exercise, const double *points,
                   const char *reason, struct fault *fault)
{
    int64_t id = 0, known = 0;

    if (!reason || !reason[0])
        return fault_set(fault, "an override needs a reason");
    if (store_number(s, &id, fault,
                     "SELECT id FROM person WHERE name = ?", "t",
                     person) <= 0)
        return fault_set(fault, "there is no %s in the record", person);
    if (store_number(s, &known, fault, "SELECT 1 FROM exercise_now "
                     "WHERE name = ?", "t", exercise) <= 0)
        return fault_set(fault, "nobody handed in %s", exercise);
    if (points && (!isfinite(*points) || *points < 0))
        return fault_set(fault, "points are a number from 0 on");
    if (!points)
        return store_do(s, fault, "INSERT INTO override (person, "
                        "exercise, reason, who, at) VALUES (?, ?, ?, "
                        "?, ?)", "ittti", id, exercise, reason,
                        store_who(), (int64_t)time(NULL));
    return store_do(s, fault, "INSERT INTO override (person, exercise, "
                    "reason, who, at, points) VALUES (?, ?, ?, ?, ?, "
                    "?)", "itttid", id, exercise, reason, store_who(),
                    (int64_t)time(NULL), *points);
}

int store_setting(struct store *s, const char *key, const char *value,
                  struct fault *fault)
{
    return store_do(s, fault, "INSERT INTO setting (key, value, at) "
                    "VALUES (?, ?, ?)", "tti", key, value,
                    (int64_t)time(NULL));
}

int store_event(struct store *s, const char *what, const char *person,
                const char *exercise, const char *detail,
                struct fault *fault)
{
    return store_do(s, fault, "INSERT INTO event (what, person, "
                    "exercise, detail, who, at) VALUES (?, ?, ?, ?, ?, "
                    "?)", "ttttti", what, person, exercise, detail,
                    store_who(), (int64_t)time(NULL));
}
