# LEAK 1: a million lists that are kept, with four settings.
import gc

runs = []


def note(phase, info):
    if phase == "start":
        runs.append(info["generation"])


gc.disable()
gc.collect()
kept = []
gc.callbacks.append(note)
for threshold in (700, 10, 10), (10000, 10, 10), (100000, 50, 50), (0, 0, 0):
    kept.clear()
    gc.freeze()
    gc.collect()
    runs.clear()
    gc.set_threshold(*threshold)
    gc.enable()
    for _ in range(1000000):
        kept.append([None])
    gc.disable()
    print(f"{threshold}: {runs.count(0)} young + {runs.count(1)} middle"
          f" + {runs.count(2)} full")
