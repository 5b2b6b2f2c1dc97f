#!/usr/bin/python3
"""run.py - measure Coil against CPython, side by side

    bench/run.py                    build, measure everything, write bench/results/*.json
    bench/run.py 01 03              these chapters only
    bench/run.py --only live        rows whose name contains "live"; printed, not written
    bench/run.py --smoke            one tiny round, checked, nothing written
    bench/run.py --build DIR        with the programs of a tree that exists (-DCOIL_BENCH=ON)

Each pair of programs runs in turn, ours, the peer's, ours, ..., for some rounds. Both print
nanoseconds of processor time and a check of the result; checks that differ end the run. A figure is
the median over the rounds, a ratio that of the medians, its spread the smallest and largest
ratio of one round. The peer is Debian's /usr/bin/python3 and no other."""
import argparse
import datetime
import json
import os
import platform
import resource
import statistics
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)
import rows as plan  # noqa: E402

PYTHON = "/usr/bin/python3"
STACK = 1 << 20                 # a chain must not need more, whoever frees it
LEAST_ROUNDS = 7


class Failed(Exception):
    pass


def build(tree):
    """A tree for this alone: optimized as most are, with the checks that clients get."""
    source = os.path.dirname(HERE)
    for command in (["cmake", "-S", source, "-B", tree, "-DCMAKE_BUILD_TYPE=Release", "-DCMAKE_C_FLAGS_RELEASE=-O2 -DNDEBUG",
                     "-DCMAKE_C_COMPILER=gcc", "-DCOIL_BENCH=ON", "-DCOIL_SNAPSHOTS=OFF", "-DCOIL_TESTS=OFF"],
                    ["cmake", "--build", tree, "--target", "bench"]):
        done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        if done.returncode:
            raise Failed(done.stdout + "the build failed")


def limit():
    resource.setrlimit(resource.RLIMIT_STACK, (STACK, STACK))


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
    done = subprocess.run(command, capture_output=True, text=True, preexec_fn=limit, env={"LC_ALL": "C.UTF-8"})
    if done.returncode:
        raise Failed(f"{' '.join(command)}: status {done.returncode}\n{done.stderr}")
    try:
        return parse(done.stdout, names)
    except Failed as error:
        raise Failed(f"{' '.join(command)}: {error}") from None


def fill(template, group, tree, smoke):
    values = dict(bin=f"{tree}/bench", python=f"{HERE}/python", module=f"{tree}/bench", quick="--quick" if smoke else "",
                  n=group.smoke if smoke else group.n)
    return template.format(**values).split()


def measure(group, tree, rounds, smoke=False):
    """{row: (list of our ns, list of the peer's, check)}, a pair a round."""
    ours = fill(group.ours, group, tree, smoke)
    peer = [PYTHON, "-IB", *fill(group.peer, group, tree, smoke)]
    result = {name: ([], [], None) for name in group.rows}
    for _ in range(rounds):
        a, b = run(ours, group.rows), run(peer, group.rows)
        for name in group.rows:
            if a[name][1] != b[name][1]:
                raise Failed(f"{name}: our check is {a[name][1]!r}, the peer's {b[name][1]!r}")
            if result[name][2] not in (None, a[name][1]):
                raise Failed(f"{name}: the check changed from {result[name][2]!r} to {a[name][1]!r}")
            result[name][0].append(a[name][0])
            result[name][1].append(b[name][0])
            result[name] = (*result[name][:2], a[name][1])
    return result


def short(x):
    """Three digits are more than a shared machine gives."""
    return float(f"{x:.3g}") if abs(x) < 100 else round(x)


def figures(row, ours, peer, check=""):
    """The row of a results file."""
    if min(peer) <= 0 or min(ours) <= 0:
        raise Failed(f"{row.title}: a time is not above zero")
    ratios = [a / b for a, b in zip(ours, peer)]
    a, b = statistics.median(ours), statistics.median(peer)
    out = {"title": row.title, "unit": row.unit, "ours": short(a), "peer": short(b), "peer_name": plan.CPYTHON,
           "ratio": round(a / b, 2)}
    if row.goal is not None:
        out["goal"] = row.goal
    out["spread"] = [round(min(ratios), 2), round(max(ratios), 2)]
    out["best"] = round(min(ours) / min(peer), 2)
    out.update(zip(row.fields, map(int, check.split()) if row.fields else ()))
    return out


def differences(chapter, measured):
    out = {}
    for name, (row, more, less) in plan.DIFFERENCES.get(chapter, {}).items():
        if more in measured and less in measured:
            ours, peer = ([x - y for x, y in zip(measured[more][side], measured[less][side])] for side in (0, 1))
            out[name] = (row, ours, peer)
    return out


def machine(tree, rounds):
    with open("/proc/cpuinfo") as f:
        info = dict(line.split(":", 1) for line in f.read().split("\n\n")[0].splitlines() if ":" in line)
    info = {k.strip(): v.strip() for k, v in info.items()}
    cpu = info.get("model name", platform.machine())
    if "cpu family" in info:
        cpu += f" (family {info['cpu family']}, model {info['model']})"
    with open(f"{tree}/bench/build.json") as f:
        made = json.load(f)
    peer = subprocess.run([PYTHON, "-IBc", "import platform as p; print(p.python_version(), p.python_compiler(), sep=', ')"],
                          capture_output=True, text=True, check=True).stdout.strip()
    return {"cpu": cpu, "cores": os.cpu_count(), "kernel": platform.release(), "compiler": made["compiler"],
            "flags": made["flags"], "CPython": peer, "rounds": rounds, "load": round(os.getloadavg()[0], 1),
            "date": datetime.date.today().isoformat()}


def validate(data):
    """Raise Failed unless data is what the book reads (decision 0001)."""
    def need(condition, what):
        if not condition:
            raise Failed(f"results: {what}")

    need(isinstance(data, dict) and set(data) == {"machine", "rows"}, "machine and rows, nothing else")
    for key in ("cpu", "cores", "kernel", "compiler", "flags", "CPython", "date"):
        need(data["machine"].get(key), f"no {key}")
    need(data["rows"], "no rows")
    for name, row in data["rows"].items():
        for key, kind in (("title", str), ("unit", str), ("peer_name", str), ("ours", (int, float)), ("peer", (int, float)),
                          ("ratio", float), ("spread", list)):
            need(isinstance(row.get(key), kind), f"{name}: {key}")
        need(len(row["spread"]) == 2 and row["spread"][0] <= row["spread"][1], f"{name}: spread")
        need(isinstance(row.get("goal", 0.5), float), f"{name}: goal")


def compare(name, data):
    """Raise Failed unless data is whole and as the plan has it, each figure in keeping with the others."""
    validate(data)
    spec = {row: r for group in plan.CHAPTERS[name] for row, r in group.rows.items()}
    spec.update((row, d[0]) for row, d in plan.DIFFERENCES.get(name, {}).items())
    for row in [*spec, *data["rows"]]:
        if row not in data["rows"] or row not in spec:
            raise Failed(f"results: {name}: {row} is {'not planned' if row in data['rows'] else 'missing'}")
        got, want = data["rows"][row], spec[row]
        for key, value in (("title", want.title), ("unit", want.unit), ("goal", want.goal), ("peer_name", plan.CPYTHON)):
            if got.get(key) != value:
                raise Failed(f"results: {name}: {row}: {key} is {got.get(key)!r}, planned {value!r}")
        ratio = got["ours"] / got["peer"]           # all three are rounded
        if abs(got["ratio"] - ratio) > 0.006 + 0.012 * ratio:
            raise Failed(f"results: {name}: {row}: {got['ours']} to {got['peer']} is no ratio of {got['ratio']}")


def chapter(name, tree, rounds, smoke, only=""):
    """The results of a chapter, rows in the order of the plan."""
    rows, measured = {}, {}
    start = machine(tree, rounds)           # the load before ours
    for group in plan.CHAPTERS[name]:
        if not any(only in row for row in group.rows):
            continue
        for row, (ours, peer, check) in measure(group, tree, rounds, smoke).items():
            measured[row] = (ours, peer)
            rows[row] = figures(group.rows[row], ours, peer, check)
            show(row, rows[row])
    if not smoke:                           # too small there to have a sign
        for row, (spec, ours, peer) in differences(name, measured).items():
            rows[row] = figures(spec, ours, peer)
            show(row, rows[row])
    return {"machine": start, "rows": rows}


def show(name, row):
    goal = "" if "goal" not in row else f"goal {row['goal']}: " + ("met" if row["ratio"] <= row["goal"] else "MISSED")
    print(f"  {name:18} {row['ours']:>9} {row['peer']:>9} {row['unit']:13} {row['ratio']:>5} "
          f"[{row['spread'][0]} to {row['spread'][1]}] best {row['best']} {goal}", flush=True)


def built(name, tree):
    return all(os.path.exists(fill(g.ours, g, tree, True)[0]) for g in plan.CHAPTERS[name])


def arguments(argv):
    p = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    p.add_argument("chapters", nargs="*", help="as 03 or 03-gc; all if none is given")
    p.add_argument("--rounds", type=int, default=LEAST_ROUNDS)
    p.add_argument("--only", default="", help="rows whose name contains this; nothing is written")
    p.add_argument("--smoke", action="store_true", help="one tiny round; nothing is written")
    p.add_argument("--build", metavar="DIR", help="a tree that has been built already")
    p.add_argument("--out", metavar="DIR", default=f"{HERE}/results")
    args = p.parse_args(argv)
    if not (args.smoke or args.only) and args.rounds < LEAST_ROUNDS:
        p.error(f"results need {LEAST_ROUNDS} rounds")
    args.names = [n for n in plan.CHAPTERS if not args.chapters or any(n == c or n.split("-")[0] == c for c in args.chapters)]
    if not args.names:
        p.error("no such chapter")
    return args


def main(argv):
    args = arguments(argv)
    tree = args.build or f"{os.path.dirname(HERE)}/build/bench"
    if not args.build:
        build(tree)
    names = [n for n in args.names if built(n, tree)]
    for name in set(args.names) - set(names):
        print(f"{name}: not in the book yet")
    if not names:
        raise Failed("nothing to measure")
    for name in names:
        print(name)
        data = chapter(name, tree, 1 if args.smoke else args.rounds, args.smoke, args.only)
        if args.only:
            continue
        validate(data)
        with tempfile.TemporaryDirectory() as scratch:
            out = scratch if args.smoke else args.out
            os.makedirs(out, exist_ok=True)
            with open(f"{out}/{name}.json", "w") as f:
                json.dump(data, f, indent=1, ensure_ascii=False)
                f.write("\n")
            with open(f"{out}/{name}.json") as f:
                validate(json.load(f))


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except Failed as error:
        sys.exit(f"run.py: {error}")
