/* survivors.c - mutants of the reference, and those that nothing
 * catches
 *
 * staff/survivors.txt has a line for each that may live:
 *
 *     map.c:23:9: < becomes <=    # the table has a border there
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "mutate.h"
#include "prove.h"

enum { WORKERS = 2, MOST = 80 };

enum fate { UNKNOWN, KILLED, ALIVE, NO_PROGRAM, BROKEN };

/* Judge it as quickly as can be: a failure in any build is enough.
 * tell: which, and how. */
static enum fate fate_of(const struct exercise *ex, const char *folder,
                         bool tell)
{
    struct judge_options o = {.seed = "c0117", .reproducible = true};
    enum fate fate = ALIVE;
    struct work work;

    work_open(&work, ex, &o);
    work.trusted = true;
    work.most_wait = 1;
    if (work_load(&work, folder) < 0)
        fate = BROKEN;
    for (const struct build *b = builds; b->name != NULL; b++) {
        bool used = b->run == NULL
                    && strstr(ex->builds, b->name) != NULL;

        if (!used || fate != ALIVE)
            continue;
        if (compile_build(&work, b) < 0)
            fate = work.fault.len > 0 ? BROKEN : NO_PROGRAM;
        else if (play_everything(&work, b, 1, tell) != PASS)
            fate = work.fault.len > 0 ? BROKEN : KILLED;
    }
    if (fate == BROKEN)
        no("%s", text_chars(&work.fault));
    json_decref(work.report);
    work_close(&work);
    return fate;
}

struct one {
    const char *file, *text;
    struct mutant mutant;
};

static void work_through(const struct exercise *ex,
                         const struct one *all, size_t len,
                         size_t first, char *fates)
{
    struct folder folder = {""};

    for (size_t i = first; i < len; i += WORKERS) {
        struct text text = {0};

        mutant_text(&all[i].mutant, all[i].text, &text);
        if (folder_open(&folder, ex) == 0
            && folder_write(&folder, all[i].file, text.s, text.len)
                   == 0)
            fates[i] = (char)fate_of(ex, folder.path,
                                          false);
        folder_close(&folder);
        text_clear(&text);
    }
}

static int run_workers(const struct exercise *ex, const struct one *all,
                       size_t len, char *fates)
{
    pid_t pids[WORKERS];
    int rv = 0, status;

    for (size_t w = 0; w < WORKERS; w++) {
        pids[w] = fork();
        if (pids[w] == 0) {
            work_through(ex, all, len, w, fates);
            _exit(0);
        }
    }
    for (size_t w = 0; w < WORKERS; w++)
        if (pids[w] < 0 || waitpid(pids[w], &status, 0) < 0
            || status != 0)
            rv = no("a worker failed");
    return rv;
}

/* ---- the list of those that may live ----------------------------- */
static bool listed(const char *list, const char *says)
{
    size_t len = strlen(says);

    for (const char *p = list; (p = strstr(p, says)) != NULL;
         p += len) {
        const char *end = p + len + strspn(p + len, " ");

        if ((p == list || p[-1] == '\n') && *end == '#'
            && strcspn(end + 1, "\n") > 10)
            return true;
    }
    return false;
}

static int count_lines(const char *list)
{
    int lines = 0;

    for (const char *p = list; *p != '\0'; p += strcspn(p, "\n"),
         p += *p == '\n')
        lines += *p != '#' && *p != '\n';
    return lines;
}

static int tally(const struct exercise *ex, const struct one *all,
                 size_t len, const char *fates)
{
    struct text path = {0}, list = {0};
    int killed = 0, alive = 0, rv = 0, lines;

    text_put(&path, "%s/survivors.txt", ex->staff);
    text_read(&list, text_chars(&path));
    for (size_t i = 0; i < len; i++) {
        killed += fates[i] == KILLED;
        alive += fates[i] == ALIVE;
        if (fates[i] == UNKNOWN || fates[i] == BROKEN)
            rv = no("not judged: %s", all[i].mutant.says);
        if (fates[i] == ALIVE
            && !listed(text_chars(&list), all[i].mutant.says))
            rv = no("it lives, and has no reason in survivors.txt:\n%s",
                    all[i].mutant.says);
    }
    lines = count_lines(text_chars(&list));
    printf("%d mutants killed, %d alive, of %zu\n", killed, alive, len);
    if (killed + alive < 10)
        rv = no("these are too few");
    if (killed * 10 < (killed + alive) * 9)
        rv = no("nine of ten must be killed");
    if (rv == 0 && lines != alive)
        rv = no("survivors.txt has %d lines for %d that live", lines,
                alive);
    text_clear(&path);
    text_clear(&list);
    return rv;
}

/* ---- all mutants ------------------------------------------------- */
/* At most MOST of them, evenly spread. */
static size_t thin(struct one *all, size_t len)
{
    size_t kept = 0;

    for (size_t i = 0; len > MOST && i < len; i++) {
        if (i * MOST / len != (i + 1) * MOST / len) {
            all[kept++] = all[i];
        } else {
            free(all[i].mutant.with);
            free(all[i].mutant.says);
        }
    }
    return len > MOST ? kept : len;
}

static struct one *collect(const struct exercise *ex,
                           struct text *texts, size_t *len)
{
    struct one *all = NULL;

    for (size_t i = 0; ex->files[i] != NULL; i++) {
        struct text path = {0};
        size_t n = 0;

        text_put(&path, "%s/reference/%s", ex->staff, ex->files[i]);
        text_read(&texts[i], text_chars(&path));
        struct mutant *m = mutants_of(ex->files[i],
                                      text_chars(&texts[i]), &n);
        all = need_resize(all, *len + n, sizeof *all);
        for (size_t k = 0; k < n; k++)
            all[(*len)++] = (struct one){ex->files[i],
                                         text_chars(&texts[i]), m[k]};
        free(m);
        text_clear(&path);
    }
    *len = thin(all, *len);
    return all;
}

/* What is wrong with the driver, or too slow for this hurry, would
 * kill every mutant. */
static bool reference_lives(const struct exercise *ex)
{
    struct text folder = {0};
    enum fate fate;

    text_put(&folder, "%s/reference", ex->staff);
    fate = fate_of(ex, text_chars(&folder), true);
    text_clear(&folder);
    if (fate != ALIVE)
        no("the reference itself is killed");
    return fate == ALIVE;
}

int prove_mutants(const struct exercise *ex)
{
    struct text texts[MOST_FILES] = {{0}};
    size_t len = 0;
    struct one *all = collect(ex, texts, &len);
    char *fates = mmap(NULL, len + 1, PROT_READ | PROT_WRITE,
                       MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    int rv = -1;

    if (reference_lives(ex) && fates != MAP_FAILED
        && run_workers(ex, all, len, fates) == 0)
        rv = tally(ex, all, len, fates);
    munmap(fates, len + 1);
    for (size_t i = 0; i < len; i++) {
        free(all[i].mutant.with);
        free(all[i].mutant.says);
    }
    for (size_t i = 0; i < MOST_FILES; i++)
        text_clear(&texts[i]);
    free(all);
    return rv;
}
