"""build.py MODULE_DIR NAME N [A B C]: N kept lists made in C, under the collector's thresholds."""
import gc
import sys

sys.path.insert(0, sys.argv[1])
import coilpeer  # noqa: E402

name, n = sys.argv[2], int(sys.argv[3])
thresholds = [int(a) for a in sys.argv[4:7]]
gc.disable()
gc.collect()
gc.freeze()
if thresholds:
    gc.set_threshold(*thresholds)
before = [s["collections"] for s in gc.get_stats()]
before[2] += 1
gc.collect()                    # nothing is counted that we made so far
if thresholds:
    gc.enable()
ns, lists = coilpeer.build(n)
gc.disable()
runs = [s["collections"] - b for s, b in zip(gc.get_stats(), before)]
print(f"{name}\t{ns / n:.4f}\t{runs[0]} {runs[1]} {runs[2]}")
