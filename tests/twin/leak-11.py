# LEAK 11: what cannot be weakly referenced.
import weakref


class Node:
    pass


class Slotted:
    __slots__ = ("value",)


for x in 1, "a", [], (), {}, None, Slotted(), 2.5, True:
    try:
        weakref.ref(x)
    except TypeError as e:
        print("TypeError:", e)
x = Node()
print("Node:", weakref.ref(x)() is x)
x = {1}
print("set:", weakref.ref(x)() is x)
