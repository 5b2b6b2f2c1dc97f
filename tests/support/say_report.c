#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "say_report.h"
#include "twin.h"

static size_t digits(const char *p)
{
    size_t n = 0;

    while (isxdigit((unsigned char)p[n]))
        n++;
    return n;
}

void say_report(void (*fault)(void))
{
    char *text = twin_abort(fault);

    for (char *p = text; *p != '\0'; ) {
        if (strncmp(p, "coil: ", 6) == 0) {
            p += 6;
        } else if (strncmp(p, "0x", 2) == 0 && digits(p + 2) >= 8) {
            fputs("address", stdout);
            p += 2 + digits(p + 2);
        } else {
            putchar(*p++);
        }
    }
    free(text);
}
