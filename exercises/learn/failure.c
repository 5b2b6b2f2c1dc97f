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

/* What the sanitizers say, as far as a learner can use it. */
static const struct {
    const char *said, *means;
} faults[] = {
    { "heap-use-after-free", "Memory was used after it was freed." },
    { "double-free", "The same memory was freed twice." },
    { "heap-buffer-overflow", "Memory beside a block was used." },
    { "stack-buffer-overflow", "Memory beside a variable was used." },
    { "stack-overflow",
      "The stack is full: too many calls within calls." },
    { "null pointer", "NULL was used as if it led to something." },
    { "points to the zero page",
      "NULL was used as if it led to something." },
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

static void fault_say(json_t *check)
{
    const char *output = text_at(check, "output");

    if (strstr(output, "Sanitizer") == NULL)
        return;
    for (size_t i = 0; i < sizeof faults / sizeof *faults; i++)
        if (strstr(output, faults[i].said) != NULL) {
            say("   %s\n", faults[i].means);
            return;
        }
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
    fault_say(check);
    if (*text_at(check, "reason"))
        say_verbatim(3, text_at(check, "reason"));
}

size_t case_at(json_t *one)
{
    json_t *at = json_object_get(one, "at");

    return json_is_integer(at) ? (size_t)json_integer_value(at) :
                                 SIZE_MAX;
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

/* What every driver knows, and what goes without saying. */
static const char *const known[] = {
    "fail N: of the requests for memory from here on, number N fails, "
    "counted from 0",
    "close: the case gives back all it has; live: what is still alive",
    NULL,
};

/* Does the case call what a line "op ARGUMENTS: meaning" explains? */
static bool explains(const char *line, json_t *calls)
{
    size_t i, n = strcspn(line, " :");
    json_t *call;

    json_array_foreach(calls, i, call) {
        const char *text = json_string_value(call);

        if (text && strncmp(text, line, n) == 0 &&
            (text[n] == ' ' || text[n] == '\0'))
            return true;
    }
    return false;
}

static void words_say(const struct exercise *e, json_t *calls)
{
    const char *const *const lists[] = { e->calls, known };
    bool first = true;

    for (size_t i = 0; i < 2; i++)
        for (const char *const *p = lists[i]; p && *p; p++)
            if (explains(*p, calls)) {
                if (first)
                    block("in words");
                say_lines(COLUMN, *p);
                first = false;
            }
}

static void case_say(const struct exercise *e, json_t *one)
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
    words_say(e, calls);
}

/* ---- where ------------------------------------------------------- */
/* The innermost of these lines that is the learner's. */
static bool trace_say(const struct exercise *e, json_t *report,
                      json_t *check, const char *member,
                      const char *name)
{
    json_t *frame;
    size_t i;

    json_array_foreach(json_object_get(check, member), i, frame) {
        const char *file = text_at(frame, "file");
        int line = (int)int_at(frame, "line");
        const struct exercise *owner = report_owner(e, report, file);

        if (owner == NULL)
            continue;
        field(name);
        paint(BOLD, "%s:%d", file, line);
        if (*text_at(frame, "function"))
            say(", in %s", text_at(frame, "function"));
        if (owner != e)
            say(", of your %s", owner->name);
        say("\n");
        source_say(owner, file, line, 0, COLUMN);
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

/* The file in which a function is defined, or NULL, and the line. */
static const char *file_of(const struct exercise *e,
                           const char *function, int *line)
{
    char *folder = learner_folder(e);
    const char *file = NULL;

    for (const char *const *f = e->files; !file && f && *f; f++) {
        char *path = join(folder, *f), *text = whole_read(path, NULL);

        *line = text ? line_of(text, function) : 0;
        if (*line > 0)
            file = *f;
        free(text);
        free(path);
    }
    free(folder);
    return file;
}

/* map_class for "class 512", if the learner has defined it. */
static char *function_of(const struct exercise *e, const char *call,
                         int *line)
{
    char *folder = learner_folder(e);
    char *name = format("%s_%.*s", strrchr(folder, '/') + 1,
                        (int)strcspn(call, " "), call);

    free(folder);
    if (file_of(e, name, line) != NULL)
        return name;
    free(name);
    return NULL;
}

char *case_function(const struct exercise *e, json_t *one, int *line)
{
    json_t *calls = json_object_get(one, "calls");
    size_t at = case_at(one);
    const char *call = json_string_value(json_array_get(calls, at));
    char *name = call ? function_of(e, call, line) : NULL;

    /* What is still alive at the end, or breaks there, an earlier call
     * has made. */
    if (call == NULL || strcmp(call, "close") == 0)
        for (size_t i = call ? at : json_array_size(calls);
             name == NULL && i > 0; i--) {
            call = json_string_value(json_array_get(calls, i - 1));
            name = call ? function_of(e, call, line) : NULL;
        }
    return name;
}

static void function_say(const struct exercise *e, json_t *one)
{
    int line = 0;
    char *function = case_function(e, one, &line);

    if (function != NULL) {
        const char *file = file_of(e, function, &line);

        field("where");
        paint(BOLD, "%s:%d", file, line);
        say(", %s begins here\n", function);
        source_say(e, file, line, 0, COLUMN);
    }
    free(function);
}

/* ---- the whole --------------------------------------------------- */
static bool starts(const char *line, const char *with)
{
    return strncmp(line, with, strlen(with)) == 0;
}

/* Addresses say nothing to a reader: `where` and `freed` have what they
 * stand for.  "    #3 0x5555 (/box/out/asan+0x1234)", a row of "=". */
static bool is_noise(const char *line, size_t len)
{
    size_t blanks = strspn(line, " ");

    return blanks == len || strspn(line, "=") == len ||
           starts(line, "freed by thread") ||
           starts(line, "previously allocated by") ||
           (blanks > 0 && line[blanks] == '#' &&
            isdigit((unsigned char)line[blanks + 1]));
}

/* A sanitizer's summary, and bytes in hexadecimal, come last. */
static void output_say(const char *output)
{
    size_t lines = 0;

    for (const char *at = output;
         *at != '\0' && !starts(at, "SUMMARY: ");) {
        size_t len = strcspn(at, "\n");
        char *line = must(strndup(at, len));

        if (!is_noise(at, len)) {
            if (lines == 0)
                block("printed");
            if (lines++ < 12)
                say_verbatim(COLUMN, line);
        }
        free(line);
        at += len + (at[len] == '\n');
    }
    if (lines > 12)
        say("%*s...\n", COLUMN, "");
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

void failure_say(const struct exercise *e, json_t *report,
                 json_t *check)
{
    json_t *one = json_object_get(check, "case");
    char *page = NULL;

    head_say(check);
    if (one != NULL)
        case_say(e, one);
    count_say(check);
    if (!trace_say(e, report, check, "trace", "where") && one != NULL)
        function_say(e, one);
    trace_say(e, report, check, "freed", "freed");
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
