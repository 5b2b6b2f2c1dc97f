#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "screen.h"

static bool terminal, color;

void screen_open(void)
{
    const char *no = getenv("NO_COLOR"), *term = getenv("TERM");

    terminal = isatty(STDOUT_FILENO);
    color = terminal && (no == NULL || *no == '\0') &&
            (term == NULL || strcmp(term, "dumb") != 0);
}

bool screen_is_terminal(void)
{
    return terminal;
}

int screen_width(void)
{
    struct winsize size;
    int width = 80;

    if (terminal && ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 &&
        size.ws_col > 0)
        width = size.ws_col;
    return width < 40 ? 40 : width > 100 ? 100 : width;
}

/* Code points: the book uses none that is wider than one column. */
int screen_columns(const char *text)
{
    int n = 0;

    for (; *text != '\0'; text++)
        n += ((unsigned char)*text & 0xc0) != 0x80;
    return n;
}

void say(const char *form, ...)
{
    va_list args;

    va_start(args, form);
    vprintf(form, args);
    va_end(args);
}

static const char *const codes[] = {
    [BOLD] = "\033[1m", [GOOD] = "\033[32m", [BAD] = "\033[31m",
    [SOFT] = "\033[2m", [CODE] = "\033[36m",
};

static void paint_args(enum tone tone, const char *form, va_list args)
{
    if (color)
        fputs(codes[tone], stdout);
    vprintf(form, args);
    if (color)
        fputs("\033[0m", stdout);
}

void paint(enum tone tone, const char *form, ...)
{
    va_list args;

    va_start(args, form);
    paint_args(tone, form, args);
    va_end(args);
}

/* One paragraph: words, broken before the width. */
static void say_paragraph(int indent, const char *text, size_t len)
{
    int room = screen_width() - indent, column = 0;
    const char *end = text + len;
    int hang = 0, first;

    while (text + hang < end && text[hang] == ' ')
        hang++;                 /* a list keeps its indentation */
    first = hang;
    if (text + hang + 1 < end && text[hang] == '-' &&
        text[hang + 1] == ' ')
        hang += 2;
    say("%*s", indent, "");
    while (text < end) {
        const char *word = text;
        char *copy;
        int wide;

        while (word < end && *word == ' ')
            word++;
        text = word;
        while (text < end && *text != ' ')
            text++;
        copy = strndup(word, (size_t)(text - word));
        wide = copy ? screen_columns(copy) : 0;
        if (column > 0 && column + 1 + wide > room) {
            say("\n%*s", indent + hang, "");
            column = hang;
        } else if (column > 0) {
            say(" ");
            column++;
        } else {
            say("%*s", first, "");
            column = first;
        }
        say("%s", copy ? copy : "");
        column += wide;
        free(copy);
    }
    say("\n");
}

void say_lines(int indent, const char *text)
{
    while (*text != '\0') {
        size_t len = strcspn(text, "\n");

        if (len == 0)
            say("\n");
        else
            say_paragraph(indent, text, len);
        text += len + (text[len] == '\n');
    }
}

void say_verbatim(int indent, const char *text)
{
    bool begin = true;

    for (; *text != '\0'; text++) {
        unsigned char c = (unsigned char)*text;

        if (begin)
            say("%*s", indent, "");
        begin = c == '\n';
        if ((c < 0x20 && c != '\n' && c != '\t') || c == 0x7f)
            say("\\x%02x", c);
        else
            say("%c", c);
    }
    if (!begin)
        say("\n");
}

void say_bar(int done, int all)
{
    int wide = 24, full = all > 0 ? done * wide / all : 0;

    say("[");
    for (int i = 0; i < full; i++)
        paint(GOOD, "#");
    for (int i = full; i < wide; i++)
        paint(SOFT, "-");
    say("]  %d of %d", done, all);
}

void say_next(const char *form, ...)
{
    va_list args;

    say("next:  ");
    va_start(args, form);
    paint_args(CODE, form, args);
    va_end(args);
    say("\n");
}

static bool later;
static char kept[1024];

void refuse_later(void)
{
    later = true;
}

const char *refused(void)
{
    static char last[sizeof kept];

    if (kept[0] == '\0')
        return NULL;
    memcpy(last, kept, sizeof last);
    kept[0] = '\0';
    return last;
}

int refuse(const char *next, const char *form, ...)
{
    va_list args;

    va_start(args, form);
    if (later) {
        vsnprintf(kept, sizeof kept, form, args);
        va_end(args);
        return 1;
    }
    fflush(stdout);
    fputs("coil: ", stderr);
    vfprintf(stderr, form, args);
    va_end(args);
    fputc('\n', stderr);
    if (next != NULL)
        fprintf(stderr, "next:  %s\n", next);
    return 1;
}
