/* intake_archive.c - archives, of a class or of one person
 *
 * They are read in memory and never extracted.  All that comes out is
 * counted, also what is skipped, so that a bomb ends early.
 */
#define _XOPEN_SOURCE 700
#include "intake.h"

#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>

struct reader {
    struct archive *a;
    size_t bytes, entries;      /* that came out so far */
    size_t most_bytes, most_entries;
    struct fault *fault;
};

static struct archive *open_archive(const struct bytes *bytes,
                                    struct fault *fault)
{
    struct archive *a = archive_read_new();

    archive_read_support_format_tar(a);
    archive_read_support_format_zip_seekable(a);
    archive_read_support_filter_gzip(a);
    archive_read_support_filter_bzip2(a);
    archive_read_support_filter_xz(a);
    archive_read_support_filter_zstd(a);
    if (archive_read_open_memory(a, bytes->at, bytes->len) ==
            ARCHIVE_OK)
        return a;
    fault_set(fault, "it is no archive, or broken");
    archive_read_free(a);
    return NULL;
}

/* The next entry: 1, 0 (no more) or -1. */
static int next(struct reader *r, struct archive_entry **entry)
{
    int rv = archive_read_next_header(r->a, entry);

    if (rv == ARCHIVE_EOF)
        return r->entries ? 0 : fault_set(r->fault, "it is empty");
    if (rv != ARCHIVE_OK && rv != ARCHIVE_WARN)
        return fault_set(r->fault, "it is broken: %s",
                         archive_error_string(r->a));
    if (archive_filter_count(r->a) > 2)
        return fault_set(r->fault, "it is compressed more than once");
    if (++r->entries > r->most_entries)
        return fault_set(r->fault, "it has more than %zu files",
                         r->most_entries);
    if (archive_entry_is_encrypted(*entry))
        return fault_set(r->fault, "it is encrypted");
    return 1;
}

static enum kind kind_of(struct archive_entry *entry)
{
    if (archive_entry_hardlink(entry))
        return KIND_LINK;
    switch (archive_entry_filetype(entry)) {
    case AE_IFREG:
        return KIND_FILE;
    case AE_IFDIR:
        return KIND_FOLDER;
    case AE_IFLNK:
        return KIND_LINK;
    default:
        return KIND_OTHER;
    }
}

/* The path without the / that marks a folder and without "./"; "\x01"
 * where it has none that is text, which intake_look refuses. */
static char *path_of(struct archive_entry *entry)
{
    const char *path = archive_entry_pathname_utf8(entry);

    if (!path || !path[0])
        path = "\x01";
    while (strncmp(path, "./", 2) == 0 && path[2])
        path += 2;
    char *own = must_print("%s", path);
    size_t len = strlen(own);

    while (len > 1 && own[len - 1] == '/')
        own[--len] = 0;
    return own;
}

/* Read the entry's data; keep up to `limit` bytes.  1: it has more.
 * The holes of a sparse file are not among the blocks, but count. */
static int data(struct reader *r, struct archive_entry *entry,
                size_t limit, struct bytes *out)
{
    const void *block;
    size_t len;
    la_int64_t at, size = archive_entry_size(entry);
    int rv, more = size > (la_int64_t)limit;

    while ((rv = archive_read_data_block(r->a, &block, &len, &at)) ==
           ARCHIVE_OK) {
        r->bytes += len;
        if (r->bytes > r->most_bytes)
            return fault_set(r->fault, "it unpacks to more than %zu MB",
                             r->most_bytes >> 20);
        more = more || at < 0 || (uint64_t)at > limit ||
               len > limit - (size_t)at;
        if (more)
            continue;
        while (out->len < (size_t)at)
            bytes_add(out, "", 1);
        bytes_add(out, block, len);
    }
    while (!more && (la_int64_t)out->len < size)
        bytes_add(out, "", 1);
    bytes_add(out, "", 0);
    if (rv != ARCHIVE_EOF)
        return fault_set(r->fault, "it is broken: %s",
                         archive_error_string(r->a));
    return more;
}

static void take(struct intake *in, enum want want, size_t who,
                 const char *name, const struct bytes *b)
{
    if (want == WANT_FILE)
        intake_file(in, who, name, b);
    else if (want == WANT_ARCHIVE)
        intake_inner(in, who, name, b);
}

/* Each entry in turn, without the first `strip` bytes of its path. */
static int read_entries(struct intake *in, struct reader *r,
                        size_t strip)
{
    struct archive_entry *entry;
    int rv;

    while ((rv = next(r, &entry)) > 0) {
        char *path = path_of(entry);
        const char *name = NULL;
        size_t who = 0, limit = 0;
        struct bytes b = {0};
        int want = intake_look(
            in, strlen(path) >= strip ? path + strip : "",
            kind_of(entry), (int64_t)archive_entry_mtime(entry), &who,
            &name, r->fault);

        if (want == WANT_FILE)
            limit = PACK_FILE_MAX;
        else if (want == WANT_ARCHIVE)
            limit = ARCHIVE_MAX;
        int more = want < 0 ? -1 : data(r, entry, limit, &b);

        if (more == 0)
            take(in, (enum want)want, who, name, &b);
        else if (more == 1 && want > 0)
            intake_refuse(in, who, "%s has more than %zu bytes", name,
                          limit);
        bytes_clear(&b);
        free(path);
        if (more < 0)
            return -1;
    }
    return rv;
}

/* ---- one person's ------------------------------------------------ */
void intake_inner(struct intake *in, size_t who, const char *name,
                  const struct bytes *bytes)
{
    size_t len = strlen(name);
    struct fault fault = {0};
    struct reader r = {.most_bytes = INNER_MAX, .fault = &fault,
                       .most_entries = INNER_ENTRIES};
    const char *only = in->only, *outer = in->name;

    if (len > 4 && strcmp(name + len - 4, ".sub") == 0) {
        intake_pack(in, who, name, bytes);
        return;
    }
    char *person = must_print("%s", in->at[who].person);
    int64_t received = in->at[who].received;

    in->only = person;
    in->name = name;
    in->inner = true;
    r.a = open_archive(bytes, &fault);
    if (!r.a || read_entries(in, &r, 0) < 0)
        intake_refuse(in, who, "%s: %s", name, fault.text);
    archive_read_free(r.a);
    in->only = only;
    in->name = outer;
    in->inner = false;
    in->at[who].received = received;    /* dates in there are his own */
    free(person);
}

/* ---- a class's --------------------------------------------------- */
/* Is `name` a file that the exercise asks for? */
static bool asked(const struct intake *in, const char *name)
{
    for (size_t i = 0; in->exercise->files && in->exercise->files[i];
         i++) {
        if (strcmp(in->exercise->files[i], name) == 0)
            return true;
    }
    return false;
}

/* The length of a folder around all people, with its "/"; 0: none.  One
 * folder with the exercise's files right in it is a person. */
static int wrapper(struct intake *in, const struct bytes *bytes,
                   size_t *strip, struct fault *fault)
{
    struct reader r = {.most_bytes = OUTER_MAX, .fault = fault,
                       .most_entries = OUTER_ENTRIES};
    struct archive_entry *entry;
    char *first = NULL;
    bool around = true;
    int rv = -1;

    r.a = open_archive(bytes, fault);
    while (r.a && (rv = next(&r, &entry)) > 0) {
        char *path = path_of(entry);
        size_t len = strcspn(path, "/");

        if (strncmp(path, "__MACOSX", 8) != 0) {
            if (!first)
                first = must_print("%.*s/", (int)len, path);
            around = around && len + 1 == strlen(first) &&
                     strncmp(path, first, len) == 0 &&
                     (path[len] || kind_of(entry) == KIND_FOLDER) &&
                     !(path[len] && asked(in, path + len + 1));
        }
        free(path);
        struct bytes none = {0};

        rv = data(&r, entry, 0, &none) < 0 ? -1 : 1;
        bytes_clear(&none);
        if (rv < 0)
            break;
    }
    if (first && (strcmp(first, "/") == 0 || strcmp(first, "../") == 0))
        around = false;
    *strip = around && first ? strlen(first) : 0;
    free(first);
    archive_read_free(r.a);
    return rv;
}

int intake_archive(struct intake *in, const char *path,
                   struct fault *fault)
{
    struct reader r = {.most_bytes = OUTER_MAX, .fault = fault,
                       .most_entries = OUTER_ENTRIES};
    struct fault cause = {0};
    struct bytes bytes = {0};
    size_t strip = 0;
    int rv = -1;

    if (file_read(AT_FDCWD, path, OUTER_MAX, &bytes, fault) < 0)
        goto done;
    if (in->only) {           /* hostile is what he did, not a fault */
        const char *base = strrchr(path, '/');
        struct taken t = {.person = must_print("%s", in->only)};

        pack_begin(&t.pack, in->exercise->name);
        in->at = must_alloc(in->at, sizeof *in->at);
        in->at[in->len++] = t;
        intake_inner(in, 0, base ? base + 1 : path, &bytes);
        rv = 0;
        goto done;
    }
    r.fault = &cause;
    if (wrapper(in, &bytes, &strip, &cause) == 0 &&
        (r.a = open_archive(&bytes, &cause)))
        rv = read_entries(in, &r, strip);
    if (rv < 0)
        fault_set(fault, "%s: %s; none of it was taken", path,
                  cause.text);
done:
    archive_read_free(r.a);
    bytes_clear(&bytes);
    return rv;
}
