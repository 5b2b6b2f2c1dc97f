# LEAK 10: callbacks around a cycle that is garbage.
import gc
import weakref


class Node:
    pass


calls = []
gc.disable()
gc.collect()
x = Node()
x.me = x
x.ref = weakref.ref(x, lambda ref: calls.append(("inside", ref() is None)))
ref = weakref.ref(x, lambda ref: calls.append(("outside", ref() is None)))
print("alive before:", ref() is x)
del x
print("collected:", gc.collect() > 0)
print("calls:", *[f"{who} {dead}" for who, dead in calls])
print("alive after:", ref() is not None)
