#include <stdio.h>

#include "map.h"

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
    const size_t some[] = { 16, 129, 500, 9000 };

    expect("map_class(1)", map_class(1), 0);
    expect("map_class(17)", map_class(17), 1);
    expect("map_class(513)", map_class(513), -1);
    expect("map_size(0)", (long long)map_size(0), 16);
    expect("map_size(8)", (long long)map_size(8), 160);
    expect("map_size(-1)", (long long)map_size(-1), 0);
    expect("the waste", (long long)map_waste(some, 4), 0 + 31 + 12);
    return failed;
}
