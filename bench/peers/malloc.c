/* malloc - the blocks of chapter 4 from a malloc
 *
 * One program for each: glibc's own, and those of libraries that take
 * its place when linked.  PEER is a part of the library's file name.
 */
#define _GNU_SOURCE             /* dladdr */
#include <dlfcn.h>
#include <stdlib.h>

#define bench_alloc(size) malloc(size)
#define bench_free(p, size) ((void)(size), free(p))
#include "../support/blocks.h"

int main(int argc, char **argv)
{
    Dl_info info = { 0 };
    void *(*fn)(size_t) = malloc;
    void *address;

    memcpy(&address, &fn, sizeof address);
    if (dladdr(address, &info) == 0 ||
        strstr(info.dli_fname, PEER) == NULL) {
        fprintf(stderr, "malloc is not of " PEER " but of %s\n",
                info.dli_fname != NULL ? info.dli_fname : "nobody");
        return 1;
    }
    return blocks_main(argc, argv) < 0;
}
