#!/usr/bin/python3
"""Print a line of figures for each chapter: stats.py FILE.nw..."""
import os
import re
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "tangle"))
import lint
from nw import FIRST, LAST, Book, chapter_of, main, reachable, roots

def measure(book, path):
    """The figures of one chapter. A header's comments count as prose."""
    chunks = [c for c in book.chunks if c.path == path]
    headers = reachable(book.chunks, [r for r in roots(book.chunks)
                                      if r.endswith(".h")])
    text = lint.plain(dict(lint.prose(book))[path])
    words = len(re.findall(r"\w[\w'’-]*", text))
    code, lengths = 0, []
    for c in chunks:
        said = "\n".join(t for _, t in c.text())
        lengths.append(sum(1 for t in said.split("\n") if t.strip()))
        if c.name in headers:
            words += sum(len(m.split()) for m in lint.COMMENT.findall(said))
            said = lint.COMMENT.sub("", said)
        code += sum(1 for t in said.split("\n") if t.strip())
    first = chunks[0].line if chunks else 0
    ahead = "\n".join(text.split("\n")[:first])
    lengths = sorted(n for n in lengths if n) or [0]
    return (words, code, words / max(code, 1), len(chunks),
            lengths[len(lengths) // 2], lengths[len(lengths) * 9 // 10],
            lengths[-1], len(re.findall(r"\w[\w'’-]*", ahead)))


def tool(args):
    book = Book(args)
    print("chapter           words   code  words/line  chunks  "
          "median  p90  max  words to code")
    for path in book.paths:
        if FIRST <= chapter_of(path) < LAST:
            row = measure(book, path)
            print("{:16} {:6} {:6} {:11.1f} {:7} {:7} {:4} {:4} {:14}".format(
                os.path.basename(path)[:-3], *row))


if __name__ == "__main__":
    main(tool)
