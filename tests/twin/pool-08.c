/* chapter: 04 */
/* POOL 8: a resized block stays where it is, or moves. */
#include "support/twin.h"

static void program(void)
{
    static const size_t row[][2] = {
        { 512, 400 }, { 512, 385 }, { 512, 384 }, { 512, 100 },
        { 480, 480 }, { 480, 481 }, { 100, 112 }, { 100, 113 },
        { 64, 49 }, { 64, 48 },
    };

    for (size_t i = 0; i < sizeof row / sizeof row[0]; i++) {
        void *p = must(coil_memory_alloc(row[i][0]));
        uintptr_t was = (uintptr_t)p;
        void *q = must(coil_memory_resize(p, row[i][0], row[i][1]));

        printf("%zu -> %zu %s\n", row[i][0], row[i][1],
               was == (uintptr_t)q ? "same" : "moved");
        coil_memory_free(q, row[i][1]);
    }
}

int main(void)
{
    return twin_run_with((coil_options){ .pool_threshold = 512 },
                         program);
}
