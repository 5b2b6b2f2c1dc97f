/* looks for a way out
 * gate: rejected
 * box: wrong
 * beats: -
 */
#include <arpa/inet.h>
#include <stdio.h>
#include <sys/socket.h>

static void attack(void)
{
    struct sockaddr_in to = {.sin_family = AF_INET,
        .sin_port = htons(53)};
    int fd = socket(AF_INET, SOCK_DGRAM, 0);

    inet_pton(AF_INET, "192.0.2.1", &to.sin_addr);
    if (connect(fd, (struct sockaddr *)&to, sizeof to) == 0)
        puts("REACHED the network");
    if (socket(40, SOCK_STREAM, 0) >= 0)
        puts("REACHED the hypervisor");
    if (socket(AF_NETLINK, SOCK_RAW, 0) >= 0 || socket(38, 5, 0) >= 0)
        puts("REACHED the kernel's tables");
}
