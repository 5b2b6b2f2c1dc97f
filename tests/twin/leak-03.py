# LEAK 3: a tree whose nodes point weakly to their parents.
import gc
import weakref


class Node:
    pass


refs = []


def tree(depth, parent):
    node = Node()
    refs.append(weakref.ref(node))
    node.parent = parent and weakref.ref(parent)
    node.left = tree(depth - 1, node) if depth > 1 else None
    node.right = tree(depth - 1, node) if depth > 1 else None
    return node


def alive():
    return sum(r() is not None for r in refs)


gc.disable()
gc.collect()
root = tree(3, None)
print("alive:", alive())
print("the parent of a child:", root.left.parent() is root)
part = root.right.left
del root
print("root dropped, a leaf held:", alive())
print("its parent:", part.parent())
del part
print("leaf dropped:", alive())
print("collected:", gc.collect())
