# GC 5: what hangs off a cycle is counted and freed.
import gc

gc.disable()
gc.collect()
x = []
x.append(x)
x.append([[], []])
del x
print("collected:", gc.collect())
