/* prove.c - the starter fails, the reference passes */
#include "prove.h"

#include <dirent.h>
#include <fcntl.h>
#include <ftw.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { SEEDS = 50, AT_ONCE = 10 };

int no(const char *format, ...)
{
    va_list args;

    va_start(args, format);
    vfprintf(stderr, format, args);
    va_end(args);
    fputc('\n', stderr);
    return -1;
}

/* ---- folders ----------------------------------------------------- */
int folder_write(struct folder *folder, const char *name,
                 const char *text, size_t len)
{
    struct text path = {0};

    text_put(&path, "%s/%s", folder->path, name);
    FILE *f = fopen(text_chars(&path), "w");
    bool bad = f == NULL || fwrite(text, 1, len, f) != len;
    bad |= f != NULL && fclose(f) != 0;
    text_clear(&path);
    return bad ? no("%s/%s cannot be written", folder->path, name) : 0;
}

static int remove_one(const char *path, const struct stat *st, int flag,
                      struct FTW *ftw)
{
    (void)st, (void)flag, (void)ftw;
    return remove(path);
}

void folder_close(struct folder *folder)
{
    if (folder->path[0] != '\0')
        nftw(folder->path, remove_one, 16, FTW_DEPTH | FTW_PHYS);
}

int folder_open(struct folder *folder, const struct exercise *ex)
{
    int rv = 0;

    strcpy(folder->path, "/tmp/coil-prove-XXXXXX");
    if (mkdtemp(folder->path) == NULL) {
        folder->path[0] = '\0';
        return no("no folder");
    }
    for (const char *const *f = ex->files; rv == 0 && *f != NULL; f++) {
        struct text path = {0}, text = {0};

        text_put(&path, "%s/reference/%s", ex->staff, *f);
        rv = text_read(&text, text_chars(&path)) == 0
             ? folder_write(folder, *f, text_chars(&text), text.len)
             : no("%s cannot be read", text_chars(&path));
        text_clear(&path);
        text_clear(&text);
    }
    return rv;
}

/* ---- starter, reference, seeds ----------------------------------- */
static json_t *judge_it(const struct exercise *ex, const char *folder)
{
    struct judge_options o = {.seed = "c0117", .reproducible = true};

    return judge(ex, folder, &o);
}

static const char *status_of(const json_t *o)
{
    return json_string_value(json_object_get(o, "status"));
}

static int tell(const json_t *report, const char *what)
{
    char *text = json_dumps(report, JSON_INDENT(1));

    no("%s:\n%s", what, text);
    free(text);
    return -1;
}

int prove_starter(const struct exercise *ex)
{
    json_t *report = judge_it(ex, ex->given);
    const char *status = status_of(report);
    int rv = 0;

    if (strcmp(status, "fail") != 0 && strcmp(status, "partial") != 0)
        rv = tell(report,
                  "the starter compiles and fails; it does not");
    json_decref(report);
    return rv;
}

/* It passes, and the second report is the first, byte for byte. */
int prove_reference(const struct exercise *ex)
{
    struct text folder = {0};
    char *texts[2] = {NULL};
    int rv = 0;

    text_put(&folder, "%s/reference", ex->staff);
    for (int i = 0; rv == 0 && i < 2; i++) {
        json_t *report = judge_it(ex, text_chars(&folder));

        if (strcmp(status_of(report), "pass") != 0)
            rv = tell(report, "the reference passes; it does not");
        texts[i] = json_dumps(report, JSON_INDENT(1));
        json_decref(report);
    }
    if (rv == 0 && strcmp(texts[0], texts[1]) != 0)
        rv = no("two reports with one seed differ:\n%s\n%s", texts[0],
                texts[1]);
    free(texts[0]);
    free(texts[1]);
    text_clear(&folder);
    return rv;
}

static bool uses(struct work *work, const struct check *check,
                 const struct build *build)
{
    const struct build *b;

    for (size_t i = 0; (b = work_build(work, check, i)) != NULL; i++)
        if (b == build)
            return true;
    return false;
}

static void add_cases(struct work *work, const struct build *build,
                      struct calls **all, int *len)
{
    for (const struct check *c = work->exercise->model->checks;
         c->name != NULL; c++) {
        if (!uses(work, c, build))
            continue;
        struct calls *cases = work_cases(work, c);
        *all = need_resize(*all, (size_t)(*len + c->cases),
                           sizeof **all);
        for (int i = 0; i < c->cases; i++)
            (*all)[(*len)++] = cases[i];
        free(cases);
    }
}

enum status play_everything(struct work *work,
                            const struct build *build, int seeds,
                            bool tell)
{
    struct outcome o = {0};
    struct calls *all = NULL;
    int len = 0;

    for (int i = 0; i < seeds; i++) {
        add_cases(work, build, &all, &len);
        work->seed += UINT64_C(0x9e3779b97f4a7c15);
    }
    play(work, build, all, (size_t)len, &o, NULL);
    enum status status = o.status;
    if (status == FAULT)
        no("%s", text_chars(&work->fault));
    else if (status != PASS && tell)
        no("build %s: %s, case %d of %d: expected %s, got %s\n%s",
           build->name, status_name(status), o.at_case, len,
           text_chars(&o.expected), text_chars(&o.got),
           text_chars(&o.output));
    outcome_clear(&o);
    free_cases(all, len);
    return status;
}

static int play_seeds(struct work *work)
{
    for (const struct build *b = builds; b->name != NULL; b++) {
        bool used = false;

        for (const struct check *c = work->exercise->model->checks;
             b->run == NULL && c->name != NULL; c++)
            used |= uses(work, c, b);
        if (used && compile_build(work, b) < 0)
            return tell(work->report, "the reference does not compile");
        for (int i = 0; used && i < SEEDS / AT_ONCE; i++)
            if (play_everything(work, b, AT_ONCE, true) != PASS)
                return -1;
    }
    return 0;
}

int prove_seeds(const struct exercise *ex)
{
    struct judge_options o = {.reproducible = true};
    struct text folder = {0};
    struct work work;
    int rv = -1;

    work_open(&work, ex, &o);
    text_put(&folder, "%s/reference", ex->staff);
    if (work_load(&work, text_chars(&folder)) < 0)
        tell(work.report, text_chars(&work.fault));
    else
        rv = play_seeds(&work);
    json_decref(work.report);
    work_close(&work);
    text_clear(&folder);
    return rv;
}
