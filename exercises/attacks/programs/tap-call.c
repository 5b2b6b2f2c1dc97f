/* prints the verdict in the first call
 * gate: rejected
 * box: violation
 * beats: exit tap
 */
#include <stdio.h>
#include <unistd.h>

static void attack(void)
{
    printf("1..7\n");
    for (int i = 1; i <= 7; i++)
        printf("ok %d\n", i);
    fflush(stdout);
    _exit(0);
}
