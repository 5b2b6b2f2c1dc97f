#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/signalfd.h>
#include <termios.h>
#include <unistd.h>

#include "tty.h"

static struct termios before;
static sigset_t mask_before;
static bool raw;

static int take(void)
{
    struct termios now = before;

    now.c_lflag &= ~(tcflag_t)(ICANON | ECHO);
    now.c_cc[VMIN] = 1;
    now.c_cc[VTIME] = 0;
    raw = tcsetattr(STDIN_FILENO, TCSADRAIN, &now) == 0;
    return raw ? 0 : -1;
}

void tty_close(void)
{
    fflush(stdout);
    if (raw)
        tcsetattr(STDIN_FILENO, TCSADRAIN, &before);
    raw = false;
}

int tty_open(void)
{
    static const int held[] = {
        SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGTSTP, SIGWINCH,
    };
    static bool registered;
    sigset_t mask;

    if (tcgetattr(STDIN_FILENO, &before) < 0)
        return -1;
    if (!registered && atexit(tty_close) != 0)
        return -1;
    registered = true;
    sigemptyset(&mask);
    for (size_t i = 0; i < sizeof held / sizeof *held; i++)
        sigaddset(&mask, held[i]);
    if (sigprocmask(SIG_BLOCK, &mask, &mask_before) < 0)
        return -1;
    if (take() < 0)
        return -1;
    return signalfd(-1, &mask, SFD_CLOEXEC | SFD_NONBLOCK);
}

int tty_signal(int fd)
{
    struct signalfd_siginfo info;

    if (read(fd, &info, sizeof info) != sizeof info)
        return 0;
    return (int)info.ssi_signo;
}

void tty_stop(void)
{
    tty_close();
    raise(SIGSTOP);
    take();
}

void tty_end(int number)
{
    tty_close();
    signal(number, SIG_DFL);
    sigprocmask(SIG_SETMASK, &mask_before, NULL);
    raise(number);
    _exit(128 + number);
}

void tty_child(void)
{
    raw = false;                /* the parent restores it */
    sigprocmask(SIG_SETMASK, &mask_before, NULL);
}
