#include <time.h>

#include "../class/store.h"
#include "record.h"
#include "screen.h"

/* The submission and its run; both or none. */
static int add(struct store *s, const struct submission *submission,
               const json_t *report, struct fault *fault)
{
    struct run run = { .host = "here", .started = submission->received,
                       .ended = (int64_t)time(NULL) };

    if (store_begin(s, fault) < 0)
        return -1;
    bool ok = store_exercise(s, submission->exercise, NULL, fault) == 0;

    if (ok) {
        run.submission = store_submit(s, submission, fault);
        ok = run.submission >= 0;
    }
    if (ok && run.submission > 0)
        ok = store_run(s, &run, report, fault) == 0;
    return store_end(s, ok, fault);
}

int record_submission(const struct exercise *e, const struct pack *pack,
                      int64_t received, const json_t *report)
{
    struct submission submission = {
        .person = store_who(), .exercise = e, .pack = pack,
        .received = received, .source = "./coil submit",
    };
    struct fault fault = { .text = "" };
    struct store *s = store_open("work/record.db", STORE_MAKE, &fault);
    int rv = s ? add(s, &submission, report, &fault) : -1;

    store_close(s);
    if (rv < 0)
        return refuse("./coil submit", "it was not recorded: %s",
                      fault.text);
    return 0;
}
