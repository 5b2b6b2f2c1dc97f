"""Read noweb chapters: chunks, roots, places, checkpoints and prose.

noweb's own `markup` does the parsing; this module gives its output a shape.
The rules of a chapter are in docs/decisions/0001-the-chapter-source.md.
"""
import os
import re
import subprocess
import sys

ROOT = re.compile(r"[\w./-]+\.(?:c|h|py)$")
CHAPTER = re.compile(r"(\d\d)-[\w-]+\.nw$")
PLACE = re.compile(r"%place (\d+)\s*$")
CHECKPOINT = re.compile(r":::+ *\{\.checkpoint\s+#cp:([\w-]+)(.*)\}")
FIRST, LAST = 1, 98          # 00 and 99 (preface, back) have no number


class BookError(Exception):
    """A fault of the book or of the machine, told in one line."""


class Chunk:
    """One definition `<<name>>=` with its lines.

    A line is a list of pieces; a piece is (is_use, text).
    """

    def __init__(self, name, path, line):
        self.name, self.path, self.line = name, path, line
        self.chapter = chapter_of(path)
        self.lines, self.defs, self.place = [], [], None

    def uses(self):
        """Yield (line number, chunk name) for every reference."""
        for n, pieces in enumerate(self.lines, self.line + 1):
            for is_use, text in pieces:
                if is_use:
                    yield n, text

    def text(self):
        """Yield (line number, the line as the author wrote it)."""
        for n, pieces in enumerate(self.lines, self.line + 1):
            yield n, "".join(f"<<{t}>>" if u else t for u, t in pieces)

    def at(self, line=None):
        return f"{show(self.path)}:{line or self.line}"


class Checkpoint:
    def __init__(self, name, tests, chapter, before):
        self.name, self.tests = name, tests
        self.chapter, self.before = chapter, before


class Book:
    def __init__(self, paths):
        self.paths = [os.path.abspath(p) for p in paths]
        self.chunks, self.checkpoints = [], []
        self.prose = {p: [] for p in self.paths}     # [(line, text)]
        self._read(_markup(self.paths))

    def chapters(self):
        numbers = (chapter_of(p) for p in self.paths)
        return [n for n in numbers if FIRST <= n <= LAST]

    def upto(self, chapter, checkpoint=None):
        """The chunks of chapters 1..chapter, or up to a mark in it."""
        if checkpoint:
            return self.chunks[:checkpoint.before]
        return [c for c in self.chunks if c.chapter <= chapter]

    def _read(self, lines):
        path, line, chunk, doc = None, 1, None, None
        fresh = False                       # the first line after a chunk
        for raw in lines:
            key, _, rest = raw.partition(" ")
            if key == "@file":
                path, line, chunk = rest, 1, None
            elif key == "@fatal":
                raise BookError(f"{show(path)}:{line}: {rest}")
            elif key == "@begin" and rest.startswith("docs"):
                fresh, doc = chunk is not None, ""
            elif key == "@defn":
                chunk = Chunk(rest, path, line)
                self.chunks.append(chunk)
            elif key == "@index" and rest.startswith("defn "):
                chunk.defs.append((rest[5:], line))
            elif key == "@nl" or raw == "@index nl":
                if doc is not None:
                    self._prose(path, line, doc, fresh and chunk)
                    fresh, doc = False, ""
                elif key == "@nl":
                    chunk.lines.append([])
                line += 1
            elif key == "@end":
                if doc:
                    self._prose(path, line, doc, fresh and chunk)
                elif doc is None and chunk.lines:
                    chunk.lines.pop()                # opened by the last @nl
                doc = None
            elif key in ("@text", "@use"):
                is_use = key == "@use"
                if doc is not None:
                    doc += f"<<{rest}>>" if is_use else rest
                elif rest:
                    chunk.lines[-1].append((is_use, rest))
            elif key == "@quote":
                doc += "[["
            elif key == "@endquote":
                doc += "]]"

    def _prose(self, path, line, text, chunk):
        self.prose[path].append((line, text))
        place, mark = PLACE.match(text), CHECKPOINT.match(text)
        if place and chunk:
            chunk.place = int(place[1])
        if mark:
            tests = re.search(r'tests="([^"]*)"', mark[2])
            self.checkpoints.append(Checkpoint(
                mark[1], tests[1].split() if tests else [],
                chapter_of(path), len(self.chunks)))


def chapter_of(path):
    match = CHAPTER.search(os.path.basename(path))
    return int(match[1]) if match else LAST


def by_name(chunks):
    names = {}
    for c in chunks:
        names.setdefault(c.name, []).append(c)
    return names


def roots(chunks):
    return sorted({c.name for c in chunks if ROOT.match(c.name)})


def reachable(chunks, starts):
    """The names that the given names use, at any depth, and themselves."""
    names, seen, todo = by_name(chunks), set(), list(starts)
    while todo:
        name = todo.pop()
        if name not in seen:
            seen.add(name)
            todo += [u for c in names.get(name, []) for _, u in c.uses()]
    return seen


def show(path):
    """The path as the reader would type it."""
    here = os.path.relpath(path)
    return path if here.startswith("..") else here


def noweb(tool):
    lib = os.environ.get("NOWEB_LIB", "/usr/lib/noweb")
    path = os.path.join(lib, tool)
    if not os.access(path, os.X_OK):
        raise BookError(f"{path} is missing: install noweb "
                        "(./coil doctor says how)")
    return path


def _markup(paths):
    for p in paths:
        if not os.path.isfile(p):
            raise BookError(f"{show(p)}: no such chapter")
        if not CHAPTER.match(os.path.basename(p)):
            raise BookError(f"{show(p)}: a chapter is named NN-slug.nw")
    run = subprocess.run([noweb("markup"), "-t", *paths],
                         capture_output=True, check=False)
    if run.returncode:
        raise BookError(run.stderr.decode(errors="replace").strip())
    try:
        return run.stdout.decode("utf-8").split("\n")
    except UnicodeDecodeError as e:
        raise BookError(f"a chapter is not UTF-8: {e}") from None


def main(function):
    """Run a tool; a fault becomes one line on stderr and status 1."""
    try:
        sys.exit(function(sys.argv[1:]) or 0)
    except BookError as e:
        sys.exit(f"{e}")
    except BrokenPipeError:
        sys.exit(1)
    except OSError as e:
        sys.exit(f"{e.filename or 'output'}: {e.strerror}")
