/* played.c - a judge for the tests of the tool, which says what it is
 * told
 *
 * The learner's file names the report, in a line "// report: NAME":
 * then what is said is reports/NAME.json.  After "// wait" it first
 * waits until there is a file "go".  The exercises are those of a book
 * of two chapters.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "../../judge/box.h"
#include "../../judge/judge.h"
#include "../../judge/model.h"
#include "../../judge/tool.h"
#include "../whole.h"

static const char *const map_files[] = { "map.c", NULL };
static const char *const list_files[] = { "list.c", "extra.c", NULL };
static const char *const nothing[] = { NULL };

static const struct check map_checks[] = {
    { .name = "classes",
      .says = "every size has its class",
      .weight = 3 },
    { .name = "limits", .says = "the borders are right", .weight = 7 },
    { .name = NULL },
};
static const struct check list_checks[] = {
    { .name = "speed", .says = "as fast as the book's", .weight = 1,
      .builds = "count", .ratio = 2 },
    { .name = NULL },
};
static const struct model map_model = { "pools-map", map_checks, NULL,
                                        NULL,        NULL,       NULL,
                                        NULL };
static const struct model list_model = {
    "pools-list", list_checks, NULL, NULL, NULL, NULL, NULL
};

static const struct exercise all[] = {
    { .name = "objects-idea",
      .chapter = "01-objects",
      .title = "An idea",
      .stars = 1,
      .minutes = 5,
      .statement = "Think of it.",
      .files = nothing,
      .allow = nothing },
    { .name = "pools-map",
      .chapter = "04-pools",
      .title = "Which class?",
      .stars = 1,
      .minutes = 20,
      .points = 10,
      .judged = true,
      .statement =
          "Write map_class.\n\n- a point that is long enough to "
          "be broken into two lines, as points in a list of a book "
          "are\n"
          "- another",
      .files = map_files,
      .allow = nothing,
      .builds = "plain",
      .hints = { "Look at the borders.", "Divide by 16.",
                 "(size - 1) / 16" },
      .calls = (const char *const[]){ "class N: map_class of N",
                                      "size C: map_size of C", NULL },
      .model = &map_model,
      .given = "exercises/04-pools/map/given",
      .staff = "exercises/04-pools/map/staff" },
    { .name = "pools-list",
      .chapter = "04-pools",
      .title = "A free list",
      .stars = 2,
      .minutes = 60,
      .points = 20,
      .judged = true,
      .statement = "Write an allocator.",
      .files = list_files,
      .allow = nothing,
      .builds = "plain",
      .hints = { "A", "B", "C" },
      .model = &list_model,
      .given = "exercises/04-pools/list/given",
      .staff = "exercises/04-pools/list/staff" },
    { .name = NULL },
};

const struct exercise *exercise_all(void)
{
    return all;
}

const struct exercise *exercise_find(const char *name)
{
    for (const struct exercise *e = all; e->name; e++)
        if (strcmp(e->name, name) == 0)
            return e;
    return NULL;
}

const char kit_folder[] = "kit";

static json_t *said(const char *reason)
{
    return json_pack("{s:i, s:s, s:s}", "version", 1, "status",
                     "grader-error", "reason", reason);
}

json_t *judge(const struct exercise *exercise, const char *folder,
              const struct judge_options *options)
{
    char *path = join(folder, exercise->files[0]);
    char *text = whole_read(path, NULL), name[64] = "";
    const char *line;
    struct timespec moment = { .tv_nsec = 10000000 };
    json_t *report = NULL;

    if (options->progress != NULL)
        options->progress(options->context, "compile", 1, 3);
    while (text && strstr(text, "// wait") && !path_is("go"))
        nanosleep(&moment, NULL);
    free(text);                 /* it may have changed meanwhile */
    text = whole_read(path, NULL);
    line = text ? strstr(text, "// report: ") : NULL;
    if (line != NULL && sscanf(line, "// report: %63s", name) == 1) {
        free(path);
        path = format("reports/%s.json", name);
        report = json_load_file(path, 0, NULL);
    }
    if (report != NULL)
        json_object_set_new(report, "seed", json_string(options->seed));
    free(text);
    free(path);
    return report ? report : said("no report of that name");
}

/* A box, but where PLAYED_BOX is none. */
void profile_open(struct profile *profile)
{
    const char *box = getenv("PLAYED_BOX");

    *profile = (struct profile){
        .boxed = box == NULL || strcmp(box, "none") != 0, .uid = 64000,
        .own = true, .lock = -1, .cgroup = "none",
    };
}

void profile_close(struct profile *profile)
{
    (void)profile;
}

int seccomp_file(bool trace)
{
    (void)trace;
    return -1;
}

/* The command, which these tests do not use. */
int judge_main(int argc, char **argv)
{
    (void)argc;
    (void)argv;
    return 2;
}
