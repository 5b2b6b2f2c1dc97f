"""asked.py SIZE N: what an allocator without a cost would hold for N blocks, and keep: all of it."""
import sys

size, n = int(sys.argv[1]), int(sys.argv[2])
print(f"held-{size}\t{size}\t{2 * n * (size // 8)}")
print(f"kept-{size}\t100\t{n * size}")
