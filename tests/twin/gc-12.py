# GC 12: a full run waits until a quarter of the old objects is new.
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
for _ in range(40000):
    kept.append([])
gc.disable()
print("runs:", len(runs))
print("middle:", runs.count(1))
print("full at:", *[i for i in range(len(runs)) if runs[i] == 2])
