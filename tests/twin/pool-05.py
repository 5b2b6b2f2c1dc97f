# POOL 5: last freed, first reused.
from support.pymalloc import alloc, free

a, b = alloc(496), alloc(496)
free(a)
free(b)
print("b, then a:", alloc(496) == b, alloc(496) == a)
free(a)
free(b)

x = object()
place = id(x)
del x
print("object:", id(object()) == place)
