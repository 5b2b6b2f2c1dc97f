#include <ctype.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "whole.h"
#include "heap.h"
#include "place.h"
#include "report.h"
#include "screen.h"

enum { COLUMN = 14 };           /* where the texts begin */

static const struct {
    const char *status, *means;
} meanings[] = {
    { "wrong", "Your code gives another answer." },
    { "crash", "Your code crashed." },
    { "timeout", "Your code did not come back in time." },
    { "memory", "Your code took more memory than it may." },
    { "output", "Your code printed more than it may." },
    { "leak", "Something is still alive at the end." },
    { "ub",
      "A sanitizer stopped your code: its behavior is undefined." },
    { "race", "Two threads use the same memory without a lock." },
    { "violation", "Your code ended the process, or used a descriptor "
                   "that is not its own." },
};

static void field(const char *name)
{
    say("   %s:%*s", name, COLUMN - 4 - (int)strlen(name), "");
}

static void block(const char *name)
{
    say("   %s:\n", name);
}

static void signal_say(json_t *check)
{
    long long number = int_at(check, "signal");

    if (number > 0 && number < 65)
        say("  Signal %lld: %s.", number, strsignal((int)number));
}

static void head_say(json_t *check)
{
    double earned = json_number_value(json_object_get(check, "earned"));
    double weight = json_number_value(json_object_get(check, "weight"));

    paint(BAD, ":( %s", text_at(check, "name"));
    say("  %s", text_at(check, "says"));
    paint(SOFT, "   [%g of %g]\n", earned, weight);
    say("   ");
    for (size_t i = 0; i < sizeof meanings / sizeof *meanings; i++)
        if (is_status(check, meanings[i].status))
            say("%s", meanings[i].means);
    signal_say(check);
    if (*text_at(check, "build") &&
        strcmp(text_at(check, "build"), "plain") != 0)
        paint(SOFT, "  (build: %s)", text_at(check, "build"));
    say("\n");
    if (*text_at(check, "reason"))
        say_verbatim(3, text_at(check, "reason"));
}

size_t case_at(json_t *one)
{
    json_t *at = json_object_get(one, "at");

    return json_is_integer(at) ? (size_t)json_integer_value(at) :
                                 SIZE_MAX;
}

char *case_function(const struct exercise *e, json_t *one)
{
    const char *call = json_string_value(
        json_array_get(json_object_get(one, "calls"), case_at(one)));
    char *folder = learner_folder(e);
    char *name = call ? format("%s_%.*s", strrchr(folder, '/') + 1,
                               (int)strcspn(call, " "), call) : NULL;

    free(folder);
    return name;
}

/* ---- the case ---------------------------------------------------- */
static void call_say(json_t *calls, size_t i, size_t at)
{
    const char *call = json_string_value(json_array_get(calls, i));

    say("%*s", COLUMN, "");
    if (i == at)
        paint(BAD, "▶ ");
    else
        say("  ");
    say_verbatim(0, call ? call : "");
}

/* All calls of a short case; of a long one those around the failing. */
static void calls_say(json_t *calls, size_t at)
{
    size_t n = json_array_size(calls);
    size_t last = at < n ? at : n - 1;
    size_t first = n > 16 && last > 10 ? last - 10 : 0;
    size_t end = n > first + 16 ? first + 16 : n;

    if (first > 0)
        say("%*s  ... %zu before\n", COLUMN, "", first);
    for (size_t i = first; i < end; i++)
        call_say(calls, i, at);
    if (end < n)
        say("%*s  ... %zu after\n", COLUMN, "", n - end);
}

static void answer_say(const char *name, json_t *answer)
{
    const char *text = json_string_value(answer);

    if (text == NULL)
        return;
    field(name);
    say_verbatim(0, *text ? text : "(nothing)");
}

static void case_say(json_t *one)
{
    json_t *calls = json_object_get(one, "calls");
    size_t n = json_array_size(calls);

    field("your code");
    say("the smallest case of %lld tried: %zu call%s",
        int_at(one, "tried"), n, n == 1 ? "" : "s");
    if (*text_at(one, "seed"))
        paint(SOFT, " (seed %s)", text_at(one, "seed"));
    say("\n");
    calls_say(calls, case_at(one));
    answer_say("expected", json_object_get(one, "expected"));
    answer_say("got", json_object_get(one, "got"));
}

/* ---- where ------------------------------------------------------- */
static bool is_learners(const struct exercise *e, const char *file)
{
    for (const char *const *f = e->files; f && *f; f++)
        if (strcmp(*f, file) == 0)
            return true;
    return false;
}

static bool trace_say(const struct exercise *e, json_t *check)
{
    json_t *frame;
    size_t i;

    json_array_foreach(json_object_get(check, "trace"), i, frame) {
        const char *file = text_at(frame, "file");
        int line = (int)int_at(frame, "line");

        if (!is_learners(e, file))
            continue;
        field("where");
        paint(BOLD, "%s:%d", file, line);
        if (*text_at(frame, "function"))
            say(", in %s", text_at(frame, "function"));
        say("\n");
        source_say(e, file, line, 0, COLUMN);
        return true;
    }
    return false;
}

/* Does the definition of a function begin in this line? */
static bool begins(const char *line, size_t len, const char *function)
{
    size_t n = strlen(function);

    if (len == 0 || isspace((unsigned char)line[0]))
        return false;
    for (size_t i = 0; i + n < len; i++)
        if (strncmp(line + i, function, n) == 0 && line[i + n] == '(' &&
            (i == 0 || !(isalnum((unsigned char)line[i - 1]) ||
                         line[i - 1] == '_')))
            return memchr(line, ';', len) == NULL;
    return false;
}

static int line_of(const char *text, const char *function)
{
    int number = 1;

    for (const char *at = text; *at != '\0'; number++) {
        size_t len = strcspn(at, "\n");

        if (begins(at, len, function))
            return number;
        at += len + (at[len] == '\n');
    }
    return 0;
}

static void function_say(const struct exercise *e, json_t *one)
{
    char *folder = learner_folder(e);
    char *function = case_function(e, one);

    for (const char *const *f = e->files; function && f && *f; f++) {
        char *path = join(folder, *f), *text = whole_read(path, NULL);
        int line = text ? line_of(text, function) : 0;

        if (line > 0) {
            field("where");
            paint(BOLD, "%s:%d", *f, line);
            say(", %s begins here\n", function);
            source_say(e, *f, line, 0, COLUMN);
        }
        free(text);
        free(path);
    }
    free(function);
    free(folder);
}

/* ---- the whole --------------------------------------------------- */
static void output_say(const char *output)
{
    size_t lines = 0, n = 0;
    char *first;

    while (output[n] != '\0' && lines < 12)
        lines += output[n++] == '\n';
    if (n == 0)
        return;
    first = must(strndup(output, n));
    block("printed");
    say_verbatim(COLUMN, first);
    if (output[n] != '\0')
        say("%*s...\n", COLUMN, "");
    free(first);
}

static void count_say(json_t *check)
{
    json_t *ratio = json_object_get(check, "ratio");

    if (!json_is_number(ratio))
        return;
    field("instructions");
    say("%.2f times those of the reference\n",
        json_number_value(ratio));
}

void failure_say(const struct exercise *e, json_t *check)
{
    json_t *one = json_object_get(check, "case");
    char *page = NULL;

    head_say(check);
    if (one != NULL)
        case_say(one);
    count_say(check);
    if (!trace_say(e, check) && one != NULL)
        function_say(e, one);
    if (*text_at(check, "heap")) {
        block("heap");
        heap_draw(text_at(check, "heap"), COLUMN, 12);
    }
    output_say(text_at(check, "output"));
    if (*text_at(check, "see") &&
        (page = page_of(text_at(check, "see")))) {
        field("the book");
        say("%s\n", page);
    }
    free(page);
}
