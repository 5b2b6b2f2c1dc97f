/* writes a result and leaves files
 * gate: rejected
 * box: wrong
 * beats: -
 */
#include <stdio.h>
#include <string.h>

static void attack(void)
{
    const char *const places[] = {
        "results.json", "/tmp/coil-trace", "/box/out/plain.new",
        "/box/in/map.c", "/var/tmp/coil-trace", "/usr/coil-trace",
        "/coil-trace", "/dev/shm/coil-trace", "../in/coil-trace",
        "plain",
    };

    for (unsigned i = 0; i < sizeof places / sizeof *places; i++) {
        FILE *f = fopen(places[i], "w");
        if (f != NULL) {
            fputs("{\"score\": 100}", f);
            fclose(f);
            if (strcmp(places[i], "/tmp/coil-trace") != 0)
                printf("REACHED %s\n", places[i]);
        }
    }
}
