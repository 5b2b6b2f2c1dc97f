/* export_table.c - CSV, with the columns of nbgrader; JUnit's XML */
#define _XOPEN_SOURCE 700
#include "csv.h"
#include "export.h"

#include <string.h>

/* ---- CSV --------------------------------------------------------- */
static void put_time(struct bytes *b, int64_t seconds)
{
    char text[TIME_TEXT] = "";

    if (seconds)
        time_text(seconds, text);
    csv_put(b, false, text);
}

static int put_row(void *context, const struct graded *g,
                   struct fault *fault)
{
    struct bytes *b = context;

    (void)fault;
    csv_put(b, true, g->exercise);
    put_time(b, g->due);
    put_time(b, g->received);
    csv_put(b, false, g->name);
    csv_put(b, false, g->last);
    csv_put(b, false, g->first);
    csv_put(b, false, g->email);
    csv_number(b, false, g->raw);
    csv_number(b, false, g->penalty);
    csv_number(b, false, g->score);
    csv_number(b, false, g->points);
    csv_end(b);
    return 0;
}

int export_csv(struct class *c, const char *out, struct fault *fault)
{
    struct bytes b = {0};
    int rv;

    bytes_print(&b, "assignment,duedate,timestamp,student_id,last_name,"
                "first_name,email,raw_score,late_submission_penalty,"
                "score,max_score");
    csv_end(&b);
    rv = each_grade(c, false, c->o->exercise, put_row, &b, fault);
    if (rv == 0)
        rv = text_file(&b, out, fault);
    bytes_clear(&b);
    return rv;
}

/* ---- JUnit ------------------------------------------------------- */
struct counts {
    int all, failed, skipped;
};

static void put_attribute(struct bytes *b, const char *name,
                          const char *text)
{
    bytes_print(b, " %s=\"", name);
    put_escaped(b, text);
    bytes_add(b, "\"", 1);
}

/* A failure says its status where CTest's leaves it out. */
static void put_failure(struct bytes *b, const char *status,
                        const char *says, const char *text)
{
    bytes_print(b, ">\n      <failure");
    put_attribute(b, "type", status);
    put_attribute(b, "message", says);
    bytes_add(b, ">", 1);
    put_escaped(b, text);
    bytes_print(b, "</failure>\n    </testcase>\n");
}

static void put_case(struct bytes *b, const struct graded *g,
                     const json_t *check, struct counts *n)
{
    const char *status = json_text(check, "status");
    struct bytes text = {0};

    bytes_print(b, "    <testcase");
    put_attribute(b, "classname", g->exercise);
    put_attribute(b, "name", json_text(check, "name"));
    n->all++;
    feedback_check(&text, check);
    if (strcmp(status, "pass") == 0)
        bytes_print(b, "/>\n");
    else if (strcmp(status, "skipped") == 0) {
        n->skipped++;
        bytes_print(b, ">\n      <skipped");
        put_attribute(b, "message", text.at);
        bytes_print(b, "/>\n    </testcase>\n");
    } else {
        n->failed++;
        put_failure(b, status, json_text(check, "says"), text.at);
    }
    bytes_clear(&text);
}

static int put_suite(void *context, const struct graded *g,
                     struct fault *fault)
{
    struct bytes cases = {0}, head = {0}, *b = context;
    struct counts n = {0};
    const json_t *check;
    size_t i;

    (void)fault;
    if (!g->report)
        return 0;
    json_array_foreach(json_object_get(g->report, "checks"), i, check)
        put_case(&cases, g, check, &n);
    feedback_head(&head, g->report);
    if (strcmp(g->status, "rejected") == 0 ||
        strcmp(g->status, "compile-error") == 0) {
        n.all++;
        n.failed++;
        bytes_print(&cases, "    <testcase");
        put_attribute(&cases, "classname", g->exercise);
        put_attribute(&cases, "name", "compile");
        put_failure(&cases, g->status, g->status, head.at);
    }
    char *name = must_print("%s.%s", g->exercise, g->name);
    char when[TIME_TEXT];

    time_text(g->received, when);
    when[strcspn(when, "Z")] = 0;       /* JUnit's dates have no zone */
    bytes_print(b, "  <testsuite");
    put_attribute(b, "name", name);
    put_attribute(b, "timestamp", when);
    bytes_print(b, " tests=\"%d\" failures=\"%d\" errors=\"0\" "
                "skipped=\"%d\" time=\"%.3f\" hostname=\"coil\">\n",
                n.all, n.failed, n.skipped,
                json_double(g->report, "seconds"));
    bytes_add(b, cases.at ? cases.at : "", cases.len);
    bytes_print(b, "  </testsuite>\n");
    free(name);
    bytes_clear(&cases);
    bytes_clear(&head);
    return 0;
}

int export_junit(struct class *c, const char *out, struct fault *fault)
{
    struct bytes b = {0};
    int rv;

    bytes_print(&b, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                "<testsuites>\n");
    rv = each_grade(c, false, c->o->exercise, put_suite, &b, fault);
    bytes_print(&b, "</testsuites>\n");
    if (rv == 0)
        rv = text_file(&b, out, fault);
    bytes_clear(&b);
    return rv;
}
