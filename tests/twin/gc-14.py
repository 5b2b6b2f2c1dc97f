# GC 14: two finalizers in a cycle; each sees its partner whole.
import gc


class Node:
    def __init__(self, attr):
        self.attr = attr

    def __del__(self):
        print("partner attr", self.partner.attr)


gc.disable()
gc.collect()
a = Node(1)
b = Node(2)
a.partner = b
b.partner = a
del a, b
print("collected:", gc.collect())
print("garbage:", len(gc.garbage))
