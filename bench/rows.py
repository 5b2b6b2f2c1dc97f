"""What is measured: the rows of each set, the goals, and the programs that print them.

A row without a goal is for information. Its programs print the row's name, nanoseconds an
operation (or what its unit says) and a check; all must print the same check. In the results a row
beside CPython has its own name, beside another peer name@peer."""
from statistics import geometric_mean


class Peer:
    def __init__(self, title, package=None):
        self.title, self.package = title, package       # package: Debian's, for its version


CPYTHON = "cpython"
PEERS = {
    CPYTHON: Peer("CPython 3.11"),
    "glibc": Peer("glibc", "libc6"),
    "jemalloc": Peer("jemalloc", "libjemalloc2"),
    "mimalloc": Peer("mimalloc", "libmimalloc2.0"),
    "boehm": Peer("Boehm GC", "libgc1"),
    "lua": Peer("Lua 5.4", "liblua5.4-0"),
    "glib": Peer("GLib", "libglib2.0-0"),
    "asked": Peer("what was asked for"),
}


class Row:
    def __init__(self, title, goal=None, unit="ns", fields=(), **goals):
        self.title, self.unit = title, unit
        self.goals = {CPYTHON: goal, **goals}           # the largest ratio that is good enough
        self.fields = fields            # names for the numbers in the check


class Group:
    """Programs run in turn, ours and the peers'. Each prints the rows it names.

    ours, and peers by name: arguments; {n} is the size, {bin} the folder of our programs and of the
    C peers', {python} runs a Python program of ours, {module} is the folder of the extension
    module, {quick} --quick in a smoke test. only: the rows of a peer that does not print all."""

    def __init__(self, ours, peers, rows, n=0, smoke=0, only=()):
        self.ours, self.peers, self.rows = ours, peers, rows
        self.n, self.smoke, self.only = n, smoke, dict(only)

    def rows_of(self, peer):
        return self.only.get(peer, self.rows)


def result(row, peer):
    return row if peer == CPYTHON else f"{row}@{peer}"


def cases(program, name, pools="", **more):
    peers = {CPYTHON: f"{{python}}/cases.py {{module}} {name or program} {{quick}}", **more}
    return dict(ours=f"{{bin}}/bench_{program} {name} {{quick}} {pools}", peers=peers)


def graph(name, row, n, smoke, pools="", peers=()):
    programs = {CPYTHON: f"{{python}}/graphs.py {name} {{n}}", **{p: f"{{bin}}/peer_{p} {name} {{n}}" for p in peers}}
    return Group(f"{{bin}}/bench_gc {name} {{n}} {pools}", programs, {name: row}, n, smoke)


def build(name, title, thresholds, pools="", **more):
    return Group(f"{{bin}}/bench_gc {name} {{n}} {thresholds} {pools}",
                 {CPYTHON: f"{{python}}/build.py {{module}} {name} {{n}} {thresholds}"},
                 {name: Row(title, unit="ns a list", fields=("young", "middle", "full"), **more)}, 1_000_000, 5000)


def pairs(way, title):
    name = f"pairs-{way}"
    return Group(f"{{bin}}/bench_gc {name} {{n}}", {CPYTHON: f"{{python}}/pairs.py {{module}} {name} {{n}}"},
                 {name: Row(title, unit="ns a pair", fields=("young", "middle", "full"))}, 300_000, 3000)


def blocks(work, rows, smoke=0, size="{n}", **more):
    """The same work from each allocator; see support/blocks.h."""
    peers = {CPYTHON: f"{{python}}/cases.py {{module}} pools {work} {size}"}
    peers.update((p, f"{{bin}}/peer_{p} {work} {size}") for p in ("glibc", "jemalloc", "mimalloc"))
    return Group(f"{{bin}}/bench_pools {work} {size} {POOLS}", {**peers, **more}, rows, MILLION, smoke)


def memory(size):
    return blocks(f"memory-{size}", {
        f"held-{size}": Row(f"a million of {size} bytes, held", unit="bytes each", asked=1.01),
        f"kept-{size}": Row(f"a million of {size} bytes, kept afterwards", unit="%", asked=0.1),
    }, 100_000, asked=f"{{python}}/asked.py {size} {{n}}")


MILLION = 1_000_000
POOLS = "--pools"       # else without the pools of chapter 4, as chapters 1 to 3 left the library
OBJECT = "ns an object"

SETS = {
    "01-objects": [
        Group(**cases("objects", "", glib="{bin}/peer_glib count-pair {quick}"), only={"glib": ["count-pair"]}, rows={
            "count-pair": Row("incref and decref, 64 objects", 1.3, glib=0.1),
            "int": Row("an int, made and dropped"),
            "str-hash": Row("hash of a new str of 21 characters"),
            "str-equal": Row("== of equal strs"),
        }),
    ],
    "02-containers": [
        Group(**cases("containers", "", glib="{bin}/peer_glib dict-get {quick}"), only={"glib": ["dict-get"]}, rows={
            "dict-get": Row("look-up of an interned key, dict of ten", 0.5, glib=0.35),
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
    "04-blocks": [
        blocks("cases", {
            "pair-16": Row("16 bytes, taken and given back"),
            "pair-48": Row("48 bytes, taken and given back"),
            "pair-128": Row("128 bytes, taken and given back"),
            "pair-512": Row("512 bytes, taken and given back"),
            "batch-48": Row("64 of 48 bytes, last out, first in", 0.6),
            "batch-512": Row("64 of 512 bytes, last out, first in", 0.6),
            "churn-48": Row("48 bytes, one of 100 000 replaced", 0.45, jemalloc=0.7),
            "churn-mixed": Row("16 to 512 bytes, one of 100 000 replaced", 0.45, jemalloc=0.7),
        }, size="{quick}"),
        blocks("million", {
            "million-first": Row("a million of 48 bytes, taken"),
            "million-back": Row("a million, given back at random", 0.5, mimalloc=1.15),
            "million-again": Row("a million, taken again", 0.25),
        }, 3000),
        memory(32),
        memory(48),
        blocks("peak", {"peak": Row("16 to 512 bytes, held at most", None, "bytes for one alive")}, 30_000),
    ],
    "04-pools": [
        Group(**cases("objects", "", POOLS), rows={
            "count-pair": Row("incref and decref, 64 objects"),
            "int": Row("an int, made and dropped", 0.45),
            "str-hash": Row("hash of a new str of 21 characters"),
            "str-equal": Row("== of equal strs"),
        }),
        Group(**cases("containers", "", POOLS), rows={
            "dict-get": Row("look-up of an interned key, dict of ten", 0.5),
            "list-sized": Row("list of ten, size known", 0.65),
            "list-appended": Row("list of ten, appended", 0.85),
            "tuple-sized": Row("tuple of ten"),
            "dict-made": Row("dict of ten str keys", 0.65),
        }),
        graph("live-random", Row("full collection, all live, random", None, OBJECT, boehm=0.4, lua=0.4), MILLION, 3000, POOLS,
              ["boehm", "lua"]),
        graph("live-near", Row("full collection, all live, neighbors", None, OBJECT), MILLION, 3000, POOLS),
        graph("garbage-self", Row("all dead, each holds itself", None, OBJECT), MILLION, 3000, POOLS),
        graph("garbage-rings", Row("all dead, rings of 100", None, OBJECT), MILLION, 3000, POOLS),
        graph("garbage-random", Row("dead but for a few, random", None, OBJECT), MILLION, 3000, POOLS),
        graph("drop-random", Row("random lists, dropped and all gone", None, OBJECT, lua=1.2), MILLION, 3000, POOLS,
              ["lua"]),
        graph("drop-near", Row("lists of neighbors, dropped and all gone", None, OBJECT), MILLION, 3000, POOLS, ["lua"]),
        build("build-off", "a million kept lists, collector off", "", POOLS),
        build("build-700", "the same, thresholds 700, 10, 10", "700 10 10", POOLS),
    ],
}

# Where their time goes is counted by profile.py: (row, peer, what), what being instructions or
# pages that the system gives.
PROFILES = {
    "01-objects": [("count-pair", CPYTHON, "callgrind")],
    "02-containers": [("dict-get", CPYTHON, "callgrind"), ("dict-get", "glib", "callgrind")],
    "03-gc": [("weakref-call", CPYTHON, "callgrind")],
    "04-blocks": [("pair-48", CPYTHON, "callgrind"), ("pair-48", "mimalloc", "callgrind"), ("churn-48", CPYTHON, "callgrind"),
                  ("churn-48", "jemalloc", "callgrind"), ("million-again", CPYTHON, "faults"),
                  ("million-again", "mimalloc", "faults"), ("million-again", "jemalloc", "faults")],
    "04-pools": [("int", CPYTHON, "callgrind"), ("list-sized", CPYTHON, "callgrind"), ("list-appended", CPYTHON, "callgrind"),
                 ("tuple-sized", CPYTHON, "callgrind"), ("dict-made", CPYTHON, "callgrind"), ("drop-random", "lua", "callgrind")],
}
PROFILED_MOST = 100_000         # objects of a graph; each instruction costs fifty there

# Rows made of others, round by round.
DERIVED = {
    "03-gc": {"share-700": (Row("the collector's part of it at 700, 10, 10", 0.5, "ns a list"),
                            lambda more, less: more - less, ["build-700", "build-off"])},
    "04-blocks": {"pair": (Row("taken and given back, mean of the sizes", 0.4, mimalloc=0.5),
                           lambda *sizes: geometric_mean(sizes), ["pair-16", "pair-48", "pair-128", "pair-512"])},
}
