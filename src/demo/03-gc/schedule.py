import gc

def note(phase, info):
    if phase == "start":
        runs.append(str(info["generation"]))

runs, kept = [], []
gc.disable()
gc.collect()
gc.callbacks.append(note)
gc.freeze()
gc.collect()
runs.clear()
gc.set_threshold(100, 3, 2)
gc.enable()
for _ in range(3000):
    kept.append([])
gc.disable()
print(len(runs), "runs:", "".join(runs))
