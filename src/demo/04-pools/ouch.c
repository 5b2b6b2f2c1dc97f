#include <stdio.h>
#include <string.h>

#include <coil/coil.h>

/* ouch: a name without room for its end */
#include <unistd.h>

static void forget_the_end(void)
{
    coil_options options = { .pools = COIL_POOLS_GUARD };
    coil_runtime *rt = coil_runtime_open(&options);
    char *name = coil_memory_alloc(10);

    if (rt == NULL || name == NULL)
        return;
    strcpy(name, "0123456789");         /* eleven bytes */
    coil_memory_free(name, 10);
}

/* ouch: run it, and tell what it says */
static void tell(FILE *in)
{
    char line[200];

    while (fgets(line, sizeof line, in) != NULL) {
        char *from = strstr(line, "0x7"), *to = from;

        while (to != NULL && strchr("x0123456789abcdef", *to))
            to++;
        if (from != NULL)
            printf("%.*s...%s", (int)(from - line), line, to);
        else
            printf("%s", line);
    }
}

int main(void)
{
    int pipes[2];

    if (pipe(pipes) != 0)
        return 1;
    if (fork() == 0) {
        dup2(pipes[1], STDERR_FILENO);
        forget_the_end();
        _exit(0);
    }
    close(pipes[1]);
    tell(fdopen(pipes[0], "r"));
    return 0;
}
