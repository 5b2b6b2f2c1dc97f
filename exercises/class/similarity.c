/* similarity.c - who has code like whose, as sim_c of the Debian
 * package similarity-tester sees it
 *
 * sim_c reads copies, whose names we chose.  The reference and the
 * starter are compared, too: what is like them says little.
 */
#define _XOPEN_SOURCE 700
#include "csv.h"
#include "export.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum { LEAST = 30 };            /* percent; below it is not reported */

struct copies {
    char *folder;
    struct bytes list;          /* for sim_c -i: new files, "/", old */
    struct words names;         /* file, person, file, person ... */
};

static int copy(struct copies *x, const char *name, const void *bytes,
                size_t len, const char *person, struct fault *fault)
{
    char *path = must_print("%s/%s", x->folder, name);
    int rv = file_write(AT_FDCWD, path, bytes, len, 0600, fault);

    bytes_print(&x->list, "%s\n", name);
    words_add(&x->names, name);
    words_add(&x->names, person);
    free(path);
    return rv;
}

static bool is_c(const char *name)
{
    size_t len = strlen(name);

    return len > 2 && (strcmp(name + len - 2, ".c") == 0 ||
                       strcmp(name + len - 2, ".h") == 0);
}

static int copy_pack(struct copies *x, const struct pack *pack,
                     const char *stem, const char *person,
                     struct fault *fault)
{
    int rv = 0;

    for (size_t i = 0; rv == 0 && i < pack->len; i++) {
        const struct pack_file *f = &pack->files[i];
        char *name = must_print("%s.%s", stem, f->name);

        if (is_c(f->name))
            rv = copy(x, name, f->bytes.at, f->bytes.len, person,
                      fault);
        free(name);
    }
    return rv;
}

/* The newest submission of each person, judged or not. */
static int copy_class(struct copies *x, struct class *c,
                      const char *exercise, struct fault *fault)
{
    sqlite3_stmt *q = store_select(c->store, fault, "SELECT p.id, "
        "p.name, s.pack FROM submission s JOIN person p ON p.id = "
        "s.person WHERE s.id IN (SELECT max(id) FROM submission WHERE "
        "exercise = ? GROUP BY person) ORDER BY p.name", "t", exercise);
    int rv;

    while ((rv = store_next(c->store, q, fault)) > 0) {
        struct pack pack = {0};
        char *stem = safe_name(sqlite3_column_int64(q, 0),
                               column(q, 1));

        if (pack_read(&pack, sqlite3_column_blob(q, 2),
                      (size_t)sqlite3_column_bytes(q, 2), fault) < 0 ||
            copy_pack(x, &pack, stem, column(q, 1), fault) < 0)
            rv = -1;
        pack_clear(&pack);
        free(stem);
        if (rv < 0) {
            sqlite3_finalize(q);
            break;
        }
    }
    return rv;
}

/* The starter and the reference, which are compared with, not to. */
static int copy_given(struct copies *x, const struct exercise *e,
                      struct fault *fault)
{
    char *folders[2] = {must_print("%s/reference", e->staff),
                        must_print("%s", e->given)};
    static const char *const names[2] = {"reference", "starter"};
    int rv = 0;

    bytes_print(&x->list, "/\n");
    for (int i = 0; i < 2; i++) {
        struct fault none = {0};
        struct pack pack = {0};

        if (rv == 0 &&
            pack_folder(&pack, e, folders[i], NULL, &none) == 0)
            rv = copy_pack(x, &pack, names[i], names[i], fault);
        pack_clear(&pack);
        free(folders[i]);
    }
    return rv;
}

/* ---- sim_c ------------------------------------------------------- */
static int run_sim(const struct copies *x, struct fault *fault)
{
    char *list = must_print("%s/list", x->folder);
    int status = -1;

    if (text_file(&x->list, list, fault) < 0)
        goto done;
    fflush(NULL);
    pid_t child = fork();

    if (child == 0) {
        int in = open(list, O_RDONLY);
        int null = open("/dev/null", O_WRONLY);

        if (in < 0 || null < 0 || chdir(x->folder) < 0 ||
            dup2(in, 0) < 0 || dup2(null, 2) < 0)
            _exit(126);
        char *least = must_print("-t%d", LEAST);

        execlp("sim_c", "sim_c", "-i", "-a", "-e", "-p", "-T", "-o",
               "out", least, (char *)NULL);
        _exit(127);
    }
    if (child < 0 || waitpid(child, &status, 0) < 0)
        fault_errno(fault, "sim_c cannot be run");
    else if (WIFEXITED(status) && WEXITSTATUS(status) == 127)
        fault_set(fault, "sim_c is missing: it is in the package "
                  "similarity-tester");
    else if (status != 0)
        fault_set(fault, "sim_c failed");
done:
    free(list);
    return fault->text[0] ? -1 : 0;
}

static const char *person_of(const struct copies *x, const char *file)
{
    for (size_t i = 0; i + 1 < x->names.len; i += 2) {
        if (strcmp(x->names.at[i], file) == 0)
            return x->names.at[i + 1];
    }
    return NULL;
}

/* "A consists for N % of B material" */
static void put_line(const struct copies *x, const char *exercise,
                     const char *line, struct bytes *b)
{
    char one[256], other[256];
    int percent;

    if (sscanf(line, "%255s consists for %d %% of %255s material", one,
               &percent, other) != 3 || !person_of(x, one) ||
        !person_of(x, other))
        return;
    csv_put(b, true, exercise);
    csv_put(b, false, person_of(x, one));
    csv_put(b, false, person_of(x, other));
    csv_number(b, false, percent);
    csv_put(b, false, strchr(one, '.') + 1);
    csv_end(b);
}

static int read_sim(const struct copies *x, const char *exercise,
                    struct bytes *out, struct fault *fault)
{
    char *path = must_print("%s/out", x->folder);
    struct bytes b = {0};
    int rv = file_read(AT_FDCWD, path, 1 << 28, &b, fault);

    for (char *p = b.at; rv == 0 && p && *p;) {
        char *end = p + strcspn(p, "\n");
        bool more = *end;

        *end = 0;
        put_line(x, exercise, p, out);
        p = end + more;
    }
    bytes_clear(&b);
    free(path);
    return rv;
}

static int one_exercise(struct class *c, const char *name,
                        struct bytes *out, struct fault *fault)
{
    char folder[] = "/tmp/coil-sim.XXXXXX";
    const struct exercise *e = class_exercise(name, fault);
    struct copies x = {.folder = folder};
    struct fault second = {0};
    int rv = -1;

    if (!e || !mkdtemp(folder))
        return e ? fault_errno(fault, "no temporary folder") : -1;
    if (copy_class(&x, c, name, fault) == 0 &&
        copy_given(&x, e, fault) == 0 && run_sim(&x, fault) == 0)
        rv = read_sim(&x, name, out, fault);
    folder_clear(folder, &second);
    bytes_clear(&x.list);
    words_clear(&x.names);
    return rv;
}

int export_similarity(struct class *c, const char *out,
                      struct fault *fault)
{
    struct words names = {0};
    struct bytes b = {0};
    sqlite3_stmt *q = store_select(c->store, fault, "SELECT name FROM "
        "exercise_now WHERE ?1 IS NULL OR name = ?1 ORDER BY name", "t",
        c->o->exercise);
    int rv;

    while ((rv = store_next(c->store, q, fault)) > 0)
        words_add(&names, column(q, 0));
    bytes_print(&b, "exercise,person,like,percent,file");
    csv_end(&b);
    for (size_t i = 0; rv == 0 && i < names.len; i++)
        rv = one_exercise(c, names.at[i], &b, fault);
    if (rv == 0)
        rv = text_file(&b, out, fault);
    words_clear(&names);
    bytes_clear(&b);
    return rv;
}
