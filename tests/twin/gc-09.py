# GC 9: garbage that lies partly in an old generation.
import gc

gc.disable()
gc.collect()
a = []
gc.collect()
b = [a]
a.append(b)
del a, b
for generation in range(3):
    print(f"collect({generation}):", gc.collect(generation))
