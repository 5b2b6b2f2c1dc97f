# GC 18: an old object that only young garbage holds.
import gc
import weakref


class Node:
    def __init__(self):
        self.loop = self


class Final(Node):
    def __del__(self):
        print("finalizer sees", other())


def callback(ref):
    print("callback sees", other())


def run(kind, call):
    global other
    old = kind()
    gc.collect()
    young = Node()
    young.keeps = old
    old.loop = None             # now only young keeps it
    third = Node()
    other = weakref.ref(third)
    ref = weakref.ref(old, call)
    del old, young, third
    print("collected:", gc.collect(0))
    print("the old one:", ref())
    print("later:", gc.collect())


gc.disable()
gc.collect()
run(Node, callback)
run(Final, None)
