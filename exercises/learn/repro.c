/* repro.c - repro: the smallest failing case as a program */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "kit.h"
#include "learn.h"
#include "place.h"
#include "report.h"
#include "screen.h"
#include "state.h"
#include "whole.h"

/* ---- the text of the program ------------------------------------- */
static void write_string(FILE *out, const char *text)
{
    fputc('"', out);
    for (; *text != '\0'; text++) {
        if (*text == '"' || *text == '\\')
            fputc('\\', out);
        if (*text == '?')       /* no trigraphs */
            fputc('\\', out);
        fputc(*text, out);
    }
    fputc('"', out);
}

/* Into a comment: nothing that would end it. */
static void write_words(FILE *out, const char *text)
{
    for (; *text != '\0'; text++)
        fputc((unsigned char)*text < 0x20 ||
              (text[0] == '*' && text[1] == '/') ? ' ' : *text, out);
}

static void write_calls(FILE *out, json_t *one)
{
    json_t *calls = json_object_get(one, "calls"), *call;
    size_t i;

    fputs("static const char *const calls[] = {\n", out);
    json_array_foreach(calls, i, call) {
        const char *text = json_string_value(call);

        fputs("    ", out);
        write_string(out, text ? text : "");
        fputc(',', out);
        if (i == case_at(one)) {
            fputs("        /* expected ", out);
            write_words(out, text_at(one, "expected"));
            fputs(" */", out);
        }
        fputc('\n', out);
    }
    fputs("};\n\n", out);
}

/* drive.c has the conversation with the judge; here the calls
 * are ours. */
static const char program[] =
    "#define main judged_main\n"
    "#include \"drive.c\"\n"
    "#undef main\n"
    "#include \"driver.c\"\n"
    "\n"
    "%s"
    "static void replay(struct drive *d, const char *call)\n"
    "{\n"
    "    char *line = malloc(strlen(call) + 3);\n"
    "\n"
    "    if (line == NULL)\n"
    "        abort();\n"
    "    sprintf(line, \"0 %%s\", call);\n"
    "    parse(d, line);\n"
    "    d->size = 0;\n"
    "    printf(\"%%s\", call);\n"
    "    fflush(stdout);\n"
    "    find(d->op)->run(d);         /* calls your function */\n"
    "    printf(\"  ->  %%.*s\\n\", (int)d->size,\n"
    "           d->answer ? d->answer : \"\");\n"
    "    free(line);\n"
    "}\n"
    "\n"
    "int main(void)\n"
    "{\n"
    "    struct drive d = {0};\n"
    "\n"
    "    for (size_t i = 0; i < sizeof calls / sizeof *calls; i++)\n"
    "        replay(&d, calls[i]);\n"
    "    free(d.answer);\n"
    "    return 0;\n"
    "}\n";

static char *program_of(const struct exercise *e, json_t *check)
{
    char *calls = NULL, *text = NULL;
    size_t calls_size = 0, size = 0;
    FILE *list = open_memstream(&calls, &calls_size), *out;

    if (list == NULL)
        return NULL;
    write_calls(list, json_object_get(check, "case"));
    fclose(list);
    out = must(open_memstream(&text, &size));
    fprintf(out, "/* repro.c - the smallest case in which \"%s\" of %s "
            "failed\n *\n * ", text_at(check, "name"), e->name);
    write_words(out, text_at(check, "says"));
    fputs(".\n */\n", out);
    fprintf(out, program, calls);
    fclose(out);
    free(calls);
    return text;
}

/* ---- the command ------------------------------------------------- */
static int write_program(const struct exercise *e, json_t *check,
                         const char *folder)
{
    char *path = join(folder, "repro.c"), *text = program_of(e, check);
    int rv = 0;

    if (text == NULL || path_make(folder) < 0 ||
        whole_write(path, text, strlen(text)) < 0)
        rv = refuse("free some room, then ./coil repro",
                    "%s could not be written: %s", path,
                    strerror(errno));
    else
        say("The smallest case in which \"%s\" failed: %s\n",
            text_at(check, "name"), path);
    free(text);
    free(path);
    return rv;
}

/* Which other checks could be asked for? */
static void others_say(json_t *report, json_t *shown)
{
    json_t *check;
    size_t i;

    json_array_foreach(json_object_get(report, "checks"), i, check)
        if (check != shown && json_object_get(check, "case") != NULL) {
            say("other:  ");
            paint(CODE, "./coil repro %s --check %s\n",
                  text_at(report, "exercise"), text_at(check, "name"));
        }
}

/* What only the sanitizer sees is shown by a program that has it; under
 * gdb it cannot look for leaks. */
static int repro(const struct exercise *e, json_t *report,
                 json_t *check)
{
    bool asan = strcmp(text_at(check, "build"), "asan") == 0;
    char *folder = learner_folder(e),
         *build = kit_command(e, folder, "repro", report_own(report),
                              asan);
    int line;
    char *stop = case_function(e, json_object_get(check, "case"),
                               &line);
    int rv = write_program(e, check, folder);

    if (rv == 0) {
        say("\nbuild:  ");
        paint(CODE, "%s\n", build);
        say("run:    ");
        paint(CODE, "%s/repro\n", folder);
        say("step:   ");
        paint(CODE, "gdb %s-ex 'break %s' -ex run %s/repro\n", asan ?
              "-ex 'set environment ASAN_OPTIONS detect_leaks=0' " :
              "", stop ? stop : "replay", folder);
        others_say(report, check);
        say_next("type these three lines, here: in %s",
                 "the folder of the project");
    }
    free(stop);
    free(build);
    free(folder);
    return rv;
}

static json_t *named(json_t *report, const char *name)
{
    json_t *check;
    size_t i;

    json_array_foreach(json_object_get(report, "checks"), i, check)
        if (strcmp(text_at(check, "name"), name) == 0)
            return check;
    return NULL;
}

int learn_repro(int argc, char **argv)
{
    struct asked w;
    json_t *report, *check;
    int rv;

    if (asked_read(&w, argc, argv, "check") != 0)
        return 1;
    report = report_read(w.exercise->name);
    check = w.check ? named(report, w.check) : report_failure(report);
    if (report == NULL)
        rv = refuse("./coil check", "%s was not checked yet",
                    w.exercise->name);
    else if (check == NULL || json_object_get(check, "case") == NULL)
        rv = refuse("./coil check",
                    "no %s of %s failed in a case, when it "
                    "was last checked",
                    w.check ? w.check : "check", w.exercise->name);
    else
        rv = repro(w.exercise, report, check);
    json_decref(report);
    return rv;
}
