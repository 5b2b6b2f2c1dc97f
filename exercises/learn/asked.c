#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "whole.h"
#include "learn.h"
#include "place.h"
#include "screen.h"
#include "state.h"

static bool may(const char *flags, const char *flag)
{
    size_t n = strlen(flag);

    for (const char *at = flags; (at = strstr(at, flag)); at += n)
        if ((at == flags || at[-1] == ' ') &&
            (at[n] == ' ' || at[n] == '\0'))
            return true;
    return false;
}

static bool is_hex(const char *text)
{
    size_t n = strlen(text);

    return n > 0 && n <= 16 && strspn(text, "0123456789abcdef") == n;
}

/* A flag with a value; returns how many words it took, or 0: told. */
static int read_flag(struct asked *w, char **argv, int left,
                     const char *flags)
{
    const char *word = argv[0] + strspn(argv[0], "-");
    const char **value = NULL;

    if (may(flags, word)) {
        if (strcmp(word, "give-up") == 0)
            return w->give_up = true;
        if (strcmp(word, "own") == 0)
            return w->own = true;
        if (strcmp(word, "yes") == 0)
            return w->yes = true;
        value = strcmp(word, "check") == 0 ? &w->check :
                strcmp(word, "seed") == 0 ? &w->seed :
                strcmp(word, "o") == 0 ? &w->output : NULL;
    }
    if (value == NULL) {
        refuse("./coil help", "this command has no option %s", argv[0]);
        return 0;
    }
    if (left < 2) {
        refuse("./coil help", "%s needs a word behind it", argv[0]);
        return 0;
    }
    *value = argv[1];
    if (w->seed != NULL && !is_hex(w->seed)) {
        refuse("./coil check --seed 1f", "a seed is up to 16 digits, "
               "0 to 9 and a to f: not %s", w->seed);
        return 0;
    }
    return 2;
}

static int read_current(struct asked *w)
{
    json_t *state = state_open();

    if (state == NULL)
        return 1;
    w->exercise = exercise_current(state);
    if (state_close(state, false) != 0)
        return 1;
    if (w->exercise == NULL)
        return refuse("./coil list", "all is passed: name an exercise");
    return 0;
}

int asked_read(struct asked *w, int argc, char **argv,
               const char *flags)
{
    *w = (struct asked){ .exercise = NULL };
    for (int i = 1; i < argc; i++) {
        const char *word = argv[i];

        if (word[0] == '-') {
            int took = read_flag(w, argv + i, argc - i, flags);

            if (took == 0)
                return 1;
            i += took - 1;
        } else if (may(flags, "level") && w->level == 0 &&
                   word[0] >= '0' && word[0] <= '9' &&
                   word[1] == '\0') {
            w->level = word[0] - '0';
            if (w->level < 1 || w->level > 3)
                return refuse("./coil hint 1",
                              "there are hints 1 to 3");
        } else if (w->exercise != NULL) {
            return refuse("./coil help", "too many words: %s", word);
        } else if ((w->exercise = exercise_named(word)) == NULL) {
            return 1;
        }
    }
    return w->exercise ? 0 : read_current(w);
}
