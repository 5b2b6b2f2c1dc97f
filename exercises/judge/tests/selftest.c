/* selftest.c - coil-selftest FILE.c [bare]: what the judge says of an
 * answer
 *
 * The answer is linked with the library of chapter 2, or of chapter 4
 * where its head has the line "chapter: 04-pools".
 *
 * bare: as on a machine where no box can be made.  Then others' code
 * must not be run, and one's own with a warning.
 *
 * The head of the answer has lines "want: PATH = VALUE": the report has
 * at PATH a value in which VALUE stands.  A name in a path is that of a
 * member, or of the element with that "name"; a number is an index.
 */
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "box.h"
#include "calls.h"
#include "judge.h"
#include "tally_model.h"

/* The generated table has no tally; what the judge looks up is
 * there. */
static const json_t *element(const json_t *list, const char *name)
{
    size_t i;
    json_t *one;

    if (strspn(name, "0123456789") == strlen(name))
        return json_array_get(list, (size_t)atoi(name));
    json_array_foreach(list, i, one) {
        const char *own = json_string_value(
            json_object_get(one, "name"));

        if (own != NULL && strcmp(own, name) == 0)
            return one;
    }
    return NULL;
}

static const json_t *walk(const json_t *at, char *path)
{
    char *name;

    while (at != NULL && (name = strsep(&path, ".")) != NULL)
        at = json_is_array(at) ? element(at, name)
                               : json_object_get(at, name);
    return at;
}

static void show(const json_t *value, struct text *out)
{
    size_t i;
    json_t *one;

    if (json_is_string(value))
        text_put(out, "%s", json_string_value(value));
    else if (json_is_integer(value))
        text_put(out, "%lld", (long long)json_integer_value(value));
    else if (json_is_real(value))
        text_put(out, "%.2f", json_real_value(value));
    json_array_foreach(value, i, one) {
        text_put(out, i > 0 ? "; " : "");
        show(one, out);
    }
}

/* Texts are the same; long ones, from the learner or a compiler, have
 * it somewhere. */
static bool fits(const char *path, const char *got, const char *want)
{
    static const char *const parts[] = {
        ".output", ".heap", ".why", ".text", ".see", ".ratio", "score"
    };

    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        if (strstr(path, parts[i]) != NULL)
            return strstr(got, want) != NULL;
    return strcmp(got, want) == 0;
}

static int look(const json_t *report, const char *line)
{
    char *copy = need(strndup(line, strcspn(line, "\n")));
    char *value = strstr(copy, " = "), *path = need(strdup(copy));
    struct text got = {0};
    int rv = -1;

    if (value != NULL) {
        path[value - copy] = '\0';
        char *walked = need(strdup(path));
        show(walk(report, walked), &got);
        rv = fits(path, text_chars(&got), value + 3) ? 0 : -1;
        free(walked);
    }
    if (rv < 0)
        fprintf(stderr, "want %s\n got %s\n", copy, text_chars(&got));
    text_clear(&got);
    free(copy);
    free(path);
    return rv;
}

static int look_all(const char *text, const json_t *report)
{
    int wants = 0, rv = 0;

    for (const char *p = text; (p = strstr(p, "* want: ")) != NULL;
         wants++) {
        p += strlen("* want: ");
        rv |= look(report, p);
    }
    if (rv != 0) {
        char *all = json_dumps(report, JSON_INDENT(1));
        fprintf(stderr, "%s\n", all);
        free(all);
    }
    return wants > 0 && rv == 0 ? 0 : -1;
}

static int look_bare(const struct exercise *ex, const char *folder)
{
    struct judge_options o = {.seed = "5eed", .others = true};
    json_t *others = judge(ex, folder, &o);
    o.others = false;
    json_t *own = judge(ex, folder, &o);
    int rv = look(others, "status = grader-error")
             | look(others, "checks = ") | look(others, "files = ")
             | look(own, "status = pass")
             | look(own, "profile.box = none")
             | look(
                 own,
                 "profile.warning = no box could be made: the code "
                 "ran with limits alone, and could do what you can do");

    if (rv != 0) {
        char *all = json_dumps(own, JSON_INDENT(1));
        fprintf(stderr, "%s\n", all);
        free(all);
    }
    json_decref(others);
    json_decref(own);
    return rv;
}

int main(int argc, char **argv)
{
    struct judge_options o = {.seed = "5eed", .reproducible = true};
    bool bare = argc == 3 && strcmp(argv[2], "bare") == 0;
    char folder[] = "/tmp/coil-selftest-XXXXXX";
    struct exercise ex = *tally_exercise();
    struct text text = {0}, path = {0};
    int rv = 1;

    if (argc != 2 + bare || text_read(&text, argv[1]) < 0
        || mkdtemp(folder) == NULL)
        return fprintf(stderr, "usage: coil-selftest FILE.c\n"), 2;
    text_put(&path, "%s/tally.c", folder);
    FILE *f = fopen(text_chars(&path), "w");
    if (f != NULL && fwrite(text.s, 1, text.len, f) == text.len
        && fclose(f) == 0) {
        box_program = bare ? "/nonexistent/bwrap" : box_program;
        if (strstr(text_chars(&text), "* chapter: 04-pools\n") != NULL)
            ex.chapter = "04-pools";
        json_t *report = judge(&ex, folder, &o);
        rv = (bare ? look_bare(&ex, folder)
                   : look_all(text.s, report)) != 0;
        json_decref(report);
    }
    unlink(text_chars(&path));
    rmdir(folder);
    text_clear(&text);
    text_clear(&path);
    return rv;
}
