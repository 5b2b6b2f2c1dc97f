#!/usr/bin/python3
"""Check the book for literate mistakes.

  lint.py RULE [--book DIR] [--src DIR] FILE.nw...

One complaint a line, `file.nw:line: message`; status 1 if there is any.
`lint.py --rules` names the rules. A warning does not fail.
"""
import contextlib
import difflib
import os
import re
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "tangle"))
import tangle
from nw import ROOT, Book, BookError, by_name, main, reachable, roots, show

WIDTH, LONG, TOO_LONG = 72, 25, 40


def undefined(book, _):
    """a reference to a chunk that is defined nowhere"""
    names = by_name(book.chunks)
    for c in book.chunks:
        for line, use in c.uses():
            if use not in names:
                yield f"{c.at(line)}: <<{use}>> is defined nowhere"
    for path, text in prose(book):
        for m in re.finditer(r"\[\[<<(.+?)>>\]\]", text, re.S):
            if re.sub(r"\s+", " ", m[1]) not in names:
                yield f"{at(path, text, m)}: <<{m[1]}>> is defined nowhere"


def unused(book, _):
    """a chunk that no file uses (noweb drops it without a word)"""
    live = reachable(book.chunks, roots(book.chunks))
    for c in book.chunks:
        if c.name not in live:
            yield f"{c.at()}: <<{c.name}>> is used by no file"


def length(book, _):
    """a chunk of more than 40 lines; more than 25 is a warning"""
    for c in book.chunks:
        n = sum(1 for _, t in c.text() if t.strip())
        if n > TOO_LONG:
            yield f"{c.at()}: <<{c.name}>> has {n} lines, {TOO_LONG} at most"
        elif n > LONG:
            warn(f"{c.at()}: <<{c.name}>> has {n} lines; 4 to 15 is good")


def width(book, _):
    """code wider than 72 columns, or with a tab"""
    for c in book.chunks:
        for line, text in c.text():
            if len(text) > WIDTH:
                yield f"{c.at(line)}: {len(text)} columns, {WIDTH} at most"
            if "\t" in text:
                yield f"{c.at(line)}: a tab"


def continued(book, _):
    """a chunk continued by a later chapter, unless it is a place for it"""
    chapters = set(book.chapters())
    for name, cs in by_name(book.chunks).items():
        first, places = cs[0].chapter, [c for c in cs if c.place]
        promised = places[0].place if places else None
        for c in places:
            if c.lines or c is not cs[0] or c.place <= c.chapter:
                yield (f"{c.at()}: <<{name}>> is no place: a place is empty,"
                       " new, and for a later chapter")
            if ROOT.match(name):
                yield f"{c.at()}: a file cannot be a place alone"
        for c in cs[1:]:
            if promised and c.chapter < promised:
                yield (f"{c.at()}: <<{name}>> is promised to chapter"
                       f" {promised}")
            if not promised and c.chapter != first:
                yield (f"{c.at()}: <<{name}>> continues chapter {first},"
                       " which left no place for it")
        if promised in chapters and promised not in [c.chapter for c in cs]:
            yield (f"{places[0].at()}: chapter {promised} does not fill"
                   f" <<{name}>>")


def twice(book, _):
    """a name in two %defs"""
    seen = {}
    for c in book.chunks:
        for name, line in c.defs:
            if name in seen:
                yield (f"{c.at(line)}: {name} is in the %def of"
                       f" {seen[name]}")
            seen.setdefault(name, c.at(line))


def defs(book, _):
    """an external function, public type or macro without a %def (ctags);
    a %def that its chunk does not contain"""
    known = set()
    for c in book.chunks:
        code = "\n".join(t for _, t in c.text())
        for name, line in c.defs:
            known.add(name)
            if not re.search(rf"(?<!\w){re.escape(name)}(?!\w)", code):
                yield f"{c.at(line)}: %def {name}: not in this chunk"
    with tempfile.TemporaryDirectory() as d:
        fresh(book, d)
        for kind, name, path in ctags(d):
            if name not in known:
                yield f"{path}: {kind} {name} has no %def in the book"


def ctags(folder):
    """Yield (kind, name, path) of what a client or another file can see."""
    files = [f for f in walk(folder) if f.endswith((".c", ".h"))
             and not f.startswith("demo/")]
    if not files:
        return
    out = run(["ctags", "-f", "-", "--sort=no", "--fields=Kf", *files],
              cwd=folder)
    types = ("macro", "struct", "union", "enum", "typedef")
    for row in out.splitlines():
        name, path, *_, kind = (row.partition(';"\t')[0].split("\t", 2)[:2]
                                + [row.partition(';"\t')[2]])
        kind, _, local = kind.partition("\t")
        public = path.startswith("include/")
        guard = kind == "macro" and name.endswith("_H")
        if name.startswith("__anon") or guard:
            continue
        if (kind == "function" and (public or local != "file:")
                or public and kind in types):
            yield kind, name, path


def spelling(book, opt):
    """an unknown word in the prose (hunspell en_US and book/words.txt)"""
    try:
        with open(os.path.join(opt["--book"], "words.txt"),
                  encoding="utf-8") as f:
            known = {w for w in f.read().split("\n") if w[:1] != "#"}
    except FileNotFoundError:
        known = set()
    found = {}
    for path, text in prose(book):
        text = plain(text)
        for m in re.finditer(r"[^\W\d_]+(?:['’][^\W\d_]+)*", text):
            word = m[0].replace("’", "'")
            if (base := re.sub("'s$", "", word)) not in known \
                    and base.lower() not in known:
                found.setdefault(word, []).append(at(path, text, m))
    bad = run(["hunspell", "-l", "-d", "en_US", "-i", "utf-8"],
              text="\n".join(found)).split()
    for word in bad:
        for where in found.get(word, []):
            yield f"{where}: unknown word: {word}"


def plain(text):
    """The prose alone, each line in its place."""
    def blank(m):
        said = re.findall(r'(?:title|alt)="([^"]*)"', m[0])
        return " ".join(said) + "\n" * m[0].count("\n")
    for pattern in (r"^(```+|~~~+)[^\n]*\n.*?^\1`*~*$", r"<!--.*?-->",
                    r"\[\[.*?\]\]+", r"`[^`]*`", r"\$\$.*?\$\$",
                    r"\$[^$\n]+\$", r"\[\^[\w-]+\]", r"\]\([^)\s]*\)",
                    r"\{[^{}]*\}",
                    r"<?https?://[^\s>)]*>?", r"\\\w+",
                    r"-?@[\w:.-]*\w", r"^%place[^\n]*"):
        text = re.sub(pattern, blank, text, flags=re.S | re.M)
    return text


def layers(book, _):
    """chapter N includes headers of chapters up to N only"""
    home = {}
    for c in book.chunks:
        if ROOT.match(c.name):
            home.setdefault(c.name, c.chapter)
    for c in book.chunks:
        for line, text in c.text():
            m = re.match(r'\s*#\s*include\s*["<]((?:coil|internal)/.*)[">]',
                         text)
            if not m:
                continue
            h = home.get(m[1]) or home.get("include/" + m[1])
            if h is None:
                yield f"{c.at(line)}: no chapter has {m[1]}"
            elif h > c.chapter:
                yield f"{c.at(line)}: {m[1]} belongs to chapter {h}"


def adds(book, _):
    """the book only adds: each line of a snapshot is in the next"""
    with tempfile.TemporaryDirectory() as d:
        chapters = book.chapters()
        for n in chapters:
            tangle.write_tree(os.path.join(d, str(n)),
                              tangle.complete(book.upto(n)), True)
        for a, b in zip(chapters, chapters[1:]):
            for path in walk(os.path.join(d, str(a))):
                new = iter(lines(os.path.join(d, str(b), path)))
                for n, text in lines(os.path.join(d, str(a), path)):
                    if text.strip() and not any(text == t for _, t in new):
                        yield (f"{path}:{n}: of chapter {a} is changed"
                               f" by chapter {b}: {text.strip()}")
                        break


def src(book, opt):
    """src/ is not what the book tangles to"""
    with tempfile.TemporaryDirectory() as d:
        fresh(book, d)
        for path in sorted(walk(d) | walk(opt["--src"])):
            a, b = os.path.join(opt["--src"], path), os.path.join(d, path)
            old, new = (list(lines(f)) for f in (a, b))
            if old != new:
                diff = difflib.unified_diff([t for _, t in old],
                                            [t for _, t in new],
                                            show(a), "the book", "", "", 1)
                yield (f"{show(a)}: not as in the book (./coil update"
                       " rewrites it)\n" + "\n".join(
                           x.rstrip("\n") for x in list(diff)[:14]))


def transcripts(book, opt):
    """a program without its text, a text or a mention without a program"""
    programs = {}
    for c in book.chunks:
        m = re.match(r"demo/(.+/(fig-)?[^/]+)\.(?:c|py)$", c.name)
        if m:
            programs.setdefault(m[1] + (".dot" if m[2] else ".txt"), c)
    folder = os.path.join(opt["--book"], "transcripts")
    texts = {t for t in walk(folder) if t.endswith((".txt", ".dot"))}
    for t in sorted(set(programs) - texts):
        yield (f"{programs[t].at()}: {show(folder)}/{t} is missing"
               " (./coil update writes it)")
    for t in sorted(texts - set(programs)):
        yield f"{show(folder)}/{t}: no program prints it"
    for path, text in prose(book):
        for m in re.finditer(r'\{\.transcript[^}\n]*program="([^"]*)"',
                             text):
            if m[1] + ".txt" not in programs:
                yield f"{at(path, text, m)}: no program demo/{m[1]}"


FOREIGN = (r"\.\./share[d]", r"/wor[k]/", r"/tm[p]/w/", r"\.librar[y]\b",
           r"subagen[t]", r"\bLL[M]s?\b", r"langua[g]e model",
           r"\bTOD[O]\b", r"\bFIXM[E]\b", r"\bXX[X]\b",
           r"/hom[e]/\w+", r"\.pyen[v]",
           r"\w+\.(?:debian|ubuntu)\.(?:org|com)/(?:debian|ubuntu)")


def words(_, opt):
    """words that do not belong in the repository"""
    top = opt["--top"]
    if os.path.exists(os.path.join(top, ".git")):
        files = run(["git", "-c", "safe.directory=*", "-C", top, "ls-files",
                     "-co", "--exclude-standard"]).splitlines()
    else:                               # a release archive
        files = [f for f in walk(top) if not f.startswith("build")]
    for name in sorted(files):
        for n, text in lines(os.path.join(top, name)):
            for m in re.finditer("|".join(FOREIGN), text):
                yield f"{name}:{n}: {m[0]}"


def tests(_, opt):
    """a test that is not registered, a twin row that lacks a part"""
    folder = os.path.join(opt["--top"], "tests")
    listed = "\n".join(t for _, t in lines(folder + "/CMakeLists.txt"))
    files = walk(folder)
    for f in sorted(files):
        if re.match(r"test_\w+\.c$", f) and not re.search(
                rf"coil_add_test\([^)]*\b{re.escape(f)}\b", listed):
            yield f"tests/{f}: no coil_add_test in tests/CMakeLists.txt"
        row = re.match(r"(twin/[\w-]+)\.(?:c|py|txt)$", f)
        for part in ("c", "py", "txt") if row else ():
            if f"{row[1]}.{part}" not in files:
                yield f"tests/{f}: there is no {row[1]}.{part}"
        first = next(lines(os.path.join(folder, f)), (1, ""))[1]
        if row and f.endswith(".c") and not re.match(
                r"/\* chapter: \d\d \*/", first):
            yield f"tests/{f}:1: no chapter; write /* chapter: NN */"


def fresh(book, folder):
    chunks = tangle.complete(book.upto(book.chapters()[-1]))
    tangle.write_tree(folder, chunks, True)


def prose(book):
    """Yield (path, prose of the chapter), a line for a line."""
    for path, rows in book.prose.items():
        text = [""] * (rows[-1][0] if rows else 0)
        for n, row in rows:
            text[n - 1] += row
        yield path, "\n".join(text)


def at(path, text, match):
    return f"{show(path)}:{text.count(chr(10), 0, match.start()) + 1}"


def walk(folder):
    return {os.path.relpath(os.path.join(d, f), folder)
            for d, _, files in os.walk(folder) for f in files}


def lines(path):
    """Yield (number, line); nothing where there is no file."""
    with contextlib.suppress(FileNotFoundError, IsADirectoryError,
                             UnicodeDecodeError):
        with open(path, encoding="utf-8") as f:
            yield from enumerate(f.read().split("\n"), 1)


def run(command, text=None, cwd=None):
    try:
        p = subprocess.run(command, input=text, cwd=cwd, check=True,
                           capture_output=True, encoding="utf-8")
    except FileNotFoundError:
        raise BookError(f"{command[0]} is missing (./coil doctor)") from None
    except subprocess.CalledProcessError as e:
        raise BookError(f"{command[0]}: {e.stderr.strip()}") from None
    return p.stdout


def warn(text):
    print(f"{text} (warning)", file=sys.stderr)


RULES = {f.__name__: f for f in (
    undefined, unused, length, width, continued, twice, defs, spelling,
    layers, adds, src, transcripts, words, tests)}


def tool(args):
    if args == ["--rules"]:
        print("\n".join(RULES))
        return 0
    opt = {"--book": "book", "--src": "src", "--top": "."}
    while len(args) > 2 and args[1] in opt:
        opt[args[1]] = args[2]
        del args[1:3]
    if not args or args[0] not in RULES:
        raise BookError(__doc__ + "\n" + "\n".join(
            f"  {n:12} {' '.join(f.__doc__.split())}"
            for n, f in RULES.items()))
    book = Book(args[1:]) if args[1:] else None
    complaints = list(RULES[args[0]](book, opt))
    for text in complaints:
        print(text, file=sys.stderr)
    return 1 if complaints else 0


if __name__ == "__main__":
    main(tool)
