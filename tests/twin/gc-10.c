/* chapter: 03 */
/* GC 10: the counters of the older generations, and wrong
 * generations. */
#include "support/twin.h"

static void program(void)
{
    static const int order[] = { 0, 1, 2, 0, 0, 1, 0, 2 };
    static const int wrong[] = { -1, 3 };

    coil_gc_disable();
    for (size_t i = 0; i < sizeof order / sizeof order[0]; i++) {
        size_t counts[3];

        coil_gc_collect(order[i]);
        coil_gc_counts(counts);
        printf("after collect(%d): (%zu, %zu)\n", order[i], counts[1],
               counts[2]);
    }
    for (size_t i = 0; i < 2; i++)
        if (coil_gc_collect(wrong[i]) < 0) {
            printf("collect(%d): ", wrong[i]);
            coil_error_print(stdout);
            coil_error_clear();
        }
}

int main(void)
{
    return twin_run(program);
}
