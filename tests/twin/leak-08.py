# LEAK 8: a reference that goes first is never called; an error in a
# callback stops nobody.
import sys
import weakref


class Node:
    pass


def fails(ref):
    raise ValueError("callback")


sys.unraisablehook = lambda args: print(
    "ignored:", args.exc_type.__name__, args.exc_value)
x = Node()
ref = weakref.ref(x, lambda ref: print("called"))
del ref
del x
print("nobody was called")

x = Node()
first = weakref.ref(x, lambda ref: print("the older one is called"))
second = weakref.ref(x, fails)
del x
print("execution goes on")
