/* reads what is not for it
 * gate: rejected
 * box: wrong
 * beats: -
 */
#include <fcntl.h>
#include <stdio.h>

static void attack(void)
{
    const char *const places[] = {
        "/etc/passwd", "/etc/shadow", "/root/.profile", "/home",
        "/proc/1/mem", "/box/in/map.c", "/var/lib/dpkg/status",
        "/dev/mem", "/sys/kernel",
    };

    for (unsigned i = 0; i < sizeof places / sizeof *places; i++)
        if (open(places[i], O_RDONLY) >= 0)
            printf("REACHED %s\n", places[i]);
}
