/* class.c - the folder of a class, and the command line; see class.h */
#define _XOPEN_SOURCE 700
#include "class.h"

#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <limits.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "export.h"
#include "from.h"
#include "task.h"

/* ---- the folder -------------------------------------------------- */
char *class_path(const struct class *c, const char *name)
{
    return must_print("%s/%s", c->o->folder, name);
}

/* What a killed command has left behind holds the lock until it is
 * dead, too: wait a little, as the record does. */
static int lock_soon(int fd)
{
    int rv = flock(fd, LOCK_EX | LOCK_NB);

    for (int i = 0; rv < 0 && errno == EWOULDBLOCK && i < 50; i++) {
        nanosleep(&(struct timespec){.tv_nsec = 100000000}, NULL);
        rv = flock(fd, LOCK_EX | LOCK_NB);
    }
    return rv;
}

static int take_lock(struct class *c, struct fault *fault)
{
    char *path = class_path(c, "lock");
    int rv = -1;

    c->lock = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (c->lock < 0)
        fault_errno(fault, "cannot open %s", path);
    else if (lock_soon(c->lock) < 0)
        fault_set(fault, "another ./coil class is at work in %s",
                  c->o->folder);
    else
        rv = 0;
    free(path);
    return rv;
}

int class_open(struct class *c, const struct options *o,
               enum store_how how, struct fault *fault)
{
    struct stat st;

    *c = (struct class){.o = o, .lock = -1};
    if (stat(o->folder, &st) < 0 || !S_ISDIR(st.st_mode))
        return fault_set(fault, "there is no class in %s; ./coil class "
                         "init makes one, --class names another folder",
                         o->folder);
    if (how != STORE_READ && take_lock(c, fault) < 0)
        return -1;
    char *path = class_path(c, "class.db");

    c->store = store_open(path, how, fault);
    free(path);
    return c->store ? 0 : -1;
}

void class_close(struct class *c)
{
    store_close(c->store);
    if (c->o && c->lock >= 0)
        close(c->lock);
    *c = (struct class){.lock = -1};
}

int class_seed(const struct class *c, const char *exercise, int64_t set,
               char seed[17], struct fault *fault)
{
    char *path = class_path(c, "seed");
    char hex[HASH_HEX + 1];
    struct bytes b = {0};
    struct stat st;
    int rv = -1;

    if (file_read(AT_FDCWD, path, 1024, &b, fault) < 0)
        goto done;
    if (stat(path, &st) < 0 || (st.st_mode & 077)) {
        fault_set(fault, "others may read the seed %s: chmod 600, and "
                  "if somebody may have done so, write a new one",
                  path);
        goto done;
    }
    b.at[strcspn(b.at, "\n")] = 0;
    if (!is_hex(b.at, HASH_HEX)) {
        fault_set(fault, "%s is no seed: 64 digits of base 16", path);
        goto done;
    }
    char *text = must_print("%s\n%s\n%lld", b.at, exercise,
                            (long long)set);

    hash_hex(text, strlen(text), hex);
    if (hex[0] == '0')          /* the judge says it as a number */
        hex[0] = '1';
    snprintf(seed, 17, "%.16s", hex);
    free(text);
    rv = 0;
done:
    bytes_clear(&b);
    free(path);
    return rv;
}

const struct exercise *class_exercise(const char *name,
                                      struct fault *fault)
{
    const struct exercise *e = exercise_find(name);

    if (!e)
        fault_set(fault, "there is no exercise %s", name);
    else if (!e->judged)
        fault_set(fault, "%s is for thought, and not judged", name);
    else
        return e;
    return NULL;
}

/* ---- the command line -------------------------------------------- */
static const char usage[] =
"usage: ./coil class COMMAND [--class FOLDER] ...\n"
"\n"
"  init [--title T] [--due EXERCISE=TIME]... [--counts best|last]\n"
"       [--late PERCENT] [--late-max PERCENT] [--grace SECONDS]\n"
"       [--visibility visible|hidden|after_due_date|after_published]\n"
"       [--roster FILE.csv]       make a class, or say what changed\n"
"  import EXERCISE PATH [--received TIME|file] [--person NAME]\n"
"       [--people FILE.csv]       a folder or archive of all\n"
"  grade [--exercise E] [--engine local|parallel|slurm] [--jobs N]\n"
"       [--hosts FILE] [--chunk N] [--limit SECONDS]\n"
"  regrade [--exercise E] [--reason TEXT] [--fresh-seed] [--again]\n"
"       ...\n"
"  diff | apply | drop           see a regrade, apply it, forget it\n"
"  override PERSON EXERCISE POINTS --reason TEXT\n"
"  override PERSON EXERCISE --withdraw --reason TEXT\n"
"  status                        what is there, and what is left\n"
"  report                        grades, and what fails most\n"
"  export csv|gradescope|junit|check50|html|similarity --out PATH\n"
"  export autograder EXERCISE --out FILE.zip\n"
"  export gradescope --report REPORT.json --out FILE\n"
"\n"
"The folder of the class is work/class, or what COIL_CLASS says.\n"
"TIME is 2026-01-31 or 2026-01-31T12:00:00Z.\n";

enum {
    O_CLASS = 256, O_TITLE, O_DUE, O_COUNTS, O_LATE, O_LATE_MAX,
    O_GRACE, O_VISIBILITY, O_ROSTER, O_PEOPLE, O_RECEIVED, O_PERSON,
    O_ENGINE, O_JOBS, O_HOSTS, O_CHUNK, O_LIMIT, O_EXERCISE, O_REASON,
    O_FRESH, O_AGAIN, O_WITHDRAW, O_OUT, O_REPORT
};

static const struct option words[] = {
    {"class", 1, NULL, O_CLASS}, {"title", 1, NULL, O_TITLE},
    {"due", 1, NULL, O_DUE}, {"counts", 1, NULL, O_COUNTS},
    {"late", 1, NULL, O_LATE}, {"late-max", 1, NULL, O_LATE_MAX},
    {"grace", 1, NULL, O_GRACE}, {"visibility", 1, NULL, O_VISIBILITY},
    {"roster", 1, NULL, O_ROSTER}, {"people", 1, NULL, O_PEOPLE},
    {"received", 1, NULL, O_RECEIVED}, {"person", 1, NULL, O_PERSON},
    {"engine", 1, NULL, O_ENGINE}, {"jobs", 1, NULL, O_JOBS},
    {"hosts", 1, NULL, O_HOSTS}, {"chunk", 1, NULL, O_CHUNK},
    {"limit", 1, NULL, O_LIMIT}, {"exercise", 1, NULL, O_EXERCISE},
    {"reason", 1, NULL, O_REASON}, {"fresh-seed", 0, NULL, O_FRESH},
    {"again", 0, NULL, O_AGAIN}, {"withdraw", 0, NULL, O_WITHDRAW},
    {"out", 1, NULL, O_OUT}, {"report", 1, NULL, O_REPORT},
    {NULL, 0, NULL, 0}
};

static int number(const char *text, int *out, struct fault *fault)
{
    char *end;
    long n = strtol(text, &end, 10);

    if (*end || end == text || n < 1 || n > 100000)
        return fault_set(fault, "%s is no number from 1 on", text);
    *out = (int)n;
    return 0;
}

static const char **text_option(struct options *o, int word)
{
    switch (word) {
    case O_CLASS:      return &o->folder;
    case O_TITLE:      return &o->title;
    case O_COUNTS:     return &o->counts;
    case O_LATE:       return &o->late;
    case O_LATE_MAX:   return &o->late_max;
    case O_GRACE:      return &o->grace;
    case O_VISIBILITY: return &o->visibility;
    case O_ROSTER:     return &o->roster;
    case O_PEOPLE:     return &o->people;
    case O_RECEIVED:   return &o->received;
    case O_PERSON:     return &o->person;
    case O_ENGINE:     return &o->engine;
    case O_HOSTS:      return &o->hosts;
    case O_EXERCISE:   return &o->exercise;
    case O_REASON:     return &o->reason;
    case O_OUT:        return &o->out;
    case O_REPORT:     return &o->report;
    default:           return NULL;
    }
}

/* A path as it was meant, kept by the options; NULL stays. */
static void from_there(struct options *o, const char **path)
{
    if (!*path)
        return;
    char *whole = from_caller(*path);

    words_add(&o->paths, whole);
    *path = o->paths.at[o->paths.len - 1];
    free(whole);
}

static int set_option(struct options *o, int word, const char *value,
                      struct fault *fault)
{
    const char **text = text_option(o, word);

    if (text) {
        *text = value;
        if (word == O_CLASS)
            from_there(o, text);
        return 0;
    }
    switch (word) {
    case O_DUE:
        words_add(&o->due, value);
        return 0;
    case O_JOBS:
        return number(value, &o->jobs, fault);
    case O_CHUNK:
        return number(value, &o->chunk, fault);
    case O_LIMIT:
        return number(value, &o->limit, fault);
    case O_FRESH:
        o->fresh = true;
        return 0;
    case O_AGAIN:
        o->again = true;
        return 0;
    case O_WITHDRAW:
        o->withdraw = true;
        return 0;
    default:
        return fault_set(fault, "this option is not known, or lacks "
                         "its value; ./coil class help shows them");
    }
}

static int parse(struct options *o, int argc, char **argv,
                 struct fault *fault)
{
    int word;

    optind = 1;
    opterr = 0;
    while ((word = getopt_long(argc, argv, "", words, NULL)) != -1) {
        if (set_option(o, word, optarg, fault) < 0)
            return -1;
    }
    for (int i = optind; i < argc; i++) {
        if (o->len == 4)
            return fault_set(fault, "too many words");
        o->args[o->len++] = argv[i];
    }
    if (strcmp(o->engine, "local") != 0 &&
        strcmp(o->engine, "parallel") != 0 &&
        strcmp(o->engine, "slurm") != 0)
        return fault_set(fault,
                         "the engines are local, parallel, slurm");
    return 0;
}

static void find_paths(struct options *o, const char *command)
{
    from_there(o, &o->roster);
    from_there(o, &o->people);
    from_there(o, &o->hosts);
    from_there(o, &o->out);
    from_there(o, &o->report);
    if (strcmp(command, "import") == 0)
        from_there(o, &o->args[1]);
}

static int run_command(const char *name, const struct options *o,
                       struct fault *fault)
{
    static const struct {
        const char *name;
        int (*run)(const struct options *, struct fault *);
    } commands[] = {
        {"init", class_init}, {"import", class_import},
        {"grade", class_grade}, {"regrade", class_regrade},
        {"diff", class_diff}, {"override", class_override},
        {"status", class_status}, {"report", class_report},
        {"export", class_export}
    };

    if (strcmp(name, "apply") == 0 || strcmp(name, "drop") == 0)
        return class_decide(o, name, fault);
    for (size_t i = 0; i < sizeof commands / sizeof *commands; i++) {
        if (strcmp(name, commands[i].name) == 0)
            return commands[i].run(o, fault);
    }
    fault_set(fault, "there is no command class %s; ./coil class help "
              "shows them", name);
    return 1;
}

/* What an engine calls: task SPOOL KEY LIMIT, and
 * chunk SPOOL NUMBER SIZE JOBS LIMIT. */
static int engine_command(int argc, char **argv, struct fault *fault)
{
    int n[4] = {0};

    for (int i = 3; i < argc && i < 7; i++)
        n[i - 3] = atoi(argv[i]);
    if (strcmp(argv[0], "task") == 0 && argc == 4 &&
        is_hex(argv[2], HASH_HEX) && n[0] > 0)
        return task_run(argv[1], argv[2], n[0], fault) < 0;
    if (strcmp(argv[0], "chunk") == 0 && argc == 6 && n[0] > 0 &&
        n[1] > 0 && n[2] > 0 && atoi(argv[2]) >= 0) {
        size_t first = (size_t)atoi(argv[2]) * (size_t)n[0];

        return pool_run(argv[1], first, first + (size_t)n[0], n[1],
                        n[2], fault) < 0;
    }
    return fault_set(fault, "this command is for engines") < 0;
}

int class_main(int argc, char **argv)
{
    const char *folder = getenv("COIL_CLASS");
    long cpus = sysconf(_SC_NPROCESSORS_ONLN);
    struct options o = {.folder = folder ? folder : "work/class",
        .engine = "local", .jobs = cpus > 0 ? (int)cpus : 1,
        .chunk = 50, .limit = 600};
    struct fault fault = {0};
    int rv = 1;

    setlocale(LC_CTYPE, "C.UTF-8");
    if (argc < 2 || strcmp(argv[1], "help") == 0 ||
        strcmp(argv[1], "--help") == 0) {
        fputs(usage, argc < 2 ? stderr : stdout);
        return argc < 2;
    }
    if (strcmp(argv[1], "task") == 0 || strcmp(argv[1], "chunk") == 0)
        rv = engine_command(argc - 1, argv + 1, &fault);
    else if (parse(&o, argc - 1, argv + 1, &fault) == 0) {
        find_paths(&o, argv[1]);
        rv = run_command(argv[1], &o, &fault);
    }
    if (rv == 1)
        fprintf(stderr, "coil: %s\n", fault.text[0] ? fault.text
                                                    : "it failed");
    words_clear(&o.due);
    words_clear(&o.paths);
    return rv;
}
