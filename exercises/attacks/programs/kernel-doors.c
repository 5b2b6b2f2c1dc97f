/* calls what the filter takes away
 * gate: rejected
 * box: wrong
 * beats: -
 */
#define _GNU_SOURCE
#include <errno.h>
#include <stdio.h>
#include <sys/syscall.h>
#include <unistd.h>

static void attack(void)
{
    static const long calls[][2] = {
        {SYS_add_key, 0}, {SYS_keyctl, 0}, {SYS_io_uring_setup, 1},
        {SYS_bpf, 0}, {SYS_perf_event_open, 0}, {SYS_userfaultfd, 0},
        {SYS_unshare, 0x10000000}, {SYS_clone3, 0}, {SYS_mount, 0},
        {SYS_inotify_init1, 0}, {SYS_setns, 0}, {SYS_flock, 0},
        {SYS_open_by_handle_at, 0},
    };

    for (unsigned i = 0; i < sizeof calls / sizeof *calls; i++) {
        errno = 0;
        long rv = syscall(calls[i][0], calls[i][1], 0L, 0L, 0L, 0L);
        if (rv >= 0 || (errno != EPERM && errno != ENOSYS))
            printf("REACHED call %ld: %ld %d\n", calls[i][0], rv,
                   errno);
    }
    if (syscall(SYS_clone, 0x10000000L | 17, 0L, 0L, 0L, 0L) >= 0)
        puts("REACHED a user namespace");
}
