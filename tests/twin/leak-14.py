# LEAK 14: dictionaries that hold their values or keys weakly.
import weakref


class Node:
    pass


x = Node()
values = weakref.WeakValueDictionary()
values["x"] = x
print("values:", len(values), values.get("x") is x)
del x
print("values:", len(values), values.get("x"))

x = Node()
keys = weakref.WeakKeyDictionary()
keys[x] = 42
print("keys:", len(keys), keys.get(x))
del x
print("keys:", len(keys))
