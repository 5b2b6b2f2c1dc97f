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

char *kit_command(const struct exercise *e, const char *folder,
                  const char *name, bool sanitized)
{
    const char *kit = here(kit_folder), *staff = here(e->staff);
    char *own = above(staff, 1), *all = above(staff, 3), *line = NULL;
    size_t size = 0;
    FILE *out = must(open_memstream(&line, &size));

    fprintf(out, "%s -std=c11 -D_POSIX_C_SOURCE=200809L -g -I%s "
            "-I%s/%.2s/include -I%s/drive -I%s -o %s/%s "
            "%s/%s.c", sanitized ?
            "clang -fsanitize=address,undefined" : "cc", folder, kit,
            e->chapter, all, own, folder, name, folder, name);
    sources(out, e, folder);
    for (const struct exercise *i = e;
         i->needs && (i = exercise_find(i->needs)) != NULL; ) {
        char *reference = join(here(i->staff), "reference");

        sources(out, i, reference);
        free(reference);
    }
    fprintf(out, " %s/%.2s/%s/libcoil.a -lm -lpthread", kit,
            e->chapter, sanitized ? "asan" : "plain");
    fclose(out);
    free(own);
    free(all);
    return line;
}
