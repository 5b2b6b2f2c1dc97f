# GC 15: an object may bring itself back, once.
import gc

saved = None
calls = 0


class Back:
    def __del__(self):
        global saved, calls
        calls += 1
        saved = self


gc.disable()
gc.collect()
x = Back()
x.me = x
del x
print("collected:", gc.collect())
print("alive:", saved is not None and saved.me is saved)
print("finalized:", calls)
saved = None
print("collected:", gc.collect())
print("finalized:", calls)

calls = 0
x = Back()
del x
print("without a cycle, alive:", saved is not None)
saved = None
print("finalized:", calls)
print("collected:", gc.collect())
