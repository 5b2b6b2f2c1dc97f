# POOL 3: where the blocks of a new pool lie.
from support.pymalloc import drop, fill

POOL = 16384

for size in 16, 48, 480, 512:
    blocks = fill(12 * POOL // size, size)
    print(size, "aligned:", all(p % 16 == 0 for p in blocks))
    pools = {}
    for p in blocks:
        pools.setdefault(p // POOL, []).append(p % POOL)
    new = max(pools.values(), key=len)
    print("  first block at", new[0])
    print("  neighbors", {b - a for a, b in zip(new, new[1:])})
    drop(blocks)
