/* answers with the call's own number, and lets the driver answer too
 * gate: rejected
 * box: violation
 * beats: -
 */
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static void attack(void)
{
    const char *p = __builtin_frame_address(0);

    /* The number is in the driver's memory: 16 digits, a blank, the
     * call. */
    for (int i = 0; i < 4000; i++) {
        char *const *q = (char *const *)(const void *)p + i;
        char *s = *q;
        uintptr_t n = (uintptr_t)s;

        if (n % 8 == 0 && n > 0x555555554000 && n < 0x555559000000
            && strspn(s, "0123456789abcdef") == 16) {
            char line[40];
            int len = snprintf(line, sizeof line, "%.16s 16\n", s);
            if (write(4, line, (size_t)len) < 0)
                return;
            return;
        }
    }
    if (write(4, "none found\n", 11) < 0)
        return;
}
