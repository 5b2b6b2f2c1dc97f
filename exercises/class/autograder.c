/* autograder.c - the zip that lets Gradescope judge with the same judge
 *
 * It has the source of the tool, a script that builds it, one that runs
 * it, and the seed of the exercise: it is for teachers alone.
 */
#define _XOPEN_SOURCE 700
#include "export.h"

#include <archive.h>
#include <archive_entry.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { SOURCE_MAX = 64 * 1024 * 1024 };

static const char setup[] =
"#!/bin/sh\n"
"# Gradescope runs this once, when it makes the image.\n"
"set -eu\n"
"export DEBIAN_FRONTEND=noninteractive\n"
"apt-get update\n"
"apt-get install -y --no-install-recommends cmake ninja-build gcc \\\n"
"    clang libc6-dev libclang-rt-dev noweb python3 pkg-config \\\n"
"    bubblewrap valgrind libseccomp-dev libelf-dev libjansson-dev \\\n"
"    libsqlite3-dev libarchive-dev nettle-dev\n"
"cd \"${AUTOGRADER:-/autograder}/source/coil\"\n"
"cmake -S . -B build/tool -G Ninja -DCMAKE_C_COMPILER=gcc \\\n"
"    -DCOIL_BOOK=ON -DCOIL_EXERCISES=ON -DCOIL_TESTS=OFF\n"
"cmake --build build/tool --target coil-tool\n";

static const char run[] =
"#!/bin/sh\n"
"# Gradescope runs this for each submission.  Where the judge itself\n"
"# fails there are no results: Gradescope then says so, and gives no\n"
"# score.\n"
"set -eu\n"
"here=${AUTOGRADER:-/autograder}\n"
"tool=${COIL_TOOL:-$(find \"$here/source/coil/build/tool\" \\\n"
"    -name coil-tool -type f | head -n 1)}\n"
"rm -f \"$here/results/results.json\"\n"
"\"$tool\" judge %s \"$here/submission\" --others \\\n"
"    --seed \"$(cat \"$here/source/seed\")\" \\\n"
"    --json \"$here/report.json\" >/dev/null || :\n"
"\"$tool\" class export gradescope --report \"$here/report.json\" \\\n"
"    --visibility %s --out \"$here/results/results.json\"\n";

static int put(struct archive *a, const char *name, const void *bytes,
               size_t len, int mode, struct fault *fault)
{
    struct archive_entry *entry = archive_entry_new();
    int rv = 0;

    archive_entry_set_pathname(entry, name);
    archive_entry_set_filetype(entry, AE_IFREG);
    archive_entry_set_perm(entry, (mode_t)mode);
    archive_entry_set_size(entry, (la_int64_t)len);
    archive_entry_set_mtime(entry, 315532800, 0);       /* 1980 */
    if (archive_write_header(a, entry) != ARCHIVE_OK ||
        archive_write_data(a, bytes, len) != (la_ssize_t)len)
        rv = fault_set(fault, "cannot write the zip: %s",
                       archive_error_string(a));
    archive_entry_free(entry);
    return rv;
}

static int put_file(struct archive *a, const char *path,
                    const char *name, int mode, struct fault *fault)
{
    struct bytes b = {0};
    int rv = file_read(AT_FDCWD, path, SOURCE_MAX, &b, fault);

    if (rv == 0)
        rv = put(a, name, b.at, b.len, mode, fault);
    bytes_clear(&b);
    return rv;
}

static int put_tree(struct archive *a, const char *path,
                    const char *name, struct fault *fault);

static int put_folder(struct archive *a, const char *path,
                      const char *name, struct fault *fault)
{
    DIR *dir = opendir(path);
    struct words names = {0};
    struct dirent *entry;
    int rv = 0;

    if (!dir)
        return fault_errno(fault, "cannot read %s", path);
    while ((entry = readdir(dir))) {
        if (entry->d_name[0] != '.' &&
            strcmp(entry->d_name, "__pycache__") != 0)
            words_add(&names, entry->d_name);
    }
    closedir(dir);
    words_sort(&names);
    for (size_t i = 0; rv == 0 && i < names.len; i++) {
        char *below = must_print("%s/%s", path, names.at[i]);
        char *as = must_print("%s/%s", name, names.at[i]);

        rv = put_tree(a, below, as, fault);
        free(below);
        free(as);
    }
    words_clear(&names);
    return rv;
}

static int put_tree(struct archive *a, const char *path,
                    const char *name, struct fault *fault)
{
    struct stat st;

    if (lstat(path, &st) < 0)
        return fault_errno(fault, "cannot read %s", path);
    if (S_ISDIR(st.st_mode))
        return put_folder(a, path, name, fault);
    if (!S_ISREG(st.st_mode))
        return 0;
    return put_file(a, path, name, st.st_mode & 0100 ? 0755 : 0644,
                    fault);
}

/* What the tool is built from. */
static int put_source(struct archive *a, struct fault *fault)
{
    static const char *const parts[] = {"CMakeLists.txt",
        "CMakePresets.json", "LICENSE", "coil", "book", "cmake",
        "exercises", "src", "tangle"};
    int rv = 0;

    for (size_t i = 0; rv == 0 && i < sizeof parts / sizeof *parts;
         i++) {
        char *path = must_print("%s/%s", COIL_SOURCE, parts[i]);
        char *name = must_print("coil/%s", parts[i]);

        rv = put_tree(a, path, name, fault);
        free(path);
        free(name);
    }
    return rv;
}

int export_autograder(struct class *c, const char *exercise,
                      const char *out, struct fault *fault)
{
    const struct exercise *e = class_exercise(exercise, fault);
    struct archive *a = archive_write_new();
    char *visibility = store_get(c->store, "visibility", "visible");
    char *script = must_print(run, exercise, visibility);
    char seed[17];
    int rv = -1;
    int fd = e ? open(out, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC,
                      0600)
               : -1;

    if (e && fd < 0)
        fault_errno(fault, "cannot write %s", out);
    if (fd < 0 || class_seed(c, exercise, 0, seed, fault) < 0)
        goto done;
    archive_write_set_format_zip(a);
    if (archive_write_open_fd(a, fd) != ARCHIVE_OK)
        fault_set(fault, "%s", archive_error_string(a));
    else if (put(a, "setup.sh", setup, strlen(setup), 0755,
                 fault) == 0 &&
             put(a, "run_autograder", script, strlen(script), 0755,
                 fault) == 0 &&
             put(a, "seed", seed, 16, 0600, fault) == 0 &&
             put_source(a, fault) == 0) {
        rv = 0;
        if (archive_write_close(a) != ARCHIVE_OK)
            rv = fault_set(fault, "%s", archive_error_string(a));
    }
done:
    archive_write_free(a);
    if (fd >= 0)
        close(fd);
    if (rv < 0 && fd >= 0)
        unlink(out);
    free(script);
    free(visibility);
    return rv;
}
