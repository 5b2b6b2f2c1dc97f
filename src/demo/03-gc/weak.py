import weakref

class Thing:
    pass

def told(name):
    return lambda ref: print(name, "is told; it sees", ref())

thing = Thing()
a, b = weakref.ref(thing), weakref.ref(thing)
print("one and the same:", a is b)
first = weakref.ref(thing, told("first"))
second = weakref.ref(thing, told("second"))
print("references:", weakref.getweakrefcount(thing))
print("leads to it:", a() is thing)
del thing
print("afterwards:", a())
