# GC 11: when the collector runs by itself, and on which generations.
import gc

runs = []


def note(phase, info):
    if phase == "start":
        runs.append(info["generation"])


gc.disable()
gc.collect()
kept = []
gc.callbacks.append(note)
gc.freeze()
gc.collect()
runs.clear()
gc.set_threshold(100, 3, 2)
gc.enable()
for _ in range(6000):
    kept.append([])
gc.disable()
print("runs:", len(runs))
print("".join(map(str, runs)))

# Containers count whether they are tracked or not: empty dicts are not.
# (Without the callback: CPython makes a dict for each call of it.)
def total():
    return sum(s["collections"] for s in gc.get_stats())


gc.callbacks.clear()
kept.clear()
gc.freeze()
gc.collect()
before = total()
gc.enable()
for _ in range(6000):
    kept.append({})
gc.disable()
print("runs for empty dicts:", total() - before)
print("tracked:", gc.is_tracked(kept[0]))
