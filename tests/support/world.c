#include "coil/pools.h"
#include "coil_test.h"
#include "internal/pools.h"
#include "world.h"

coil_runtime *world_open(coil_options options)
{
    options.hash_seed = 1;
    if (options.pool_threshold == 0)    /* a build may have none */
        options.pool_threshold = 512;
    return MUST(coil_runtime_open(&options));
}

void world_close(coil_runtime *rt)
{
    CHECK_SAME(coil_runtime_current(), rt);
    coili_pools_validate(coili_pools_now());
    CHECK_SIZE(coil_runtime_close(rt), 0);
    coil_runtime_enter(test_rt);
}
