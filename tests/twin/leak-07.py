# LEAK 7: callbacks are called newest first, and see the object gone.
import weakref


class Node:
    pass


def callback(number):
    return lambda ref: print(number, "sees", ref())


x = Node()
refs = [weakref.ref(x, callback(i)) for i in range(3)]
del x
print("dead:", *[r() for r in refs])
