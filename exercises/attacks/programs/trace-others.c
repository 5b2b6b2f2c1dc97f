/* reads the memory of other processes
 * gate: rejected
 * box: wrong
 * beats: -
 */
#define _GNU_SOURCE
#include <stdio.h>
#include <sys/ptrace.h>
#include <sys/uio.h>
#include <unistd.h>

static void attack(void)
{
    char some[8];
    struct iovec own = {some, 8}, far = {(void *)0x400000, 8};

    for (pid_t pid = 1; pid < 4000; pid++)
        if (pid != getpid()
            && (ptrace(PTRACE_ATTACH, pid, NULL, NULL) == 0
                || process_vm_readv(pid, &own, 1, &far, 1, 0) >= 0))
            printf("REACHED process %d\n", (int)pid);
}
