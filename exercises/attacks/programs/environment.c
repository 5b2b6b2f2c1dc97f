/* prints the environment of all it can see
 * gate: rejected
 * box: wrong
 * beats: -
 */
#define _GNU_SOURCE
#include <stdio.h>
#include <unistd.h>

static void attack(void)
{
    char path[64], some[4096];

    for (int i = 0; environ[i] != NULL; i++)
        puts(environ[i]);
    for (int pid = 0; pid < 40; pid++) {
        snprintf(path, sizeof path, "/proc/%d/environ", pid);
        FILE *f = fopen(path, "r");
        size_t n = f != NULL ? fread(some, 1, sizeof some, f) : 0;
        fwrite(some, 1, n, stdout);
        if (f != NULL)
            fclose(f);
    }
}
