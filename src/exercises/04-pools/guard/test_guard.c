#include <stdio.h>

#include "guard.h"

/* tests of exercises: ask one question and compare */
static int failed;

static void expect(const char *what, long long got, long long want)
{
    if (got != want) {
        printf("%s: %lld, not %lld\n", what, got, want);
        failed = 1;
    }
}

int main(void)
{
    static unsigned char block[48];
    unsigned char *p = guard_dress(block, 10);
    ptrdiff_t at;

    expect("guard_size(10)", (long long)guard_size(10), 48);
    expect("the client's part", p - block, 16);
    expect("its first byte", p[0], 0xcd);
    expect("the size", block[7], 10);
    expect("guard_look", guard_look(p, 10, &at), GUARD_WHOLE);
    expect("with another size", guard_look(p, 9, &at), GUARD_SIZE);
    p[10] = 'x';
    expect("one too far", guard_look(p, 10, &at), GUARD_BEHIND);
    expect("where", at, 10);
    p[10] = 0xfd;
    expect("guard_bury", guard_bury(p, 10), GUARD_WHOLE);
    expect("guard_bury again", guard_bury(p, 10), GUARD_DEAD);
    expect("guard_used", guard_used(p, 10, &at), 0);
    p[3] = 0;
    expect("after it was freed", guard_used(p, 10, &at), 1);
    expect("where", at, 3);
    return failed;
}
