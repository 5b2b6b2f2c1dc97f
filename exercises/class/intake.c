/* intake.c - whose is it, and is it taken?  See intake.h */
#define _XOPEN_SOURCE 700
#include "intake.h"

#include <ctype.h>
#include <errno.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

void intake_clear(struct intake *in)
{
    for (size_t i = 0; i < in->len; i++) {
        free(in->at[i].person);
        pack_clear(&in->at[i].pack);
        words_clear(&in->at[i].left);
    }
    free(in->at);
    words_clear(&in->left);
    *in = (struct intake){0};
}

void intake_refuse(struct intake *in, size_t who, const char *format,
                   ...)
{
    struct taken *t = &in->at[who];
    va_list args;

    va_start(args, format);
    if (!t->refused[0])
        vsnprintf(t->refused, sizeof t->refused, format, args);
    va_end(args);
}

/* ---- people ------------------------------------------------------ */
static size_t find_person(struct intake *in, const char *name,
                          size_t len)
{
    char *person = must_print("%.*s", (int)len, name);
    size_t i = 0;

    while (i < in->len && strcmp(in->at[i].person, person) != 0)
        i++;
    if (i < in->len) {
        free(person);
        return i;
    }
    in->at = must_alloc(in->at, (in->len + 1) * sizeof *in->at);
    in->at[in->len] = (struct taken){.person = person};
    pack_begin(&in->at[in->len].pack, in->exercise->name);
    return in->len++;
}

/* The length of a run of digits that "_" or the end follows, or 0. */
static size_t digits(const char *p)
{
    size_t n = strspn(p, "0123456789");

    return n && p[n] == '_' ? n : 0;
}

/* Canvas names a file NAME_123_456_map.c or NAME_LATE_123_456_map.c. */
static bool canvas(const char *file, struct bytes *person,
                   const char **rest)
{
    for (const char *p = strchr(file, '_'); p; p = strchr(p + 1, '_')) {
        const char *id = p + 1;
        size_t n, m;

        if (strncmp(id, "LATE_", 5) == 0)
            id += 5;
        n = digits(id);
        m = n ? digits(id + n + 1) : 0;
        if (p == file || !m || !id[n + 1 + m + 1])
            continue;
        bytes_print(person, "%.*s_%.*s", (int)(p - file), file, (int)n,
                    id);
        *rest = id + n + 1 + m + 1;
        return true;
    }
    return false;
}

static const char moodle[] = "_assignsubmission_file_";

/* The length of an archive's name without its ending, or 0. */
static size_t archive_stem(const char *name)
{
    static const char *const ends[] = {".sub", ".zip", ".tar", ".tgz",
        ".tar.gz", ".tar.xz", ".txz", ".tar.bz2", ".tbz2", ".tar.zst"};
    size_t len = strlen(name);

    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        size_t n = strlen(ends[i]);

        if (len > n && strcmp(name + len - n, ends[i]) == 0)
            return len - n;
    }
    return 0;
}

/* The person of the path, whose rest follows; false: nobody's. */
static bool whose(struct intake *in, const char *path, enum kind kind,
                  size_t *who, const char **rest)
{
    size_t len = strcspn(path, "/");
    const char *mark = strstr(path, moodle);
    struct bytes person = {0};
    bool found = true;

    *rest = path[len] ? path + len + 1 : "";
    if (in->only) {
        *who = find_person(in, in->only, strlen(in->only));
        *rest = path;
    } else if (mark && mark < path + len && mark > path) {
        *who = find_person(in, path, (size_t)(mark - path));
        if (!path[len] && kind != KIND_FOLDER)
            *rest = mark + strlen(moodle);
    } else if (path[len] || kind == KIND_FOLDER ||
               (kind != KIND_FILE && !archive_stem(path))) {
        *who = find_person(in, path, len);
    } else if (canvas(path, &person, rest)) {
        *who = find_person(in, person.at, person.len);
    } else if (archive_stem(path)) {
        *who = find_person(in, path, archive_stem(path));
        *rest = path;
    } else
        found = false;
    bytes_clear(&person);
    return found;
}

/* ---- entries ----------------------------------------------------- */
/* What systems and editors leave behind. */
static bool is_litter(const char *path)
{
    const char *name = strrchr(path, '/') ? strrchr(path, '/') + 1
                                          : path;

    return strncmp(path, "__MACOSX", 8) == 0 ||
           strstr(path, "/__MACOSX") || strncmp(name, "._", 2) == 0 ||
           strcmp(name, ".DS_Store") == 0 ||
           strcmp(name, "Thumbs.db") == 0 ||
           strcmp(name, "desktop.ini") == 0;
}

/* NULL, or why a path may not be. */
static const char *bad_path(const char *path)
{
    size_t depth = 0;

    if (path[0] == '/')
        return "a path that begins at the root";
    if (!is_plain(path))
        return "a name that is no text";
    if (strchr(path, '\\'))
        return "a name with a backslash";
    if (strlen(path) > 1000)
        return "a path that is too long";
    for (const char *p = path; *p; depth++) {
        size_t n = strcspn(p, "/");

        if (n == 2 && strncmp(p, "..", 2) == 0)
            return "a path that leads out by ..";
        p += n + (p[n] == '/');
    }
    return depth > PATH_DEPTH ? "folders in folders in folders" : NULL;
}

/* The declared name that this is: also "map-1.c", as Canvas numbers
 * what was handed in again. */
static const char *declared(const struct intake *in, const char *name)
{
    const char *const *files = in->exercise->files;

    for (; files && *files; files++) {
        const char *dot = strrchr(*files, '.');
        size_t stem = dot ? (size_t)(dot - *files) : strlen(*files);
        size_t n;

        if (strcmp(*files, name) == 0)
            return *files;
        if (in->only || strncmp(*files, name, stem) != 0 ||
            name[stem] != '-')
            continue;
        n = strspn(name + stem + 1, "0123456789");
        if (n && strcmp(name + stem + 1 + n, dot ? dot : "") == 0)
            return *files;
    }
    return NULL;
}

static void keep_left(struct words *left, const char *name)
{
    if (left->len < 20)
        words_add(left, name);
}

int intake_look(struct intake *in, const char *path, enum kind kind,
                int64_t date, size_t *who, const char **name,
                struct fault *fault)
{
    const char *bad, *rest, *base;

    while (strncmp(path, "./", 2) == 0)
        path += 2;
    if (!path[0] || strcmp(path, ".") == 0 || is_litter(path))
        return WANT_NOTHING;
    bad = bad_path(path);
    if (bad && !in->only && (path[0] == '/' || !is_plain(path) ||
                             strncmp(path, "..", 2) == 0))
        return fault_set(fault, "%s has %s: it is not what a course "
                         "system makes, and none of it was taken",
                         in->name, bad);
    if (!whose(in, path, kind, who, &rest)) {
        keep_left(&in->left, path);
        return WANT_NOTHING;
    }
    if (date > in->at[*who].received)
        in->at[*who].received = date;
    if (bad || kind == KIND_LINK || kind == KIND_OTHER) {
        intake_refuse(in, *who, "it has %s", bad ? bad
                      : kind == KIND_LINK ? "a link"
                      : "what is neither file nor folder");
        return WANT_NOTHING;
    }
    if (kind == KIND_FOLDER || !rest[0])
        return WANT_NOTHING;
    base = strrchr(rest, '/') ? strrchr(rest, '/') + 1 : rest;
    *name = declared(in, base);
    if (*name)
        return WANT_FILE;
    *name = base;
    if (archive_stem(base) && !in->inner)
        return WANT_ARCHIVE;
    keep_left(&in->at[*who].left, rest);
    return WANT_NOTHING;
}

void intake_file(struct intake *in, size_t who, const char *name,
                 const struct bytes *bytes)
{
    struct fault fault = {0};

    if (pack_add(&in->at[who].pack, in->exercise, name, bytes->at,
                 bytes->len, &fault) < 0)
        intake_refuse(in, who, "%s", fault.text);
}

void intake_pack(struct intake *in, size_t who, const char *name,
                 const struct bytes *bytes)
{
    struct fault fault = {0};
    struct pack pack = {0};

    if (pack_read(&pack, bytes->at, bytes->len, &fault) < 0 ||
        pack_check(&pack, in->exercise, &fault) < 0)
        intake_refuse(in, who, "%s: %s", name, fault.text);
    for (size_t i = 0; !fault.text[0] && i < pack.len; i++)
        intake_file(in, who, pack.files[i].name, &pack.files[i].bytes);
    pack_clear(&pack);
}

/* ---- all of it --------------------------------------------------- */
static int by_person(const void *a, const void *b)
{
    return strcmp(((const struct taken *)a)->person,
                  ((const struct taken *)b)->person);
}

int intake_read(struct intake *in, const char *path,
                const struct exercise *exercise, const char *only,
                struct fault *fault)
{
    struct stat st;
    int rv;

    *in = (struct intake){.exercise = exercise, .only = only,
                          .name = path};
    if (stat(path, &st) < 0)
        return fault_errno(fault, "cannot read %s", path);
    if (S_ISDIR(st.st_mode))
        rv = intake_folder(in, path, fault);
    else if (S_ISREG(st.st_mode))
        rv = intake_archive(in, path, fault);
    else
        rv = fault_set(fault, "%s is neither a folder nor a file",
                       path);
    for (size_t i = 0; rv == 0 && i < in->len; i++) {
        struct fault lacks = {0};

        if (!in->at[i].refused[0] &&
            pack_done(&in->at[i].pack, exercise, &lacks) < 0)
            intake_refuse(in, i, "%s", lacks.text);
    }
    if (rv == 0 && in->len)
        qsort(in->at, in->len, sizeof *in->at, by_person);
    return rv;
}
