/* show.c - status, report, override */
#define _XOPEN_SOURCE 700
#include "class.h"

#include <stdlib.h>
#include <string.h>

/* ---- status ------------------------------------------------------ */
/* Print each row of a query by a line; -1: a fault. */
static int print_rows(struct store *s, sqlite3_stmt *q,
                      const char *title, struct fault *fault)
{
    bool first = true;
    int rv;

    while ((rv = store_next(s, q, fault)) > 0) {
        if (first)
            printf("%s\n", title);
        first = false;
        printf(" ");
        for (int i = 0; i < sqlite3_column_count(q); i++)
            printf(" %s", column(q, i));
        putchar('\n');
    }
    return rv;
}

static const char counts[] = "SELECT e.name || ':', "
    "(SELECT count(*) FROM submission s WHERE s.exercise = e.name) "
    "|| ' handed in by', (SELECT count(DISTINCT person) FROM "
    "submission s WHERE s.exercise = e.name) || ',', (SELECT "
    "count(*) FROM accepted a JOIN submission s ON s.id = "
    "a.submission WHERE s.exercise = e.name) || ' judged,', "
    "(SELECT count(*) FROM pending p JOIN submission s ON s.id = "
    "p.submission WHERE s.exercise = e.name) || ' left;', 'due ' "
    "|| ifnull(strftime('%Y-%m-%dT%H:%M:%SZ', e.due, 'unixepoch'), "
    "'at no time') FROM exercise_now e ORDER BY e.name";
static const char faults[] = "SELECT p.name || ',', s.exercise || "
    "':', json_extract(r.report, '$.reason') FROM run r JOIN "
    "submission s ON s.id = r.submission JOIN person p ON p.id = "
    "s.person WHERE r.id IN (SELECT max(id) FROM run GROUP BY "
    "submission) AND r.score IS NULL ORDER BY s.exercise, p.name";
static const char refused[] = "SELECT person || ',', exercise || "
    "':', detail FROM event WHERE what = 'refused' AND id IN "
    "(SELECT max(id) FROM event WHERE what IN ('refused', 'taken') "
    "GROUP BY person, exercise) ORDER BY exercise, person";
static const char sets[] = "SELECT 'set ' || id, exercise, reason "
    "FROM regrade WHERE id NOT IN (SELECT regrade FROM decision)";

int class_status(const struct options *o, struct fault *fault)
{
    struct class c = {.lock = -1};
    struct store *s;
    int rv = -1;

    if (class_open(&c, o, STORE_READ, fault) < 0)
        goto done;
    s = c.store;
    rv = print_rows(s, store_select(s, fault, counts, ""), "Exercises",
                    fault);
    if (rv == 0)
        rv = print_rows(s, store_select(s, fault, faults, ""),
                        "Not judged, by a fault of the judge (no score;"
                        " grade tries them again)", fault);
    if (rv == 0)
        rv = print_rows(s, store_select(s, fault, refused, ""),
                        "Refused when they came in", fault);
    if (rv == 0)
        rv = print_rows(s, store_select(s, fault, sets, ""),
                        "Regraded, and neither applied nor dropped",
                        fault);
done:
    class_close(&c);
    return rv < 0;
}

/* ---- report ------------------------------------------------------ */
static int print_grades(struct store *s, const char *exercise,
                        struct fault *fault)
{
    sqlite3_stmt *q = store_select(s, fault, "SELECT name, exercise, "
        "score, points, ifnull(status, 'nothing'), late, override IS "
        "NOT NULL FROM grade WHERE ?1 IS NULL OR exercise = ?1 "
        "ORDER BY exercise, name", "t", exercise);
    int rv;

    while ((rv = store_next(s, q, fault)) > 0) {
        printf("%-24s %-20s ", column(q, 0), column(q, 1));
        if (sqlite3_column_type(q, 2) == SQLITE_NULL)
            printf("     - of %4g", sqlite3_column_double(q, 3));
        else
            printf("%6.4g of %4g", sqlite3_column_double(q, 2),
                   sqlite3_column_double(q, 3));
        printf("  %s%s%s\n", column(q, 4),
               sqlite3_column_int64(q, 5) ? ", late" : "",
               sqlite3_column_int(q, 6) ? ", override" : "");
    }
    return rv;
}

static int print_summary(struct store *s, const char *exercise,
                         struct fault *fault)
{
    sqlite3_stmt *q = store_select(s, fault, "SELECT exercise, "
        "count(*), avg(score), min(score), max(score), max(points), "
        "(SELECT avg(score) FROM (SELECT score, row_number() OVER "
        "(ORDER BY score) AS nth, count(*) OVER () AS n FROM grade m "
        "WHERE m.exercise = g.exercise AND m.score IS NOT NULL) WHERE "
        "nth IN ((n + 1) / 2, (n + 2) / 2)) FROM grade g WHERE "
        "score IS NOT NULL AND (?1 IS NULL OR exercise = ?1) "
        "GROUP BY exercise", "t", exercise);
    int rv;

    while ((rv = store_next(s, q, fault)) > 0)
        printf("\n%s: %d with points; mean %.4g, median %.4g, from "
               "%.4g to %.4g of %g\n", column(q, 0),
               sqlite3_column_int(q, 1), sqlite3_column_double(q, 2),
               sqlite3_column_double(q, 6), sqlite3_column_double(q, 3),
               sqlite3_column_double(q, 4),
               sqlite3_column_double(q, 5));
    if (rv < 0)
        return -1;
    q = store_select(s, fault, "SELECT g.exercise, k.name, k.says, "
        "sum(k.status NOT IN ('pass', 'skipped')), count(*) FROM grade "
        "g JOIN chk k ON k.run = g.run WHERE ?1 IS NULL OR g.exercise "
        "= ?1 GROUP BY g.exercise, k.name HAVING sum(k.status NOT IN "
        "('pass', 'skipped')) > 0 ORDER BY 1, 4 DESC", "t", exercise);
    puts("\nThe checks that failed");
    while ((rv = store_next(s, q, fault)) > 0)
        printf("  %s, %s: %d of %d (%s)\n", column(q, 0), column(q, 1),
               sqlite3_column_int(q, 3), sqlite3_column_int(q, 4),
               column(q, 2));
    return rv;
}

int class_report(const struct options *o, struct fault *fault)
{
    struct class c = {.lock = -1};
    int rv = -1;

    if (class_open(&c, o, STORE_READ, fault) == 0 &&
        print_grades(c.store, o->exercise, fault) == 0)
        rv = print_summary(c.store, o->exercise, fault);
    class_close(&c);
    return rv < 0;
}

/* ---- override ---------------------------------------------------- */
int class_override(const struct options *o, struct fault *fault)
{
    struct class c = {.lock = -1};
    double points = 0;
    char *end = "";
    int rv = -1;

    if (o->len != (o->withdraw ? 2 : 3)) {
        fault_set(fault, "it is: class override PERSON EXERCISE POINTS "
                  "--reason TEXT, or --withdraw in place of POINTS");
        return 1;
    }
    if (!o->withdraw)
        points = strtod(o->args[2], &end);
    if (*end || (!o->withdraw && end == o->args[2])) {
        fault_set(fault, "%s is no number of points", o->args[2]);
        return 1;
    }
    if (class_open(&c, o, STORE_WRITE, fault) == 0 &&
        store_override(c.store, o->args[0], o->args[1],
                       o->withdraw ? NULL : &points, o->reason,
                       fault) == 0) {
        puts(o->withdraw ? "The judge's points count again."
                         : "These points count, whatever is judged "
                           "later.");
        rv = 0;
    }
    class_close(&c);
    return rv < 0;
}
