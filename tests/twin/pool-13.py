# POOL 13: the numbers add up.
from support.pymalloc import drop, fill, stats

PER_POOL = {16: 1021, 32: 510, 64: 255, 480: 34, 512: 31}

for size, per_pool in PER_POOL.items():
    before, _ = stats()
    blocks = fill(5000, size)
    after, _ = stats()
    pools, used, available = after[size]
    print(size, used + available == pools * per_pool, end=" ")
    if size >= 480:     # the interpreter itself uses no such blocks
        print(used - before.get(size, (0, 0))[1], end=" ")
    drop(blocks)
    pools, used, available = stats()[0].get(size, (0, 0, 0))
    print(used + available == pools * per_pool)
