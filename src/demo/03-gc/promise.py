import gc
import weakref

class Thing:
    pass

gc.disable()
a, b = Thing(), Thing()
b.itself = b
f = weakref.finalize(a, print, "a has gone")
weakref.finalize(b, print, "b has gone")
print("alive:", f.alive)
del a, b
print("alive:", f.alive)
print("end of the program")
