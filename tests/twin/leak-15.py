# LEAK 15: finalize objects.
import weakref


class Node:
    pass


x = Node()
for i in range(3):
    weakref.finalize(x, print, "finalize", i)
del x
print("dropped")

x = Node()
f = weakref.finalize(x, print, "called by hand")
print("alive:", f.alive)
f()
print("alive:", f.alive)
f()
del x
print("never a second time")

x = Node()
f = weakref.finalize(x, print, "by death")
print("alive:", f.alive)
del x
print("alive:", f.alive)

x = Node()
f = weakref.finalize(x, print, "detached")
f.detach()
print("alive:", f.alive)
del x
for i in range(2):
    x = Node()                  # held by what its finalize holds
    weakref.finalize(x, lambda x, i: print("at the end", i), x, i)
del x
print("end")
