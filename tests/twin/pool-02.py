# POOL 2: a block of no bytes, and one that is too large.
from support.pymalloc import alloc, calloc, free

p, q = alloc(0), alloc(0)
print("no bytes:", p is not None, p != q)
free(p)
free(q)
print("2**63:", alloc(2**63))
print("2**40 times 2**40:", calloc(2**40, 2**40))
