#!/usr/bin/python3
"""run.py - measure Coil against CPython and C libraries, side by side

    bench/run.py                    build, measure everything, write build/bench/results/*.json
    bench/run.py 01 03              these chapters only
    bench/run.py --only live        rows whose name contains "live"; printed, not written
    bench/run.py --smoke            one tiny round, checked, nothing written
    bench/run.py --build DIR        with the programs of a tree that exists (-DCOIL_BENCH=ON)
    bench/run.py --book             write bench/results/*.json, which the book prints

The programs of a row run in turn, ours, each peer's, ours, ..., for some rounds. All print
nanoseconds of processor time and a check of the result; checks that differ end the run. A figure is
the median over the rounds, a ratio that of the medians, its spread the smallest and largest
ratio of one round. CPython is Debian's /usr/bin/python3 and no other; any other peer may be missing,
and is then named. Each ratio is printed beside the book's. Ctrl-C leaves what is complete."""
import argparse
import json
import os
import resource
import subprocess
import sys
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import figures  # noqa: E402
import rows as plan  # noqa: E402
from figures import HERE, PYTHON, SOURCE, Failed, names_of  # noqa: E402

STACK = 1 << 20                 # a chain must not need more, whoever frees it
LEAST_ROUNDS = 7
OURS = "ours"                   # among the names of the peers


def build(tree):
    """The tree of the preset: optimized as most are, with the checks that clients get."""
    print(f"Building {tree}", flush=True)
    for command in (["cmake", "--preset", "bench"], ["cmake", "--build", "--preset", "bench"]):
        done = subprocess.run(command, cwd=SOURCE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        if done.returncode:
            raise Failed(done.stdout + "the build failed")


def limit():
    """For all programs that are started from now on. To set it between fork and exec would run Python's
    hooks there, and an interrupt that arrives in one of them is lost."""
    resource.setrlimit(resource.RLIMIT_STACK, (STACK, resource.getrlimit(resource.RLIMIT_STACK)[1]))


def parse(text, names):
    """Lines of name, nanoseconds, check -> {name: (ns, check)}; all names, and no other."""
    found = {}
    for line in text.splitlines():
        fields = line.split("\t")
        if len(fields) != 3 or fields[0] in found or fields[0] not in names:
            raise Failed(f"unexpected line: {line!r}")
        found[fields[0]] = (float(fields[1]), fields[2])
    missing = [n for n in names if n not in found]
    if missing:
        raise Failed(f"no row {', '.join(missing)}")
    return found


def run(command, names):
    done = subprocess.run(command, capture_output=True, text=True, env={"LC_ALL": "C.UTF-8"})
    if done.returncode:
        raise Failed(f"{' '.join(command)}: status {done.returncode}\n{done.stderr}")
    try:
        return parse(done.stdout, names)
    except Failed as error:
        raise Failed(f"{' '.join(command)}: {error}") from None


def fill(template, group, tree, smoke):
    values = dict(bin=f"{tree}/bench", python=f"{PYTHON} -IB {HERE}/python", module=f"{tree}/bench",
                  quick="--quick" if smoke else "", n=group.smoke if smoke else group.n)
    return template.format(**values).split()


def peers_here(group, tree):
    """The peers whose program is there: that of CPython is, or we would not run."""
    return [p for p in group.peers if os.path.exists(fill(group.peers[p], group, tree, True)[0])]


def measure(group, peers, tree, rounds, smoke=False, tick=lambda: None):
    """{row: ({OURS: list of ns, peer: list of ns}, check)}, one of each a round."""
    sides = {OURS: group.ours, **{p: group.peers[p] for p in peers}}
    result = {row: ({s: [] for s in sides if s == OURS or row in group.rows_of(s)}, None) for row in group.rows}
    for _ in range(rounds):
        got = {s: run(fill(sides[s], group, tree, smoke), group.rows if s == OURS else group.rows_of(s)) for s in sides}
        for row, (lists, before) in result.items():
            check = got[OURS][row][1]
            if before not in (None, check):
                raise Failed(f"{row}: the check changed from {before!r} to {check!r}")
            for side in lists:
                ns, other = got[side][row]
                if other != check:
                    raise Failed(f"{row}: our check is {check!r}, that of {plan.PEERS[side].title} {other!r}")
                lists[side].append(ns)
            result[row] = (lists, check)
        tick()
    return result


class Progress:
    """Prints each row as it is complete, and at a terminal how long the rest may take."""

    def __init__(self, rows, rounds, smoke):
        self.rows, self.rounds, self.smoke = rows, rounds, smoke
        self.row = self.round = 0
        self.start = time.monotonic()
        self.terminal = sys.stderr.isatty()

    def rest(self):
        seconds = (time.monotonic() - self.start) / max(self.round, 1) * (self.rounds - self.round)
        return f"about {seconds / 60:.0f} min left" if seconds > 90 else f"about {seconds:.0f} s left"

    def tick(self):
        self.round += 1
        if self.terminal:
            print(f"  {self.row} of {self.rows} rows, {self.rest()}\033[K", end="\r", file=sys.stderr, flush=True)

    def show(self, name, row, book):
        self.row += 1
        text = f"{self.row:>3}/{self.rows} {name:22} "
        if self.smoke:
            text += f"the same result as {row['peer_name']}"
        else:
            text += f"{row['ours']:>6} to {row['peer']:>6} {row['unit']}: {ratio(row)}"
            if book:
                text += f"; book {ratio(book)}"
            if "goal" in row:
                text += f"; goal {row['goal']} {'met' if row['ratio'] <= row['goal'] else 'MISSED'}"
        print(text + ("\033[K" if self.terminal else ""), flush=True)


def ratio(row):
    return f"{row['ratio']} [{row['spread'][0]} to {row['spread'][1]}]"


def measure_set(name, args, tree, progress):
    """The results of a set, rows in the order of the plan: yielded again and again, as they grow."""
    peers = dict.fromkeys(p for g in plan.SETS[name] for p in peers_here(g, tree))
    data = {"machine": figures.machine(tree, peers, args.commit, args.rounds), "rows": {}}
    measured, printed = {}, figures.book(name)

    def add(result, *what):
        data["rows"][result] = figures.line(*what)
        progress.show(result, data["rows"][result], printed.get(result))

    for group in planned(name, args):
        peers = peers_here(group, tree)
        measured.update(measure(group, peers, tree, args.rounds, args.smoke, progress.tick))
        for result, row, peer in names_of(group, peers):
            lists, check = measured[row]
            add(result, group.rows[row], peer, lists[OURS], lists[peer], check)
        yield data
    if not args.smoke:                      # too small there to have a sign
        for row, (spec, lists) in figures.derived(name, measured).items():
            for peer in list(lists)[1:]:
                add(plan.result(row, peer), spec, peer, lists[OURS], lists[peer])
        yield data


def planned(name, args):
    return [g for g in plan.SETS[name] if any(args.only in row for row in g.rows)]


def count(names, args, tree):
    """(rows, rounds) to come."""
    groups = [(name, g) for name in names for g in planned(name, args)]
    found = {(name, row, p) for name, g in groups for _, row, p in names_of(g, peers_here(g, tree))}
    more = 0 if args.smoke else sum(
        (name, parts[0], p) in found for name in names for _, _, parts in plan.DERIVED.get(name, {}).values()
        for p in plan.PEERS if all((name, part, p) in found for part in parts))
    return len(found) + more, len(groups) * args.rounds


def built(name, tree):
    return all(os.path.exists(fill(g.ours, g, tree, True)[0]) for g in plan.SETS[name])


def arguments(argv):
    p = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    p.add_argument("chapters", nargs="*", help="as 03 or 03-gc; all if none is given")
    p.add_argument("--rounds", type=int, default=LEAST_ROUNDS)
    p.add_argument("--only", default="", help="rows whose name contains this; nothing is written")
    p.add_argument("--smoke", action="store_true", help="one tiny round; nothing is written")
    p.add_argument("--build", metavar="DIR", help="a tree that has been built already")
    p.add_argument("--book", action="store_true", help="write bench/results, which the book prints")
    args = p.parse_args(argv)
    if args.book and (args.smoke or args.only):
        p.error("the book wants all rows, measured in full")
    if not (args.smoke or args.only) and args.rounds < LEAST_ROUNDS:
        p.error(f"results need {LEAST_ROUNDS} rounds")
    if args.smoke:
        args.rounds = 1
    args.names = [n for n in plan.SETS if not args.chapters or any(n == c or n.split("-")[0] == c for c in args.chapters)]
    if not args.names:
        p.error(f"no such chapter; there are {', '.join(plan.SETS)}")
    return args


def survey(args, tree):
    """The sets that can be measured; names what cannot."""
    names = [n for n in args.names if built(n, tree)]
    for name in set(args.names) - set(names):
        print(f"{name}: not in the book yet")
    if not names:
        raise Failed("nothing to measure")
    here = {p for n in names for g in plan.SETS[n] for p in peers_here(g, tree)}
    missing = [plan.PEERS[p].title for n in names for g in plan.SETS[n] for p in g.peers if p not in here]
    missing = ", ".join(dict.fromkeys(missing))
    if missing and args.book:
        raise Failed(f"the book wants all peers, and these are missing: {missing}")
    if missing:
        print(f"Not measured, as their libraries are missing: {missing}")
    args.commit = figures.commit()
    if args.book and args.commit.endswith("changes"):
        raise Failed("the book names the commit that was measured: commit first")
    return names


def record(name, args, tree, progress):
    """Measure a set. What is complete lies in a part until the whole is."""
    whole = f"{figures.BOOK if args.book else tree + '/results'}/{name}.json"
    part = f"{tree}/results/{name}.part.json"
    writes, data = not (args.smoke or args.only), None
    try:
        for data in measure_set(name, args, tree, progress):
            figures.validate(json.loads(json.dumps(data)))
            if writes:
                figures.save(data, part)
    except KeyboardInterrupt:
        if writes and data:
            print(f"\nA part of {name}: {part}")
        raise
    if args.book:
        figures.compare(name, data)
    if writes:
        figures.save(data, whole)
        os.remove(part)
        print(f"Results: {whole}")


def main(argv):
    args = arguments(argv)
    tree = args.build or f"{SOURCE}/build/bench"
    if not args.build:
        build(tree)
    names = survey(args, tree)
    limit()
    progress = Progress(*count(names, args, tree), args.smoke)
    if not args.smoke:
        print("row: Coil to its peer: ratio [spread over the rounds]; the book's")
    try:
        for name in names:
            print(name)
            record(name, args, tree, progress)
    except KeyboardInterrupt:
        print(f"\nInterrupted: {progress.row} of {progress.rows} rows are complete, and stand above.")
        return 130
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except Failed as error:
        sys.exit(f"run.py: {error}")
    except KeyboardInterrupt:               # while building
        sys.exit(130)
