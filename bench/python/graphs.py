"""graphs.py WHAT N: the garbage collector on N lists; the counterpart of bench_gc.c.

WHAT is live-random, live-near, either with -one (one dead list each time), small,
garbage-self, garbage-rings, garbage-random, drop-random, or chain."""
import gc
import sys
from time import thread_time_ns as now

MASK = 2**64 - 1
TIMES = 5


def random_numbers(state):
    while True:
        state = (state * 6364136223846793005 + 1442695040888963407) & MASK
        yield state >> 33


def heap(shape, n):
    """A list of n lists, each of two others (of one, for self and rings), and a checksum."""
    width = 1 if shape in ("self", "rings") else 2
    lists = [[None] for _ in range(n)] if width == 1 else [[None, None] for _ in range(n)]
    numbers = random_numbers(1)
    checksum = 0
    for i in range(n):
        for k in range(width):
            if shape == "random":
                to = next(numbers) % n
            elif shape == "near":
                to = (i + n - 1 - k) % n
            elif shape == "self":
                to = i
            else:
                to = i - 99 if i % 100 == 99 else (i + 1) % n
            lists[i][k] = lists[to]
            checksum = (checksum * 31 + to) & 0xffffffff
    return lists, checksum


def row(name, ns, check):
    print(f"{name}\t{ns:.4f}\t{check}")


def dead_list():
    dead = [None]
    dead[0] = dead


def live(name, shape, n, one_dead=False, times=1):
    lists, checksum = heap(shape, n)
    gc.collect()
    spent = []
    for _ in range(TIMES):
        found = 0
        total = 0
        for _ in range(times):
            if one_dead:
                dead_list()
            start = now()
            found += gc.collect()
            total += now() - start
        spent.append(total / times / n)
    row(name, sorted(spent)[TIMES // 2], f"{checksum} {found}")
    lists.clear()


def garbage(name, shape, n):
    lists, checksum = heap(shape, n)
    gc.collect()
    lists.clear()
    start = now()
    found = gc.collect()
    spent = now() - start
    row(name, spent / n, f"{checksum} {found}")


def drop(name, shape, n):
    lists, checksum = heap(shape, n)
    before = len(gc.get_objects())
    gc.collect()
    start = now()
    lists.clear()
    gc.collect()
    spent = now() - start
    row(name, spent / n, f"{checksum} {before - len(gc.get_objects())}")


def chain(name, n):
    end = []
    for _ in range(n - 1):
        end = [end]
    start = now()
    del end
    row(name, (now() - start) / n, n)


def main():
    name, n = sys.argv[1], int(sys.argv[2])
    gc.disable()
    gc.collect()
    gc.freeze()
    kind, _, rest = name.partition("-")
    if kind == "live":
        shape, _, one = rest.partition("-")
        live(name, shape, n, one == "one")
    elif kind == "small":
        live(name, "self", n, times=200)
    elif kind == "garbage":
        garbage(name, rest, n)
    elif kind == "drop":
        drop(name, rest, n)
    else:
        chain(name, n)


main()
