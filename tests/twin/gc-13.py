# GC 13: what the threshold means.
import gc

runs = []


def note(phase, info):
    if phase == "start":
        runs.append(info["generation"])


def keep(n):
    for _ in range(n):
        kept.append([])


def churn(n):
    for _ in range(n):
        a = []
        b = []
        del a, b


def measure(what, threshold, work, n):
    kept.clear()
    gc.freeze()
    gc.collect()
    runs.clear()
    gc.set_threshold(threshold, 100, 100)
    gc.enable()
    work(n)
    gc.disable()
    print(f"threshold {threshold}, {what}: {len(runs)} runs,",
          f"{runs.count(0)} of them young")


gc.disable()
gc.collect()
kept = []
gc.callbacks.append(note)
measure("1000 kept", 50, keep, 1000)
measure("5000 kept", 0, keep, 5000)
measure("100000 times two made and dropped", 700, churn, 100000)
