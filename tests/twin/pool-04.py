# POOL 4: the blocks of a pool.
from collections import Counter

from support.pymalloc import drop, fill

for size in 16, 32, 64, 480, 512:
    blocks = fill(8 * 16384 // size, size)
    print(size, "->", max(Counter(p // 16384 for p in blocks).values()))
    drop(blocks)
