/* spool.c - files that go in, files that come out */
#include "spool.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static char *path_of(const char *folder, const char *name)
{
    struct text path = {0};

    text_put(&path, "%s/%s", folder, name);
    return path.s;
}

static int make_folder(const struct spool *spool, const char *name)
{
    char *path = path_of(spool->path, name);
    int rv = mkdir(path, 0755);

    if (rv == 0)
        rv = chmod(path, 0755);             /* whatever the umask */
    free(path);
    return rv;
}

int spool_open(struct spool *spool, const struct profile *profile)
{
    char path[] = "/tmp/coil-judge-XXXXXX";
    char *out = NULL;
    int rv = -1;

    spool->path = mkdtemp(path) != NULL ? need(strdup(path)) : NULL;
    if (spool->path == NULL || make_folder(spool, "in") < 0
        || make_folder(spool, "out") < 0)
        return -1;
    out = path_of(spool->path, "out");
    if (!profile->own || (chown(out, profile->uid, profile->uid) == 0
                          && chown(spool->path, profile->uid,
                                   profile->uid) == 0))
        rv = 0;
    free(out);
    return rv;
}

static int remove_one(const char *path, const struct stat *st, int flag,
                      struct FTW *ftw)
{
    (void)st, (void)flag, (void)ftw;
    return remove(path);
}

void spool_close(struct spool *spool)
{
    if (spool->path != NULL)
        nftw(spool->path, remove_one, 16, FTW_DEPTH | FTW_PHYS);
    free(spool->path);
    spool->path = NULL;
}

void spool_sweep(const struct profile *profile)
{
    DIR *dir = profile->own ? opendir("/tmp") : NULL;
    struct dirent *e;

    while (dir != NULL && (e = readdir(dir)) != NULL) {
        struct spool old = {path_of("/tmp", e->d_name)};
        struct stat st;

        if (strncmp(e->d_name, "coil-judge-", 11) == 0
            && lstat(old.path, &st) == 0 && st.st_uid == profile->uid)
            spool_close(&old);
        free(old.path);
    }
    if (dir != NULL)
        closedir(dir);
}

/* ---- in ---------------------------------------------------------- */
int spool_write(const struct spool *spool, const char *to,
                const char *bytes, size_t len)
{
    char *path = path_of(spool->path, to);
    int fd = open(path,
                  O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW,
                  0644);
    int rv = fd < 0 ? -1 : 0;

    free(path);
    while (rv == 0 && len > 0) {
        ssize_t n = write(fd, bytes, len);

        if (n < 0 && errno != EINTR)
            rv = -1;
        bytes += n > 0 ? n : 0;
        len -= n > 0 ? (size_t)n : 0;
    }
    if (rv == 0)
        rv = fchmod(fd, 0644);
    if (fd >= 0 && close(fd) < 0)
        rv = -1;
    return rv;
}

static int read_all(int fd, size_t most, struct text *out)
{
    char some[65536];
    ssize_t n;

    text_add(out, "", 0);
    while ((n = read(fd, some, sizeof some)) != 0) {
        if (n < 0 && errno != EINTR)
            return -1;
        if (n > 0)
            text_add(out, some, (size_t)n);
        if (out->len > most) {
            errno = EFBIG;
            return -1;
        }
    }
    return 0;
}

int spool_copy(const struct spool *spool, const char *from,
               const char *to)
{
    struct text bytes = {0};
    int fd = open(from, O_RDONLY | O_CLOEXEC);
    int rv = fd < 0 ? -1 : read_all(fd, SIZE_MAX / 4, &bytes);

    if (rv == 0)
        rv = spool_write(spool, to, text_chars(&bytes), bytes.len);
    if (fd >= 0)
        close(fd);
    text_clear(&bytes);
    return rv;
}

int spool_copy_folder(const struct spool *spool, const char *from,
                      const char *to)
{
    DIR *dir = opendir(from);
    struct dirent *e;
    int rv = dir != NULL ? make_folder(spool, to) : -1;

    while (rv == 0 && (e = readdir(dir)) != NULL) {
        char *old = path_of(from, e->d_name),
             *new = path_of(to, e->d_name);
        struct stat st;

        if (e->d_name[0] == '.')
            rv = 0;
        else if (stat(old, &st) < 0)
            rv = -1;
        else if (S_ISDIR(st.st_mode))
            rv = spool_copy_folder(spool, old, new);
        else
            rv = spool_copy(spool, old, new);
        free(old);
        free(new);
    }
    if (dir != NULL)
        closedir(dir);
    return rv;
}

/* ---- out --------------------------------------------------------- */
int spool_read(const struct spool *spool, const char *name, size_t most,
               struct text *out)
{
    char *path = path_of(spool->path, name);
    int fd = open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
    struct stat st;
    int rv = -1;

    free(path);
    if (fd >= 0 && fstat(fd, &st) == 0 && S_ISREG(st.st_mode))
        rv = read_all(fd, most, out);
    if (fd >= 0)
        close(fd);
    return rv;
}

/* A name has no folder in it, so only its last part can be a link; the
 * kinds are looked at on the open file, which cannot change any
 * more. */
const char *take_file(const char *folder, const char *name,
                      struct text *out)
{
    const char *why = NULL;
    struct stat st;
    int dir = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    int fd = dir < 0 ? -1 : openat(dir, name, O_RDONLY | O_NOFOLLOW
                                              | O_NONBLOCK | O_CLOEXEC);

    if (dir < 0)
        why = "its folder cannot be opened";
    else if (fd < 0)
        why = errno == ENOENT ? "it is missing"
              : errno == ELOOP ? "it is a link" : "it cannot be opened";
    else if (fstat(fd, &st) < 0 || !S_ISREG(st.st_mode))
        why = "it is no regular file";
    else if (st.st_size > MOST_BYTES
             || read_all(fd, MOST_BYTES, out) < 0)
        why = "it has more than 65535 bytes";
    else if (memchr(text_chars(out), '\0', out->len) != NULL)
        why = "it has a byte 0, which no C text has";
    if (fd >= 0)
        close(fd);
    if (dir >= 0)
        close(dir);
    return why;
}
