/* take.c - the files to judge, and those of what they build on */
#include <string.h>

#include "sha256.h"
#include "work.h"

void reject(struct work *work, const char *status)
{
    json_object_set_new(work->report, "status", json_string(status));
}

static void say_taken(json_t *files, const struct source *source)
{
    char hex[65];
    struct sha256_ctx hash;

    sha256_init(&hash);
    sha256_update(&hash, source->text.len,
                  (const uint8_t *)text_chars(&source->text));
    sha256_hex(&hash, hex);
    json_array_append_new(
        files,
        json_pack("{s:s, s:s, s:I}", "name", source->name, "sha256",
                  hex, "bytes", (json_int_t)source->text.len));
}

static void take_own(struct work *work, const char *folder)
{
    json_t *gate = json_object_get(work->report, "gate");

    for (const char *const *f = work->exercise->files; *f != NULL;
         f++) {
        struct source *source = &work->sources[work->len++];

        *source = (struct source){.exercise = work->exercise,
            .name = *f};
        const char *why = take_file(folder, *f, &source->text);
        if (why != NULL) {
            gate_add(gate, *f, "%s", why);
            continue;
        }
        say_taken(json_object_get(work->report, "files"), source);
        if (!work->trusted)
            gate_source(source, gate);
    }
}

/* The folder that has the files of an exercise that is needed. */
static void needed_folder(const struct work *work,
                          const struct exercise *ex,
                          struct text *folder)
{
    if (work->options->solutions == NULL)
        text_put(folder, "%s/reference", ex->staff);
    else
        text_put(folder, "%s/%s/%s", work->options->solutions,
                 ex->chapter, strchr(ex->name, '-') + 1);
}

/* The files of an earlier exercise: the reference, or all of the
 * learner's.  Those obey the rules of their own exercise. */
static int take_needed(struct work *work, const struct exercise *ex,
                       json_t *files)
{
    bool own = work->options->solutions != NULL;
    json_t *gate = json_object_get(work->report, "gate");
    struct text folder = {0};
    int rv = 0;

    needed_folder(work, ex, &folder);
    for (const char *const *f = ex->files; rv == 0 && *f != NULL; f++) {
        struct source *source = &work->sources[work->len++];

        *source = (struct source){.exercise = ex, .name = *f,
            .given = !own};
        const char *why = take_file(text_chars(&folder), *f,
                                    &source->text);
        if (why != NULL && !own)
            rv = fault(work, "%s of %s: %s", *f, ex->name, why);
        else if (why != NULL)
            gate_add(gate, *f, "of %s: %s", ex->name, why);
        else
            say_taken(files, source);
        if (why == NULL && own && !work->trusted)
            gate_source(source, gate);
    }
    text_clear(&folder);
    return rv;
}

static int take_all_needed(struct work *work)
{
    bool own = work->options->solutions != NULL;

    for (const struct exercise *ex = work->exercise;
         ex->needs != NULL;) {
        const char *name = ex->needs;

        ex = exercise_find(name);
        if (ex == NULL || !ex->judged)
            return fault(work, "there is no exercise %s", name);
        json_t *files = json_array(), *linked = json_object_get(
            work->report, "linked");
        if (linked == NULL) {
            linked = json_array();
            json_object_set_new(work->report, "linked", linked);
        }
        json_array_append_new(linked, json_pack("{s:s, s:b, s:o}",
            "exercise", name, "own", own, "files", files));
        if (take_needed(work, ex, files) < 0)
            return -1;
    }
    return 0;
}

int take_sources(struct work *work, const char *folder)
{
    take_own(work, folder);
    if (take_all_needed(work) < 0)
        return -1;
    if (json_array_size(json_object_get(work->report, "gate")) == 0)
        return 0;
    reject(work, "rejected");
    return -1;
}
