/* attack.c - coil-attack FILE: one attack, and what must come of it
 *
 * Its head says the status that the whole judge gives it, the status of
 * its first check if the gate were not there, and which naive graders
 * it fools.
 */
#include "attack.h"

#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "play.h"

static const char secret[] = "swordfish-1f2e3d";

struct attack {
    char gate[32], box[32], beats[32];
    char folder[32];            /* map.c is in it */
    struct text text;
};

static int no(const char *what, const char *want, const char *got)
{
    fprintf(stderr, "%s: wanted %s, got %s\n", what, want, got);
    return -1;
}

char *attack_file(const char *name)
{
    struct text path = {0};

    text_put(&path, "%s/%s", COIL_ATTACKS, name);
    return path.s;
}

/* ---- prepare ----------------------------------------------------- */
static int word_after(const char *text, const char *mark, char out[32])
{
    const char *p = strstr(text, mark);

    if (p == NULL || sscanf(p + strlen(mark), " %31[^\n]", out) != 1)
        return no("the head", mark, "nothing");
    return 0;
}

static int prepare(struct attack *a, const char *path)
{
    struct text tail = {0};
    char *tail_path = attack_file("tail.c");
    int rv = -1;

    strcpy(a->folder, "/tmp/coil-attack-XXXXXX");
    if (mkdtemp(a->folder) == NULL || text_read(&a->text, path) < 0
        || text_read(&tail, tail_path) < 0)
        no("files", path, "nothing");
    else if (word_after(a->text.s, "* gate:", a->gate) == 0
             && word_after(a->text.s, "* box:", a->box) == 0
             && word_after(a->text.s, "* beats:", a->beats) == 0)
        rv = 0;
    text_add(&a->text, text_chars(&tail), tail.len);
    struct text name = {0};
    text_put(&name, "%s/map.c", a->folder);
    FILE *f = rv == 0 ? fopen(text_chars(&name), "w") : NULL;
    if (f == NULL
        || fwrite(a->text.s, 1, a->text.len, f) != a->text.len)
        rv = -1;
    if (f != NULL)
        fclose(f);
    text_clear(&name);
    text_clear(&tail);
    free(tail_path);
    return rv;
}

static int remove_one(const char *path, const struct stat *st, int flag,
                      struct FTW *ftw)
{
    (void)st, (void)flag, (void)ftw;
    return remove(path);
}

/* ---- try --------------------------------------------------------- */
static int see_output(const char *output)
{
    if (strstr(output, secret) != NULL)
        return no("the output", "no secret", output);
    if (strstr(output, "REACHED") != NULL)
        return no("the output", "nothing reached", output);
    return 0;
}

/* As a class would judge it. */
static int try_whole(const struct attack *a, const struct exercise *ex)
{
    struct judge_options o = {.seed = "7", .others = true,
        .check = "number"};
    json_t *report = judge(ex, a->folder, &o);
    const char *status = json_string_value(
        json_object_get(report, "status"));
    char *text = json_dumps(report, JSON_INDENT(1));
    int rv = see_output(text);

    if (strcmp(status, a->gate) != 0)
        rv = no("with the gate", a->gate, text);
    free(text);
    json_decref(report);
    return rv;
}

static enum status play_plain(struct work *work, struct text *output)
{
    const struct check *check = work->exercise->model->checks;
    struct calls *cases = work_cases(work, check);
    struct outcome o = {0};

    play(work, builds, cases, (size_t)check->cases, &o, NULL);
    enum status status = o.status;
    text_add(output, text_chars(&o.output), o.output.len);
    outcome_clear(&o);
    free_cases(cases, check->cases);
    return status;
}

/* Words stand between bars: on a slow machine a program may run out of
 * time before it runs out of memory. */
static bool is_one_of(const char *word, const char *words)
{
    size_t len = strlen(word);

    for (const char *p = words; (p = strstr(p, word)) != NULL; p += len)
        if ((p == words || p[-1] == '|')
            && (p[len] == '|' || p[len] == '\0'))
            return true;
    return false;
}

/* The box alone must hold as well; and a naive grader is fooled. */
static int try_box(const struct attack *a, struct work *work)
{
    struct text output = {0};
    const char *status = "compile-error";
    int rv = 0;

    work->trusted = true;
    work->most_wait = 1;
    if (work_load(work, a->folder) == 0
        && compile_build(work, builds) == 0)
        status = status_name(play_plain(work, &output));
    if (work->fault.len > 0)
        status = text_chars(&work->fault);
    if (!is_one_of(status, a->box))
        rv = no("without the gate", a->box, status);
    rv |= see_output(text_chars(&output));
    char *beats = need(strdup(a->beats)), *rest = beats, *grader;
    while ((grader = strsep(&rest, " ")) != NULL)
        if (strcmp(grader, "-") != 0 && naive_fooled(work, grader) != 1)
            rv = no("a naive grader", "to be fooled", grader);
    free(beats);
    text_clear(&output);
    return rv;
}

/* A right and a wrong answer: the controls can tell these apart. */
static int try_control(const char *folder, int want)
{
    struct judge_options o = {.seed = "7", .others = true};
    struct work work;
    int rv = -1;

    work_open(&work, exercise_find("pools-map"), &o);
    if (work_load(&work, folder) == 0)
        rv = naive_fooled(&work, "exit") == want
             && naive_fooled(&work, "tap") == want ? 0 : -1;
    json_decref(work.report);
    work_close(&work);
    return rv < 0 ? no("a naive grader", want ? "pass" : "fail", folder)
                  : 0;
}

static int try_attack(const char *path)
{
    struct judge_options o = {.seed = "7", .others = true};
    const struct exercise *ex = exercise_find("pools-map");
    struct attack a = {.folder = ""};
    struct work work;
    int rv = prepare(&a, path);

    if (rv == 0)
        rv = try_whole(&a, ex);
    work_open(&work, ex, &o);
    uid_t uid = work.profile.uid;
    if (!work.profile.boxed)
        rv = no("this machine", "a box", "none");
    else if (a.box[0] != '\0')
        rv |= try_box(&a, &work);
    json_decref(work.report);
    spool_close(&work.spool);
    const char *left = traces_of(uid);
    if (left != NULL)
        rv = no("what is left", "nothing", left);
    work_close(&work);
    if (a.folder[0] != '\0')
        nftw(a.folder, remove_one, 8, FTW_DEPTH | FTW_PHYS);
    text_clear(&a.text);
    return rv;
}

int main(int argc, char **argv)
{
    const struct exercise *ex = exercise_find("pools-map");
    struct text reference = {0};
    int rv;

    setenv("COIL_SECRET", secret, 1);
    if (argc != 2 || ex == NULL)
        return no("usage", "coil-attack FILE", "that"), 2;
    text_put(&reference, "%s/reference", ex->staff);
    if (strcmp(argv[1], "controls") == 0)
        rv = try_control(text_chars(&reference), 1)
             | try_control(ex->given, 0);
    else
        rv = try_attack(argv[1]);
    text_clear(&reference);
    return rv == 0 ? 0 : 1;
}
