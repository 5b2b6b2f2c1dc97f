/* grade.c - grade, regrade, diff, apply, drop */
#define _XOPEN_SOURCE 700
#include "grade.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

/* Put each row (submission, person, exercise, sha256, accepted key) of
 * a query on the list. */
static int fill(struct worklist *w, sqlite3_stmt *q,
                struct fault *fault)
{
    int rv;

    while ((rv = store_next(w->c->store, q, fault)) > 0) {
        const char *key = sqlite3_column_type(q, 4) == SQLITE_NULL
                              ? NULL : column(q, 4);

        if (worklist_add(w, sqlite3_column_int64(q, 0), column(q, 1),
                     column(q, 2), column(q, 3), key, fault) < 0) {
            sqlite3_finalize(q);
            return -1;
        }
    }
    return rv;
}

static void tell(const struct worklist *w)
{
    printf("%zu judged", w->judged);
    if (w->copied)
        printf(", %zu with the same files as others", w->copied);
    if (w->faults)
        printf(", %zu not judged: a fault of the judge is no score; "
               "the next run tries them again", w->faults);
    putchar('\n');
}

/* Some may have a score by a judge that is no more. */
static void tell_old(struct worklist *w)
{
    struct fault ignored = {0};

    for (size_t i = 0; i < w->ready_len; i++) {
        int64_t n = 0;
        const struct exercise *e = w->ready[i].exercise;

        store_number(w->c->store, &n, &ignored, "SELECT count(*) FROM "
            "accepted JOIN submission ON submission.id = submission "
            "WHERE exercise = ? AND judge <> ?", "tt", e->name,
            w->ready[i].judge);
        if (n)
            printf("%s: %lld have a score by an earlier judge; to see "
                   "what would change: ./coil class regrade --exercise "
                   "%s\n", e->name, (long long)n, e->name);
    }
}

int class_grade(const struct options *o, struct fault *fault)
{
    struct class c = {0};
    struct worklist w = {0};
    int rv = 1;

    if (class_open(&c, o, STORE_WRITE, fault) < 0 ||
        worklist_open(&w, &c, fault) < 0)
        goto done;
    if (fill(&w, store_select(c.store, fault, "SELECT s.id, p.name, "
            "s.exercise, s.sha256, NULL FROM pending "
            "JOIN submission s ON s.id = pending.submission "
            "JOIN person p ON p.id = s.person "
            "WHERE ?1 IS NULL OR s.exercise = ?1 ORDER BY s.id", "t",
            o->exercise), fault) < 0)
        goto done;
    if (w.len == 0)
        puts("Nothing is left to judge.");
    rv = worklist_run(&w, fault);
    if (rv < 0)
        rv = 1;
    else if (w.len) {
        tell(&w);
        tell_old(&w);
    }
done:
    worklist_clear(&w);
    class_close(&c);
    return rv;
}

/* ---- regrade ----------------------------------------------------- */
/* The one set that is neither applied nor dropped: 1, 0 or -1. */
static int open_set(struct store *s, int64_t *set, struct fault *fault)
{
    return store_number(s, set, fault, "SELECT id FROM regrade WHERE "
        "id NOT IN (SELECT regrade FROM decision) ORDER BY id LIMIT 1",
        "");
}

static int new_set(struct class *c, int64_t *set, struct fault *fault)
{
    const struct options *o = c->o;

    if (o->exercise && !class_exercise(o->exercise, fault))
        return -1;
    if (store_do(c->store, fault, "INSERT INTO regrade (exercise, "
            "fresh, again, reason, who, at) VALUES (?, ?, ?, ?, ?, ?)",
            "tiitti", o->exercise ? o->exercise : "", (int64_t)o->fresh,
            (int64_t)o->again, o->reason ? o->reason : "", store_who(),
            (int64_t)time(NULL)) < 0)
        return -1;
    *set = store_last_id(c->store);
    return 0;
}

/* What has a score, is within the set, and is not in it yet. */
static int fill_set(struct worklist *w, struct fault *fault)
{
    struct store *s = w->c->store;
    sqlite3_stmt *q = store_select(s, fault, "SELECT fresh, again FROM "
                                   "regrade WHERE id = ?", "i", w->set);

    if (store_next(s, q, fault) <= 0)
        return -1;
    w->fresh = sqlite3_column_int(q, 0);
    w->again = sqlite3_column_int(q, 1);
    sqlite3_finalize(q);
    return fill(w, store_select(s, fault, "SELECT s.id, p.name, "
        "s.exercise, s.sha256, a.key FROM accepted a "
        "JOIN submission s ON s.id = a.submission "
        "JOIN person p ON p.id = s.person JOIN regrade g ON g.id = ?1 "
        "WHERE g.exercise IN ('', s.exercise) AND NOT EXISTS (SELECT 1 "
        "FROM run WHERE run.submission = s.id AND run.regrade = ?1 AND "
        "run.score IS NOT NULL) ORDER BY s.id", "i", w->set), fault);
}

int class_regrade(const struct options *o, struct fault *fault)
{
    struct class c = {0};
    struct worklist w = {0};
    int found, rv = 1;

    if (class_open(&c, o, STORE_WRITE, fault) < 0 ||
        worklist_open(&w, &c, fault) < 0 ||
        (found = open_set(c.store, &w.set, fault)) < 0)
        goto done;
    if (found)
        printf("Set %lld goes on; apply or drop it before the next "
               "one.\n", (long long)w.set);
    else if (new_set(&c, &w.set, fault) < 0)
        goto done;
    if (fill_set(&w, fault) < 0)
        goto done;
    rv = worklist_run(&w, fault);
    if (rv < 0) {
        rv = 1;
        goto done;
    }
    tell(&w);
    printf("Set %lld: nothing counts yet.\n  ./coil class diff    "
           "shows what would change\n  ./coil class apply   lets it "
           "count\n  ./coil class drop    forgets it\n",
           (long long)w.set);
done:
    worklist_clear(&w);
    class_close(&c);
    return rv;
}

/* ---- diff -------------------------------------------------------- */
static const char diff_sql[] =
    "SELECT p.name, s.exercise, a.id, a.status, a.score, r.id, "
    "r.status, r.score, o.points FROM run r JOIN submission s ON s.id "
    "= r.submission JOIN person p ON p.id = s.person "
    "LEFT JOIN accepted a ON a.submission = s.id "
    "LEFT JOIN override_now o ON o.person = s.person AND o.exercise = "
    "s.exercise WHERE r.regrade = ?1 AND r.id IN (SELECT max(id) FROM "
    "run WHERE regrade = ?1 AND score IS NOT NULL GROUP BY submission) "
    "ORDER BY s.exercise, p.name, s.id";

/* The checks that two runs do not agree about. */
static int diff_checks(struct store *s, int64_t before, int64_t after,
                       bool print, struct fault *fault)
{
    sqlite3_stmt *q = store_select(s, fault, "SELECT a.name, a.status, "
        "b.status FROM chk a JOIN chk b ON b.run = ?2 AND b.name = "
        "a.name WHERE a.run = ?1 AND (a.status <> b.status OR "
        "a.earned <> b.earned) ORDER BY a.place", "ii", before, after);
    int n = 0, rv;

    while ((rv = store_next(s, q, fault)) > 0) {
        if (print)
            printf("    %s: %s, now %s\n", column(q, 0), column(q, 1),
                   column(q, 2));
        n++;
    }
    return rv < 0 ? -1 : n;
}

/* One row: 1 where it differs, 0, or -1. */
static int diff_row(struct store *s, sqlite3_stmt *q,
                    struct fault *fault)
{
    int64_t before = sqlite3_column_int64(q, 2);
    int64_t after = sqlite3_column_int64(q, 5);
    double was = sqlite3_column_double(q, 4);
    double is = sqlite3_column_double(q, 7);
    int checks = diff_checks(s, before, after, false, fault);

    if (checks < 0)
        return -1;
    if (was == is && checks == 0 &&
        strcmp(column(q, 3), column(q, 6)) == 0)
        return 0;
    printf("%s, %s: %s %g, now %s %g%s\n", column(q, 0), column(q, 1),
           column(q, 3), was, column(q, 6), is,
           sqlite3_column_type(q, 8) == SQLITE_NULL
               ? "" : " (an override counts, and stays)");
    return diff_checks(s, before, after, true, fault) < 0 ? -1 : 1;
}

static int print_diff(struct store *s, int64_t set, struct fault *fault)
{
    sqlite3_stmt *q = store_select(s, fault, diff_sql, "i", set);
    size_t same = 0, other = 0;
    int64_t lacks = 0;
    int rv;

    printf("Set %lld\n", (long long)set);
    while ((rv = store_next(s, q, fault)) > 0) {
        int differs = diff_row(s, q, fault);

        if (differs < 0) {
            sqlite3_finalize(q);
            return -1;
        }
        same += differs == 0;
        other += differs == 1;
    }
    if (rv < 0 ||
            store_number(s, &lacks, fault, "SELECT count(DISTINCT "
            "submission) FROM run WHERE regrade = ?1 AND submission "
            "NOT IN (SELECT submission FROM run WHERE regrade = ?1 AND "
            "score IS NOT NULL)", "i", set) < 0)
        return -1;
    printf("%zu differ, %zu are as before", other, same);
    if (lacks)
        printf(", %lld were not judged and keep what they have",
               (long long)lacks);
    putchar('\n');
    return 0;
}

static int need_set(struct store *s, int64_t *set, struct fault *fault)
{
    int rv = open_set(s, set, fault);

    if (rv == 0)
        return fault_set(fault, "there is no open set; ./coil class "
                         "regrade makes one");
    return rv < 0 ? -1 : 0;
}

int class_diff(const struct options *o, struct fault *fault)
{
    struct class c = {0};
    int64_t set = 0;
    int rv = 1;

    if (class_open(&c, o, STORE_READ, fault) == 0 &&
        need_set(c.store, &set, fault) == 0 &&
        print_diff(c.store, set, fault) == 0)
        rv = 0;
    class_close(&c);
    return rv;
}

int class_decide(const struct options *o, const char *what,
                 struct fault *fault)
{
    struct class c = {0};
    int64_t set = 0;
    int rv = 1;

    if (class_open(&c, o, STORE_WRITE, fault) == 0 &&
        need_set(c.store, &set, fault) == 0 &&
        store_do(c.store, fault, "INSERT INTO decision (regrade, what, "
                 "who, at) VALUES (?, ?, ?, ?)", "itti", set, what,
                 store_who(), (int64_t)time(NULL)) == 0) {
        printf("Set %lld: %s\n", (long long)set,
               strcmp(what, "apply") == 0
               ? "it counts now" : "dropped; nothing has changed");
        rv = 0;
    }
    class_close(&c);
    return rv;
}
