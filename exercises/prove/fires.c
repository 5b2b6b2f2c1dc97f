/* fires.c - each proof fails where what it proves is not so
 *
 * The tally of the judge's tests is given other folders and checks.
 * What the proofs say goes to the standard error stream; where it
 * matters which of two things is said, it is read.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "prove.h"
#include "tally_model.h"

static int failed;

static void expect(const char *what, int got, int want)
{
    printf("%s: %s\n", got == want ? "ok" : "NOT SO", what);
    failed |= got != want;
}

/* prove_wrong fails, and says that. */
static void expect_said(const char *what, const struct exercise *ex,
                        const char *want)
{
    FILE *file = tmpfile();
    int before = dup(STDERR_FILENO);
    char said[65536];

    if (file == NULL || before < 0)
        exit(2);
    dup2(fileno(file), STDERR_FILENO);
    int rv = prove_wrong(ex);
    dup2(before, STDERR_FILENO);
    close(before);
    rewind(file);
    said[fread(said, 1, sizeof said - 1, file)] = '\0';
    fclose(file);
    fputs(said, stderr);
    expect(what, rv == -1 && strstr(said, want) != NULL, 1);
}

/* A staff folder: the reference is `name` of the tally's answers, and
 * so are all wrong answers. */
static void make_staff(const char *staff, const char *name,
                       const char *claim)
{
    struct text text = {0}, path = {0};
    struct folder folder;

    text_put(&path, "%s/answers/%s.c", COIL_TALLY, name);
    text_read(&text, text_chars(&path));
    mkdir(staff, 0700);
    for (int i = 0; i < 2; i++) {
        snprintf(folder.path, sizeof folder.path, "%s/%s", staff,
                 i == 0 ? "reference" : "wrong");
        mkdir(folder.path, 0700);
        if (i == 0)
            folder_write(&folder, "tally.c", text.s, text.len);
    }
    path.len = 0;
    text_put(&path, "/* fails: %s */\n%s", claim, text_chars(&text));
    for (char file[] = "1.c"; file[0] <= '4'; file[0]++)
        folder_write(&folder, file, path.s, path.len);
    text_clear(&text);
    text_clear(&path);
}

static void clear_staff(const char *staff)
{
    struct folder folder;

    snprintf(folder.path, sizeof folder.path, "%s", staff);
    folder_close(&folder);
}

/* The checks of the tally, but each with a single small case. */
static struct model weak_model(const struct model *model,
                               struct check checks[8])
{
    struct model weak = *model;

    for (size_t i = 0; ; i++) {
        checks[i] = model->checks[i];
        checks[i].cases = 1;
        if (checks[i].name == NULL)
            break;
    }
    memset(&checks[1], 0, sizeof checks[1]);
    weak.checks = checks;
    return weak;
}

static void with_a_wrong_reference(struct exercise *ex,
                                   const char *staff)
{
    make_staff(staff, "object-leak", "build leak");
    expect("a wrong reference is found", prove_reference(ex), -1);
    expect("a wrong reference is found by seeds", prove_seeds(ex), -1);
    expect("a wrong reference is found before mutants",
           prove_mutants(ex), -1);
    expect("another status is found", prove_wrong(ex), -1);
    clear_staff(staff);
    make_staff(staff, "object-leak", "nonsense");
    expect_said("a claim of no check is found", ex,
                "there is no check nonsense");
    clear_staff(staff);
    make_staff(staff, "object-leak", "faults");
    expect_said("a claim of a check that is not run is found", ex,
                "check faults is not run: it needs build, which is"
                " wrong");
    clear_staff(staff);
    make_staff(staff, "missing", "build");
    expect_said("a claim of a check is found that never begins", ex,
                "check build is not run: the answer is compile-error");
    clear_staff(staff);
    make_staff(staff, "object-leak", "build wrong");
    expect("a true claim is believed", prove_wrong(ex), 0);
    clear_staff(staff);
}

static void with_a_right_reference(struct exercise *ex,
                                   const char *staff)
{
    struct check checks[8];
    struct model weak = weak_model(ex->model, checks);

    make_staff(staff, "right", "build");
    expect("a right reference passes", prove_reference(ex), 0);
    expect_said("a wrong answer that is right is found", ex,
                "check build does not fail");
    ex->model = &weak;
    expect("a model that sees nothing is found", prove_mutants(ex), -1);
    clear_staff(staff);
}

int main(void)
{
    char staff[] = "/tmp/coil-XXXXXX";
    struct exercise ex = *tally_exercise();
    struct text right = {0};

    if (mkdtemp(staff) == NULL)
        return 2;
    ex.staff = staff;
    text_put(&right, "%s/reference", COIL_TALLY);
    ex.given = text_chars(&right);
    expect("a starter that passes is found", prove_starter(&ex), -1);
    ex.given = COIL_TALLY;
    with_a_wrong_reference(&ex, staff);
    with_a_right_reference(&ex, staff);
    text_clear(&right);
    return failed;
}
