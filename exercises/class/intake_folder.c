/* intake_folder.c - a class's folder; no link in it is followed */
#define _XOPEN_SOURCE 700
#include "intake.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct walk {
    struct intake *in;
    size_t entries;
    struct fault *fault;
};

static int walk_folder(struct walk *w, int folder, const char *path,
                       int depth);

static void take(struct walk *w, int folder, const char *name,
                 enum want want, size_t who, const char *as)
{
    struct fault fault = {0};
    struct bytes b = {0};
    size_t limit = want == WANT_FILE ? PACK_FILE_MAX : ARCHIVE_MAX;

    if (file_read(folder, name, limit, &b, &fault) < 0)
        intake_refuse(w->in, who, "%s", fault.text);
    else if (want == WANT_FILE)
        intake_file(w->in, who, as, &b);
    else
        intake_inner(w->in, who, as, &b);
    bytes_clear(&b);
}

static int go_down(struct walk *w, int folder, const char *name,
                   const char *path, int depth)
{
    int fd;

    if (depth >= PATH_DEPTH)
        return fault_set(w->fault, "%s: folders in folders in folders",
                         path);
    fd = openat(folder, name,
                O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (fd < 0)
        return fault_errno(w->fault, "cannot open %s", path);
    return walk_folder(w, fd, path, depth + 1);
}

static int one(struct walk *w, int folder, const char *name,
               const char *path, int depth)
{
    const char *as = NULL;
    enum kind kind;
    struct stat st;
    size_t who = 0;

    if (++w->entries > OUTER_ENTRIES)
        return fault_set(w->fault, "%s has too many files",
                         w->in->name);
    if (fstatat(folder, name, &st, AT_SYMLINK_NOFOLLOW) < 0)
        return fault_errno(w->fault, "cannot look at %s", path);
    kind = S_ISREG(st.st_mode) ? KIND_FILE
         : S_ISDIR(st.st_mode) ? KIND_FOLDER
         : S_ISLNK(st.st_mode) ? KIND_LINK : KIND_OTHER;
    int want = intake_look(w->in, path, kind, (int64_t)st.st_mtime,
                           &who, &as, w->fault);

    if (want < 0)
        return -1;
    if (want != WANT_NOTHING)
        take(w, folder, name, (enum want)want, who, as);
    return kind == KIND_FOLDER ? go_down(w, folder, name, path, depth)
                               : 0;
}

/* Closes `folder`. */
static int walk_folder(struct walk *w, int folder, const char *path,
                       int depth)
{
    DIR *dir = fdopendir(folder);
    struct words names = {0};
    struct dirent *entry;
    int rv = 0;

    if (!dir) {
        close(folder);
        return fault_errno(w->fault, "cannot read %s", path);
    }
    while ((entry = readdir(dir))) {
        if (strcmp(entry->d_name, ".") != 0 &&
            strcmp(entry->d_name, "..") != 0)
            words_add(&names, entry->d_name);
    }
    words_sort(&names);
    for (size_t i = 0; rv == 0 && i < names.len; i++) {
        char *below = must_print("%s%s%s", path, path[0] ? "/" : "",
                                 names.at[i]);

        rv = one(w, dirfd(dir), names.at[i], below, depth);
        free(below);
    }
    words_clear(&names);
    closedir(dir);
    return rv;
}

int intake_folder(struct intake *in, const char *path,
                  struct fault *fault)
{
    struct walk w = {.in = in, .fault = fault};
    int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

    if (fd < 0)
        return fault_errno(fault, "cannot open %s", path);
    return walk_folder(&w, fd, "", 0);
}
