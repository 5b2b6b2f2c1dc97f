import gc
import weakref

class Node:
    parent = child = None

def strong(parent, child):
    child.parent = parent

def weak(parent, child):
    child.parent = weakref.ref(parent)

def cut(parent, child):
    child.parent = parent
    parent.child = None

def make(link):
    for _ in range(1000):
        parent, child = Node(), Node()
        parent.child = child
        link(parent, child)

gc.disable()
gc.collect()
for link in strong, weak, cut:
    make(link)
    alive = sum(isinstance(o, Node) for o in gc.get_objects())
    print(link.__name__, "alive:", alive, "found:", gc.collect())
