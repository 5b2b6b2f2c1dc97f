/* from.c - see from.h */
#include "from.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

char *from_caller(const char *path)
{
    const char *from = getenv("COIL_FROM");
    bool as_it_is = path[0] == '/' || path[0] == '\0' || from == NULL
                    || from[0] == '\0';
    size_t size = strlen(path) + 1;

    if (!as_it_is)
        size += strlen(from) + 1;
    char *whole = malloc(size);
    if (whole == NULL) {
        fputs("coil: out of memory\n", stderr);
        exit(3);
    }
    snprintf(whole, size, "%s%s%s", as_it_is ? "" : from,
             as_it_is ? "" : "/", path);
    return whole;
}
