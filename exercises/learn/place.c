#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "whole.h"
#include "place.h"
#include "screen.h"
#include "state.h"

/* ---- names ------------------------------------------------------- */
/* "map" of "pools-map" in "04-pools". */
static const char *short_name(const struct exercise *e)
{
    const char *slug = strchr(e->chapter, '-');
    size_t len = slug ? strlen(++slug) : 0;

    if (len > 0 && strncmp(e->name, slug, len) == 0 &&
        e->name[len] == '-')
        return e->name + len + 1;
    return e->name;
}

char *learner_folder(const struct exercise *e)
{
    return format("work/%s/%s", e->chapter, short_name(e));
}

const struct exercise *exercise_needed(const struct exercise *e)
{
    return e->needs ? exercise_find(e->needs) : NULL;
}

bool exercise_started(const struct exercise *e)
{
    char *folder = learner_folder(e);
    bool all = true;

    for (const char *const *f = e->files; f && *f; f++) {
        char *path = join(folder, *f);

        all = all && path_is(path);
        free(path);
    }
    free(folder);
    return all;
}

int exercise_chapter(const struct exercise *e)
{
    return atoi(e->chapter);
}

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* How many letters must be changed (Levenshtein). */
static size_t distance(const char *a, const char *b)
{
    size_t row[64], n = least(strlen(b), 63), corner;

    for (size_t j = 0; j <= n; j++)
        row[j] = j;
    for (size_t i = 1; a[i - 1] != '\0'; i++) {
        corner = row[0];
        row[0] = i;
        for (size_t j = 1; j <= n; j++) {
            size_t above = row[j];

            row[j] = least(corner + (a[i - 1] != b[j - 1]),
                           least(above, row[j - 1]) + 1);
            corner = above;
        }
    }
    return row[n];
}

static const char *nearest(const char *name)
{
    const char *best = NULL;
    size_t least_far = 0;

    for (const struct exercise *e = exercise_all(); e->name; e++) {
        size_t far = least(distance(name, e->name),
                           distance(name, short_name(e)));

        if (best == NULL || far < least_far) {
            best = e->name;
            least_far = far;
        }
    }
    return best && least_far <= 1 + strlen(name) / 3 ? best : NULL;
}

static bool is_named(const struct exercise *e, const char *name)
{
    char *folder = learner_folder(e);
    size_t len = strlen(name);
    bool is;

    while (len > 0 && name[len - 1] == '/')
        len--;
    is = strcmp(e->name, name) == 0 ||
         strcmp(short_name(e), name) == 0 ||
         (strlen(folder) == len && strncmp(folder, name, len) == 0) ||
         (strlen(folder) == len + 5 &&
          strncmp(folder + 5, name, len) == 0);
    free(folder);
    return is;
}

static const struct exercise *refuse_several(const char *name)
{
    char *all = NULL;
    size_t size = 0;
    FILE *out = must(open_memstream(&all, &size));

    for (const struct exercise *e = exercise_all(); e->name; e++)
        if (is_named(e, name))
            fprintf(out, "%s%s", ftell(out) > 0 ? ", " : "", e->name);
    fclose(out);
    refuse("./coil list", "%s may be one of several: %s", name, all);
    free(all);
    return NULL;
}

const struct exercise *exercise_named(const char *name)
{
    const struct exercise *found;
    int many = 0;
    const char *near;

    if (strncmp(name, "ex:", 3) == 0)
        name += 3;
    found = exercise_find(name);
    if (found != NULL)
        return found;
    for (const struct exercise *e = exercise_all(); e->name; e++)
        if (is_named(e, name)) {
            found = e;
            many++;
        }
    if (many == 1)
        return found;
    if (many > 1)
        return refuse_several(name);
    near = nearest(name);
    if (near != NULL)
        refuse("./coil list", "there is no exercise %s; %s is near",
               name, near);
    else
        refuse("./coil list", "there is no exercise %s", name);
    return NULL;
}

static bool is_open(const struct exercise *e, json_t *state)
{
    return e->judged && !state_passed(state, e->name);
}

const struct exercise *exercise_current(json_t *state)
{
    const char *name = state_text(state, "current");
    const struct exercise *e = *name ? exercise_find(name) : NULL;

    if (e != NULL)
        return e;
    for (e = exercise_all(); e->name; e++)
        if (is_open(e, state))
            return e;
    return NULL;
}

const struct exercise *exercise_after(const struct exercise *e,
                                      json_t *state)
{
    const struct exercise *all = exercise_all(), *i = e;

    if (e == NULL)
        return exercise_current(state);
    do {
        i++;
        if (i->name == NULL)
            i = all;
        if (is_open(i, state) && i != e)
            return i;
    } while (i != e);
    return NULL;
}
