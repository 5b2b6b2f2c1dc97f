"""What is measured: the rows of each chapter, the goals, and the programs that print them.

A row without a goal is for information. Its programs print the row's name, nanoseconds an
operation and a check; both must print the same check."""

CPYTHON = "CPython 3.11"


class Row:
    def __init__(self, title, goal=None, unit="ns", fields=()):
        self.title, self.goal, self.unit = title, goal, unit
        self.fields = fields            # names for the numbers in the check


class Group:
    """Two programs run in turn. Each prints the rows it names.

    ours, peer: arguments; {n} is the size, {bin} the folder of our programs, {python} that of the
    Python programs, {module} that of the extension module, {quick} --quick in a smoke test."""

    def __init__(self, ours, peer, rows, n=0, smoke=0):
        self.ours, self.peer, self.rows = ours, peer, rows
        self.n, self.smoke = n, smoke


def cases(program, name):
    return dict(ours=f"{{bin}}/bench_{program} {name} {{quick}}".replace("  ", " "),
                peer=f"{{python}}/cases.py {{module}} {name or program} {{quick}}")


def graph(name, row, n, smoke):
    return Group(f"{{bin}}/bench_gc {name} {{n}}", f"{{python}}/graphs.py {name} {{n}}", {name: row}, n, smoke)


def build(name, title, thresholds, **more):
    return Group(f"{{bin}}/bench_gc {name} {{n}} {thresholds}", f"{{python}}/build.py {{module}} {name} {{n}} {thresholds}",
                 {name: Row(title, unit="ns a list", fields=("young", "middle", "full"), **more)}, 1_000_000, 5000)


def pairs(way, title):
    name = f"pairs-{way}"
    return Group(f"{{bin}}/bench_gc {name} {{n}}", f"{{python}}/pairs.py {{module}} {name} {{n}}",
                 {name: Row(title, unit="ns a pair", fields=("young", "middle", "full"))}, 300_000, 3000)


MILLION = 1_000_000
OBJECT = "ns an object"

CHAPTERS = {
    "01-objects": [
        Group(**cases("objects", ""), rows={
            "count-pair": Row("incref and decref, 64 objects", 1.3),
            "int": Row("an int, made and dropped"),
            "str-hash": Row("hash of a new str of 21 characters"),
            "str-equal": Row("== of equal strs"),
        }),
    ],
    "02-containers": [
        Group(**cases("containers", ""), rows={
            "dict-get": Row("look-up of an interned key, dict of ten", 0.5),
            "list-sized": Row("list of ten, size known"),
            "list-appended": Row("list of ten, appended"),
            "tuple-sized": Row("tuple of ten"),
            "dict-made": Row("dict of ten str keys"),
        }),
    ],
    "03-gc": [
        Group(**cases("gc", "weakrefs"), rows={
            "weakref-get": Row("weak reference, get and drop; PyWeakref_GetObject"),
            "weakref-call": Row("the same; the reference is called", 0.35),
            "weakref-new": Row("weak reference with callback, made and dropped"),
        }),
        graph("live-random", Row("full collection, all live, random", 0.55, OBJECT), MILLION, 3000),
        graph("live-near", Row("full collection, all live, neighbors", 0.45, OBJECT), MILLION, 3000),
        graph("live-random-one", Row("the same, random, one list dead", None, OBJECT), MILLION, 3000),
        graph("live-near-one", Row("the same, neighbors, one list dead", None, OBJECT), MILLION, 3000),
        graph("small", Row("full collection, 2000 lists, all live", None, OBJECT), 2000, 2000),
        graph("garbage-self", Row("all dead, each holds itself", None, OBJECT), MILLION, 3000),
        graph("garbage-rings", Row("all dead, rings of 100", None, OBJECT), MILLION, 3000),
        graph("garbage-random", Row("dead but for a few, random", None, OBJECT), MILLION, 3000),
        graph("chain", Row("a chain of 10 million lists released", None, OBJECT), 10_000_000, 50_000),
        pairs("strong", "parent and child, strong links both ways"),
        pairs("weak", "the same, the link back is weak"),
        pairs("cut", "the same, cut by hand"),
        build("build-off", "a million kept lists, collector off", ""),
        build("build-700", "the same, thresholds 700, 10, 10", "700 10 10"),
        build("build-10000", "the same, thresholds 10 000, 10, 10", "10000 10 10"),
        build("build-100000", "the same, thresholds 100 000, 50, 50", "100000 50 50"),
    ],
}

# Rows made of others, round by round: the first less the second.
DIFFERENCES = {
    "03-gc": {"share-700": (Row("the collector's part of it at 700, 10, 10", 0.5, "ns a list"), "build-700", "build-off")},
}
