/* tool.c - coil-tool: what ./coil calls for exercises
 *
 *     coil-tool check pools-map
 *
 * It runs in the root of the project.  COIL_FROM is the folder where
 * the person who typed it is.
 */
#include <locale.h>
#include <stdio.h>
#include <string.h>

#include "judge/tool.h"
#include "learn/learn.h"
#include "learn/screen.h"

static const struct command {
    const char *name;
    int (*run)(int argc, char **argv);
} commands[] = {
    { "bench", learn_bench }, { "check", learn_check },
    { "class", class_main }, { "doctor", learn_doctor },
    { "heap", learn_heap }, { "hint", learn_hint },
    { "judge", judge_main }, { "list", learn_list },
    { "next", learn_next }, { "repro", learn_repro },
    { "reset", learn_reset }, { "show", learn_show },
    { "solution", learn_solution }, { "start", learn_start },
    { "status", learn_status }, { "submit", learn_submit },
    { "verify", learn_verify }, { "watch", learn_watch },
};

/* --yes is ./coil's own word; only submit asks something itself. */
static int without_yes(int argc, char **argv)
{
    int kept = 0;

    for (int i = 0; i < argc; i++)
        if (strcmp(argv[0], "submit") == 0 ||
            strcmp(argv[i], "--yes") != 0)
            argv[kept++] = argv[i];
    argv[kept] = NULL;
    return kept;
}

int main(int argc, char **argv)
{
    static char *watch[] = { "watch", NULL };
    int words = argc > 1 ? argc - 1 : 1;
    char **word = argc > 1 ? argv + 1 : watch;

    words = without_yes(words, word);
    setlocale(LC_ALL, "C.UTF-8");
    screen_open();
    for (size_t i = 0; i < sizeof commands / sizeof *commands; i++)
        if (strcmp(commands[i].name, word[0]) == 0)
            return commands[i].run(words, word);
    return refuse("./coil help", "unknown command %s", word[0]);
}
