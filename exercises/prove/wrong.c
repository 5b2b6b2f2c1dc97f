/* wrong.c - known mistakes are caught, by the check that should */
#include <dirent.h>
#include <stdlib.h>
#include <string.h>

#include "prove.h"

/* The first line: fails: CHECK [STATUS] [FILE], as a comment. */
struct claim {
    char check[32], status[16], file[32];
};

static int read_claim(const struct exercise *ex, const char *text,
                      struct claim *claim)
{
    char words[3][32] = {"", "", ""};

    *claim = (struct claim){.status = ""};
    if (sscanf(text, "/* fails: %31[a-z] %31[a-z0-9_.] %31[a-z0-9_.]",
               words[0], words[1], words[2]) < 1)
        return -1;
    strcpy(claim->check, words[0]);
    for (size_t i = 1; i < 3; i++) {
        if (strchr(words[i], '.') != NULL)
            strcpy(claim->file, words[i]);
        else if (*words[i] != '\0' && strlen(words[i]) < 16)
            strcpy(claim->status, words[i]);
    }
    for (const char *const *f = ex->files;
         *f != NULL && !claim->file[0]; f++)
        if (strcmp(strrchr(*f, '.'), ".c") == 0 && strlen(*f) < 32)
            strcpy(claim->file, *f);
    return 0;
}

static const json_t *check_of(const json_t *report, const char *name)
{
    size_t i;
    json_t *check;

    json_array_foreach(json_object_get(report, "checks"), i, check)
        if (strcmp(json_string_value(json_object_get(check, "name")),
                   name) == 0)
            return check;
    return NULL;
}

static const char *status_of(const json_t *check_or_report)
{
    return json_string_value(json_object_get(check_or_report,
                                             "status"));
}

/* What the report shows fails when it is sent again, as the report
 * says. */
static int replay(struct work *work, const json_t *check)
{
    const json_t *list = json_object_get(json_object_get(check, "case"),
                                         "calls");
    const char *status = status_of(check);
    const struct build *build = build_find(
        json_string_value(json_object_get(check, "build")));
    struct calls calls = {0};
    struct outcome o = {0};
    size_t i;
    json_t *line;
    int rv = 0;

    if (build->run != NULL)
        return 0;               /* a count has no case */
    json_array_foreach(list, i, line)
        if (calls_parse(&calls, json_string_value(line)) < 0)
            rv = no("this is no call: %s", json_string_value(line));
    if (rv == 0)
        play(work, build, &calls, 1, &o, NULL);
    if (rv == 0
        && (list == NULL || strcmp(status_name(o.status), status)))
        rv = no("the case that is shown does not fail again");
    outcome_clear(&o);
    calls_clear(&calls);
    return rv;
}

static bool has_check(const struct exercise *ex, const char *name)
{
    for (const struct check *c = ex->model->checks; c->name != NULL;
         c++)
        if (strcmp(c->name, name) == 0)
            return true;
    return false;
}

/* A check that was not run is neither right nor wrong: what stands
 * before it failed, and that is what the claim should name. */
static int not_run(const json_t *report, const char *name)
{
    const json_t *first = check_of(report, name);

    while (first != NULL && strcmp(status_of(first), "skipped") == 0)
        first = check_of(report, json_string_value(
            json_object_get(first, "needs")));
    if (first == NULL)
        return no("check %s is not run: the answer is %s", name,
                  status_of(report));
    return no("check %s is not run: it needs %s, which is %s", name,
              json_string_value(json_object_get(first, "name")),
              status_of(first));
}

static int prove_claim(struct work *work, const struct claim *claim)
{
    const json_t *check = check_of(work->report, claim->check);
    const char *status = status_of(check);
    int rv = 0;

    if (work->fault.len > 0)
        return no("%s", text_chars(&work->fault));
    if (!has_check(work->exercise, claim->check))
        rv = no("there is no check %s", claim->check);
    else if (check == NULL || strcmp(status, "skipped") == 0)
        rv = not_run(work->report, claim->check);
    else if (strcmp(status, "pass") == 0)
        rv = no("check %s does not fail", claim->check);
    else if (claim->status[0] != '\0'
             && strcmp(status, claim->status) != 0)
        rv = no("check %s: %s, not %s", claim->check, status,
                claim->status);
    else
        rv = replay(work, check);
    if (rv < 0) {
        char *text = json_dumps(work->report, JSON_INDENT(1));
        no("%s", text);
        free(text);
    }
    return rv;
}

static int prove_one(const struct exercise *ex, const char *path)
{
    struct judge_options o = {.seed = "c0117", .reproducible = true};
    struct folder folder = {""};
    struct text text = {0};
    struct claim claim;
    struct work work;
    int rv = -1;

    if (text_read(&text, path) < 0
        || read_claim(ex, text_chars(&text), &claim) < 0)
        rv = no("the first line is no /* fails: CHECK */");
    else if (folder_open(&folder, ex) == 0
             && folder_write(&folder, claim.file, text.s, text.len)
                    == 0) {
        o.check = claim.check;
        work_open(&work, ex, &o);
        work_judge(&work, folder.path);
        rv = prove_claim(&work, &claim);
        json_decref(work.report);
        work_close(&work);
    }
    folder_close(&folder);
    text_clear(&text);
    return rv;
}

int prove_wrong(const struct exercise *ex)
{
    struct text folder = {0};
    struct dirent **list = NULL;
    int rv = 0, seen = 0;

    text_put(&folder, "%s/wrong", ex->staff);
    int len = scandir(text_chars(&folder), &list, NULL, alphasort);
    for (int i = 0; i < len; i++) {
        struct text path = {0};

        if (strchr(list[i]->d_name, '.') > list[i]->d_name) {
            text_put(&path, "%s/%s", text_chars(&folder),
                     list[i]->d_name);
            seen++;
            if (prove_one(ex, text_chars(&path)) < 0)
                rv = no("%s: see above", text_chars(&path));
        }
        text_clear(&path);
        free(list[i]);
    }
    free(list);
    text_clear(&folder);
    return seen >= 4
               ? rv
               : no("there are %d wrong answers; four at least", seen);
}
