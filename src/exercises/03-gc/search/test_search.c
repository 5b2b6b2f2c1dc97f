#include <stdio.h>

#include "search.h"

static const uint32_t counts[] = { 1, 2, 1, 1 };
static const struct search_ref refs[] = {
    { 0, 1 }, { 2, 3 }, { 3, 2 }, { 3, 1 }, { 1, 9 }
};

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
    const struct search_world world = { 4, counts, 4, refs };
    const struct search_world wrong = { 4, counts, 5, refs };
    coil_runtime *rt = coil_runtime_open(NULL);
    uint32_t trial[4] = { 9, 9, 9, 9 };
    size_t garbage[4] = { 9, 9, 9, 9 };

    expect("search_trial", search_trial(&world, trial), 0);
    expect("the trial count of list 0", trial[0], 1);
    expect("the trial count of list 1", trial[1], 0);
    expect("search_garbage", search_garbage(&world, garbage), 2);
    expect("the first of the garbage", (long long)garbage[0], 2);
    expect("the second", (long long)garbage[1], 3);
    expect("a list too far", search_trial(&wrong, trial), -1);
    expect("ValueError", coil_error_is(COIL_VALUE_ERROR), 1);
    coil_error_clear();
    expect("what is left", (long long)coil_runtime_close(rt), 0);
    return failed;
}
