"""plot.py RESULTS.json OUT.tex [ROW...]: ours against the peers, one line a row, as a TikZ picture.

The dot is the ratio ours/peer on a logarithmic scale, the whisker its spread, the tick its goal;
left of the line at 1 we are faster. What stands beside another peer (row@peer) has only the ratio,
the peer's first letter in place of the dot, on the line of its row."""
import json
import math
import sys

WIDTH, STEP, LABEL = 6.4, 0.52, 0.2             # cm
data = json.load(open(sys.argv[1]))["rows"]
names = sys.argv[3:] or [n for n in data if "@" not in n]
missing = [n for n in names if n not in data]
if missing or not names:
    sys.exit(f"{sys.argv[1]}: no row {', '.join(missing)}" if missing else f"{sys.argv[1]}: no rows")
rows = [data[n] for n in names]
others = [[r for n, r in data.items() if n.startswith(name + "@")] for name in names]
letters = {r["peer_name"]: r["peer_name"][0] for row in others for r in row}
if len(set(letters.values())) < len(letters):
    sys.exit(f"{sys.argv[1]}: two peers begin alike: {', '.join(letters)}")

values = [1.0] + [r["ratio"] for row in others for r in row]
for r in rows:
    values += [r["ratio"], *r.get("spread", []), *([r["goal"]] if r.get("goal") else [])]
TICKS = [m * 10.0**e for e in range(-4, 5) for m in (1, 2, 5)]
low = max((t for t in TICKS if t <= min(values)), default=TICKS[0])
high = min((t for t in TICKS if t >= max(values)), default=TICKS[-1])
if low == high:
    high = TICKS[TICKS.index(high) + 1]


def x(value):
    return f"{WIDTH * math.log(value / low) / math.log(high / low):.3f}"


def tex(text):
    special = {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}
    return "".join(special.get(c, "\\" + c if c in "{}$&#%_" else c) for c in text)


bottom = -STEP * len(rows) + STEP / 2
out = [r"\begin{tikzpicture}"]
shown = [t for t in TICKS if low <= t <= high * 1.0001]
for t in shown:
    pen = "line width=.6pt,quiet" if t == 1 else "line width=.3pt,black!15"
    out.append(rf"\draw[{pen}] ({x(t)},{STEP / 2 + .1:.2f}) -- ({x(t)},{bottom - .1:.2f}) node[below,note] {{{t:g}}};")
for k, r in enumerate(rows):
    y = f"{-STEP * k:.2f}"
    out.append(rf"\node[left,text height=1.5ex,text depth=.3ex] at ({-LABEL},{y}) {{{tex(r['title'])}}};")
    if r.get("goal"):
        out.append(rf"\draw[accent,line width=1pt] ({x(r['goal'])},{y}) +(0,-.15) -- +(0,.15);")
    if r.get("spread"):
        out.append(rf"\draw[ink,line width=.7pt] ({x(r['spread'][0])},{y}) -- ({x(r['spread'][1])},{y});")
    for other in others[k]:
        out.append(rf"\node[note,fill=white,inner sep=.7pt] at ({x(other['ratio'])},{y}) {{{letters[other['peer_name']]}}};")
    out.append(rf"\fill[ink] ({x(r['ratio'])},{y}) circle (2pt);")
    out.append(rf"\node[right,note] at ({WIDTH + .15:.2f},{y}) {{{r['ratio']:g} $\times$ {tex(r['peer_name'])}}};")
out.append(rf"\node[below,note] at ({WIDTH / 2:.2f},{bottom - .45:.2f}) {{Coil as a share of the peer (log scale)"
           rf"{'; tick: goal' if any(r.get('goal') for r in rows) else ''}}};")
if letters:
    key = ", ".join(f"{letter}: {name}" for name, letter in letters.items())
    out.append(rf"\node[below,note] at ({WIDTH / 2:.2f},{bottom - .8:.2f}) {{dot: {tex(rows[0]['peer_name'])}, {tex(key)}}};")
out.append(r"\end{tikzpicture}")
with open(sys.argv[2], "w") as f:
    f.write("\n".join(out) + "\n")
