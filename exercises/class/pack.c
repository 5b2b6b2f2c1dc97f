/* pack.c - see pack.h */
#define _XOPEN_SOURCE 700
#include "pack.h"

#include <archive.h>
#include <archive_entry.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char manifest_name[] = "coil-submission.json";

void pack_clear(struct pack *pack)
{
    for (size_t i = 0; i < pack->len; i++) {
        free(pack->files[i].name);
        bytes_clear(&pack->files[i].bytes);
    }
    free(pack->exercise);
    *pack = (struct pack){0};
}

/* ---- what a pack may hold ---------------------------------------- */
/* Its place in the exercise, or -1. */
static int declared(const struct exercise *exercise, const char *name)
{
    for (int i = 0; exercise->files && exercise->files[i]; i++) {
        if (strcmp(exercise->files[i], name) == 0)
            return i;
    }
    return -1;
}

/* A name that is one component, and no surprise to a shell. */
static bool good_name(const char *name)
{
    static const char may[] = "abcdefghijklmnopqrstuvwxyz"
        "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-.";

    return name[0] && name[0] != '.' && name[0] != '-' &&
           strlen(name) <= 64 && strspn(name, may) == strlen(name);
}

static void push(struct pack *pack, const char *name, const void *bytes,
                 size_t len)
{
    struct pack_file *file = &pack->files[pack->len++];

    *file = (struct pack_file){.name = must_print("%s", name)};
    bytes_add(&file->bytes, bytes, len);
}

void pack_begin(struct pack *pack, const char *exercise)
{
    *pack = (struct pack){.exercise = must_print("%s", exercise)};
}

/* May there be this file beside those that are there? */
static int fits(const struct pack *pack, const char *name, size_t len,
                struct fault *fault)
{
    if (!good_name(name))
        return fault_set(fault, "a file has a name that may not be");
    for (size_t i = 0; i < pack->len; i++) {
        if (strcmp(pack->files[i].name, name) == 0)
            return fault_set(fault, "%s is there twice", name);
    }
    if (len > PACK_FILE_MAX)
        return fault_set(fault, "%s has more than %d bytes", name,
                         PACK_FILE_MAX);
    if (pack->len == PACK_FILES_MAX)
        return fault_set(fault, "there are more than %d files",
                         PACK_FILES_MAX);
    return 0;
}

int pack_add(struct pack *pack, const struct exercise *exercise,
             const char *name, const void *bytes, size_t len,
             struct fault *fault)
{
    if (declared(exercise, name) < 0)
        return fault_set(fault, "%s does not belong to %s", name,
                         exercise->name);
    if (fits(pack, name, len, fault) < 0)
        return -1;
    push(pack, name, bytes, len);
    return 0;
}

int pack_done(struct pack *pack, const struct exercise *exercise,
              struct fault *fault)
{
    for (size_t i = 0; exercise->files && exercise->files[i]; i++) {
        size_t at = i;

        while (at < pack->len &&
               strcmp(pack->files[at].name, exercise->files[i]) != 0)
            at++;
        if (at >= pack->len)
            return fault_set(fault, "%s is missing",
                             exercise->files[i]);
        struct pack_file moved = pack->files[i];

        pack->files[i] = pack->files[at];
        pack->files[at] = moved;
    }
    return pack->len ? 0 : fault_set(fault, "%s asks for no file",
                                     exercise->name);
}

int pack_check(const struct pack *pack, const struct exercise *exercise,
               struct fault *fault)
{
    size_t n = 0;

    if (strcmp(pack->exercise, exercise->name) != 0)
        return fault_set(fault, "it is for %s, not for %s",
                         pack->exercise, exercise->name);
    while (exercise->files && exercise->files[n]) {
        if (n >= pack->len ||
            strcmp(pack->files[n].name, exercise->files[n]) != 0)
            return fault_set(fault, "%s is missing",
                             exercise->files[n]);
        n++;
    }
    return n == pack->len ? 0
           : fault_set(fault, "%s does not belong to %s",
                       pack->files[n].name, exercise->name);
}

/* ---- folders ----------------------------------------------------- */
static void list_left(const struct exercise *exercise, int folder,
                      struct words *left)
{
    DIR *dir = fdopendir(dup(folder));
    struct dirent *entry;

    while (dir && (entry = readdir(dir))) {
        const char *name = entry->d_name;

        if (strcmp(name, ".") != 0 && strcmp(name, "..") != 0 &&
            declared(exercise, name) < 0)
            words_add(left, name);
    }
    if (dir)
        closedir(dir);
    words_sort(left);
}

int pack_folder(struct pack *pack, const struct exercise *exercise,
                const char *folder, struct words *left,
                struct fault *fault)
{
    int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    int rv = -1;

    pack_begin(pack, exercise->name);
    if (fd < 0)
        return fault_errno(fault, "cannot open the folder %s", folder);
    for (size_t i = 0; exercise->files && exercise->files[i]; i++) {
        const char *name = exercise->files[i];
        struct bytes b = {0};
        int bad = file_read(fd, name, PACK_FILE_MAX, &b, fault) < 0 ||
                  pack_add(pack, exercise, name, b.at, b.len, fault) <
                      0;

        bytes_clear(&b);
        if (bad)
            goto done;
    }
    if (left)
        list_left(exercise, fd, left);
    rv = pack_done(pack, exercise, fault);
done:
    close(fd);
    return rv;
}

int pack_unpack(const struct pack *pack, const char *folder,
                struct fault *fault)
{
    int fd;
    int rv = 0;

    if (folder_make(folder, 0700, fault) < 0)
        return -1;
    fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0)
        return fault_errno(fault, "cannot open the folder %s", folder);
    for (size_t i = 0; rv == 0 && i < pack->len; i++) {
        const struct pack_file *f = &pack->files[i];

        rv = file_write(fd, f->name, f->bytes.at, f->bytes.len, 0644,
                        fault);
    }
    close(fd);
    return rv;
}

/* ---- writing ----------------------------------------------------- */
static char *manifest(const struct pack *pack)
{
    json_t *files = json_array();
    json_t *all;

    for (size_t i = 0; i < pack->len; i++) {
        const struct pack_file *f = &pack->files[i];
        char hex[HASH_HEX + 1];

        hash_hex(f->bytes.at, f->bytes.len, hex);
        json_array_append_new(files,
            json_pack("{s:s, s:s, s:I}", "name", f->name, "sha256", hex,
                      "bytes", (json_int_t)f->bytes.len));
    }
    all = json_pack("{s:i, s:s, s:o}", "coil", 1, "exercise",
                    pack->exercise, "files", files);
    char *text = json_dumps(all, JSON_COMPACT);

    json_decref(all);
    if (!text) {
        fputs("coil: out of memory\n", stderr);
        exit(3);
    }
    return text;
}

static void put_entry(struct archive *a, const char *name,
                      const void *bytes, size_t len)
{
    struct archive_entry *entry = archive_entry_new();

    archive_entry_set_pathname(entry, name);
    archive_entry_set_filetype(entry, AE_IFREG);
    archive_entry_set_perm(entry, 0644);
    archive_entry_set_size(entry, (la_int64_t)len);
    archive_entry_set_mtime(entry, 0, 0);
    archive_write_header(a, entry);
    archive_write_data(a, bytes, len);
    archive_entry_free(entry);
}

static la_ssize_t append(struct archive *a, void *out, const void *from,
                         size_t len)
{
    (void)a;
    bytes_add(out, from, len);
    return (la_ssize_t)len;
}

void pack_write(const struct pack *pack, struct bytes *out)
{
    struct archive *a = archive_write_new();
    char *text = manifest(pack);

    archive_write_set_format_ustar(a);
    archive_write_set_bytes_per_block(a, 512);
    archive_write_set_bytes_in_last_block(a, 1);
    archive_write_open(a, out, NULL, append, NULL);
    put_entry(a, manifest_name, text, strlen(text));
    for (size_t i = 0; i < pack->len; i++) {
        const struct pack_file *f = &pack->files[i];

        put_entry(a, f->name, f->bytes.at, f->bytes.len);
    }
    archive_write_close(a);
    archive_write_free(a);
    free(text);
}

/* ---- reading ----------------------------------------------------- */
/* The data of the entry, up to `limit` bytes. */
static int entry_data(struct archive *a, size_t limit,
                      struct bytes *out, struct fault *fault)
{
    char chunk[8192];
    la_ssize_t n;

    while ((n = archive_read_data(a, chunk, sizeof chunk)) > 0) {
        bytes_add(out, chunk, (size_t)n);
        if (out->len > limit)
            return fault_set(fault, "a file in it is too long");
    }
    bytes_add(out, "", 0);
    return n < 0 ? fault_set(fault, "it is broken") : 0;
}

static int read_manifest(struct pack *pack, const struct bytes *text,
                         struct fault *fault)
{
    json_t *all = json_loadb(text->at, text->len, 0, NULL);
    const char *name =
        json_string_value(json_object_get(all, "exercise"));
    int rv = -1;

    if (!name || strlen(name) > 200 || !is_plain(name))
        fault_set(fault, "it does not say for which exercise it is");
    else {
        pack_begin(pack, name);
        rv = 0;
    }
    json_decref(all);
    return rv;
}

static int read_entries(struct archive *a, struct pack *pack,
                        struct fault *fault)
{
    struct archive_entry *entry;
    struct bytes b = {0};
    int rv = 0, r = ARCHIVE_OK;

    while (rv == 0 && (r = archive_read_next_header(a, &entry)) ==
           ARCHIVE_OK) {
        const char *name = archive_entry_pathname(entry);
        bool first = !pack->exercise;

        bytes_clear(&b);
        if (!name || archive_entry_filetype(entry) != AE_IFREG ||
            first != (strcmp(name, manifest_name) == 0))
            rv = fault_set(fault, "it is no pack made by submit");
        else if (entry_data(a, PACK_FILE_MAX, &b, fault) < 0)
            rv = -1;
        else if (first)
            rv = read_manifest(pack, &b, fault);
        else if ((rv = fits(pack, name, b.len, fault)) == 0)
            push(pack, name, b.at, b.len);
    }
    bytes_clear(&b);
    if (rv == 0 && (r != ARCHIVE_EOF || !pack->exercise || !pack->len))
        rv = fault_set(fault, "it is no pack made by submit");
    return rv;
}

int pack_read(struct pack *pack, const void *bytes, size_t len,
              struct fault *fault)
{
    struct archive *a = archive_read_new();
    struct bytes again = {0};
    int rv = -1;

    *pack = (struct pack){0};
    archive_read_support_format_tar(a);
    if (len > PACK_MAX ||
        archive_read_open_memory(a, bytes, len) != ARCHIVE_OK) {
        fault_set(fault, "it is no pack made by submit");
        goto done;
    }
    if (read_entries(a, pack, fault) < 0)
        goto done;
    pack_write(pack, &again);
    if (again.len != len || memcmp(again.at, bytes, len) != 0) {
        fault_set(fault, "it was changed after submit made it");
        goto done;
    }
    rv = 0;
done:
    archive_read_free(a);
    bytes_clear(&again);
    return rv;
}
