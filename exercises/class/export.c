/* export.c - what all exports share; see export.h */
#define _XOPEN_SOURCE 700
#include "export.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

const char *json_text(const json_t *o, const char *key)
{
    const char *text = json_string_value(json_object_get(o, key));

    return text ? text : "";
}

double json_double(const json_t *o, const char *key)
{
    return json_number_value(json_object_get(o, key));
}

char *safe_name(int64_t id, const char *text)
{
    char *name = must_print("%04lld-%.60s", (long long)id, text);

    for (char *p = name; *p; p++) {
        if (!strchr("abcdefghijklmnopqrstuvwxyz"
                    "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789", *p))
            *p = '-';
    }
    return name;
}

static void read_row(sqlite3_stmt *q, struct graded *g)
{
    *g = (struct graded){
        .person = sqlite3_column_int64(q, 0), .name = column(q, 1),
        .exercise = column(q, 2), .status = column(q, 3),
        .counts = sqlite3_column_type(q, 4) != SQLITE_NULL,
        .due = sqlite3_column_int64(q, 5),
        .received = sqlite3_column_int64(q, 6),
        .late = sqlite3_column_int64(q, 7),
        .raw = sqlite3_column_double(q, 8),
        .penalty = sqlite3_column_double(q, 9),
        .points = sqlite3_column_double(q, 10),
        .score = sqlite3_column_double(q, 11),
        .overridden = sqlite3_column_type(q, 12) != SQLITE_NULL,
        .reason = column(q, 13), .last = column(q, 14),
        .first = column(q, 15), .email = column(q, 16)};
}

int each_grade(struct class *c, bool by_person, const char *what,
               int (*use)(void *context, const struct graded *g,
                          struct fault *fault), void *context,
               struct fault *fault)
{
    char *sql = must_print("SELECT g.person, g.name, g.exercise, "
        "g.status, g.run, g.due, g.received, g.late, g.raw, g.penalty, "
        "g.points, g.score, g.override, g.reason, r.last, r.first, "
        "r.email, run.report FROM grade g LEFT JOIN roster_now r ON "
        "r.person = g.person LEFT JOIN run ON run.id = g.run WHERE ?1 "
        "IS NULL OR g.exercise = ?1 ORDER BY %s",
        by_person ? "g.name, g.exercise" : "g.exercise, g.name");
    sqlite3_stmt *q = store_select(c->store, fault, sql, "t", what);
    int rv;

    while ((rv = store_next(c->store, q, fault)) > 0) {
        struct graded g;
        json_t *report = NULL;

        read_row(q, &g);
        if (g.counts)
            report = json_loads(column(q, 17), 0, NULL);
        char *stem = safe_name(g.person, g.name);
        char *file = must_print("%s-%s", stem, g.exercise);

        g.report = report;
        g.file = file;
        if (use(context, &g, fault) < 0)
            rv = -1;
        json_decref(report);
        free(file);
        free(stem);
        if (rv < 0) {
            sqlite3_finalize(q);
            break;
        }
    }
    free(sql);
    return rv;
}

/* ---- files ------------------------------------------------------- */
int text_file(const struct bytes *b, const char *path,
              struct fault *fault)
{
    return file_write(AT_FDCWD, path, b->at ? b->at : "", b->len, 0600,
                      fault);
}

int json_file(const json_t *o, const char *path, struct fault *fault)
{
    struct bytes b = {0};
    char *text = json_dumps(o, JSON_INDENT(2) | JSON_PRESERVE_ORDER);
    int rv = -1;

    if (!text)
        return fault_set(fault, "out of memory");
    bytes_print(&b, "%s\n", text);
    rv = text_file(&b, path, fault);
    bytes_clear(&b);
    free(text);
    return rv;
}

/* ---- text -------------------------------------------------------- */
void put_escaped(struct bytes *b, const char *text)
{
    for (const unsigned char *p = (const unsigned char *)text; *p;
         p++) {
        const char *as = NULL;

        if (*p == '&')
            as = "&amp;";
        else if (*p == '<')
            as = "&lt;";
        else if (*p == '>')
            as = "&gt;";
        else if (*p == '"')
            as = "&quot;";
        else if (*p == '\'')
            as = "&#39;";
        else if ((*p < 0x20 && *p != '\n' && *p != '\t') || *p == 0x7f)
            as = "\xef\xbf\xbd";
        else if (*p == 0xef && p[1] == 0xbf && (p[2] == 0xbe ||
                                                p[2] == 0xbf)) {
            as = "\xef\xbf\xbd";        /* U+FFFE, U+FFFF */
            p += 2;
        }
        if (as)
            bytes_add(b, as, strlen(as));
        else
            bytes_add(b, p, 1);
    }
}

/* ---- the command ------------------------------------------------- */
int class_export(const struct options *o, struct fault *fault)
{
    static const struct {
        const char *name;
        int (*run)(struct class *, const char *, struct fault *);
    } formats[] = {
        {"csv", export_csv}, {"gradescope", export_gradescope},
        {"check50", export_check50}, {"junit", export_junit},
        {"html", export_html}, {"similarity", export_similarity}
    };
    const char *format = o->len ? o->args[0] : "";
    struct class c = {.lock = -1};
    int rv = -1;

    if (!o->out) {
        fault_set(fault, "--out says where to write it");
        return 1;
    }
    if (strcmp(format, "gradescope") == 0 && o->report)
        return gradescope_report(o->report, o->visibility
                                 ? o->visibility : "visible", o->out,
                                 fault) < 0;
    if (class_open(&c, o, STORE_READ, fault) < 0)
        goto done;
    if (strcmp(format, "autograder") == 0 && o->len == 2) {
        rv = export_autograder(&c, o->args[1], o->out, fault);
        goto done;
    }
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++) {
        if (strcmp(format, formats[i].name) == 0) {
            rv = formats[i].run(&c, o->out, fault);
            goto done;
        }
    }
    fault_set(fault, "the formats are csv, gradescope, junit, check50, "
              "html, similarity, and autograder EXERCISE");
done:
    class_close(&c);
    if (rv == 0)
        printf("Made %s\n", o->out);
    return rv < 0;
}
