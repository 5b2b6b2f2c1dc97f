"""figures.py - the files of results: what stands in a row, where it was measured, and what must hold"""
import datetime
import json
import os
import platform
import statistics
import subprocess

import rows as plan

HERE = os.path.dirname(os.path.abspath(__file__))
SOURCE = os.path.dirname(HERE)
BOOK = f"{HERE}/results"
PYTHON = "/usr/bin/python3"     # Debian's, and no other


class Failed(Exception):
    pass


def names_of(group, peers):
    """What the group puts into the results: (name, row, peer)."""
    return [(plan.result(row, p), row, p) for row in group.rows for p in peers if row in group.rows_of(p)]


def short(x):
    """Three digits are more than a shared machine gives."""
    return float(f"{x:.3g}") if abs(x) < 100 else round(x)


def line(row, name, ours, peer, check=""):
    """A row of a results file: ours beside the peer of that name."""
    if min(peer) <= 0 or min(ours) <= 0:
        raise Failed(f"{row.title}: a figure is not above zero")
    ratios = [a / b for a, b in zip(ours, peer)]
    a, b = statistics.median(ours), statistics.median(peer)
    out = {"title": row.title, "unit": row.unit, "ours": short(a), "peer": short(b), "peer_name": plan.PEERS[name].title,
           "ratio": round(a / b, 2)}
    if row.goals.get(name) is not None:
        out["goal"] = row.goals[name]
    out["spread"] = [round(min(ratios), 2), round(max(ratios), 2)]
    out["best"] = round(min(ours) / min(peer), 2)
    out.update(zip(row.fields, map(int, check.split()) if row.fields else ()))
    return out


def derived(name, measured):
    """{row: (its plan, {side: list})} of the rows whose parts were measured."""
    out = {}
    for row, (spec, function, parts) in plan.DERIVED.get(name, {}).items():
        if all(part in measured for part in parts):
            lists = [measured[part][0] for part in parts]
            out[row] = (spec, {s: [function(*values) for values in zip(*(part[s] for part in lists))] for s in lists[0]})
    return out


def commit():
    """Of the source that is measured; results change nothing."""
    def git(*words):
        done = subprocess.run(["git", "-C", SOURCE, *words], capture_output=True, text=True)
        return done.stdout.strip() if done.returncode == 0 else None

    found = git("rev-parse", "--short=12", "HEAD")
    if found is None:
        return "unknown"
    return found + (" with changes" if git("status", "--porcelain", "--", ".", ":!bench/results") else "")


def version(package):
    done = subprocess.run(["dpkg-query", "-W", "-f", "${Version}", package], capture_output=True, text=True)
    return done.stdout if done.returncode == 0 else "of unknown version"


def huge_pages():
    """Whether the system gives pages of 2 MB: always, to who asks, or never."""
    try:
        with open("/sys/kernel/mm/transparent_hugepage/enabled") as f:
            return f.read().partition("[")[2].partition("]")[0]
    except FileNotFoundError:
        return "never"


def machine(tree, peers, commit, rounds):
    with open("/proc/cpuinfo") as f:
        info = dict(line.split(":", 1) for line in f.read().split("\n\n")[0].splitlines() if ":" in line)
    info = {k.strip(): v.strip() for k, v in info.items()}
    cpu = info.get("model name", platform.machine())
    if "cpu family" in info:
        cpu += f" (family {info['cpu family']}, model {info['model']})"
    with open(f"{tree}/bench/build.json") as f:
        made = json.load(f)
    python = subprocess.run([PYTHON, "-IBc", "import platform as p; print(p.python_version(), p.python_compiler(), sep=', ')"],
                            capture_output=True, text=True, check=True).stdout.strip()
    out = {"cpu": cpu, "cores": os.cpu_count(), "kernel": platform.release(), "compiler": made["compiler"],
           "flags": made["flags"], "CPython": python}
    out.update((plan.PEERS[p].title, version(plan.PEERS[p].package)) for p in peers if plan.PEERS[p].package)
    out.update({"huge pages": huge_pages(), "commit": commit, "rounds": rounds, "load": round(os.getloadavg()[0], 1),
                "date": datetime.date.today().isoformat()})
    return out


def validate(data):
    """Raise Failed unless data is what the book reads (decision 0001)."""
    def need(condition, what):
        if not condition:
            raise Failed(f"results: {what}")

    need(isinstance(data, dict) and set(data) == {"machine", "rows"}, "machine and rows, nothing else")
    for key in ("cpu", "cores", "kernel", "compiler", "flags", "CPython", "commit", "date"):
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
    spec, peers = {}, {}
    for group in plan.SETS[name]:
        for result, row, peer in names_of(group, group.peers):
            spec[result] = (group.rows[row], peer)
            peers.setdefault(row, []).append(peer)
    for row, (r, _, parts) in plan.DERIVED.get(name, {}).items():
        spec.update((plan.result(row, p), (r, p)) for p in peers[parts[0]])
    for row in [*spec, *data["rows"]]:
        if row not in data["rows"] or row not in spec:
            raise Failed(f"results: {name}: {row} is {'not planned' if row in data['rows'] else 'missing'}")
        got, (want, peer) = data["rows"][row], spec[row]
        title = plan.PEERS[peer].title
        for key, value in (("title", want.title), ("unit", want.unit), ("goal", want.goals.get(peer)), ("peer_name", title)):
            if got.get(key) != value:
                raise Failed(f"results: {name}: {row}: {key} is {got.get(key)!r}, planned {value!r}")
        if plan.PEERS[peer].package and title not in data["machine"]:
            raise Failed(f"results: {name}: no version of {title}")
        ratio = got["ours"] / got["peer"]           # all three are rounded
        if abs(got["ratio"] - ratio) > 0.006 + 0.012 * ratio:
            raise Failed(f"results: {name}: {row}: {got['ours']} to {got['peer']} is no ratio of {got['ratio']}")
    if data["machine"]["commit"].endswith("changes"):
        raise Failed(f"results: {name}: measured with changes that are in no commit")


def book(name):
    """The rows that the book prints; none where it has not been measured."""
    try:
        with open(f"{BOOK}/{name}.json") as f:
            return json.load(f)["rows"]
    except FileNotFoundError:
        return {}


def save(data, path):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path + ".new", "w") as f:
        json.dump(data, f, indent=1, ensure_ascii=False)
        f.write("\n")
    os.replace(path + ".new", path)
