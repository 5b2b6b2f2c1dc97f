/* feedback.c - a report in words; see export.h */
#define _XOPEN_SOURCE 700
#include "export.h"
#include "graph.h"

#include <string.h>

void check_points(const json_t *report, const json_t *check,
                  double *earned, double *most)
{
    const json_t *other;
    double weights = 0;
    size_t i;

    json_array_foreach(json_object_get(report, "checks"), i, other)
        weights += json_double(other, "weight");
    double points = json_double(report, "points");
    double unit = weights > 0 ? points / weights : 0;

    *earned = json_double(check, "earned") * unit;
    *most = json_double(check, "weight") * unit;
}

static const char *meaning(const char *status)
{
    static const char *const means[][2] = {
        {"pass", "It passed."},
        {"wrong", "An answer was wrong."},
        {"crash", "The program crashed."},
        {"timeout", "It took too long."},
        {"memory", "It used memory wrongly, or too much."},
        {"output", "It printed too much."},
        {"leak", "Something was not freed."},
        {"ub", "It did what C does not define."},
        {"race", "Two threads used the same memory at once."},
        {"violation", "It did what a solution may not do."},
        {"skipped", "It was not run."},
        {"partial", "Some checks passed."},
        {"fail", "No check that gives points passed."},
        {"rejected", "It has something that is not allowed."},
        {"compile-error", "It does not compile."}
    };

    for (size_t i = 0; i < sizeof means / sizeof *means; i++) {
        if (strcmp(means[i][0], status) == 0)
            return means[i][1];
    }
    return status;
}

static void put_case(struct bytes *b, const json_t *the)
{
    const json_t *call;
    json_int_t at = json_integer_value(json_object_get(the, "at"));
    size_t i;

    bytes_print(b, "The smallest case that fails (> is the call):\n");
    json_array_foreach(json_object_get(the, "calls"), i, call)
        bytes_print(b, "%s %s\n", (json_int_t)i == at ? " >" : "  ",
                    json_string_value(call) ? json_string_value(call)
                    : "");
    bytes_print(b, "Expected: %s\nGot:      %s\n",
                json_text(the, "expected"), json_text(the, "got"));
}

static void put_trace(struct bytes *b, const json_t *trace)
{
    const json_t *frame;
    size_t i;

    bytes_print(b, "Where it was:\n");
    json_array_foreach(trace, i, frame)
        bytes_print(b, "   %s, %s:%lld\n", json_text(frame, "function"),
                    json_text(frame, "file"), (long long)
                    json_integer_value(json_object_get(frame, "line")));
}

static void put_text(void *context, enum graph_tone tone,
                     const char *text)
{
    (void)tone;
    bytes_print(context, "%s", text);
}

/* The answer may be wrong by one reference: it is seen in the heap. */
static void put_heap(struct bytes *b, const char *dot)
{
    const struct graph_pen pen = {
        .put = put_text, .context = b, .more = "... (there are more)"
    };

    bytes_print(b, "The objects when it failed:\n");
    graph_draw(&pen, dot, 3, 40);
}

void feedback_check(struct bytes *b, const json_t *check)
{
    const char *status = json_text(check, "status");
    const json_t *the = json_object_get(check, "case");
    const json_t *trace = json_object_get(check, "trace");
    const json_t *number = json_object_get(check, "signal");

    bytes_print(b, "%s\n", meaning(status));
    if (json_text(check, "needs")[0])
        bytes_print(b, "It needs the check %s to pass first.\n",
                    json_text(check, "needs"));
    if (strcmp(status, "pass") == 0)
        return;
    if (json_is_integer(number))
        bytes_print(b, "It ended by signal %lld.\n",
                    (long long)json_integer_value(number));
    if (json_is_object(the))
        put_case(b, the);
    if (json_text(check, "heap")[0])
        put_heap(b, json_text(check, "heap"));
    if (json_array_size(trace))
        put_trace(b, trace);
    if (json_text(check, "output")[0])
        bytes_print(b, "What it printed:\n%s\n",
                    json_text(check, "output"));
}

static void put_message(struct bytes *b, const json_t *m)
{
    long long line = json_integer_value(json_object_get(m, "line"));
    long long column = json_integer_value(json_object_get(m, "column"));

    bytes_print(b, "%s:%lld:%lld: %s: %s\n", json_text(m, "file"), line,
                column, json_text(m, "kind"), json_text(m, "text"));
}

void feedback_head(struct bytes *b, const json_t *report)
{
    const char *status = json_text(report, "status");
    const json_t *messages = json_object_get(json_object_get(report,
                                             "compile"), "messages");
    const json_t *gate = json_object_get(report, "gate");
    const json_t *one;
    size_t i;

    if (strcmp(status, "rejected") == 0 ||
        strcmp(status, "compile-error") == 0)
        bytes_print(b, "%s\n", meaning(status));
    json_array_foreach(messages, i, one)
        put_message(b, one);
    json_array_foreach(gate, i, one)
        bytes_print(b, "%s: %s\n", json_text(one, "symbol"),
                    json_text(one, "why"));
    if (json_text(report, "reason")[0])
        bytes_print(b, "%s\n", json_text(report, "reason"));
    bytes_add(b, "", 0);
}
