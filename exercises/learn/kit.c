#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "kit.h"
#include "place.h"
#include "work.h"
#include "whole.h"

/* A path of the build, as short as it can be typed here. */
static const char *here(const char *path)
{
    static char cwd[4096];
    size_t len;

    if (cwd[0] == '\0' && getcwd(cwd, sizeof cwd) == NULL)
        return path;
    len = strlen(cwd);
    return strncmp(path, cwd, len) == 0 && path[len] == '/' ?
           path + len + 1 : path;
}

/* The folder n steps above; free it. */
static char *above(const char *path, int n)
{
    char *folder = must(strdup(path)), *slash;

    while (n-- > 0 && (slash = strrchr(folder, '/')) != NULL)
        *slash = '\0';
    return folder;
}

static void sources(FILE *out, const struct exercise *e,
                    const char *folder)
{
    for (const char *const *f = e->files; *f != NULL; f++)
        if (strcmp(strrchr(*f, '.'), ".c") == 0)
            fprintf(out, " %s/%s", folder, *f);
}

/* What e needs: its headers as they are given, and its files. */
static void needed(FILE *out, const struct exercise *e, bool own)
{
    while ((e = exercise_needed(e)) != NULL) {
        char *folder = own ? learner_folder(e) :
                             join(here(e->staff), "reference");

        fprintf(out, " -I%s", here(e->given));
        sources(out, e, folder);
        free(folder);
    }
}

char *kit_command(const struct exercise *e, const char *folder,
                  const char *name, bool own, bool sanitized)
{
    const char *kit = here(kit_folder), *staff = here(e->staff);
    char *top = above(staff, 1), *all = above(staff, 3), *line = NULL;
    size_t size = 0;
    FILE *out = must(open_memstream(&line, &size));

    fprintf(out, "%s -std=c11 -D_POSIX_C_SOURCE=200809L -g -I%s "
            "-I%s/%.2s/include -I%s/drive -I%s -o %s/%s "
            "%s/%s.c", sanitized ?
            "clang -fsanitize=address,undefined" : "cc", folder, kit,
            e->chapter, all, top, folder, name, folder, name);
    sources(out, e, folder);
    needed(out, e, own);
    fprintf(out, " %s/%.2s/%s/libcoil.a -lm -lpthread", kit,
            e->chapter, sanitized ? "asan" : "plain");
    fclose(out);
    free(top);
    free(all);
    return line;
}
