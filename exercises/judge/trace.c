/* trace.c - lines of the learner's files, from what sanitizers say */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "play.h"

enum { MOST_FRAMES = 12 };

static const char *source_named(const struct work *work,
                                const char *path)
{
    const char *slash = strrchr(path, '/');

    path = slash != NULL ? slash + 1 : path;
    for (size_t i = 0; i < work->len; i++)
        if (strcmp(work->sources[i].name, path) == 0)
            return work->sources[i].name;
    return NULL;
}

/* "map.c:9:14: runtime error: ..." */
static json_t *trace_ub(const struct work *work, const char *said)
{
    const char *p = strstr(said, ": runtime error:");
    char file[64];
    int line;

    while (p != NULL && p > said && p[-1] != '\n')
        p--;
    if (p == NULL || sscanf(p, "%63[^:]:%d:", file, &line) != 2)
        return NULL;
    const char *name = source_named(work, file);
    return name != NULL ? json_pack("[{s:s, s:i}]", "file", name,
                                    "line", line) : NULL;
}

/* Offsets of the first stack in said, from lines such as
 * "    #1 0x55... (/box/out/asan+0x4a2c)". */
static size_t offsets(const struct build *build, const char *said,
                      char at[][24])
{
    struct text mark = {0};
    const char *p = strstr(said, "    #0 ");
    size_t len = 0;
    int wanted = 0;

    text_put(&mark, "/%s+0x", build->name);
    for (; p != NULL && len < MOST_FRAMES; wanted++) {
        int number = -1;
        size_t line = strcspn(p, "\n");
        char *copy = need(strndup(p, line)), *found;

        if (sscanf(copy, " #%d 0x", &number) == 1 && number == wanted
            && (found = strstr(copy, text_chars(&mark))) != NULL) {
            unsigned long long n = strtoull(found + mark.len, NULL, 16);
            snprintf(at[len++], 24, "0x%llx", n - (number > 0));
        }
        free(copy);
        p = number == wanted && p[line] == '\n' ? p + line + 1 : NULL;
    }
    text_clear(&mark);
    return len;
}

/* addr2line's answers: a function, then file:line, for each. */
static json_t *frames(const struct work *work, char *said)
{
    json_t *list = json_array();
    char *function, *place;

    while ((function = strsep(&said, "\n")) != NULL
           && (place = strsep(&said, "\n")) != NULL) {
        char *colon = strrchr(place, ':');

        if (colon == NULL)
            continue;
        *colon = '\0';
        const char *name = source_named(work, place);
        int line = atoi(colon + 1);
        if (name != NULL && line > 0)
            json_array_append_new(list, json_pack("{s:s, s:s, s:i}",
                "function", function, "file", name, "line", line));
    }
    if (json_array_size(list) > 0)
        return list;
    json_decref(list);
    return NULL;
}

static json_t *stack(struct work *work, const struct build *build,
                     const char *output)
{
    char at[MOST_FRAMES][24];
    const char *argv[MOST_FRAMES + 6] = {"/usr/bin/addr2line", "-i",
                                         "-f", "-e", build->name};
    struct text said = {0};
    json_t *trace = NULL;
    size_t len = offsets(build, output, at);

    for (size_t i = 0; i < len; i++)
        argv[5 + i] = at[i];
    if (len > 0) {
        struct box box = {.where = "out", .argv = argv,
            .limits = {.cpu = 10, .data = (size_t)1 << 30, .file = 1,
                       .processes = 4}};

        if (box_run(work, &box, &said, 1 << 16, 30) == 0)
            trace = frames(work, said.s);
    }
    text_clear(&said);
    return trace;
}

json_t *trace_of(struct work *work, const struct build *build,
                 const char *output)
{
    json_t *trace = trace_ub(work, output);

    return trace != NULL ? trace : stack(work, build, output);
}

json_t *freed_of(struct work *work, const struct build *build,
                 const char *output)
{
    const char *freed = strstr(output, "\nfreed by thread");

    return freed != NULL ? stack(work, build, freed) : NULL;
}
