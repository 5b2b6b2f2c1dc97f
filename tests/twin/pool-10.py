# POOL 10: zeros where they are promised, and freeing nothing.
import ctypes

from support.pymalloc import alloc, calloc, free

p = alloc(200)
ctypes.memset(p, 0xff, 200)
free(p)
q = calloc(20, 10)
print("the same block:", p == q)
print("zeros:", ctypes.string_at(q, 200) == bytes(200))
free(q)
free(None)
print("nothing is freed")
