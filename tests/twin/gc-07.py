# GC 7: garbage that holds a live list gives one reference back.
import gc
import sys

gc.disable()
gc.collect()
live = []
x = [live]
x.append(x)
print("before:", sys.getrefcount(live) - 1)
del x
print("collected:", gc.collect())
print("after:", sys.getrefcount(live) - 1)
print(live)
