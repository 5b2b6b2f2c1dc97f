#define _DEFAULT_SOURCE         /* MAP_ANONYMOUS, madvise */

#include <sys/mman.h>
#include <unistd.h>

#include "internal/os.h"

/* os memory: addresses */
void *coili_os_reserve(size_t size)
{
    void *p = mmap(NULL, size, PROT_NONE,
                   MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);

    return p != MAP_FAILED ? p : NULL;
}

void coili_os_release(void *p, size_t size)
{
    (void)munmap(p, size);
}

/* os memory: pages */
static uintptr_t round_down(uintptr_t at)
{
    return at & -(uintptr_t)sysconf(_SC_PAGESIZE);
}

static uintptr_t round_up(uintptr_t at)
{
    return round_down(at + (uintptr_t)sysconf(_SC_PAGESIZE) - 1);
}

int coili_os_commit(void *p, size_t size)
{
    uintptr_t from = round_down((uintptr_t)p);
    uintptr_t to = round_up((uintptr_t)p + size);

    return mprotect((void *)from, to - from, PROT_READ | PROT_WRITE);
}

void coili_os_discard(void *p, size_t size)
{
    uintptr_t from = round_up((uintptr_t)p);
    uintptr_t to = round_down((uintptr_t)p + size);

    if (from < to)
        (void)madvise((void *)from, to - from, MADV_DONTNEED);
}

void coili_os_uncommit(void *p, size_t size)
{
    coili_os_discard(p, size);
    (void)mprotect(p, size, PROT_NONE);
}

void coili_os_prefer_huge(void *p, size_t size)
{
#ifdef MADV_HUGEPAGE
    (void)madvise(p, size, MADV_HUGEPAGE);
#else
    (void)p, (void)size;
#endif
}
