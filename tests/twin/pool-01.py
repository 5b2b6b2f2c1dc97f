# POOL 1: the class of a request.
from support.pymalloc import drop, fill, stats

for request in 1, 16, 17, 32, 256, 257, 512, 513:
    before, _ = stats()
    blocks = fill(1000, request)
    after, _ = stats()
    grown = [size for size in after
             if after[size][1] - before.get(size, (0, 0))[1] >= 900]
    print(request, "->", grown[0] if grown else "not pooled")
    drop(blocks)
