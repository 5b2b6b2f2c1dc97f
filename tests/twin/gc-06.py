# GC 6: a cycle that is held from outside.
import gc

gc.disable()
gc.collect()
a = []
b = [a]
a.append(b)
a.append([1, [2]])
c = [a]
del a, b
print("held:", gc.collect())
print(c[0])
del c
print("dropped:", gc.collect())
