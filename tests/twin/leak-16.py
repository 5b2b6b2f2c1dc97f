# LEAK 16: nobody ever sees a count of zero.  (Counts are those of
# getrefcount minus one, for its own argument.)
import sys
import weakref

seen = []


class Node:
    def __del__(self):
        seen.append(sys.getrefcount(self) - 1)


x = Node()
print("named:", sys.getrefcount(x) - 1)
y = x
print("twice named:", sys.getrefcount(x) - 1)
del y
print("once again:", sys.getrefcount(x) - 1)
ref = weakref.ref(x)
del x
print("finalizers that saw less than one:", sum(n < 1 for n in seen),
      "of", len(seen))
print("the weak reference gives no dead object:", ref())
