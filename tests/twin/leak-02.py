# LEAK 2: a thousand parents and children, and the link back.
import gc
import weakref


class Node:
    pass


def pairs(link, unlink=None):
    refs = []
    for _ in range(1000):
        parent = Node()
        child = Node()
        parent.child = child
        child.parent = link(parent)
        refs.append(weakref.ref(parent))
        if unlink:
            unlink(child)
        del parent, child
    return refs


def cut(child):
    child.parent = None


gc.disable()
gc.collect()
for what, link, unlink in (("strong", lambda x: x, None),
                           ("weak", weakref.ref, None),
                           ("cut by hand", lambda x: x, cut)):
    refs = pairs(link, unlink)
    print(f"{what}: {sum(r() is not None for r in refs)} parents alive,",
          "collected", gc.collect())
    print("  then alive:", sum(r() is not None for r in refs))
