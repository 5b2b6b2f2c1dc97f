#include "coil/pools.h"
#include "internal/pools.h"

_Static_assert(COIL_POOL_THRESHOLD % COILI_GRAIN == 0 &&
               COIL_POOL_THRESHOLD < COILI_CLASSES * COILI_GRAIN,
               "COIL_POOL_THRESHOLD is a multiple of 16 up to 512");

#define USUAL_REGION (UINT64_C(64) << 30)

/* pools options: what is possible */
static bool is_power(size_t size, size_t least, size_t most)
{
    return size >= least && size <= most && (size & (size - 1)) == 0;
}

static void check(const coil_options *o)
{
    unsigned both = COIL_POOLS_ON | COIL_POOLS_OFF;

    COIL_CHECK((o->pools & both) != both);
    COIL_CHECK(o->pool_threshold % COILI_GRAIN == 0 &&
               o->pool_threshold < COILI_CLASSES * COILI_GRAIN);
    COIL_CHECK(is_power(o->pool_size, 1 << 12, 1 << 20));
    COIL_CHECK(is_power(o->pool_arena, 1 << 16, 1 << 28));
    COIL_CHECK(o->pool_arena >= o->pool_size &&
               o->pool_arena / o->pool_size <= COILI_POOLS_PER_ARENA);
    COIL_CHECK(o->pool_head % COILI_GRAIN == 0 &&
               o->pool_head <= o->pool_size / 2);
    COIL_CHECK(is_power(o->pool_region, o->pool_arena, SIZE_MAX));
}

/* pools options: what is usual */
static size_t usual_region(void)
{
    return USUAL_REGION < SIZE_MAX / 16 ? (size_t)USUAL_REGION
                                        : SIZE_MAX / 16 + 1;
}

void coili_pools_complete(coil_options *options)
{
    if (options->pool_threshold == 0)
        options->pool_threshold = COIL_POOL_THRESHOLD;
    if (options->pool_size == 0)
        options->pool_size = 64 << 10;
    if (options->pool_arena == 0)
        options->pool_arena = 2 << 20;
    if (options->pool_region == 0)
        options->pool_region = usual_region();
    check(options);
}
