import gc

gc.disable()
gc.collect()
gc.freeze()
a = [1]
b = [a, a]
c = {"a": a}
print("b refers to", gc.get_referents(b))
print("to a refer", len(gc.get_referrers(a)))
b.append(b)
del b
gc.set_debug(gc.DEBUG_SAVEALL)
print("found:", gc.collect(), "saved:", gc.garbage)
gc.set_debug(0)
gc.garbage.clear()
print("found:", gc.collect())
print("to a refer", len(gc.get_referrers(a)))
