# GC 8: one survival moves an object one generation up.
import gc


def where(x):
    return [g for g in range(3)
            if any(o is x for o in gc.get_objects(generation=g))]


gc.disable()
gc.collect()
x = []
print("new:", where(x))
gc.collect(0)
print("after collect(0):", where(x))
gc.collect(1)
print("after collect(1):", where(x))
gc.collect(2)
print("after collect(2):", where(x))
