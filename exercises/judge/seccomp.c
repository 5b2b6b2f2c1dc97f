/* seccomp.c - what a box may not ask of the kernel
 *
 * Namespaces hide processes, files and the network.  The filter takes
 * away what they do not cover: keys, sockets to the hypervisor, locks
 * and watches on files that boxes share, other ABIs, and doors that
 * only widen the surface.  ptrace stays where sanitizers run: the leak
 * sanitizer needs it; it ends at the process namespace.
 */
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <seccomp.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>

#include "box.h"

static const char *const refused[] = {
    "keyctl", "add_key", "request_key",
    "io_uring_setup", "io_uring_enter", "io_uring_register",
    "flock", "inotify_init", "inotify_init1", "fanotify_init",
    "bpf", "perf_event_open", "userfaultfd", "lookup_dcookie",
    "mount", "umount2", "pivot_root", "open_tree", "move_mount",
    "fsopen",
    "fsconfig", "fsmount", "fspick", "mount_setattr", "unshare",
    "setns",
    "chroot", "name_to_handle_at", "open_by_handle_at", "quotactl",
    "quotactl_fd", "syslog", "acct", "swapon", "swapoff", "reboot",
    "kexec_load", "kexec_file_load", "init_module", "finit_module",
    "delete_module", "iopl", "ioperm", "modify_ldt", "vm86", "vm86old",
    "settimeofday", "clock_settime", "adjtimex", "clock_adjtime",
    "vhangup", "nfsservctl", "kcmp", "move_pages", "migrate_pages",
    "mbind", "set_mempolicy", "process_madvise",
    "landlock_create_ruleset",
    "process_vm_readv", "process_vm_writev", "pidfd_getfd",
};

static const int lock_requests[] = {
    F_SETLK,
    F_SETLKW,
    36 /* F_OFD_GETLK */,
    37,
    38,
    1024 /* F_SETLEASE */,
    1026 /* F_NOTIFY */,
};

static const uint64_t terminals[] = { 0x5412 /* TIOCSTI */,
                                      0x541c /* TIOCLINUX */ };

/* A call this library or kernel does not know cannot be made either. */
static void refuse(scmp_filter_ctx filter, const char *name, int error)
{
    int number = seccomp_syscall_resolve_name(name);

    if (number != __NR_SCMP_ERROR)
        seccomp_rule_add(filter, SCMP_ACT_ERRNO((uint16_t)error),
                         number, 0);
}

/* Refuse a call if its argument number `arg` compares so with value. */
static int refuse_if(scmp_filter_ctx filter, int number, int error,
                     unsigned arg, enum scmp_compare how,
                     uint64_t value)
{
    struct scmp_arg_cmp compare = {.arg = arg, .op = how,
                                   .datum_a = value, .datum_b = value};

    return seccomp_rule_add_array(filter,
                                  SCMP_ACT_ERRNO((uint16_t)error),
                                  number, 1, &compare);
}

static int rules(scmp_filter_ctx filter, bool trace)
{
    const uint64_t new_user = 0x10000000;   /* CLONE_NEWUSER */
    int bad = 0;

    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++)
        refuse(filter, refused[i], EPERM);
    if (!trace)
        refuse(filter, "ptrace", EPERM);
    refuse(filter, "clone3", ENOSYS);     /* its flags cannot be seen */
    bad |= refuse_if(filter, SCMP_SYS(clone), EPERM, 0,
                     SCMP_CMP_MASKED_EQ, new_user);
    for (size_t i = 0; i < sizeof lock_requests / sizeof *lock_requests;
         i++)
        bad |= refuse_if(filter, SCMP_SYS(fcntl), EPERM, 1, SCMP_CMP_EQ,
                         (uint64_t)lock_requests[i]);
    for (size_t i = 0; i < sizeof terminals / sizeof *terminals; i++)
        bad |= refuse_if(filter, SCMP_SYS(ioctl), EPERM, 1, SCMP_CMP_EQ,
                         terminals[i]);
    bad |= refuse_if(filter, SCMP_SYS(socket), EAFNOSUPPORT, 0,
                     SCMP_CMP_GT, AF_INET6);
    for (uint64_t family = AF_INET + 1; family < AF_INET6; family++)
        bad |= refuse_if(filter, SCMP_SYS(socket), EAFNOSUPPORT, 0,
                         SCMP_CMP_EQ, family);
    return bad != 0 ? -1 : 0;
}

int seccomp_file(bool trace)
{
    scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ALLOW);
    int fd = -1;

    if (filter == NULL)
        return -1;
    /* One filter, for the one ABI that the machine is built for. */
    if (seccomp_attr_set(filter, SCMP_FLTATR_ACT_BADARCH,
                         SCMP_ACT_KILL_PROCESS)
            < 0
        || rules(filter, trace) < 0)
        goto done;
    fd = memfd_create("seccomp", MFD_CLOEXEC);
    if (fd >= 0 && (seccomp_export_bpf(filter, fd) < 0
                    || lseek(fd, 0, SEEK_SET) < 0)) {
        close(fd);
        fd = -1;
    }
done:
    seccomp_release(filter);
    return fd;
}
