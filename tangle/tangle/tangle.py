#!/usr/bin/python3
"""Tangle the book.

  tangle.py src OUT FILE.nw...     the whole book, clean, as in src/
  tangle.py trees OUT FILE.nw...   one tree a chapter and checkpoint, with
                                   #line, under OUT/chNN and OUT/cp-NAME
  tangle.py plan OUT FILE.nw...    OUT: what `trees` will write, for CMake

Options, first: --clean (trees without #line), --chapters (no trees of
checkpoints), --last (the last chapter's tree alone), --lazy (leave a file
whose #line numbers alone have moved).
A file that has not changed is not written.
"""
import os
import re
import shutil
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from nw import (Book, BookError, Chunk, by_name, main, noweb, reachable,
                roots)


def complete(chunks, later=()):
    """Add an empty chunk for each name that is used too early.

    `later` are the names a checkpoint may find empty, headers among them;
    any other undefined name is a fault of the book.
    """
    names = by_name(chunks)
    live = reachable(chunks, roots(chunks))
    out = list(chunks)
    no_macros(chunks)
    for c in chunks:
        for line, use in c.uses():
            if use in names or c.name not in live:
                continue
            if use not in later:
                raise BookError(f"{c.at(line)}: undefined chunk <<{use}>>")
            out.append(Chunk(use, c.path, line))
            names[use] = out[-1:]
    return out + [Chunk(n, chunks[-1].path, 1) for n in sorted(later)
                  if n.endswith(".h") and n not in names]


def no_macros(chunks):
    """A chunk cannot stand in a macro or directive: #line would end it."""
    python = reachable(chunks, [r for r in roots(chunks)
                                if r.endswith(".py")])
    for c in chunks:
        before, used = "", {n for n, _ in c.uses()}
        for line, text in c.text():
            inside = before.endswith("\\") or text.lstrip()[:1] == "#"
            if inside and line in used and c.name not in python:
                raise BookError(f"{c.at(line)}: a chunk in a macro")
            before = text


def stream(chunks, clean):
    """noweb's pipeline text of the chunks, for `mnt`."""
    names = by_name(chunks)
    empty = {n for n, cs in names.items()
             if not any(t.strip() or u for c in cs
                        for line in c.lines for u, t in line)}
    python = reachable(chunks, [r for r in roots(chunks)
                                if r.endswith(".py")])
    out = []
    for n, c in enumerate(chunks):
        star = "" if clean or c.name.endswith(".py") else "*"
        name = c.name + star if c.name in roots([c]) else c.name
        out += [f"@file {c.path}", f"@line {c.line + 1}", f"@begin code {n}",
                f"@defn {name}", "@nl"]
        for pieces in c.lines:
            if clean:
                head = lead(pieces, c.name in python, empty)
                if head is None:
                    continue
                out += head
            out += [("@use " if u else "@text ") + t for u, t in pieces]
            out.append("@nl")
        out.append(f"@end code {n}")
    return "\n".join(out) + "\n"


def lead(pieces, python, empty):
    """What clean text has before a line: the name of a chunk that stands
    alone on it. None drops the line, as its chunk is empty."""
    uses = [t for u, t in pieces if u]
    blank = all(u or not t.strip() for u, t in pieces)
    if len(uses) != 1 or not blank:
        return []
    if uses[0] in empty:
        return None
    name = uses[0].replace("[[", "").replace("]]", "").replace("*/", "* /")
    indent = pieces[0][1] if not pieces[0][0] else ""
    note = f"# {name}" if python else f"/* {name} */"
    return [f"@text {indent}{note}", "@nl"]


def tidy(text, path):
    """Clean text: no blank at a line's end, no wide gaps."""
    gap = "\n\n\n" if path.endswith(".py") else "\n\n"
    text = re.sub(r"[ \t]+$", "", text, flags=re.M)
    text = re.sub(gap + "\n+", gap, text)
    return text.strip("\n") + "\n"


def write_tree(out, chunks, clean, lazy=False):
    """Write every root of the chunks under `out`, and nothing else."""
    wanted = roots(chunks)
    for r in wanted:
        if r.startswith("/") or ".." in r.split("/"):
            raise BookError(f"<<{r}>> would leave the tree")
    os.makedirs(out, exist_ok=True)
    new = tempfile.mkdtemp(prefix=".new-", dir=out)
    try:
        for r in wanted:
            os.makedirs(os.path.join(new, os.path.dirname(r)),
                        exist_ok=True)
        run = subprocess.run(
            [noweb("mnt")] + ([] if clean else ["-L"]) + ["-all"], cwd=new,
            input=stream(chunks, clean), text=True, encoding="utf-8",
            capture_output=True, check=False)
        if run.returncode:
            raise BookError(run.stderr.strip() or "mnt failed")
        for r in wanted:
            settle(os.path.join(new, r), os.path.join(out, r), clean, lazy)
    finally:
        shutil.rmtree(new, ignore_errors=True)
    for folder, _, files in os.walk(out):
        for f in files:
            path = os.path.join(folder, f)
            if (os.path.relpath(path, out) not in wanted
                    and f.endswith((".c", ".h", ".py"))):
                os.remove(path)


def settle(new, old, clean, lazy):
    """Move a new file into place if it says something new."""
    with open(new, encoding="utf-8") as f:
        text = f.read()
    if clean:
        text = tidy(text, old)
        with open(new, "w", encoding="utf-8") as f:
            f.write(text)
    try:
        with open(old, encoding="utf-8") as f:
            was = f.read()
    except FileNotFoundError:
        was = None
    if lazy and was is not None:
        line = re.compile(r"^#line \d+", re.M)
        if line.sub("", was) == line.sub("", text):
            return
    if text != was:
        os.makedirs(os.path.dirname(old), exist_ok=True)
        os.replace(new, old)


def trees(book, flags):
    """Yield (tree name, chapter, chunks, tests) for all that is built."""
    last = "--last" in flags
    chapters = book.chapters()[-1:] if last else book.chapters()
    checkpoints = [] if last or "--chapters" in flags else book.checkpoints
    for n in chapters:
        chunks = book.upto(n)
        yield f"ch{n:02}", n, complete(chunks), None
        for cp in checkpoints:
            if cp.chapter == n:
                later = {c.name for c in chunks[cp.before:]}
                part = complete(book.upto(n, cp), later)
                yield f"cp-{cp.name}", n, part, cp.tests


def plan(book, flags):
    out = ["# Written by tangle.py plan."]
    shown = []
    for name, n, chunks, tests in trees(book, flags):
        shown.append(name)
        out.append(f"set(coil_{name}_chapter {n:02})")
        out.append(f"set(coil_{name}_files {' '.join(roots(chunks))})")
        if tests is not None:
            out.append(f"set(coil_{name}_tests {' '.join(tests)})")
    for kind in ("ch", "cp-"):
        names = [s for s in shown if s.startswith(kind)]
        out.append(f"set(coil_{kind.strip('-')}_trees {' '.join(names)})")
    return "\n".join(out) + "\n"


def tool(args):
    flags = {"--clean", "--chapters", "--last", "--lazy"} & set(args)
    args = [a for a in args if a not in flags]
    if len(args) < 3 or args[0] not in ("src", "trees", "plan"):
        raise BookError(__doc__)
    what, out, book = args[0], os.path.abspath(args[1]), Book(args[2:])
    if what == "src":
        chunks = complete(book.upto(book.chapters()[-1]))
        write_tree(out, chunks, True)
    elif what == "trees":
        for name, _, chunks, _ in trees(book, flags):
            write_tree(os.path.join(out, name), chunks,
                       "--clean" in flags, "--lazy" in flags)
    else:
        new = out + ".new"
        os.makedirs(os.path.dirname(out), exist_ok=True)
        with open(new, "w", encoding="utf-8") as f:
            f.write(plan(book, flags))
        settle(new, out, False, False)
        if os.path.exists(new):
            os.remove(new)


if __name__ == "__main__":
    main(tool)
