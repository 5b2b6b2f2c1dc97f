/* resident.h - the memory that the system has given this process
 *
 * Counted by the system page by page.  The number in /proc/self/statm is
 * quicker, and off by some hundred pages.
 */
#ifndef BENCH_RESIDENT_H
#define BENCH_RESIDENT_H

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define RESIDENT_PAGE 4096

/* In bytes; -1: the system does not say.  Allocates nothing. */
static inline double resident(void)
{
    static char text[1024];
    int fd = open("/proc/self/smaps_rollup", O_RDONLY);
    ssize_t size = fd >= 0 ? read(fd, text, sizeof text - 1) : -1;
    const char *at;

    if (fd >= 0)
        close(fd);
    text[size > 0 ? size : 0] = '\0';
    at = strstr(text, "\nRss:");
    return at != NULL ? strtod(at + 5, NULL) * 1024 : -1;
}
#endif
