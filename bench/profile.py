#!/usr/bin/python3
"""profile.py - where the instructions of a row go: ours beside the peer's

    bench/profile.py                build, count, print
    bench/profile.py --book         write bench/results/profiles/*.json, which the book prints
    bench/profile.py --build DIR    with the programs of a tree that exists (-DCOIL_BENCH=ON)

The rows are those of rows.PROFILES: goals that are missed. Valgrind's callgrind counts instructions
between two looks at the clock (BENCH_CLOCK in support/bench.h), and tells by which function. The count
of a program is the same in each run, however busy the machine. Pages that the system gives are
counted by the program itself."""
import argparse
import collections
import copy
import os
import re
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import figures  # noqa: E402
import rows as plan  # noqa: E402
import run as bench  # noqa: E402
from figures import Failed  # noqa: E402

VALGRIND = "/usr/bin/valgrind"
NAMELESS = "(nameless)"         # a static function of a program without symbols
FOLDER = "profiles"


def self_costs(text):
    """{function: its own instructions}, of the text that callgrind writes."""
    names, costs, function, inside = {}, collections.Counter(), None, False
    for line in text.splitlines():
        if found := re.match(r"(c?)fn=\((\d+)\)(?: (.*))?", line):
            if found[3]:
                names[found[2]] = found[3]
            if not found[1]:
                function = found[2]
        elif line.startswith("calls="):
            inside = True       # the next line has the cost of what was called
        elif found := re.match(r"[+\-*\d]\S* (\d+)", line):
            if not inside:
                costs[function] += int(found[1])
            inside = False
    out = collections.Counter()
    for function, cost in costs.items():
        name = re.sub(r"(\.part|\.constprop|\.isra|\.cold|'|@).*", "", names[function])
        out[NAMELESS if name.startswith("0x") else name] += cost
    return out


def run(command, clock, case):
    done = subprocess.run(command, capture_output=True, text=True,
                          env={"LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "0", "BENCH_CLOCK": clock, "BENCH_CASE": case})
    found = [line.split("\t") for line in done.stdout.splitlines() if line.startswith(case + "\t")]
    if done.returncode or len(found) != 1:
        raise Failed(f"{' '.join(command)}: status {done.returncode}\n{done.stderr}")
    return float(found[0][1])


def instructions(command, row, n):
    """[[function, instructions an operation]], the greatest first."""
    with tempfile.TemporaryDirectory() as folder:
        out = f"{folder}/out"
        counted = run([VALGRIND, "--tool=callgrind", "--collect-atstart=no", f"--callgrind-out-file={out}", *command], "callgrind", row)
        with open(out) as f:
            costs = self_costs(f.read())
    operations = counted or n
    if not costs or not operations:
        raise Failed(f"{' '.join(command)}: nothing was counted")
    return [[name, round(cost / operations, 1)] for name, cost in costs.most_common() if cost / operations >= 0.05]


def profile(set_name, row, peer, kind, tree):
    group = copy.copy(next(g for g in plan.SETS[set_name] if row in g.rows))
    if kind == "callgrind":
        group.n = min(group.n, plan.PROFILED_MOST)
    out = {"title": group.rows[row].title, "peer_name": plan.PEERS[peer].title}
    for side, template in (("ours", group.ours), ("peer", group.peers[peer])):
        command = bench.fill(template, group, tree, False)
        if kind == "faults":
            out["unit"] = "pages of the system for a hundred"
            out[side] = figures.short(100 * run(command, kind, row)) or 0
        else:
            parts = instructions(command, row, group.n)
            out["unit"] = "instructions"
            out[side], out[side + "_parts"] = figures.short(sum(cost for _, cost in parts)), parts
    return out


def machine(tree):
    found = figures.machine(tree, dict.fromkeys(p for s in plan.PROFILES.values() for _, p, _ in s), figures.commit(), 1)
    done = subprocess.run([VALGRIND, "--version"], capture_output=True, text=True, check=True)
    return {**{k: v for k, v in found.items() if k not in ("rounds", "load", "huge pages")},
            "valgrind": done.stdout.strip().partition("-")[2]}


def compare(name, data):
    """Raise Failed unless data has the rows of the plan, and parts that make up the whole."""
    planned = {plan.result(row, peer): (row, peer) for row, peer, _ in plan.PROFILES[name]}
    if set(planned) != set(data["rows"]):
        raise Failed(f"profiles: {name}: rows {sorted(data['rows'])}, planned {sorted(planned)}")
    for result, row in data["rows"].items():
        if row["peer_name"] != plan.PEERS[planned[result][1]].title:
            raise Failed(f"profiles: {name}: {result}: beside {row['peer_name']}")
        for side in ("ours", "peer"):
            parts = sum(cost for _, cost in row.get(side + "_parts", [["", row[side]]]))
            if abs(parts - row[side]) > 0.5:
                raise Failed(f"profiles: {name}: {result}: parts of {parts:.1f} make no {row[side]}")


def show(result, row):
    print(f"{result}: {row['title']}")
    for side, title in (("ours", "Coil"), ("peer", row["peer_name"])):
        parts = ", ".join(f"{name} {cost:g}" for name, cost in row.get(side + "_parts", [])[:8])
        print(f"  {title}: {row[side]:g} {row['unit']}{': ' + parts if parts else ''}", flush=True)


def main(argv):
    p = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    p.add_argument("--build", metavar="DIR", help="a tree that has been built already")
    p.add_argument("--book", action="store_true", help="write bench/results/profiles")
    args = p.parse_args(argv)
    if not os.access(VALGRIND, os.X_OK):
        raise Failed(f"there is no {VALGRIND} (Debian: apt-get install valgrind)")
    tree = args.build or f"{figures.SOURCE}/build/bench"
    if not args.build:
        bench.build(tree)
    where = machine(tree)
    bench.limit()
    if args.book and where["commit"].endswith("changes"):
        raise Failed("the book names the commit that was profiled: commit first")
    for name, rows in plan.PROFILES.items():
        data = {"machine": where, "rows": {}}
        for row, peer, kind in rows:
            result = plan.result(row, peer)
            data["rows"][result] = profile(name, row, peer, kind, tree)
            show(result, data["rows"][result])
        compare(name, data)
        if args.book:
            figures.save(data, f"{figures.BOOK}/{FOLDER}/{name}.json")
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except Failed as error:
        sys.exit(f"profile.py: {error}")
