/* traces.c - is anything left of a uid? */
#include <ctype.h>
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "attack.h"

/* A process of the uid; of our own uid only one that a box has run. */
static bool is_left(const char *pid, uid_t uid)
{
    char path[300], command[256] = "";
    struct stat st;

    snprintf(path, sizeof path, "/proc/%s", pid);
    if (stat(path, &st) < 0 || st.st_uid != uid)
        return false;
    if (uid != getuid())
        return true;
    snprintf(path, sizeof path, "/proc/%s/cmdline", pid);
    FILE *f = fopen(path, "re");
    if (f != NULL) {
        command[fread(command, 1, sizeof command - 1, f)] = '\0';
        fclose(f);
    }
    return strcmp(command, "./plain") == 0
           || strncmp(command, "./naive_", 8) == 0;
}

static bool any_process(uid_t uid)
{
    DIR *dir = opendir("/proc");
    struct dirent *e;
    bool rv = dir == NULL;

    while (dir != NULL && (e = readdir(dir)) != NULL)
        if (isdigit((unsigned char)e->d_name[0]))
            rv |= is_left(e->d_name, uid);
    if (dir != NULL)
        closedir(dir);
    return rv;
}

static bool any_file(const char *folder, uid_t uid)
{
    DIR *dir = opendir(folder);
    struct dirent *e;
    bool rv = false;

    while (dir != NULL && (e = readdir(dir)) != NULL) {
        struct stat st;
        struct text path = {0};

        text_put(&path, "%s/%s", folder, e->d_name);
        if (strcmp(e->d_name, "coil-trace") == 0)
            rv = true;
        if (uid != getuid() && strcmp(e->d_name, ".") != 0
            && strcmp(e->d_name, "..") != 0
            && lstat(text_chars(&path), &st) == 0 && st.st_uid == uid)
            rv = true;
        text_clear(&path);
    }
    if (dir != NULL)
        closedir(dir);
    return rv;
}

const char *traces_of(uid_t uid)
{
    static const char *const folders[] = {
        "/tmp", "/var/tmp", "/dev/shm", "/run/lock", ".", "/"
    };

    /* What dies with a box is reaped by the kernel a moment later. */
    for (int i = 0; any_process(uid); i++) {
        if (i == 100)
            return "a process";
        usleep(20000);
    }
    for (size_t i = 0; i < sizeof folders / sizeof *folders; i++)
        if (any_file(folders[i], uid))
            return folders[i];
    return NULL;
}
