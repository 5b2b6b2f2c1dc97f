# LEAK 13: a proxy whose object is gone.
import weakref


class Node:
    pass


x = Node()
x.value = 42
proxy = weakref.proxy(x)
print("alive:", proxy.value)
del x
try:
    proxy.value
except ReferenceError as e:
    print("ReferenceError:", e)
