# LEAK 5: a cache that grows is a leak that no collector can see.
import gc


class Page:
    pass


def pages():
    return sum(type(o) is Page for o in gc.get_objects())


gc.disable()
gc.collect()
cache = {}
before = pages()
for i in range(1000):
    cache[i] = Page()
print("collected:", gc.collect())
print("uncollectable:", len(gc.garbage))
print("pages more than before:", pages() - before)
cache.clear()
print("after clearing the cache:", pages() - before)
