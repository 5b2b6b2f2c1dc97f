/* naive.c - graders that can be fooled, to show that the attacks work
 *
 * They run in a box, as an attack may end all processes it can see.
 */
#include <stdlib.h>
#include <string.h>

#include "attack.h"

static int build(struct work *work, const char *grader)
{
    static const char *const env[] = {"PATH=/usr/bin", "LC_ALL=C",
        NULL};
    struct text name = {0}, script = {0}, said = {0};
    int rv = -1;

    text_put(&name, "naive_%s.c", grader);
    char *from = attack_file(text_chars(&name));
    text_put(&script,
             "gcc -std=c11 -D_POSIX_C_SOURCE=200809L -w -Iinclude "
             "-no-pie map.c naive_%s.c -o ../out/naive_%s",
             grader, grader);
    const char *const argv[] = {"/bin/sh", "-c", text_chars(&script),
        NULL};
    struct box box = {.where = "in", .write = true, .argv = argv,
        .env = env, .limits = {.cpu = 10, .data = (size_t)1 << 30,
                               .file = 1 << 24, .processes = 32}};
    name.len = 0;
    text_put(&name, "in/naive_%s.c", grader);
    if (spool_copy(&work->spool, from, text_chars(&name)) == 0)
        rv = box_run(work, &box, &said, 4096, 60);
    free(from);
    text_clear(&name);
    text_clear(&script);
    text_clear(&said);
    return rv == 0 ? 0 : -1;
}

/* At least four good lines, and no bad one. */
static bool reads_well(const char *said)
{
    int good = 0;

    for (const char *p = said; p != NULL; p = strchr(p, '\n')) {
        p += *p == '\n';
        if (strncmp(p, "not ok", 6) == 0)
            return false;
        good += strncmp(p, "ok ", 3) == 0;
    }
    return good >= 4;
}

int naive_fooled(struct work *work, const char *grader)
{
    struct text name = {0}, said = {0};

    if (build(work, grader) < 0)
        return -1;
    text_put(&name, "./naive_%s", grader);
    const char *const argv[] = {text_chars(&name), NULL};
    struct box box = {.where = "out", .argv = argv, .limits = {.cpu = 1,
        .data = (size_t)1 << 28, .file = 1 << 20, .processes = 8}};
    int status = box_run(work, &box, &said, 65536, 10);
    bool fooled = strcmp(grader, "exit") == 0
                  ? status == 0 : reads_well(text_chars(&said));
    text_clear(&name);
    text_clear(&said);
    return status < 0 ? -1 : fooled;
}
