import weakref

class Image:
    def __init__(self, name):
        self.name = name

cache = weakref.WeakValueDictionary()

def load(name):
    image = cache.get(name)
    if image is None:
        print("loading", name)
        image = cache[name] = Image(name)
    return image

a = load("sky")
b = load("sky")
print("shared:", a is b, len(cache))
del a
print("still there:", len(cache))
del b
print("gone:", len(cache))
load("sky")
print("end:", len(cache))
