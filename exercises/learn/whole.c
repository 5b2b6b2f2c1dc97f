#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "whole.h"

void *must(void *p)
{
    if (p == NULL) {
        fputs("coil: out of memory\n", stderr);
        exit(1);
    }
    return p;
}

char *format(const char *form, ...)
{
    va_list args;
    char *text;
    int len;

    va_start(args, form);
    len = vsnprintf(NULL, 0, form, args);
    va_end(args);
    text = must(malloc((size_t)len + 1));
    va_start(args, form);
    vsnprintf(text, (size_t)len + 1, form, args);
    va_end(args);
    return text;
}

char *join(const char *folder, const char *name)
{
    return format("%s/%s", folder, name);
}

bool path_is(const char *path)
{
    struct stat about;

    return stat(path, &about) == 0;
}

char *whole_read(const char *path, size_t *len)
{
    size_t cap = 4096, n = 0, got;
    char *text = NULL;
    FILE *f = fopen(path, "rb");

    if (f == NULL)
        return NULL;
    text = must(malloc(cap + 1));
    while ((got = fread(text + n, 1, cap - n, f)) > 0) {
        n += got;
        if (n == cap)
            text = must(realloc(text, (cap *= 2) + 1));
    }
    if (ferror(f)) {
        got = (size_t)errno;
        fclose(f);
        free(text);
        errno = (int)got;
        return NULL;
    }
    fclose(f);
    text[n] = '\0';
    if (len != NULL)
        *len = n;
    return text;
}

/* Force the name in the folder to the disk, too. */
static void keep_folder(const char *path)
{
    char *folder = must(strdup(path)), *slash = strrchr(folder, '/');
    int fd;

    if (slash != NULL)
        *slash = '\0';
    fd = open(slash ? folder : ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd >= 0) {
        (void)fsync(fd);        /* not every file system can */
        close(fd);
    }
    free(folder);
}

static int write_all(int fd, const char *bytes, size_t len)
{
    while (len > 0) {
        ssize_t n = write(fd, bytes, len);

        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return -1;
        bytes += n;
        len -= (size_t)n;
    }
    return 0;
}

int whole_write(const char *path, const char *bytes, size_t len)
{
    char *temporary = format("%s.new-%ld", path, (long)getpid());
    int fd, why, rv = -1;

    fd =
        open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    if (fd >= 0) {
        rv = write_all(fd, bytes, len);
        if (rv == 0)
            rv = fsync(fd);
        why = errno;
        if (close(fd) < 0 && rv == 0) {
            rv = -1;
            why = errno;
        }
        errno = why;
        if (rv == 0)
            rv = rename(temporary, path);
        why = errno;
        if (rv < 0)
            unlink(temporary);
        errno = why;
    }
    if (rv == 0)
        keep_folder(path);
    why = errno;
    free(temporary);
    errno = why;
    return rv;
}

int whole_copy(const char *from, const char *to)
{
    size_t len;
    char *text = whole_read(from, &len);
    int rv, why;

    if (text == NULL)
        return -1;
    rv = whole_write(to, text, len);
    why = errno;
    free(text);
    errno = why;
    return rv;
}

int path_make(const char *path)
{
    char *part = must(strdup(path));
    int rv = 0;

    for (char *p = part + 1; rv == 0 && *p != '\0'; p++) {
        if (*p != '/')
            continue;
        *p = '\0';
        rv = mkdir(part, 0777) < 0 && errno != EEXIST ? -1 : 0;
        *p = '/';
    }
    if (rv == 0 && mkdir(part, 0777) < 0 && errno != EEXIST)
        rv = -1;
    free(part);
    return rv;
}
