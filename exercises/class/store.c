/* store.c - the file: open, ask, change; see store.h */
#define _XOPEN_SOURCE 700
#include "store.h"

#include <errno.h>
#include <fcntl.h>
#include <pwd.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum {
    STORE_ID = 0x436f696c,      /* "Coil", in the file's header */
    STORE_VERSION = 1,
    STORE_WAIT = 5000           /* milliseconds for another writer */
};

struct store {
    sqlite3 *db;
    char *path;
    bool writes;
};

/* What the last call of SQLite could not do, for a teacher. */
static int say(struct store *s, struct fault *fault)
{
    int code = sqlite3_errcode(s->db);

    switch (code & 0xff) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return fault_set(fault, "%s is in use by another program; try "
                         "again when that is done", s->path);
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
        return fault_set(fault, "%s is damaged (%s); nothing was "
                         "written: take a copy, then put your backup "
                         "in its place", s->path,
                         sqlite3_errmsg(s->db));
    case SQLITE_READONLY:
    case SQLITE_PERM:
        return fault_set(fault, "%s may not be written", s->path);
    case SQLITE_CANTOPEN:
        return fault_set(fault, "%s cannot be opened, or its folder "
                         "may not be written", s->path);
    case SQLITE_FULL:
        return fault_set(fault, "the disk of %s is full; what was "
                         "there is as it was", s->path);
    case SQLITE_IOERR:
        return fault_set(fault, "%s cannot be read or written: %s (%s)",
                         s->path, sqlite3_errmsg(s->db),
                         strerror(sqlite3_system_errno(s->db)));
    default:
        return fault_set(fault, "%s: %s", s->path,
                         sqlite3_errmsg(s->db));
    }
}

/* ---- statements -------------------------------------------------- */
static sqlite3_stmt *prepare(struct store *s, struct fault *fault,
                             const char *sql, const char *form,
                             va_list args)
{
    sqlite3_stmt *q = NULL;

    if (sqlite3_prepare_v2(s->db, sql, -1, &q, NULL) != SQLITE_OK) {
        say(s, fault);
        return NULL;
    }
    for (int i = 1; *form; i++, form++) {
        const char *text;

        if (*form == 'i')
            sqlite3_bind_int64(q, i, va_arg(args, int64_t));
        else if (*form == 'd')
            sqlite3_bind_double(q, i, va_arg(args, double));
        else if (*form == 't')
            sqlite3_bind_text(q, i, va_arg(args, const char *), -1,
                              SQLITE_TRANSIENT);
        else {
            text = va_arg(args, const char *);
            sqlite3_bind_blob64(q, i, text, va_arg(args, size_t),
                                SQLITE_TRANSIENT);
        }
    }
    return q;
}

sqlite3_stmt *store_select(struct store *s, struct fault *fault,
                           const char *sql, const char *form, ...)
{
    va_list args;

    va_start(args, form);
    sqlite3_stmt *q = prepare(s, fault, sql, form, args);
    va_end(args);
    return q;
}

int store_next(struct store *s, sqlite3_stmt *q, struct fault *fault)
{
    int rv;

    if (!q)
        return -1;
    switch (sqlite3_step(q)) {
    case SQLITE_ROW:
        return 1;
    case SQLITE_DONE:
        rv = 0;
        break;
    default:
        rv = say(s, fault);
    }
    sqlite3_finalize(q);
    return rv;
}

int store_do(struct store *s, struct fault *fault, const char *sql,
             const char *form, ...)
{
    va_list args;
    int rv;

    va_start(args, form);
    sqlite3_stmt *q = prepare(s, fault, sql, form, args);
    va_end(args);
    while ((rv = store_next(s, q, fault)) > 0)
        ;
    return rv;
}

int store_number(struct store *s, int64_t *out, struct fault *fault,
                 const char *sql, const char *form, ...)
{
    va_list args;

    va_start(args, form);
    sqlite3_stmt *q = prepare(s, fault, sql, form, args);
    va_end(args);
    int rv = store_next(s, q, fault);
    if (rv <= 0)
        return rv;
    *out = sqlite3_column_int64(q, 0);
    sqlite3_finalize(q);
    return 1;
}

int64_t store_last_id(const struct store *s)
{
    return sqlite3_last_insert_rowid(s->db);
}

const char *column(sqlite3_stmt *q, int i)
{
    const unsigned char *text = sqlite3_column_text(q, i);

    return text ? (const char *)text : "";
}

int store_begin(struct store *s, struct fault *fault)
{
    return store_do(s, fault, "BEGIN IMMEDIATE", "");
}

int store_end(struct store *s, bool ok, struct fault *fault)
{
    if (ok && store_do(s, fault, "COMMIT", "") == 0)
        return 0;
    if (!sqlite3_get_autocommit(s->db)) {
        struct fault second = {0};

        store_do(s, &second, "ROLLBACK", "");
    }
    return -1;
}

/* ---- open -------------------------------------------------------- */
static int pragma(struct store *s, const char *name,
                  struct fault *fault)
{
    char *sql = must_print("PRAGMA %s", name);
    int64_t value = -1;
    int rv = store_number(s, &value, fault, sql, "");

    free(sql);
    return rv < 0 ? -1 : (int)value;
}

/* A new file gets its tables in one change: another program that opens
 * it at the same time sees none of them, or all. */
static int make_tables(struct store *s, struct fault *fault)
{
    char *text = NULL;
    int rv = -1;

    if (store_begin(s, fault) < 0)
        return -1;
    if (pragma(s, "application_id", fault) == STORE_ID)
        return store_end(s, true, fault);
    if (sqlite3_exec(s->db, store_schema, NULL, NULL, NULL) !=
        SQLITE_OK) {
        say(s, fault);
        goto done;
    }
    text = must_print("PRAGMA application_id = %d; "
                      "PRAGMA user_version = %d", STORE_ID,
                      STORE_VERSION);
    if (sqlite3_exec(s->db, text, NULL, NULL, NULL) != SQLITE_OK)
        say(s, fault);
    else
        rv = 0;
done:
    free(text);
    return store_end(s, rv == 0, fault);
}

/* SQLite reads a file only when asked: ask for all of it, so that a
 * damaged one is named before it grows. */
static int look_whole(struct store *s, struct fault *fault)
{
    sqlite3_stmt *q = store_select(s, fault, "PRAGMA quick_check(1)",
                                   "");
    int rv = store_next(s, q, fault);

    if (rv <= 0)
        return rv;
    if (strcmp(column(q, 0), "ok") != 0)
        fault_set(fault, "%s is damaged (%s); nothing was written: "
                  "take a copy, then put your backup in its place",
                  s->path, column(q, 0));
    sqlite3_finalize(q);
    return fault->text[0] ? -1 : 0;
}

static int prove(struct store *s, struct fault *fault)
{
    int id = pragma(s, "application_id", fault);

    if (fault->text[0])
        return -1;
    if (id != STORE_ID)
        return fault_set(fault, "%s is no record of submissions",
                         s->path);
    if (pragma(s, "user_version", fault) != STORE_VERSION)
        return fault_set(fault, "%s was made by a newer Coil", s->path);
    return look_whole(s, fault);
}

/* Is there a file, and does it have something in it? */
static int exists(const char *path, enum store_how how, bool *empty,
                  struct fault *fault)
{
    struct stat st;

    if (stat(path, &st) < 0) {
        if (errno == ENOENT && how == STORE_MAKE) {
            int fd = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC,
                          0600);

            if (fd < 0 && errno != EEXIST)
                return fault_errno(fault, "cannot make %s", path);
            if (fd >= 0)
                close(fd);
            *empty = true;
            return 0;
        }
        return fault_errno(fault, "cannot open the record %s", path);
    }
    *empty = st.st_size == 0;
    if (how != STORE_READ && access(path, W_OK) < 0)
        return fault_set(fault, "%s may not be written", path);
    return 0;
}

struct store *store_open(const char *path, enum store_how how,
                         struct fault *fault)
{
    static const char settings[] = "PRAGMA foreign_keys = ON;"
        "PRAGMA recursive_triggers = ON; PRAGMA trusted_schema = OFF;"
        "PRAGMA synchronous = FULL";
    struct store *s = must_alloc(NULL, sizeof *s);
    int flags = how == STORE_READ ? SQLITE_OPEN_READONLY
                                  : SQLITE_OPEN_READWRITE;
    bool empty = false;

    *s = (struct store){.path = must_print("%s", path),
                        .writes = how != STORE_READ};
    if (exists(path, how, &empty, fault) < 0)
        goto failed;
    if (sqlite3_open_v2(path, &s->db, flags, NULL) != SQLITE_OK) {
        say(s, fault);
        goto failed;
    }
    sqlite3_busy_timeout(s->db, STORE_WAIT);
    sqlite3_db_config(s->db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    if (sqlite3_exec(s->db, settings, NULL, NULL, NULL) != SQLITE_OK) {
        say(s, fault);
        goto failed;
    }
    if (empty && how == STORE_MAKE && make_tables(s, fault) < 0)
        goto failed;
    if (prove(s, fault) < 0)
        goto failed;
    return s;
failed:
    store_close(s);
    return NULL;
}

void store_close(struct store *s)
{
    if (!s)
        return;
    sqlite3_close_v2(s->db);
    free(s->path);
    free(s);
}

/* ---- small questions --------------------------------------------- */
char *store_get(struct store *s, const char *key, const char *otherwise)
{
    struct fault ignored = {0};
    char *text = NULL;
    sqlite3_stmt *q = store_select(s, &ignored, "SELECT value FROM "
                                   "setting_now WHERE key = ?", "t",
                                   key);

    if (store_next(s, q, &ignored) > 0) {
        text = must_print("%s", column(q, 0));
        sqlite3_finalize(q);
    }
    return text ? text : must_print("%s", otherwise);
}

const char *store_who(void)
{
    static char number[32];
    const struct passwd *user = getpwuid(getuid());

    if (user)
        return user->pw_name;
    snprintf(number, sizeof number, "user %ld", (long)getuid());
    return number;
}
