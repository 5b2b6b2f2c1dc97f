"""pairs.py MODULE_DIR NAME N: N pairs of parent and child, made in C, dropped, and collected.

NAME is pairs-strong, pairs-weak, or pairs-cut; see bench_gc.c."""
import gc
import sys

sys.path.insert(0, sys.argv[1])
import coilpeer  # noqa: E402


class Node:
    __slots__ = ("child", "parent", "__weakref__")


name, n = sys.argv[2], int(sys.argv[3])
gc.disable()
gc.collect()
gc.freeze()
before = [s["collections"] for s in gc.get_stats()]
before[2] += 1
gc.collect()                    # nothing is counted that we made so far
gc.enable()
ns = coilpeer.pairs(Node, name.partition("-")[2], n)
gc.disable()
runs = [s["collections"] - b for s, b in zip(gc.get_stats(), before)]
print(f"{name}\t{ns / n:.4f}\t{runs[0]} {runs[1]} {runs[2]}")
