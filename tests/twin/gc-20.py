# GC 20: freezing, referents, and an error inside a finalizer.
import gc
import sys
import weakref


class Node:
    pass


class Fails:
    def __del__(self):
        raise ValueError("last words")


def report(args):
    print("ignored:", args.exc_type.__name__, args.exc_value)


gc.disable()
gc.collect()
x = Node()
x.me = x
alive = weakref.ref(x)
gc.freeze()
del x
print("frozen:", gc.collect(), alive() is not None)
gc.unfreeze()
gc.collect()
print("unfrozen:", alive() is not None)

print("referents:", *sorted(gc.get_referents([1, 2], {3: 4}, (0, 0))))
print("of atoms:", gc.get_referents(1, "a", 2.5, None))

sys.unraisablehook = report
x = Fails()
alive = weakref.ref(x)
del x
print("dead:", alive() is None)
x = Fails()
x.me = x
alive = weakref.ref(x)
del x
print("collected:", gc.collect())
print("dead:", alive() is None)
