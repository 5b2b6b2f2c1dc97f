/* main.c - coil-tool judge NAME FOLDER */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

#include "from.h"
#include "judge.h"
#include "report.h"
#include "tool.h"

static int usage(void)
{
    fputs("usage: coil-tool judge NAME FOLDER [--seed HEX] [--check "
          "NAME]\n"
          "           [--json FILE] [--reproducible] [--others]\n"
          "           [--solutions FOLDER]\n",
          stderr);
    return 2;
}

/* Options into o; NULL in *json: none.  -1: there is another word. */
static int parse(int argc, char **argv, struct judge_options *o,
                 const char **json)
{
    for (int i = 0; i < argc; i++) {
        const char *value = i + 1 < argc ? argv[i + 1] : NULL;
        const char **to = strcmp(argv[i], "--seed") == 0    ? &o->seed
                          : strcmp(argv[i], "--check") == 0 ? &o->check
                          : strcmp(argv[i], "--solutions") == 0
                              ? &o->solutions
                          : strcmp(argv[i], "--json") == 0 ? json
                                                           : NULL;

        if (strcmp(argv[i], "--reproducible") == 0)
            o->reproducible = true;
        else if (strcmp(argv[i], "--others") == 0)
            o->others = true;
        else if (to == NULL || value == NULL)
            return -1;
        else
            *to = argv[++i];
    }
    if (o->seed == NULL)
        return 0;
    size_t len = strspn(o->seed, "0123456789abcdef");
    return len > 0 && len <= 16 && o->seed[len] == '\0' ? 0 : -1;
}

static int save(const json_t *report, const char *path)
{
    if (strcmp(path, "-") == 0)
        return json_dumpf(report, stdout, JSON_INDENT(1)) < 0
               || putchar('\n') == EOF ? -1 : 0;
    char *whole = from_caller(path);
    int rv = json_dump_file(report, whole, JSON_INDENT(1));

    if (rv < 0)
        fprintf(stderr, "coil-tool: %s cannot be written\n", whole);
    free(whole);
    return rv;
}

static json_t *judge_there(const struct exercise *ex, const char *path,
                           struct judge_options *o)
{
    char *folder = from_caller(path);
    char *solutions = o->solutions ? from_caller(o->solutions) : NULL;

    o->solutions = solutions;
    json_t *report = judge(ex, folder, o);
    o->solutions = NULL;
    free(solutions);
    free(folder);
    return report;
}

/* 0: all passed; 1: not all; 3: the judge failed */
int judge_main(int argc, char **argv)
{
    struct judge_options o = {0};
    const char *json = NULL;
    char seed[24];
    uint64_t number = 0;

    if (argc < 3 || parse(argc - 3, argv + 3, &o, &json) < 0)
        return usage();
    const struct exercise *ex = exercise_find(argv[1]);
    if (ex == NULL) {
        fprintf(stderr, "coil-tool: there is no exercise %s\n",
                argv[1]);
        return 2;
    }
    if (o.seed == NULL && getrandom(&number, sizeof number, 0) > 0) {
        snprintf(seed, sizeof seed, "%" PRIx64, number);
        o.seed = seed;
    }
    json_t *report = judge_there(ex, argv[2], &o);
    const char *status = json_string_value(
        json_object_get(report, "status"));
    int rv = strcmp(status, "pass") == 0 ? 0
             : strcmp(status, "grader-error") == 0 ? 3 : 1;

    if (json == NULL)
        report_text(report, stdout);
    else if (save(report, json) < 0)
        rv = 3;
    json_decref(report);
    return rv;
}
