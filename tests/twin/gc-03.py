# GC 3: 300 000 lists in each other, released; and closed into a cycle.
import gc

gc.disable()
x = []
for _ in range(300000):
    x = [x]
x = None
print("released")
print("collected:", gc.collect())

last = x = []
for _ in range(300000):
    x = [x]
last.append(x)
del last, x
print("collected:", gc.collect())
