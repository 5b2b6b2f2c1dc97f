# GC 16: who comes back brings all it holds, and no stranger.
import gc

saved = None


class Back:
    def __del__(self):
        global saved
        saved = self


class Plain:
    pass


gc.disable()
gc.collect()
x = Back()
x.partner = Plain()
x.partner.partner = x
x.partner.value = 42
del x
print("collected:", gc.collect())
print("partner:", saved.partner.partner is saved, saved.partner.value)
saved = None
print("dropped:", gc.collect())

for _ in range(10):
    x = []
    x.append(x)
x = Back()
x.me = x
del x
print("with ten strangers:", gc.collect())
saved = None
print("dropped:", gc.collect())
