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
from nw import (CHECKPOINT, LAST, ROOT, Book, BookError, by_name, main,
                reachable, roots, show)

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
    tangled = book.upto(max(book.chapters()))
    live = reachable(tangled, roots(tangled))
    for c in book.chunks:
        if c not in tangled:
            yield f"{c.at()}: <<{c.name}>> stands in no chapter"
        elif c.name not in live:
            yield f"{c.at()}: <<{c.name}>> is used by no file"


def length(book, _):
    """a chunk of more than 40 lines; more than 25 is a warning"""
    for c in book.chunks:
        n = sum(1 for _, t in c.text() if t.strip())
        if n > TOO_LONG:
            yield f"{c.at()}: <<{c.name}>> has {n} lines, {TOO_LONG} at most"
        elif n > LONG:
            warn(f"{c.at()}: <<{c.name}>> has {n} lines; 4 to 15 is good")


def width(book, opt):
    """code of the book or the exercises wider than 72 columns, or with
    a tab"""
    rows = [(c.at(line), text) for c in book.chunks
            for line, text in c.text()]
    folder = os.path.join(opt["--top"], "exercises")
    for f in sorted(f for f in walk(folder) if f.endswith((".c", ".h"))):
        rows += [(f"exercises/{f}:{n}", text) for n, text
                 in lines(os.path.join(folder, f))]
    for where, text in rows:
        if len(text) > WIDTH:
            yield f"{where}: {len(text)} columns, {WIDTH} at most"
        if "\t" in text:
            yield f"{where}: a tab"


def continued(book, _):
    """a chunk continued by a later chapter, unless it is a place for it"""
    chapters = set(book.chapters())
    for name, cs in by_name(book.chunks).items():
        first, places = cs[0].chapter, [c for c in cs if c.place]
        promised = places[0].place if places else None
        if not places and not any(c.lines for c in cs):
            yield f"{cs[0].at()}: <<{name}>> is empty, and no place"
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
             and not f.startswith(("demo/", "exercises/"))]
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
    """an unknown word in the prose, a chunk's name or a comment
    (hunspell en_US and book/words.txt)"""
    try:
        with open(os.path.join(opt["--book"], "words.txt"),
                  encoding="utf-8") as f:
            known = {w for w in f.read().split("\n") if w[:1] != "#"}
    except FileNotFoundError:
        known = set()
    found, names = {}, set()

    def look(text, where, known):
        for m in re.finditer(r"[^\W\d_]+(?:['’][^\W\d_]+)*", text):
            word = m[0].replace("’", "'")
            if (base := re.sub("'s$", "", word)) not in known \
                    and base.lower() not in known:
                found.setdefault(word, []).append(where(m))
    for path, text in prose(book):
        text = plain(text)
        look(text, lambda m: at(path, text, m), known)
    for c in book.chunks:               # these may speak of what is in code
        code = COMMENT.sub("", "\n".join(
            "".join(t for use, t in line if not use) for line in c.lines))
        names |= set(re.findall(r"[^\W\d_]+", code.replace("_", " ")))
    for c in book.chunks:
        comments = COMMENT.findall("\n".join(t for _, t in c.text()))
        said = " ".join([c.name] * (not ROOT.match(c.name)) + comments)
        look(re.sub(r"\[\[.*?\]\]|`[^`]*`|\w*[\d_]\w*", " ", said),
             lambda m: c.at(), known | names)
    bad = run(["hunspell", "-l", "-d", "en_US", "-i", "utf-8"],
              text="\n".join(found)).split()
    for word in bad:
        for where in found.get(word, []):
            yield f"{where}: unknown word: {word}"


COMMENT = re.compile(r"/\*.*?\*/", re.S)


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


def durations(book, _):
    """a time typed by hand: it is a measurement ({.num}), or it says
    that it is rough (some, about)"""
    for path, text in prose(book):
        text = plain(text)
        for m in re.finditer(r"(\w+)\s+(\d[\d.,]*\s*(?:ns|[mµu]s|(?:nano|"
                             r"micro|milli)?seconds?))\b", text):
            if m[1] not in ("some", "about"):
                yield f"{at(path, text, m)}: {m[2]}: typed by hand"


def headers(book, _):
    """a header that needs another before it"""
    with tempfile.TemporaryDirectory() as d:
        fresh(book, d)
        for h in sorted(f for f in walk(d) if f.endswith(".h")):
            out = run(["gcc", "-std=c11", "-D_POSIX_C_SOURCE=200809L", "-Wall",
                       "-Wextra", "-Wpedantic", "-I.", "-Iinclude", "-x", "c",
                       "-fsyntax-only", "-"], f'#include "{h}"\n', d, False)
            if out:
                yield f"{h}: does not compile by itself\n{out.strip()}"


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
            old, new = content(a), content(b)
            if old != new:
                texts = ((x or b"").decode(errors="replace").split("\n")
                         for x in (old, new))
                diff = difflib.unified_diff(*texts, show(a), "the book",
                                            "", "", 1)
                yield (f"{show(a)}: not as in the book (./coil update"
                       " rewrites it)\n" + "\n".join(
                           x.rstrip("\n") for x in list(diff)[:14]))


def transcripts(book, opt):
    """a program without its text, a text or a mention without a program;
    a program where none is run"""
    programs = {}
    for c in book.chunks:
        if is_program(c.name) and c.name != "demo/{}/{}".format(
                os.path.basename(c.path)[:-3], os.path.basename(c.name)):
            yield (f"{c.at()}: {c.name} is never run: a program is"
                   f" demo/{os.path.basename(c.path)[:-3]}/NAME.c or .py")
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


def is_program(name):
    return bool(ROOT.match(name)) and (name.endswith(".py")
                                       or name.startswith("demo/"))


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


def tests(book, opt):
    """a test that is not registered, or for a chapter that is not there;
    a twin row that lacks a part; a checkpoint that is not one, or names
    a test that is none"""
    folder = os.path.join(opt["--top"], "tests")
    listed = "\n".join(re.sub("#.*", "", t) for _, t in
                       lines(folder + "/CMakeLists.txt"))
    added = re.findall(r"coil_add_(test|fuzz)\(\s*(\w+)\s+CHAPTER\s+(\d+)"
                       r"\s([^)]*)\)", listed)
    sources = {f"fuzz_{name}.c" for kind, name, *_ in added if kind == "fuzz"}
    sources.update(*(rest.split() for *_, rest in added))
    files = walk(folder)
    for f in sorted(files):
        if (re.match(r"test_\w+\.c$|fuzz/\w+\.c$", f)
                and os.path.basename(f) not in sources):
            yield f"tests/{f}: no coil_add_test in tests/CMakeLists.txt"
        row = re.match(r"(twin/[\w-]+)\.(?:c|py|txt)$", f)
        for part in ("c", "py", "txt") if row else ():
            if f"{row[1]}.{part}" not in files:
                yield f"tests/{f}: there is no {row[1]}.{part}"
        if row and f.endswith(".c"):
            first = next(lines(os.path.join(folder, f)), (1, ""))[1]
            m = re.match(r"/\* chapter: (\d\d) \*/", first)
            if not m:
                yield f"tests/{f}:1: no chapter; write /* chapter: NN */"
            elif int(m[1]) not in book.chapters():
                yield f"tests/{f}:1: not run: there is no chapter {m[1]}"
    home = {}
    for c in book.chunks:
        if ROOT.match(c.name):
            home.setdefault(c.name, c.chapter)
    for _, name, chapter, _ in added:
        first = home.get(name + ".c", home.get(f"include/coil/{name}.h"))
        if int(chapter) not in book.chapters():
            yield f"test {name}: not run: there is no chapter {chapter}"
        elif first and first != int(chapter):
            yield (f"test {name}: registered for chapter {chapter}, but"
                   f" {name} is of chapter {first}")
    yield from checkpoints(book, {n: int(chapter) for kind, n, chapter, _
                                  in added if kind == "test"})


def tested(book, opt):
    """a public function that no test names"""
    folder = os.path.join(opt["--top"], "tests")
    said = "\n".join(t for f in sorted(walk(folder)) if f.endswith(".c")
                     for _, t in lines(os.path.join(folder, f)))
    known = set(re.findall(r"\w+", said))
    with tempfile.TemporaryDirectory() as d:
        fresh(book, d)
        for f in sorted(f for f in walk(d) if f.startswith("include/")):
            code = COMMENT.sub("", (content(os.path.join(d, f)) or b"")
                               .decode())
            for name in dict.fromkeys(re.findall(r"\bcoil_\w+(?=\()", code)):
                if name not in known and not name.endswith("_fn"):
                    yield f"{f}: no test calls {name}"


def checkpoints(book, added):
    for cp in book.checkpoints:
        for name in cp.tests:
            if added.get(name, LAST) > cp.chapter:
                yield (f"checkpoint {cp.name}: there is no test {name} in"
                       f" chapter {cp.chapter}")
    for path, text in prose(book):
        for m in re.finditer(r"^.*\{[^{}]*\.checkpoint\b", text, re.M):
            mark = CHECKPOINT.match(text, m.start())
            if not mark or 'tests="' not in mark[2]:
                yield (f"{at(path, text, m)}: not built: a checkpoint is"
                       ' ::: {.checkpoint #cp:NAME tests="..."}, on a line')


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


def content(path):
    """The bytes of a file; None where there is none."""
    with contextlib.suppress(FileNotFoundError):
        with open(path, "rb") as f:
            return f.read()


def lines(path):
    """Yield (number, line); nothing where there is no file."""
    with contextlib.suppress(FileNotFoundError, IsADirectoryError,
                             UnicodeDecodeError):
        with open(path, encoding="utf-8") as f:
            yield from enumerate(f.read().split("\n"), 1)


def run(command, text=None, cwd=None, strict=True):
    """What a command prints; if it need not succeed, its errors."""
    try:
        p = subprocess.run(command, input=text, cwd=cwd, check=strict,
                           capture_output=True, encoding="utf-8")
    except FileNotFoundError:
        raise BookError(f"{command[0]} is missing (./coil doctor)") from None
    except subprocess.CalledProcessError as e:
        raise BookError(f"{command[0]}: {e.stderr.strip()}") from None
    return p.stdout if strict else p.stderr


def warn(text):
    print(f"{text} (warning)", file=sys.stderr)


RULES = {f.__name__: f for f in (
    undefined, unused, length, width, continued, twice, defs, spelling,
    durations, layers, headers, adds, src, transcripts, words, tests,
    tested)}


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
