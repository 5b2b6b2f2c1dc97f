/* judge.c - from files to a report */
#include "judge.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <signal.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "model.h"
#include "sha256.h"
#include "work.h"

int fault(struct work *work, const char *format, ...)
{
    char some[1024];
    va_list args;

    va_start(args, format);
    vsnprintf(some, sizeof some, format, args);
    va_end(args);
    if (work->fault.len == 0)
        text_put(&work->fault, "%s", some);
    return -1;
}

/* ---- what the report begins with --------------------------------- */
static int add_file(struct sha256_ctx *hash, const char *path)
{
    uint8_t some[65536];
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    ssize_t n = -1;

    while (fd >= 0 && (n = read(fd, some, sizeof some)) > 0)
        sha256_update(hash, (size_t)n, some);
    if (fd >= 0)
        close(fd);
    return n == 0 ? 0 : -1;
}

/* The references that are linked are a part of what judges. */
static int add_needed(struct sha256_ctx *hash,
                      const struct exercise *ex)
{
    int rv = 0;

    while (rv == 0 && ex->needs != NULL
           && (ex = exercise_find(ex->needs)) != NULL && ex->judged)
        for (const char *const *f = ex->files; rv == 0 && *f != NULL;
             f++) {
            struct text path = {0};

            text_put(&path, "%s/reference/%s", ex->staff, *f);
            rv = add_file(hash, text_chars(&path));
            text_clear(&path);
        }
    return rv;
}

/* The judge and the models are one program; the build has left a hash
 * of each kit beside it. */
static void hash_judge(struct work *work)
{
    const char *chapter = work->exercise->chapter;
    struct text kit = {0}, own = {0};
    struct sha256_ctx hash;
    char hex[65];

    sha256_init(&hash);
    text_put(&kit, "%s/%.2s/hash", kit_folder, chapter);
    text_put(&own, "%s/%s/%s/hash", kit_folder, chapter,
             strchr(work->exercise->name, '-') + 1);
    if (add_needed(&hash, work->exercise) < 0
        || add_file(&hash, "/proc/self/exe") < 0
        || add_file(&hash, text_chars(&kit)) < 0
        || add_file(&hash, text_chars(&own)) < 0)
        fault(work, "the kit of %s is not complete",
              work->exercise->name);
    sha256_hex(&hash, hex);
    json_object_set_new(work->report, "judge", json_string(hex));
    text_clear(&kit);
    text_clear(&own);
}

static void say_profile(struct work *work)
{
    const struct profile *p = &work->profile;
    json_t *profile = json_pack("{s:s, s:b, s:s}",
        "box", p->boxed ? "bwrap" : "none", "seccomp", p->boxed,
        "cgroup", p->cgroup);

    if (!work->options
             ->reproducible) /* another judge may have the first */
        json_object_set_new(profile, "uid", json_integer(p->uid));
    if (!p->boxed)
        json_object_set_new(profile, "warning", json_string(
            "no box could be made: the code ran with limits alone, and "
            "could do what you can do"));
    json_object_set_new(work->report, "profile", profile);
}

static void say_compilers(struct work *work)
{
    json_t *list = json_array();

    /* "GCC: (Debian 12.2.0-14) 12.2.0": the last word is the version */
    for (size_t i = 0; i < 2; i++) {
        const char *version = strrchr(text_chars(&work->names[i]), ' ');
        struct text name = {0};

        if (version == NULL)
            continue;
        text_put(&name, "%s%s", i == 0 ? "gcc" : "clang", version);
        json_array_append_new(list, json_string(text_chars(&name)));
        text_clear(&name);
    }
    json_object_set_new(json_object_get(work->report, "profile"),
                        "compilers", list);
}

static void begin(struct work *work)
{
    const struct exercise *ex = work->exercise;
    char seed[24];

    snprintf(seed, sizeof seed, "%" PRIx64, work->seed);
    work->report = json_pack(
        "{s:i, s:s, s:s, s:s, s:i, s:[], s:[], s:[],"
        " s:{s:s, s:[]}}",
        "version", 1, "exercise", ex->name, "chapter", ex->chapter,
        "seed", seed, "points", ex->points, "files", "gate", "checks",
        "compile", "status", "skipped", "messages");
    need(work->report);
    say_profile(work);
    hash_judge(work);
}

/* ---- what the compiler reads ------------------------------------- */
static int copy_headers(struct work *work, const struct exercise *ex)
{
    DIR *dir = opendir(ex->given);
    struct dirent *e;
    int rv = dir != NULL ? 0 : -1;

    while (rv == 0 && (e = readdir(dir)) != NULL) {
        const char *end = strrchr(e->d_name, '.');
        struct text from = {0}, to = {0};

        if (end == NULL || strcmp(end, ".h") != 0)
            continue;
        text_put(&from, "%s/%s", ex->given, e->d_name);
        text_put(&to, "in/%s", e->d_name);
        rv = spool_copy(&work->spool, text_chars(&from),
                        text_chars(&to));
        if (rv < 0 && errno == EEXIST)      /* it is handed in */
            rv = 0;
        text_clear(&from);
        text_clear(&to);
    }
    if (dir != NULL)
        closedir(dir);
    return rv;
}

static int fill_spool(struct work *work)
{
    struct text kit = {0};
    int rv = spool_open(&work->spool, &work->profile);

    for (size_t i = 0; rv == 0 && i < work->len; i++) {
        struct text to = {0};

        text_put(&to, "in/%s", work->sources[i].name);
        rv = spool_write(&work->spool, text_chars(&to),
                         text_chars(&work->sources[i].text),
                         work->sources[i].text.len);
        text_clear(&to);
    }
    text_put(&kit, "%s/%.2s/include", kit_folder,
             work->exercise->chapter);
    if (rv == 0)
        rv = spool_copy_folder(&work->spool, text_chars(&kit),
                               "in/include");
    for (const struct exercise *ex = work->exercise;
         rv == 0 && ex != NULL;
         ex = ex->needs != NULL ? exercise_find(ex->needs) : NULL)
        rv = copy_headers(work, ex);
    text_clear(&kit);
    return rv == 0 ? 0 : fault(work, "the spool: %s", strerror(errno));
}

/* ---- the verdict ------------------------------------------------- */
static void score(struct work *work)
{
    json_t *checks = json_object_get(work->report, "checks"), *check;
    double earned = 0, weight = 0;
    bool all = true;
    size_t i;

    json_array_foreach(checks, i, check) {
        earned += json_number_value(json_object_get(check, "earned"));
        weight += json_number_value(json_object_get(check, "weight"));
        all &= strcmp(
                   json_string_value(json_object_get(check, "status")),
                   "pass")
               == 0;
    }
    all &= weight > 0;
    json_object_set_new(work->report, "status", json_string(
        all ? "pass" : earned > 0 ? "partial" : "fail"));
    if (work->options->check != NULL)
        return;
    double points = weight > 0
                        ? work->exercise->points * earned / weight
                        : 0;
    json_object_set_new(
        work->report, "score",
        json_real((double)(long long)(points * 100 + 0.5) / 100));
}

int work_load(struct work *work, const char *folder)
{
    if (work->fault.len > 0)
        return -1;
    if (!work->profile.boxed && work->options->others)
        return fault(work,
                     "no box can be made here, and code of others is "
                     "not run without one");
    if (geteuid() == 0 && !work->profile.own)
        return fault(work,
                     "no uid is free to run it, and nothing is run as "
                     "root");
    return take_sources(work, folder) < 0 ? -1 : fill_spool(work);
}

void work_judge(struct work *work, const char *folder)
{
    json_t *checks = json_object_get(work->report, "checks");

    if (work_load(work, folder) == 0 && play_checks(work, checks) == 0)
        score(work);
}

static void finish(struct work *work, time_t started,
                   const struct timespec *from)
{
    struct timespec to;
    char date[32];
    const char *status = json_string_value(json_object_get(work->report,
                                                           "status"));

    say_compilers(work);
    if (work->fault.len > 0) {
        json_object_set_new(work->report, "status",
                            json_string("grader-error"));
        json_object_set_new(work->report, "reason",
                            json_string(text_chars(&work->fault)));
        json_object_del(work->report, "score");
    } else if (strcmp(status, "rejected") == 0
               || strcmp(status, "compile-error") == 0) {
        json_array_clear(json_object_get(work->report, "checks"));
        json_object_set_new(work->report, "score", json_real(0));
    }
    if (work->options->reproducible)
        return;
    clock_gettime(CLOCK_MONOTONIC, &to);
    strftime(date, sizeof date, "%Y-%m-%dT%H:%M:%SZ", gmtime(&started));
    json_object_set_new(work->report, "started", json_string(date));
    double seconds = (double)(to.tv_sec - from->tv_sec)
                     + (double)(to.tv_nsec - from->tv_nsec) / 1e9;
    json_object_set_new(
        work->report, "seconds",
        json_real((double)(long long)(seconds * 100) / 100));
}

void work_open(struct work *work, const struct exercise *exercise,
               const struct judge_options *options)
{
    *work = (struct work){.exercise = exercise, .options = options,
        .seed = strtoull(options->seed != NULL ? options->seed : "0",
        NULL,
                         16)};
    signal(SIGPIPE, SIG_IGN);
    profile_open(&work->profile);
    spool_sweep(&work->profile);
    begin(work);
}

void work_close(struct work *work)
{
    for (size_t i = 0; i < work->len; i++)
        text_clear(&work->sources[i].text);
    text_clear(&work->names[0]);
    text_clear(&work->names[1]);
    text_clear(&work->fault);
    spool_close(&work->spool);
    profile_close(&work->profile);
}

json_t *judge(const struct exercise *exercise, const char *folder,
              const struct judge_options *options)
{
    struct timespec from;
    struct work work;
    time_t started = time(NULL);

    clock_gettime(CLOCK_MONOTONIC, &from);
    work_open(&work, exercise, options);
    if (!exercise->judged)
        fault(&work, "%s is for thought, and not judged",
              exercise->name);
    work_judge(&work, folder);
    finish(&work, started, &from);
    work_close(&work);
    return work.report;
}
