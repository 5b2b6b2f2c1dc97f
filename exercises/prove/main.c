/* main.c - coil-prove NAME PART */
#include <string.h>

#include "prove.h"

int main(int argc, char **argv)
{
    static const struct {
        const char *name;
        int (*prove)(const struct exercise *ex);
    } parts[] = {
        {"starter", prove_starter}, {"reference", prove_reference},
        {"seeds", prove_seeds}, {"wrong", prove_wrong},
        {"mutants", prove_mutants},
    };
    const struct exercise *ex = argc == 3 ? exercise_find(argv[1])
                                          : NULL;

    if (ex == NULL || !ex->judged)
        return no("usage: coil-prove NAME PART, of a judged exercise"),
               2;
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        if (strcmp(argv[2], parts[i].name) == 0)
            return parts[i].prove(ex) == 0 ? 0 : 1;
    return no("there is no part %s", argv[2]), 2;
}
