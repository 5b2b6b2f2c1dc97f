"""check-log.py LOG TEX: judge one TeX run; name the chapter's line where that can be found.

Complains of undefined and multiply defined references, missing characters, and lines
more than 1pt wider than the page (hfuzz in book.latex lets smaller ones pass)."""
import re
import sys
from pathlib import Path

log = re.sub(r"(?<=[^\n]{79})\n", "", Path(sys.argv[1]).read_text(errors="replace"))
tex = Path(sys.argv[2]).read_text().splitlines()
if not log:
    sys.exit("check-log: the log is empty")


def origin(number):
    """The .nw line that a line of the .tex file came from: nearest marker above, then the words themselves."""
    for k in range(min(number, len(tex)) - 1, -1, -1):
        mark = re.match(r"% nw ([^\s:]+)(?::(\d+)| (\S+))", tex[k])
        if mark:
            break
    else:
        return f"{sys.argv[2]}:{number}"
    file, line, near = mark.groups()
    words = [re.sub(r"\\\w+|[^\w .,]", " ", tex[n]) for n in range(number - 1, max(k, number - 8), -1)]
    try:
        source = Path(file).read_text().splitlines()
    except OSError:
        source = []
    for text in words:
        best = max(re.findall(r"[A-Za-z][a-z]+(?: [a-z]+)+", text), key=len, default="")
        hits = [n for n, s in enumerate(source, 1) if best and best in s]
        if len(best) > 12 and len(hits) == 1:
            return f"{file}:{hits[0]}"
    return f"{file}:{line} (chunk)" if line else f"{file} (under #{near})"


found = []
stopped = re.search(r"^(?:!|\S+\.tex:(\d+):|\S+\.\w+:\d+:) (.*(?:\n.*){0,4})", log, re.M)
if stopped:                       # the run ended early: its references mean nothing
    print(f"{origin(int(stopped[1]) if stopped[1] else len(tex))}: TeX stopped: {stopped[0] if not stopped[1] else stopped[2]}", file=sys.stderr)
    sys.exit(1)
for m in re.finditer(r"Overfull \\hbox \(([\d.]+)pt too wide\)[^\n]*?(\d+)(?:--(\d+))?\n(.*)", log):
    text = re.sub(r"\\[A-Z]+/\S+ ?|\[\]", "", m[4]).strip()[-60:]
    pages = re.findall(r"\[(\d+)\]?", log[: m.start()])
    page = int(pages[-1]) + 1 if pages else 1
    found.append(f"{origin(int(m[3] or m[2]))}: line {m[1]}pt too wide, about page {page}: {text}")
for m in re.finditer(r"Overfull \\hbox \(([\d.]+)pt too wide\) has occurred while \\output[^\n]*", log):
    found.append(f"a page's head or foot is {m[1]}pt too wide")
for m in re.finditer(r"Missing character: There is no (\S+)[^\n]* in font ([^\n]*)", log):
    hits = [n for n, s in enumerate(tex, 1) if m[1] in s]
    found.append(f"{origin(hits[0]) if hits else 'book.tex'}: no {m[1]} in font {m[2][:40]}")
for m in re.finditer(r"LaTeX Warning: (Reference|Citation|Label) `([^']*)'[^\n]*(undefined|multiply defined)[^\n]*", log):
    hits = [n for n, s in enumerate(tex, 1) if m[2] in s]
    found.append(f"{origin(hits[0]) if hits else 'book.tex'}: {m[1].lower()} {m[2]} {m[3]}")
for m in re.finditer(r"name\{([^}]*)\} has been (?:already used|referenced but does not exist)[^\n]*|destination with the same identifier \(([^)]*)\)", log):
    found.append(f"book.tex: {m[0]}")

for line in dict.fromkeys(found):
    print(line, file=sys.stderr)
sys.exit(1 if found else 0)
