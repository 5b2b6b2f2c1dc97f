# POOL 7: arenas come, and go back to the system.
from support.pymalloc import drop, fill, stats

NOW = "arenas allocated current"


def about(n, low, high):
    return low <= n <= high


before, arenas = stats()
at_first = arenas[NOW]
blocks = fill(31 * 64 * 8, 512)
after, arenas = stats()
pools = after[512][0] - before.get(512, (0, 0, 0))[0]
print("pools of 512:", about(pools, 510, 514))
peak = arenas[NOW]
print("arenas more:", about(peak - at_first, 7, 9))
drop(blocks)
_, arenas = stats()
print("arenas back:", peak - arenas[NOW] >= 5)
