import gc

def where(x):
    for g in range(3):
        if any(o is x for o in gc.get_objects(generation=g)):
            return g

gc.disable()
gc.collect()
x = []
print("new:", where(x))
for g in 0, 1, 2:
    gc.collect(g)
    print("after a run of", g, "it is in", where(x))
