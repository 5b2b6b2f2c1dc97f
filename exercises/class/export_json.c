/* export_json.c - Gradescope's results.json, and check50's JSON */
#define _XOPEN_SOURCE 700
#include "export.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>

enum { REPORT_MAX = 16 * 1024 * 1024 };

/* ---- Gradescope -------------------------------------------------- */
static json_t *one_test(const json_t *report, const json_t *check,
                        size_t i, const char *visibility)
{
    bool pass = strcmp(json_text(check, "status"), "pass") == 0;
    char *number = must_print("%zu", i + 1);
    char *name = must_print("%s: %s", json_text(check, "name"),
                            json_text(check, "says"));
    struct bytes b = {0};
    double earned, most;
    json_t *test;

    check_points(report, check, &earned, &most);
    feedback_check(&b, check);
    test = json_pack("{s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:[s]}",
                     "name", name, "name_format", "text",
                     "number", number,
                     "status", pass ? "passed" : "failed",
                     "output", b.at, "output_format", "text",
                     "visibility", visibility,
                     "tags", json_text(check, "status"));
    json_object_set_new(test, "score", json_real(earned));
    json_object_set_new(test, "max_score", json_real(most));
    bytes_clear(&b);
    free(name);
    free(number);
    return test;
}

/* `note` is what the record says beside the report, or "". */
static json_t *results(const json_t *report, double score,
                       const char *visibility, const char *note)
{
    json_t *tests = json_array();
    const json_t *check;
    struct bytes b = {0};
    json_t *all;
    size_t i;

    feedback_head(&b, report);
    bytes_print(&b, "%s", note);
    json_array_foreach(json_object_get(report, "checks"), i, check)
        json_array_append_new(tests, one_test(report, check, i,
                                              visibility));
    all = json_pack("{s:f, s:s, s:s, s:s, s:s, s:o}", "score", score,
        "output", b.at, "output_format", "text",
        "visibility", visibility, "stdout_visibility", "hidden",
        "tests", tests);
    json_object_set_new(all, "extra_data", json_pack(
        "{s:s, s:s, s:s, s:s}",
        "exercise", json_text(report, "exercise"),
        "status", json_text(report, "status"),
        "judge", json_text(report, "judge"),
        "seed", json_text(report, "seed")));
    if (json_object_get(report, "seconds"))
        json_object_set_new(all, "execution_time",
                            json_real(json_double(report, "seconds")));
    bytes_clear(&b);
    return all;
}

int gradescope_report(const char *report, const char *visibility,
                      const char *out, struct fault *fault)
{
    struct bytes b = {0};
    json_t *o = NULL;
    int rv = -1;

    if (file_read(AT_FDCWD, report, REPORT_MAX, &b, fault) < 0)
        goto done;
    o = json_loadb(b.at, b.len, 0, NULL);
    if (report_check(o, fault) < 0)
        goto done;
    if (strcmp(json_text(o, "status"), "grader-error") == 0) {
        fault_set(fault, "the judge failed: %s; there are no results, "
                  "and no score", json_text(o, "reason"));
        goto done;
    }
    json_t *all = results(o, json_double(o, "score"), visibility, "");

    rv = json_file(all, out, fault);
    json_decref(all);
done:
    json_decref(o);
    bytes_clear(&b);
    return rv;
}

struct context {
    const char *out;
    char *visibility;
};

static void put_note(struct bytes *b, const struct graded *g)
{
    if (g->overridden)
        bytes_print(b, "The teacher gave %g points: %s\n", g->score,
                    g->reason);
    else if (g->penalty > 0)
        bytes_print(b, "It was late: %g of %g points are taken off.\n",
                    g->penalty, g->raw);
    bytes_add(b, "", 0);
}

static int put_gradescope(void *context, const struct graded *g,
                          struct fault *fault)
{
    struct context *x = context;
    struct bytes note = {0};

    if (!g->report)
        return 0;
    put_note(&note, g);
    char *path = must_print("%s/%s.json", x->out, g->file);
    json_t *all = results(g->report, g->score, x->visibility, note.at);
    int rv = json_file(all, path, fault);

    json_decref(all);
    free(path);
    bytes_clear(&note);
    return rv;
}

int export_gradescope(struct class *c, const char *out,
                      struct fault *fault)
{
    struct context x = {.out = out};
    int rv = -1;

    if (folder_make(out, 0700, fault) < 0)
        return -1;
    x.visibility = store_get(c->store, "visibility", "visible");
    rv = each_grade(c, true, c->o->exercise, put_gradescope, &x, fault);
    free(x.visibility);
    return rv;
}

/* ---- check50 ----------------------------------------------------- */
static json_t *cause(const json_t *check, bool pass)
{
    const json_t *the = json_object_get(check, "case");
    struct bytes b = {0};
    json_t *all;

    if (pass)
        return json_null();
    feedback_check(&b, check);
    all = json_pack("{s:s, s:n}", "rationale", b.at, "help");
    if (json_is_object(the)) {
        json_object_set_new(all, "expected",
                            json_string(json_text(the, "expected")));
        json_object_set_new(all, "actual",
                            json_string(json_text(the, "got")));
    }
    bytes_clear(&b);
    return all;
}

static json_t *one_result(const json_t *check)
{
    const char *status = json_text(check, "status");
    const char *needs = json_text(check, "needs");
    bool pass = strcmp(status, "pass") == 0;

    return json_pack("{s:s, s:s, s:o, s:[s], s:o, s:{}, s:o}",
        "name", json_text(check, "name"),
        "description", json_text(check, "says"),
        "passed", strcmp(status, "skipped") == 0 ? json_null()
                                                 : json_boolean(pass),
        "log", status, "cause", cause(check, pass), "data",
        "dependency", needs[0] ? json_string(needs) : json_null());
}

static int put_check50(void *context, const struct graded *g,
                       struct fault *fault)
{
    struct bytes head = {0};
    json_t *list = json_array(), *all;
    const json_t *check;
    size_t i;

    if (!g->report) {
        json_decref(list);
        return 0;
    }
    json_array_foreach(json_object_get(g->report, "checks"), i, check)
        json_array_append_new(list, one_result(check));
    all = json_pack("{s:s, s:s}", "slug", g->exercise, "version",
                    "3.3.11");
    feedback_head(&head, g->report);
    if (json_array_size(list) == 0)
        json_object_set_new(all, "error", json_pack("{s:s, s:s, s:[], "
            "s:[], s:{}}", "type", g->status, "value", head.at,
            "traceback", "actions", "data"));
    else
        json_object_set(all, "results", list);
    char *path = must_print("%s/%s.json", (const char *)context,
                            g->file);
    int rv = json_file(all, path, fault);

    free(path);
    json_decref(list);
    json_decref(all);
    bytes_clear(&head);
    return rv;
}

int export_check50(struct class *c, const char *out,
                   struct fault *fault)
{
    if (folder_make(out, 0700, fault) < 0)
        return -1;
    return each_grade(c, true, c->o->exercise, put_check50, (void *)out,
                      fault);
}
