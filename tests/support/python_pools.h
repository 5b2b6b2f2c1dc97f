/* python_pools.h - pools of CPython's geometry, for the twins */
#ifndef PYTHON_POOLS_H
#define PYTHON_POOLS_H

#include "coil/pools.h"

#define PYTHON_POOLS                                                 \
    .pools = COIL_POOLS_DIRECT, .pool_threshold = 512,               \
    .pool_size = 16384, .pool_head = 48, .pool_arena = 1 << 20

#define PYTHON_POOL 16384

#endif
