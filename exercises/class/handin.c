/* handin.c - init and import: a class, and what it handed in */
#define _XOPEN_SOURCE 700
#include "class.h"
#include "csv.h"
#include "intake.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { LIST_MAX = 16 * 1024 * 1024 };

/* ---- init -------------------------------------------------------- */
static int make_seed(const struct class *c, struct fault *fault)
{
    unsigned char random[HASH_HEX / 2];
    char hex[HASH_HEX + 2];
    char *path = class_path(c, "seed");
    int rv = 0;

    if (access(path, F_OK) < 0) {
        if (getrandom(random, sizeof random, 0) != sizeof random)
            rv = fault_errno(fault, "no random numbers");
        for (size_t i = 0; i < sizeof random; i++)
            snprintf(hex + 2 * i, 4, "%02x\n", random[i]);
        if (rv == 0)
            rv = file_write(AT_FDCWD, path, hex, HASH_HEX + 1, 0600,
                            fault);
    }
    free(path);
    return rv;
}

static int add_setting(struct store *s, const char *key,
                       const char *value, const char *const may[],
                       struct fault *fault)
{
    double n;
    char *end;

    if (!value)
        return 0;
    for (; may && *may; may++) {
        if (strcmp(*may, value) == 0)
            return store_setting(s, key, value, fault);
    }
    if (may)
        return fault_set(fault, "%s cannot be %s", key, value);
    n = strtod(value, &end);
    if (strcmp(key, "title") != 0 &&
        (*end || end == value || !(n >= 0) || n > 1e9 ||
         (strncmp(key, "late-g", 6) != 0 && n > 100)))
        return fault_set(fault, "%s cannot be %s", key, value);
    return store_setting(s, key, value, fault);
}

static int add_settings(struct store *s, const struct options *o,
                        struct fault *fault)
{
    static const char *const counts[] = {"best", "last", NULL};
    static const char *const sees[] = {"visible", "hidden",
        "after_due_date", "after_published", NULL};

    return add_setting(s, "title", o->title, NULL, fault) < 0 ||
           add_setting(s, "counts", o->counts, counts, fault) < 0 ||
           add_setting(s, "late-percent", o->late, NULL, fault) < 0 ||
           add_setting(s, "late-max", o->late_max, NULL, fault) < 0 ||
           add_setting(s, "late-grace", o->grace, NULL, fault) < 0 ||
           add_setting(s, "visibility", o->visibility, sees, fault) < 0
           ? -1 : 0;
}

static int add_due(struct store *s, const char *text,
                   struct fault *fault)
{
    const char *equals = strchr(text, '=');
    int64_t due;

    if (!equals || time_read(equals + 1, &due) < 0)
        return fault_set(fault, "--due %s: it is EXERCISE=TIME, and a "
                         "TIME is 2026-01-31 or 2026-01-31T12:00:00Z",
                         text);
    char *name = must_print("%.*s", (int)(equals - text), text);
    const struct exercise *e = class_exercise(name, fault);

    free(name);
    return e ? store_exercise(s, e, &due, fault) : -1;
}

/* ---- lists of people --------------------------------------------- */
static const char *cell(const struct words *row, int i)
{
    return i >= 0 && (size_t)i < row->len ? row->at[i] : "";
}

/* Call `use` for each row of a CSV file, with its headings. */
static int each_row(const char *path, void *context,
                    int (*use)(void *, const struct words *head,
                               const struct words *row, struct fault *),
                    struct fault *fault)
{
    struct words head = {0}, row = {0};
    struct fault cause = {0};
    struct bytes b = {0};
    const char *p;
    int rv = -1, line = 1;

    if (file_read(AT_FDCWD, path, LIST_MAX, &b, fault) < 0)
        goto done;
    p = b.at;
    if (strncmp(p, "\xef\xbb\xbf", 3) == 0)
        p += 3;
    rv = csv_next(&p, &head, &cause);
    while (rv > 0 && line++ && (rv = csv_next(&p, &row, &cause)) > 0) {
        if ((row.len > 1 || row.at[0][0]) &&
            use(context, &head, &row, &cause) < 0)
            rv = -1;
        words_clear(&row);
    }
    if (rv < 0)
        fault_set(fault, "%s, row %d: %s", path, line, cause.text);
done:
    words_clear(&head);
    words_clear(&row);
    bytes_clear(&b);
    return rv < 0 ? -1 : 0;
}

static int roster_row(void *context, const struct words *head,
                      const struct words *row, struct fault *fault)
{
    struct store *s = context;
    int64_t id;

    if (csv_column(head, "student_id") < 0)
        return fault_set(fault, "there is no column student_id");
    id = store_person(s, cell(row, csv_column(head, "student_id")),
                      fault);
    if (id < 0)
        return -1;
    return store_do(s, fault, "INSERT INTO roster (person, last, "
                    "first, email) VALUES (?, ?, ?, ?)", "ittt", id,
                    cell(row, csv_column(head, "last_name")),
                    cell(row, csv_column(head, "first_name")),
                    cell(row, csv_column(head, "email")));
}

int class_init(const struct options *o, struct fault *fault)
{
    struct class c = {.o = o, .lock = -1};
    char *path = class_path(&c, "class.db");
    int rv = -1;

    if (folder_make(o->folder, 0700, fault) < 0)
        goto done;
    c.store = store_open(path, STORE_MAKE, fault);
    if (!c.store || make_seed(&c, fault) < 0 ||
        store_begin(c.store, fault) < 0)
        goto done;
    rv = add_settings(c.store, o, fault);
    for (size_t i = 0; rv == 0 && i < o->due.len; i++)
        rv = add_due(c.store, o->due.at[i], fault);
    if (rv == 0 && o->roster)
        rv = each_row(o->roster, c.store, roster_row, fault);
    rv = store_end(c.store, rv == 0, fault);
    if (rv == 0)
        printf("The class is in %s. Its seed is secret: keep %s/seed, "
               "and give it to no one.\n", o->folder, o->folder);
done:
    free(path);
    class_close(&c);
    return rv < 0;
}

/* ---- import ------------------------------------------------------ */
/* --people: who it is that the archive calls so. */
struct rename {
    struct intake *in;
    size_t found;
};

static int people_row(void *context, const struct words *head,
                      const struct words *row, struct fault *fault)
{
    struct rename *r = context;
    int from = csv_column(head, "name"),
        to = csv_column(head, "person");
    int when = csv_column(head, "received");

    if (from < 0 || to < 0)
        return fault_set(fault, "there are no columns name and person");
    for (size_t i = 0; i < r->in->len; i++) {
        struct taken *t = &r->in->at[i];

        if (strcmp(t->person, cell(row, from)) != 0)
            continue;
        free(t->person);
        t->person = must_print("%s", cell(row, to));
        if (cell(row, when)[0] &&
            time_read(cell(row, when), &t->received) < 0)
            return fault_set(fault, "%s is no time", cell(row, when));
        r->found++;
        break;
    }
    return 0;
}

struct counts {
    size_t taken, known, refused;
};

/* Is that what the person handed in last?  Then the same folder was
 * imported again. */
static bool is_newest(struct class *c, const struct exercise *e,
                      const struct taken *t)
{
    struct fault ignored = {0};
    char sha[HASH_HEX + 1];
    struct bytes b = {0};
    int64_t same = 0;

    pack_write(&t->pack, &b);
    hash_hex(b.at, b.len, sha);
    bytes_clear(&b);
    store_number(c->store, &same, &ignored, "SELECT s.sha256 = ?3 FROM "
        "submission s JOIN person p ON p.id = s.person WHERE p.name = "
        "?1 AND s.exercise = ?2 ORDER BY s.id DESC LIMIT 1", "ttt",
        t->person, e->name, sha);
    return same == 1;
}

static int record_one(struct class *c, const struct exercise *e,
                      const struct taken *t, const char *path,
                      struct counts *n, struct fault *fault)
{
    struct submission sub = {.person = t->person, .exercise = e,
        .pack = &t->pack, .received = t->received, .source = path};
    int64_t id;

    if (t->refused[0]) {
        n->refused++;
        printf("%s: refused: %s\n", t->person, t->refused);
        if (store_person(c->store, t->person, fault) < 0)
            return -1;
        return store_event(c->store, "refused", t->person, e->name,
                           t->refused, fault);
    }
    if (!c->o->received && !c->o->people && is_newest(c, e, t))
        id = 0;
    else
        id = store_submit(c->store, &sub, fault);
    if (id < 0)
        return -1;
    n->taken += id > 0;
    n->known += id == 0;
    if (store_event(c->store, "taken", t->person, e->name, "",
                    fault) < 0)
        return -1;
    for (size_t i = 0; id > 0 && i < t->left.len; i++)
        printf("%s: not taken: %s\n", t->person, t->left.at[i]);
    return 0;
}

/* When was it handed in?  Now; or as --received and --people say. */
static int set_dates(const struct options *o, struct intake *in,
                     struct fault *fault)
{
    struct rename r = {.in = in};
    int64_t when = (int64_t)time(NULL);

    if (o->received && strcmp(o->received, "file") == 0)
        when = 0;
    else if (o->received && time_read(o->received, &when) < 0)
        return fault_set(fault, "%s is no time", o->received);
    for (size_t i = 0; when && i < in->len; i++)
        in->at[i].received = when;
    if (!o->people)
        return 0;
    if (each_row(o->people, &r, people_row, fault) < 0)
        return -1;
    if (r.found < in->len)
        printf("%zu names are not in %s, and stay as they are\n",
               in->len - r.found, o->people);
    return 0;
}

static int record_all(struct class *c, const struct exercise *e,
                      const struct intake *in, const char *path,
                      struct counts *n, struct fault *fault)
{
    int rv = store_exercise(c->store, e, NULL, fault);

    for (size_t i = 0; rv == 0 && i < in->len; i++)
        rv = record_one(c, e, &in->at[i], path, n, fault);
    for (size_t i = 0; rv == 0 && i < in->left.len; i++)
        printf("nobody's, and not taken: %s\n", in->left.at[i]);
    return rv;
}

int class_import(const struct options *o, struct fault *fault)
{
    const struct exercise *e;
    struct class c = {.lock = -1};
    struct intake in = {0};
    struct counts n = {0};
    int rv = -1;

    if (o->len != 2) {
        fault_set(fault, "it is: class import EXERCISE PATH");
        return 1;
    }
    e = class_exercise(o->args[0], fault);
    if (!e || class_open(&c, o, STORE_WRITE, fault) < 0 ||
        intake_read(&in, o->args[1], e, o->person, fault) < 0 ||
        set_dates(o, &in, fault) < 0 || store_begin(c.store, fault) < 0)
        goto done;
    rv = record_all(&c, e, &in, o->args[1], &n, fault);
    rv = store_end(c.store, rv == 0, fault);
    if (rv == 0)
        printf("%zu taken, %zu there before, %zu refused\n", n.taken,
               n.known, n.refused);
done:
    intake_clear(&in);
    class_close(&c);
    return rv < 0;
}
