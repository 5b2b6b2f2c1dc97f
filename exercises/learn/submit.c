/* submit.c - submit and verify: the learner's files as one */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "../class/pack.h"
#include "from.h"
#include "learn.h"
#include "place.h"
#include "record.h"
#include "report.h"
#include "screen.h"
#include "state.h"
#include "whole.h"

static void files_say(const struct pack *pack, const struct words *left)
{
    say("In it goes:\n");
    for (size_t i = 0; i < pack->len; i++)
        say("   %-20s %6zu bytes\n", pack->files[i].name,
            pack->files[i].bytes.len);
    if (left == NULL || left->len == 0)
        return;
    say("Left out:\n");
    for (size_t i = 0; i < left->len; i++)
        paint(SOFT, "   %s\n", left->at[i]);
}

/* Only a yes is a yes. */
static int ask(const struct asked *w)
{
    char answer[16] = "", again[80];

    say("Did you write this yourself, and did you name in a comment "
        "what\n"
        "you took from others?");
    if (w->yes) {
        say(" yes (--yes)\n");
        return 0;
    }
    if (!isatty(STDIN_FILENO)) {
        snprintf(again, sizeof again, "./coil submit %s --yes",
                 w->exercise->name);
        say("\n");
        return refuse(again,
                      "nobody is here to answer; "
                      "--yes says yes");
    }
    say(" [y/N] ");
    fflush(stdout);
    if (fgets(answer, sizeof answer, stdin) != NULL &&
        (answer[0] == 'y' || answer[0] == 'Y'))
        return 0;
    return refuse("./coil submit", "nothing was submitted");
}

/* Where the pack goes: where -o says, or beside the files; free it. */
static char *target(const struct asked *w)
{
    char *folder, *path;

    if (w->output != NULL)
        return from_caller(w->output);
    folder = learner_folder(w->exercise);
    path = format("%s/%s.sub", folder, w->exercise->name);
    free(folder);
    return path;
}

/* What is judged is what is in the pack, whatever is typed
 * meanwhile. */
static int judge_packed(const struct asked *w, const struct pack *pack)
{
    int64_t received = (int64_t)time(NULL);
    struct asked packed = *w;
    struct fault fault = { .text = "" };
    json_t *report;
    int rv;

    packed.folder = "work/.submitted";
    if (folder_clear(packed.folder, &fault) < 0 ||
        pack_unpack(pack, packed.folder, &fault) < 0)
        return refuse("./coil submit", "%s", fault.text);
    report = judge_shown(&packed);
    rv = folder_clear(packed.folder, &fault) < 0 ?
         refuse("./coil submit", "%s", fault.text) :
         judge_record(w->exercise, report);
    if (rv == 0)
        rv = record_submission(w->exercise, pack, received, report);
    report_say(w->exercise, report);
    json_decref(report);
    return rv;
}

static int mark_submitted(const struct exercise *e)
{
    json_t *state = state_open();

    if (state == NULL)
        return 1;
    state_set_now(state_of(state, e->name), "submitted");
    return state_close(state, true);
}

static int submit(const struct asked *w, const struct pack *pack)
{
    struct bytes packed = { .at = NULL };
    char *path = target(w);
    int rv = 1;

    pack_write(pack, &packed);
    if (ask(w) != 0)
        goto done;
    if (whole_write(path, packed.at, packed.len) < 0) {
        refuse("./coil submit -o FILE", "%s could not be written: %s",
               path, strerror(errno));
        goto done;
    }
    if (judge_packed(w, pack) != 0 || mark_submitted(w->exercise) != 0)
        goto done;
    say("Submitted, and packed in ");
    paint(BOLD, "%s\n", path);
    say_next("./coil verify %s   (give this file to your teacher)   "
             "·   ./coil next", path);
    rv = 0;
done:
    free(path);
    bytes_clear(&packed);
    return rv;
}

int learn_submit(int argc, char **argv)
{
    struct asked w;
    struct pack pack = { .exercise = NULL };
    struct words left = { .at = NULL };
    struct fault fault = { .text = "" };
    char *folder;
    int rv = 1;

    if (asked_read(&w, argc, argv, "yes o") != 0)
        return 1;
    if (!w.exercise->judged)
        return refuse("./coil list",
                      "%s is for thought: it is not judged",
                      w.exercise->name);
    folder = learner_folder(w.exercise);
    if (!exercise_started(w.exercise))
        refuse("./coil start", "%s is not started", w.exercise->name);
    else if (pack_folder(&pack, w.exercise, folder, &left, &fault) < 0)
        refuse("./coil check", "%s", fault.text);
    else {
        files_say(&pack, &left);
        rv = submit(&w, &pack);
    }
    words_clear(&left);
    pack_clear(&pack);
    free(folder);
    return rv;
}

/* ---- verify ------------------------------------------------------ */
/* Is the file in the pack the one that the learner has? */
static const char *compare(const struct exercise *e,
                           const struct pack_file *file)
{
    char *folder = learner_folder(e), *path = join(folder, file->name);
    size_t len = 0;
    char *text = whole_read(path, &len);
    const char *is = text == NULL ? "you have no such file" :
        len == file->bytes.len &&
        memcmp(text, file->bytes.at, len) == 0 ? "as yours" :
        "not as yours is now";

    free(text);
    free(path);
    free(folder);
    return is;
}

static int verify(const char *name, const char *text, size_t len)
{
    struct pack pack = { .exercise = NULL };
    struct fault fault = { .text = "" };
    const struct exercise *e;
    char hex[HASH_HEX + 1];
    int rv = 1;

    if (pack_read(&pack, text, len, &fault) < 0) {
        refuse("./coil submit", "%s: %s", name, fault.text);
    } else if ((e = exercise_find(pack.exercise)) == NULL) {
        refuse("./coil list", "%s is for an exercise that is not known "
               "here, %s", name, pack.exercise);
    } else if (pack_check(&pack, e, &fault) < 0) {
        refuse("./coil submit", "%s: %s", name, fault.text);
    } else {
        hash_hex(text, len, hex);
        say("%s is whole: a submission of ", name);
        paint(BOLD, "%s\n", e->name);
        for (size_t i = 0; i < pack.len; i++)
            say("   %-20s %6zu bytes   %s\n", pack.files[i].name,
                pack.files[i].bytes.len, compare(e, &pack.files[i]));
        say("   sha256 %s\n", hex);
        say_next("give it to your teacher   ·   ./coil status");
        rv = 0;
    }
    pack_clear(&pack);
    return rv;
}

int learn_verify(int argc, char **argv)
{
    size_t len = 0;
    char *path, *text;
    int rv;

    if (argc != 2)
        return refuse("./coil verify FILE.sub",
                      "verify takes one file");
    path = from_caller(argv[1]);
    text = whole_read(path, &len);
    if (text == NULL)
        rv = refuse("ls", "%s cannot be read: %s", path,
                    strerror(errno));
    else
        rv = verify(argv[1], text, len);
    free(text);
    free(path);
    return rv;
}
