#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "whole.h"
#include "place.h"
#include "report.h"
#include "screen.h"

const char *text_at(json_t *object, const char *key)
{
    const char *text = json_string_value(json_object_get(object, key));

    return text ? text : "";
}

long long int_at(json_t *object, const char *key)
{
    return json_integer_value(json_object_get(object, key));
}

bool is_status(json_t *object, const char *status)
{
    return strcmp(text_at(object, "status"), status) == 0;
}

bool report_passed(json_t *report)
{
    return is_status(report, "pass");
}

json_t *report_failure(json_t *report)
{
    json_t *first = NULL, *check;
    size_t i;

    json_array_foreach(json_object_get(report, "checks"), i, check) {
        if (is_status(check, "pass") || is_status(check, "skipped"))
            continue;
        if (json_object_get(check, "case") != NULL)
            return check;
        if (first == NULL)
            first = check;
    }
    return first;
}

/* ---- a line of the file ------------------------------------------ */
void source_say(const struct exercise *e, const char *file, int number,
                int column, int indent)
{
    char *folder = learner_folder(e), *path = join(folder, file);
    char *text = strchr(file, '/') ? NULL : whole_read(path, NULL);
    const char *at = text;
    size_t len;

    for (int i = 1; at != NULL && i < number; i++)
        if ((at = strchr(at, '\n')) != NULL)
            at++;
    if (at != NULL && number > 0 && *at != '\0') {
        len = strcspn(at, "\n");
        say("%*s%5d | %.*s\n", indent, "", number, (int)len, at);
        if (column > 0 && (size_t)column <= len + 1) {
            say("%*s      | ", indent, "");
            for (int i = 1; i < column; i++)
                say("%c", at[i - 1] == '\t' ? '\t' : ' ');
            paint(BAD, "^\n");
        }
    }
    free(text);
    free(path);
    free(folder);
}

/* ---- the compiler ------------------------------------------------ */
/* The n-th coil_ name of a text, from 0; free it. */
static char *library_name(const char *text, size_t n)
{
    const char *at = text;

    while ((at = strstr(at, "coil_")) != NULL) {
        size_t len = 0;

        if (at == text || !(isalnum((unsigned char)at[-1]) ||
                            at[-1] == '_')) {
            while (isalnum((unsigned char)at[len]) || at[len] == '_')
                len++;
            if (n-- == 0)
                return must(strndup(at, len));
        }
        at += 5;
    }
    return NULL;
}

/* A compiler that knows no coil_a may ask whether coil_b was meant: of
 * the names, the first that the book defines.  Where none is found the
 * judge knows a section, but not for which of them. */
static void page_say(json_t *message)
{
    const char *text = text_at(message, "text");
    const char *see = text_at(message, "see");
    char *name = library_name(text, 0), *page = NULL;
    size_t names = 0;

    for (; name != NULL && !(page = page_of_name(name)); names++) {
        free(name);
        name = library_name(text, names + 1);
    }
    if (page == NULL && *see)
        page = page_of(see);
    if (name == NULL && names == 1)
        name = library_name(text, 0);
    if (page != NULL && name != NULL)
        say("      the book has %s: %s\n", name, page);
    else if (page != NULL)
        say("      the book: %s\n", page);
    free(page);
    free(name);
}

static void message_say(const struct exercise *e, json_t *report,
                        json_t *message)
{
    const char *file = text_at(message, "file");
    const struct exercise *owner = report_owner(e, report, file);
    bool error = strstr(text_at(message, "kind"), "error") != NULL;
    int line = (int)int_at(message, "line");

    say("   ");
    if (*file)
        paint(BOLD, "%s:%d: ", file, line);
    paint(error ? BAD : BOLD, "%s", text_at(message, "kind"));
    say(": ");
    say_verbatim(0, text_at(message, "text"));
    if (owner != NULL)
        source_say(owner, file, line, (int)int_at(message, "column"),
                   3);
    page_say(message);
}

/* Errors first: a reader mends the first, and the others often go. */
static void compiler_say(const struct exercise *e, json_t *report)
{
    json_t *all = json_object_get(json_object_get(report, "compile"),
                                  "messages"), *message;
    size_t i, shown = 0, more = 0;
    const char *kinds[] = { "error", "warning" };

    for (size_t k = 0; k < 2; k++)
        json_array_foreach(all, i, message) {
            if (strstr(text_at(message, "kind"), kinds[k]) == NULL)
                continue;
            if (shown < 3) {
                message_say(e, report, message);
                shown++;
            } else {
                more++;
            }
        }
    if (more > 0)
        say("   ... and %zu more\n", more);
}

/* The first line that calls the function, from 1; 0: none. */
static int line_of_call(const char *text, const char *function)
{
    size_t n = strlen(function);
    int number = 1;

    for (const char *at = text; *at != '\0'; at++) {
        const char *open = at + n;

        number += *at == '\n';
        if (strncmp(at, function, n) != 0 ||
            (at > text && (isalnum((unsigned char)at[-1]) ||
                           at[-1] == '_')))
            continue;
        if (open[strspn(open, " ")] == '(')
            return number;
    }
    return 0;
}

static bool call_say(const struct exercise *e, const char *function)
{
    char *folder = learner_folder(e);
    int line = 0;

    for (const char *const *f = e->files; f && *f && line == 0; f++) {
        char *path = join(folder, *f), *text = whole_read(path, NULL);

        line = text ? line_of_call(text, function) : 0;
        if (line > 0) {
            paint(BOLD, "      %s:%d\n", *f, line);
            source_say(e, *f, line, 0, 3);
        }
        free(text);
        free(path);
    }
    free(folder);
    return line > 0;
}

static bool prints(const char *symbol)
{
    static const char *const names[] = {
        "printf", "puts", "putchar", "fprintf", "fputs", "fputc",
        "fwrite", "stdout", "stderr",
    };

    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp(symbol, names[i]) == 0)
            return true;
    return false;
}

/* Compilers make puts of printf, and fwrite of fprintf. */
static void place_say(const struct exercise *e, const char *symbol)
{
    if (!call_say(e, symbol) && prints(symbol) &&
        !call_say(e, "printf"))
        call_say(e, "fprintf");
}

static void gate_say(const struct exercise *e, json_t *report)
{
    bool printing = false, may_print = false;

    json_t *all = json_object_get(report, "gate"), *one;
    size_t i;

    json_array_foreach(all, i, one) {
        say("   ");
        paint(BAD, "%s", text_at(one, "symbol"));
        say(": ");
        say_verbatim(0, text_at(one, "why"));
        place_say(report_blamed(e, report, text_at(one, "why")),
                  text_at(one, "symbol"));
        printing = printing || prints(text_at(one, "symbol"));
    }
    for (const char *const *name = e->allow; name && *name; name++)
        may_print = may_print || strcmp(*name, "printf") == 0;
    if (printing)
        say("   To see values, %s.\n", may_print ? "use printf" :
            "print them in your own test, or stop there with gdb");
}

/* ---- the whole --------------------------------------------------- */
static void heading_say(const struct exercise *e, json_t *report)
{
    char *label = format("ex:%s", e->name), *page = page_of(label);
    double score = json_number_value(json_object_get(report, "score"));

    paint(BOLD, "%s", e->name);
    say("  %s", e->title);
    if (json_object_get(report, "score") != NULL)
        say("   %g of %d points", score, e->points);
    if (page != NULL && strncmp(page, "page", 4) == 0)
        paint(SOFT, "   (chapter %d, %s)", exercise_chapter(e), page);
    say("\n");
    free(page);
    free(label);
}

static void passed_say(json_t *check)
{
    double earned = json_number_value(json_object_get(check, "earned"));

    paint(GOOD, ":) %s", text_at(check, "name"));
    say("  %s", text_at(check, "says"));
    paint(SOFT, "   [%g]\n", earned);
}

static void skipped_say(json_t *check)
{
    const char *needs = text_at(check, "needs");

    paint(SOFT, ":| %s", text_at(check, "name"));
    say("  %s", text_at(check, "says"));
    if (*needs)
        say("   not run: needs \"%s\"\n", needs);
    else
        say("   not run\n");
}

static void checks_say(const struct exercise *e, json_t *report)
{
    json_t *check;
    size_t i;

    json_array_foreach(json_object_get(report, "checks"), i, check) {
        if (is_status(check, "pass"))
            passed_say(check);
        else if (is_status(check, "skipped"))
            skipped_say(check);
        else
            failure_say(e, report, check);
    }
}

static void box_say(json_t *report)
{
    json_t *profile = json_object_get(report, "profile");

    if (strcmp(text_at(profile, "box"), "none") == 0)
        paint(SOFT, "(This ran without a box, under limits alone: "
                    "./coil doctor says why.)\n");
}

void report_say(const struct exercise *e, json_t *report)
{
    heading_say(e, report);
    linked_say(e, report);
    if (is_status(report, "grader-error")) {
        paint(BAD, "The judge failed, not you: ");
        say_verbatim(0, text_at(report, "reason"));
        return;
    }
    if (is_status(report, "compile-error")) {
        paint(BAD, "It does not compile.\n");
        if (*text_at(report, "reason")) {
            say("   ");
            say_verbatim(0, text_at(report, "reason"));
        }
    }
    compiler_say(e, report);
    if (is_status(report, "rejected")) {
        paint(BAD, "It uses what this exercise does not allow.\n");
        gate_say(e, report);
        return;
    }
    checks_say(e, report);
    box_say(report);
}

void report_next(const struct exercise *e, json_t *report, int hints,
                 bool last)
{
    json_t *failure = report_failure(report);

    if (is_status(report, "grader-error")) {
        say_next("./coil doctor");
        return;
    }
    if (report_passed(report)) {
        paint(GOOD, "Passed.");
        say(last ? "  That was the last one.\n" : "\n");
        say_next(last ? "./coil status   ·   ./coil solution %s" :
                 "./coil next   ·   ./coil solution %s   ·   "
                 "./coil submit %s", e->name, e->name);
        return;
    }
    say("next:  ");
    if (failure == NULL)
        say("change the file and save it, then ");
    paint(CODE, "./coil check");
    if (hints < 3) {
        say("   ·   ");
        paint(CODE, "./coil hint %d", hints + 1);
    }
    if (failure != NULL && json_object_get(failure, "case") != NULL) {
        say("   ·   ");
        paint(CODE, "./coil repro");
    }
    if (*text_at(failure, "heap")) {
        say("   ·   ");
        paint(CODE, "./coil heap");
    }
    say("\n");
}
