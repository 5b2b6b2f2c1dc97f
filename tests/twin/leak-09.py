# LEAK 9: a weak reference, read inside the finalizer and after it.
import weakref


class Node:
    def __del__(self):
        print("inside, still the object:", ref() is self)


x = Node()
ref = weakref.ref(x)
print("before:", ref() is x)
del x
print("after:", ref())
