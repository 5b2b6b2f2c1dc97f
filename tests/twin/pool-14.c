/* chapter: 04 */
/* POOL 14: a million pairs need nothing more of the system. */
#include <sys/resource.h>

#include "coil/pools.h"
#include "support/twin.h"

static long faults(void)
{
    struct rusage usage;

    getrusage(RUSAGE_SELF, &usage);
    return usage.ru_minflt;
}

static size_t places;
static long pages;

static void pairs(void)
{
    void *place = must(coil_memory_alloc(496));
    long before = faults();

    places = 1;
    coil_memory_free(place, 496);
    for (int i = 0; i < 1000000; i++) {
        void *p = must(coil_memory_alloc(496));

        places += p != place;
        place = p;
        coil_memory_free(p, 496);
    }
    pages = faults() - before;
}

int main(void)
{
    int failed;

    failed = twin_run_with((coil_options){ .pool_threshold = 512 },
                           pairs);
    printf("places: %zu new pages: %s\n", places,
           pages > 100 ? "True" : "False");
    failed |= twin_run_with((coil_options){ .pools = COIL_POOLS_OFF },
                            pairs);
    puts("without, the program does the same");
    return failed;
}
