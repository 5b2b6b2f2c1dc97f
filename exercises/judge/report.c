/* report.c - a report for a person */
#include "report.h"

#include <stdbool.h>
#include <string.h>

static const char *text_at(const json_t *o, const char *name)
{
    const char *s = json_string_value(json_object_get(o, name));

    return s != NULL ? s : "";
}

static long long int_at(const json_t *o, const char *name)
{
    return json_integer_value(json_object_get(o, name));
}

static void say_messages(const json_t *compile, FILE *out)
{
    size_t i;
    json_t *m;

    json_array_foreach(json_object_get(compile, "messages"), i, m) {
        const char *file = text_at(m, "file"), *see = text_at(m, "see");

        fprintf(out, "   ");
        if (*file != '\0')
            fprintf(out, "%s:%lld: ", file, int_at(m, "line"));
        fprintf(out, "%s: %s\n", text_at(m, "kind"),
                text_at(m, "text"));
        if (*see != '\0')
            fprintf(out, "      see the book, %s\n", see);
    }
}

static void say_gate(const json_t *gate, FILE *out)
{
    size_t i;
    json_t *g;

    json_array_foreach(gate, i, g) fprintf(
        out, "   %s: %s\n", text_at(g, "symbol"), text_at(g, "why"));
}

static void say_case(const json_t *c, FILE *out)
{
    const json_t *calls = json_object_get(c, "calls");
    const json_t *at = json_object_get(c, "at");
    size_t i;
    json_t *call;

    fprintf(out, "   calls:     ");
    json_array_foreach(calls, i, call) fprintf(
        out, "%s%s", i > 0 ? "; " : "", json_string_value(call));
    fprintf(out, "\n");
    if (at != NULL) {
        fprintf(out, "   at:        %s\n   expected:  %s\n",
                json_string_value(json_array_get(
                    calls, (size_t)json_integer_value(at))),
                text_at(c, "expected"));
        if (json_object_get(c, "got") != NULL)
            fprintf(out, "   got:       %s\n", text_at(c, "got"));
    }
    fprintf(
        out, "   smallest case of %lld tried (seed %s, %zu calls)\n",
        int_at(c, "tried"), text_at(c, "seed"), json_array_size(calls));
}

static const char *meaning(const char *status)
{
    static const char *const means[][2] = {
        {"wrong", "another answer was expected"},
        {"crash", "the program was ended by a fault"},
        {"timeout", "it did not answer in time"},
        {"memory", "it took too much memory"},
        {"output", "it printed more than is read"},
        {"leak", "memory was not returned"},
        {"ub", "what it did is undefined in C"},
        {"race", "two threads met without a lock"},
        {"violation", "it did not answer as a program under test does, "
                      "or ended too early"},
    };

    for (size_t i = 0; i < sizeof means / sizeof *means; i++)
        if (strcmp(means[i][0], status) == 0)
            return means[i][1];
    return status;
}

static void say_failure(const json_t *check, FILE *out)
{
    const json_t *c = json_object_get(check, "case");
    const char *output = text_at(check, "output");
    size_t i;
    json_t *frame;

    fprintf(out, "   %s: %s", text_at(check, "status"),
            meaning(text_at(check, "status")));
    if (json_object_get(check, "signal") != NULL)
        fprintf(out, " (signal %lld)", int_at(check, "signal"));
    fprintf(out, ", build %s\n", text_at(check, "build"));
    if (c != NULL)
        say_case(c, out);
    json_array_foreach(json_object_get(check, "trace"), i, frame)
        fprintf(out, "   %s %s:%lld %s\n",
                i == 0 ? "where:    " : "from:     ",
                text_at(frame, "file"), int_at(frame, "line"),
                text_at(frame, "function"));
    if (json_object_get(check, "heap") != NULL)
        fprintf(out, "   heap:      a picture is in the report\n");
    if (*output != '\0') {
        fprintf(out, "   it printed:\n");
        for (int lines = 0; *output != '\0' && lines < 12; lines++) {
            size_t len = strcspn(output, "\n");

            fprintf(out, "      | %.*s\n", (int)len, output);
            output += len + (output[len] == '\n');
        }
    }
}

static void say_check(const json_t *check, FILE *out)
{
    const char *status = text_at(check, "status");
    bool pass = strcmp(status, "pass") == 0;
    bool skipped = strcmp(status, "skipped") == 0;

    fprintf(out, "%s %-50s [%lld of %lld]\n",
            pass      ? ":)"
            : skipped ? ":|"
                      : ":(",
            text_at(check, "says"), int_at(check, "earned"),
            int_at(check, "weight"));
    if (skipped)
        fprintf(out, "   not run: it needs \"%s\"\n",
                text_at(check, "needs"));
    else if (!pass)
        say_failure(check, out);
}

void report_text(const json_t *report, FILE *out)
{
    const json_t *profile = json_object_get(report, "profile");
    const json_t *score = json_object_get(report, "score");
    size_t i;
    json_t *check;

    if (*text_at(profile, "warning") != '\0')
        fprintf(out, "WARNING: %s\n", text_at(profile, "warning"));
    say_messages(json_object_get(report, "compile"), out);
    say_gate(json_object_get(report, "gate"), out);
    json_array_foreach(json_object_get(report, "checks"), i, check)
        say_check(check, out);
    if (*text_at(report, "reason") != '\0')
        fprintf(out, "The judge itself failed: %s\n",
                text_at(report, "reason"));
    fprintf(out, "%s: %s", text_at(report, "exercise"),
            text_at(report, "status"));
    if (score != NULL)
        fprintf(out, ", %g of %lld points", json_number_value(score),
                int_at(report, "points"));
    fprintf(out, " (seed %s)\n", text_at(report, "seed"));
}
