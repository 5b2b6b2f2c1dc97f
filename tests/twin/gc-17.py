# GC 17: rings of plain objects (s), of such as cut their links (x) and of
# such as bring themselves back (r).
import gc

survivors = []
calls = []


class Link:
    def __init__(self, number):
        self.number = number


class Cuts(Link):
    def __del__(self):
        calls.append(self.number)
        self.left = None
        self.right = None


class Back(Link):
    def __del__(self):
        calls.append(self.number)
        survivors.append(self)


def build(kinds):
    links = [{"s": Link, "x": Cuts, "r": Back}[k](i)
             for i, k in enumerate(kinds)]
    for i in range(len(links)):
        links[i].left = links[i - 1]
        links[i - 1].right = links[i]


gc.disable()
gc.collect()
for kinds in "sss", "xxx", "xsxs", "rrr", "rsrs", "rsxrsx":
    calls.clear()
    build(kinds)
    print(f"{kinds}: {gc.collect()}")
    if survivors:
        print("  survivors", *sorted(x.number for x in survivors))
    survivors.clear()
    print("  then", gc.collect())
    print("  each finalizer once:", sorted(calls) ==
          [i for i, k in enumerate(kinds) if k != "s"])
