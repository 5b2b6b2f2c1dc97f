/* files.c - the files of base.h */
#define _XOPEN_SOURCE 700
#include "base.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* All of fd, which is closed, up to `limit` bytes. */
static int read_all(int fd, const char *name, size_t limit,
                    struct bytes *out, struct fault *fault)
{
    char chunk[16384];
    size_t seen = 0;
    ssize_t n;
    int rv = -1;

    while ((n = read(fd, chunk, sizeof chunk)) != 0) {
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0) {
            fault_errno(fault, "cannot read %s", name);
            goto done;
        }
        seen += (size_t)n;
        if (seen > limit) {
            fault_set(fault, "%s has more than %zu bytes", name, limit);
            goto done;
        }
        bytes_add(out, chunk, (size_t)n);
    }
    bytes_add(out, "", 0);
    rv = 0;
done:
    close(fd);
    return rv;
}

/* O_NONBLOCK: a FIFO of that name does not hold us up. */
int file_read(int at, const char *name, size_t limit, struct bytes *out,
              struct fault *fault)
{
    struct stat st;
    int fd = openat(at, name,
                    O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);

    if (fd < 0) {
        if (errno == ELOOP)
            return fault_set(fault, "%s is a symbolic link", name);
        return fault_errno(fault, "cannot open %s", name);
    }
    if (fstat(fd, &st) < 0 || !S_ISREG(st.st_mode)) {
        close(fd);
        return fault_set(fault, "%s is not a regular file", name);
    }
    return read_all(fd, name, limit, out, fault);
}

static int write_all(int fd, const char *from, size_t len)
{
    while (len) {
        ssize_t n = write(fd, from, len);

        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return -1;
        from += n;
        len -= (size_t)n;
    }
    return 0;
}

int file_write(int at, const char *name, const void *bytes, size_t len,
               int mode, struct fault *fault)
{
    char *temporary = must_print("%s.tmp", name);
    int rv = -1;
    int fd;

    unlinkat(at, temporary, 0);
    fd = openat(at, temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC,
                mode);
    if (fd < 0) {
        fault_errno(fault, "cannot write %s", name);
        goto done;
    }
    bool bad = write_all(fd, bytes, len) < 0 || fsync(fd) < 0;

    if (close(fd) < 0 || bad ||
        renameat(at, temporary, at, name) < 0) {
        fault_errno(fault, "cannot write %s", name);
        unlinkat(at, temporary, 0);
        goto done;
    }
    rv = 0;
done:
    free(temporary);
    return rv;
}

int folder_make(const char *path, int mode, struct fault *fault)
{
    char *part = must_print("%s", path);
    struct stat st;
    int rv = 0;

    for (char *p = part + 1; rv == 0 && *p; p++) {
        if (*p != '/')
            continue;
        *p = 0;
        if (mkdir(part, 0777) < 0 && errno != EEXIST)
            rv = fault_errno(fault, "cannot make the folder %s", part);
        *p = '/';
    }
    if (rv == 0 && mkdir(part, (mode_t)mode) < 0 &&
        (errno != EEXIST || stat(part, &st) < 0 ||
         !S_ISDIR(st.st_mode)))
        rv = fault_errno(fault, "cannot make the folder %s", part);
    free(part);
    return rv;
}

static int remove_one(const char *path, const struct stat *st, int kind,
                      struct FTW *ftw)
{
    (void)st;
    (void)kind;
    (void)ftw;
    return remove(path);
}

int folder_clear(const char *path, struct fault *fault)
{
    if (nftw(path, remove_one, 16, FTW_DEPTH | FTW_PHYS) < 0 &&
        errno != ENOENT)
        return fault_errno(fault, "cannot remove %s", path);
    return 0;
}
