# POOL 8: a resized block stays where it is, or moves.
from support.pymalloc import alloc, free, resize

for old, new in ((512, 400), (512, 385), (512, 384), (512, 100),
                 (480, 480), (480, 481), (100, 112), (100, 113),
                 (64, 49), (64, 48)):
    p = alloc(old)
    q = resize(p, new)
    print(old, "->", new, "same" if p == q else "moved")
    free(q)
