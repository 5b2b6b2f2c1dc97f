# GC 4: what a full collection returns.
import gc

gc.disable()
gc.collect()

x = []
x.append(x)
del x
print("a list in itself:", gc.collect())

x = {}
x["self"] = x
del x
print("a dict in itself:", gc.collect())

x = []
y = (x,)
x.append(y)
del x, y
print("a list and a tuple:", gc.collect())


def ring(n):
    lists = [[] for _ in range(n)]
    for i in range(n):
        lists[i].append(lists[(i + 1) % n])


for n in 2, 3, 100:
    ring(n)
    print(f"a ring of {n} lists:", gc.collect())

x = [[], [[]]]
del x
print("lists without a cycle:", gc.collect())
ring(2)
gc.collect()
print("the second time:", gc.collect())
