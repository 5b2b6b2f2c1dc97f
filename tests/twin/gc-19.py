# GC 19: save-all, callbacks around a run, and work inside finalizers.
import gc


def note(phase, info):
    print((phase, info["generation"], info["collected"],
           info["uncollectable"]))


def make_loop():
    x = []
    x.append(x)


class Collects:
    def __del__(self):
        print("inside:", gc.collect())


class Makes:
    def __del__(self):
        make_loop()


gc.disable()
gc.collect()
gc.set_debug(gc.DEBUG_SAVEALL)
make_loop()
print("saving all:", gc.collect())
print("garbage:", len(gc.garbage), gc.garbage[0][0] is gc.garbage[0])
gc.set_debug(0)
gc.garbage.clear()
print("emptied:", gc.collect())

make_loop()
gc.callbacks.append(note)
gc.collect()
gc.collect(0)
gc.callbacks.remove(note)

for kind in Collects, Makes:
    x = kind()
    x.me = x
    del x
    print("collected:", gc.collect())
    print("again:", gc.collect())
