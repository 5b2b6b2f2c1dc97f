/* session.c - a call at a time, each with a number nobody guesses */
#include "session.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/pidfd.h>
#include <sys/random.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { SANITIZER = 99, LOOK = 50 /* ms */ };

static long long now_ms(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (long long)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* When a call must have been answered.  The box counts processor time;
 * this is for what sleeps.  The first call waits for the box and the
 * sanitizer too, the last for the search for leaks, and a busy machine
 * may take seconds over them: no hurry there. */
static long long deadline(const struct session *s)
{
    bool hurry = s->work->most_wait != 0 && s->awake && !s->leaves;
    int wait = hurry ? 3 * s->work->most_wait : s->build->wall;

    return now_ms() + wait * 1000LL;
}

/* ---- start ------------------------------------------------------- */
static void close_fd(int *fd)
{
    if (*fd >= 0)
        close(*fd);
    *fd = -1;
}

static enum status start(struct session *s, int to, int from, int said,
                         int log)
{
    const struct build *build = s->build;
    struct text program = {0};
    const char *argv[16];
    size_t n = 0;

    text_put(&program, "./%s", build->name);
    for (const char *const *r = build->run; r != NULL && *r != NULL;
         r++)
        argv[n++] = *r;
    if (build->run != NULL && !s->work->profile.boxed)
        argv[n++] = "--callgrind-out-file=counted"; /* not /tmp */
    argv[n++] = text_chars(&program);
    argv[n] = NULL;
    struct box box = {.folder = s->work->spool.path, .where = "out",
        .proc = build->proc, .trace = build->env != NULL, .fixed = true,
        .argv = argv, .env = build->env,
        .fds = {to, said, said, build->run != NULL ? log : -1, from},
        .limits = build->limits};
    if (s->work->most_wait != 0)
        box.limits.cpu = (size_t)s->work->most_wait;
    s->pid = box_start(&box, &s->work->profile);
    text_clear(&program);
    if (s->pid < 0)
        return fault(s->work, "no process: %s", strerror(errno)), FAULT;
    return PASS;
}

enum status session_open(struct session *s, struct work *work,
                         const struct build *build)
{
    enum { TO, FROM, SAID, LOG, PIPES };
    int pipes[PIPES][2];
    enum status status = FAULT;

    *s = (struct session){.work = work, .build = build,
                          .kills = cgroup_kills(&work->profile)};
    memset(pipes, -1, sizeof pipes);
    for (int i = 0; i < PIPES; i++)
        if (pipe2(pipes[i], O_CLOEXEC) < 0)
            fault(work, "no pipe: %s", strerror(errno));
    if (work->fault.len == 0)
        status = start(s, pipes[TO][0], pipes[FROM][1], pipes[SAID][1],
                       pipes[LOG][1]);
    for (int i = 0; i < PIPES; i++) {
        close_fd(&pipes[i][i != TO]);
        if (pipes[i][i == TO] >= 0)
            fcntl(pipes[i][i == TO], F_SETFL, O_NONBLOCK);
    }
    s->ask = pipes[TO][1];
    s->answers = pipes[FROM][0];
    s->output_fd = pipes[SAID][0];
    s->log_fd = pipes[LOG][0];
    s->looked = now_ms();
    return status;
}

/* ---- talk -------------------------------------------------------- */
/* Read what is there; false: nothing will come any more. */
static bool drain(int fd, struct text *to, size_t most)
{
    char some[16384];
    ssize_t n;

    while ((n = read(fd, some, sizeof some)) > 0) {
        if (to->len <= most)
            text_add(to, some, (size_t)n);
        else
            break;
    }
    return n > 0 || (n < 0 && (errno == EAGAIN || errno == EINTR));
}

/* What ended the program, as far as its status tells. */
static enum status ending(const struct session *s)
{
    if (s->end == SANITIZER)
        return session_finding(s);
    if (cgroup_kills(&s->work->profile) != s->kills)
        return MEMORY;
    if (s->signal == SIGXCPU)
        return TIMEOUT;
    if (s->signal == SIGXFSZ)
        return OUTPUT;
    if (s->signal != 0)
        return CRASH;
    if ((s->end == 1 || (s->end >= 125 && s->end <= 127))
        && s->work->profile.boxed && !box_works(&s->work->profile))
        return fault(s->work, "the box does not start (%zu): %s",
                     s->end, text_chars(&s->output)),
               FAULT;
    return VIOLATION;
}

/* Does the process end by then?  It may have closed all its descriptors
 * and go on. */
static bool ends(pid_t pid, long long end)
{
    struct pollfd p = {.fd = pidfd_open(pid, 0), .events = POLLIN};
    long long left = end - now_ms();
    bool rv = left > 0 && p.fd >= 0 && poll(&p, 1, (int)left) > 0;

    close_fd(&p.fd);
    return rv;
}

/* end: when it is killed if it still lives; 0: at once.  Returns
 * whether it ended by itself. */
static bool reap(struct session *s, long long end)
{
    int status = 0;

    if (s->pid <= 0)
        return true;
    bool alone = ends(s->pid, end);
    if (!alone) {
        kill(-s->pid, SIGKILL);
        kill(s->pid, SIGKILL);
    }
    while (waitpid(s->pid, &status, 0) < 0 && errno == EINTR)
        continue;
    kill(-s->pid, SIGKILL); /* without a box: what it has left behind */
    s->pid = 0;
    s->end = (size_t)box_status(status);
    if (alone && s->end > 128 && s->end < 128 + 65)
        s->signal = (int)s->end - 128;
    return alone;
}

/* The other side has closed its ends: see how it went. */
static enum status ended(struct session *s, long long end)
{
    while (s->output_fd >= 0 && now_ms() < end) {
        struct pollfd p = {.fd = s->output_fd, .events = POLLIN};

        poll(&p, 1, 100);
        if (!drain(s->output_fd, &s->output, MOST_OUTPUT))
            break;
        if (s->output.len > MOST_OUTPUT) {
            s->over = true;
            break;
        }
    }
    if (s->over) {
        reap(s, 0);
        return OUTPUT;
    }
    return reap(s, end) ? ending(s) : TIMEOUT;
}

static bool too_large(struct session *s)
{
    size_t most = s->build->limits.memory;
    long long now = now_ms();

    if (most == 0 || now - s->looked < LOOK)
        return false;
    s->looked = now;
    return box_memory(s->pid) > most;
}

static bool send_some(struct session *s, struct text *line,
                      size_t *sent)
{
    ssize_t n = write(s->ask, line->s + *sent, line->len - *sent);

    *sent += n > 0 ? (size_t)n : 0;
    return n >= 0 || errno == EAGAIN || errno == EINTR;
}

/* Is there a whole answer?  PASS, or VIOLATION if there is more or
 * other than one; RACE stands for "not yet". */
static enum status take(struct session *s, const char *nonce,
                        size_t most, struct text *answer)
{
    char *end = memchr(text_chars(&s->pending), '\n', s->pending.len);
    size_t head = strlen(nonce);

    if (end == NULL)
        return s->pending.len > most + head ? VIOLATION : RACE;
    size_t len = (size_t)(end - s->pending.s);
    if (len + 1 != s->pending.len || len < head || len > most + head
        || memcmp(s->pending.s, nonce, head) != 0)
        return VIOLATION;
    for (size_t i = 0; i < len; i++)
        if (s->pending.s[i] < 0x20 || s->pending.s[i] > 0x7e)
            return VIOLATION;
    text_add(answer, s->pending.s + head, len - head);
    s->pending.len = 0;
    return PASS;
}

static enum status converse(struct session *s, struct text *line,
                            const char *nonce, size_t most,
                            struct text *answer)
{
    long long end = deadline(s);
    enum status status = RACE;
    size_t sent = 0;

    while (status == RACE) {
        struct pollfd p[3] = {
            {.fd = s->answers, .events = POLLIN},
            {.fd = s->output_fd, .events = POLLIN},
            {.fd = sent < line->len ? s->ask : -1, .events = POLLOUT},
        };
        long long left = end - now_ms();

        if (left <= 0)
            return TIMEOUT;
        if (poll(p, 3, left < LOOK ? (int)left : LOOK) < 0
            && errno != EINTR)
            return fault(s->work, "poll: %s", strerror(errno)), FAULT;
        if (too_large(s))
            return MEMORY;
        if (p[1].revents != 0
            && !drain(s->output_fd, &s->output, MOST_OUTPUT))
            close_fd(&s->output_fd);
        if (s->output.len > MOST_OUTPUT)
            return s->over = true, OUTPUT;
        bool here = p[2].revents == 0 || send_some(s, line, &sent);
        if (p[0].revents != 0)
            here &= drain(s->answers, &s->pending,
                          MOST_HEAP + MOST_ANSWER);
        status = take(s, nonce, most, answer);
        if (status == RACE && !here)
            return ended(s, end);
    }
    return status;
}

enum status session_call(struct session *s, const char *call,
                         size_t most, struct text *answer)
{
    struct text line = {0}, nonce = {0};
    uint64_t number;

    if (getrandom(&number, sizeof number, 0) != sizeof number)
        return fault(s->work, "no random numbers"), FAULT;
    if (s->pending.len > 0)     /* it answers what was not asked */
        return VIOLATION;
    text_put(&nonce, "%016" PRIx64 " ", number);
    text_put(&line, "%s%s\n", text_chars(&nonce), call);
    enum status status = converse(s, &line, text_chars(&nonce), most,
                                  answer);
    s->awake |= status == PASS;
    text_clear(&line);
    text_clear(&nonce);
    return status;
}

/* ---- end --------------------------------------------------------- */
enum status session_close(struct session *s, enum status so_far)
{
    struct text answer = {0};

    if (so_far == PASS) {
        s->leaves = true;
        so_far = session_call(s, "quit", MOST_ANSWER, &answer);
        if (so_far == PASS && strcmp(text_chars(&answer), "bye") != 0)
            so_far = VIOLATION;
        if (so_far == PASS) {
            close_fd(&s->ask);
            so_far = ended(s, deadline(s));
            if (s->end == 0 && !s->over && so_far == VIOLATION)
                so_far = drain(s->answers, &s->pending, MOST_ANSWER)
                         || s->pending.len > 0 ? VIOLATION : PASS;
        }
    }
    reap(s, 0);
    if (s->log_fd >= 0)
        drain(s->log_fd, &s->log, MOST_ANSWER);
    text_clear(&answer);
    return so_far;
}

void session_clear(struct session *s)
{
    reap(s, 0);
    close_fd(&s->ask);
    close_fd(&s->answers);
    close_fd(&s->output_fd);
    close_fd(&s->log_fd);
    text_clear(&s->log);
    text_clear(&s->output);
    text_clear(&s->pending);
}

enum status session_finding(const struct session *s)
{
    const char *said = text_chars(&s->output);

    if (strstr(said, "rss limit exhausted") != NULL
        || strstr(said, "out of memory") != NULL
        || strstr(said, "allocation-size-too-big") != NULL)
        return MEMORY;
    if (strstr(said, "LeakSanitizer: detected memory leaks") != NULL)
        return LEAK;
    if (strstr(said, "ThreadSanitizer: data race") != NULL)
        return RACE;
    if (strstr(said, "runtime error:") != NULL)
        return UB;
    return CRASH;
}
