# POOL 9: the bytes are kept across the border, both ways.
import ctypes

from support.pymalloc import alloc, free, resize

p = alloc(8)
ctypes.memmove(p, b"abcdefgh", 8)
p = resize(p, 600)
print(ctypes.string_at(p, 8).decode())
p = resize(p, 8)
print(ctypes.string_at(p, 8).decode())
free(p)
