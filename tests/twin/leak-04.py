# LEAK 4: del takes one name away; the object goes with the last owner.
import gc
import weakref


class Node:
    pass


gc.disable()
gc.collect()
x = Node()
y = x
ref = weakref.ref(x)
del x
print("one of two names deleted, alive:", ref() is not None)
del y
print("the other too, alive:", ref() is not None)

x = Node()
x.me = x
ref = weakref.ref(x)
del x
print("a cycle, alive:", ref() is not None)
print("collected:", gc.collect())
print("then alive:", ref() is not None)
