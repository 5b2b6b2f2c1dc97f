# LEAK 6: which weak references are one object, and how many there are.
import weakref


class Node:
    pass


def callback(ref):
    pass


x = Node()
a = weakref.ref(x)
b = weakref.ref(x)
c = weakref.ref(x, callback)
d = weakref.ref(x, callback)
print("two plain ones are the same:", a is b)
print("two with a callback are the same:", c is d)
print("a plain one and one with a callback:", a is c)
print("count:", weakref.getweakrefcount(x))
del c
print("one dropped:", weakref.getweakrefcount(x))
del a, b, d
print("all dropped:", weakref.getweakrefcount(x))
