#!/usr/bin/python3
"""Write the table of exercises, as C.

  table.py table EXERCISES GIVEN FILE.nw... > exercises.c
  table.py names EXERCISES FILE.nw...

What a chapter says of an exercise (title, stars, statement) and what its
exercise.conf says become one `struct exercise`. `names` prints a line for
each judged exercise: its name, chapter, folder, files and builds.
"""
import os
import re
import sys
import textwrap

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)),
                                "..", "tangle"))
from nw import Book, BookError, main, show

DIV = re.compile(r"(:::+) *\{\.exercise\s+#ex:([\w-]+)(.*)\}\s*$")
SECTION = re.compile(r"#+ .*\{#(sec:[\w-]+)")
WORDS = ("files", "allow", "uses", "builds")
HEADING = re.compile(r"#+ +(.*?) *\{#((?:sec|ch):[\w-]+)")
KEYS = (*WORDS, "needs", "hint", "call")


class Exercise:
    def __init__(self, path, line, name, attributes):
        self.where = f"{show(path)}:{line}"
        self.chapter = os.path.basename(path)[:-3]
        self.name, self.lines, self.conf = name, [], None
        found = dict(re.findall(r'(\w+)=("[^"]*"|\S+)', attributes))
        self.title = plain(found.get("title", "").strip('"'))
        self.numbers = [int(found.get(k, "0").strip('"') or 0)
                        for k in ("stars", "minutes", "points")]

    def folder(self):
        slug = self.chapter.split("-", 1)[1]
        if not self.name.startswith(slug + "-"):
            raise BookError(f"{self.where}: its name begins with {slug}-")
        return f"{self.chapter}/{self.name[len(slug) + 1:]}"

    def statement(self, titles):
        text = "\n".join(self.lines)
        text = plain(re.sub(r"-?@((?:sec|ch):[\w-]+)", lambda m: (
            titles[m[1]] if m[1] in titles else m[0]), text)).strip()
        return "\n\n".join(
            p if p.startswith("    ") else textwrap.fill(" ".join(p.split()),
                                                         72)
            for p in re.split(r"\n\s*\n", text))


def plain(text):
    """What a terminal shows of pandoc's Markdown."""
    text = re.sub(r"^```[^\n]*\n(.*?)^```\s*$",
                  lambda m: "\n" + textwrap.indent(m[1], "    ") + "\n",
                  text, flags=re.S | re.M)
    text = re.sub(r"\[\[<<(.*?)>>\]\]", r"<<\1>>", text, flags=re.S)
    text = re.sub(r"\[\[(.*?)\]\]+", r"\1", text, flags=re.S)
    text = re.sub(r"`([^`]*)`(\{[^}]*\})?", r"\1", text)
    text = re.sub(r"-?@(ex|sec|ch|fig|tbl|cp):([\w-]+)", r"\2", text)
    text = re.sub(r"\[([^\]]*)\]\{[^}]*\}", r"\1", text)
    text = re.sub(r"\[([^\]]*)\]\(([^)]*)\)", r"\1 (\2)", text)
    return re.sub(r"\*\*?([^*\n]+)\*\*?|\\(.)", r"\1\2", text)


def exercises(book):
    found = []
    for path in book.paths:
        rows, now, fence = {}, None, 0
        for n, text in book.prose[path]:
            rows[n] = rows.get(n, "") + text
        for n, text in sorted(rows.items()):
            mark = DIV.match(text)
            if mark:
                now = Exercise(path, n, mark[2], mark[3])
                fence = len(mark[1])
                found.append(now)
            elif now and re.match(rf":{{{fence},}}\s*$", text):
                now = None
            elif now:
                now.lines.append(text)
    return found


def read_conf(path):
    """key = value; a line that begins with a blank goes on."""
    conf, last = {}, None
    with open(path, encoding="utf-8") as f:
        for n, row in enumerate(f.read().split("\n"), 1):
            if not row.strip() or row.startswith("#"):
                continue
            m = re.match(r"(\w+)\s*=\s*(.*)$", row)
            if row[0] in " \t" and last:
                conf[last][-1] += " " + row.strip()
            elif m and m[1] in KEYS:
                last = m[1]
                conf.setdefault(last, []).append(m[2].strip())
            else:
                raise BookError(f"{show(path)}:{n}: what is this?")
    for key in WORDS:
        conf[key] = " ".join(conf.get(key, [])).split()
    if not conf["files"] or not conf["builds"]:
        raise BookError(f"{show(path)}: it needs files and builds")
    for call in conf.setdefault("call", []):
        if not re.match(r"[a-z-]+( [A-Z]+)*: ", call):
            raise BookError(f"{show(path)}: call = name ARGUMENTS: meaning,"
                            f" not {call}")
    if len(conf.get("hint", [])) != 3:
        raise BookError(f"{show(path)}: it needs three hints")
    return conf


def look_needs(found):
    """What an exercise needs stands before it, so nothing goes round."""
    judged = {}
    for e in found:
        if not e.conf:
            continue
        needs = e.conf.get("needs", [])
        if len(needs) > 1 or not set(needs) <= set(judged):
            raise BookError(f"{e.where}: it needs {' '.join(needs)}: that is "
                            "one judged exercise before it")
        files = [*e.conf["files"], *(judged[needs[0]] if needs else [])]
        twice = {f for f in files if files.count(f) > 1}
        if twice:
            raise BookError(f"{e.where}: two files {min(twice)} are linked")
        judged[e.name] = files


def load(folder, chapters):
    found = exercises(Book(chapters))
    for e in found:
        path = os.path.join(folder, e.folder(), "exercise.conf")
        if os.path.exists(path):
            e.conf = read_conf(path)
            if e.numbers[2] <= 0:
                raise BookError(f"{e.where}: it is judged: points=...")
    known = {e.folder() for e in found}
    for chapter in sorted(os.listdir(folder)):
        top = os.path.join(folder, chapter)
        for name in sorted(os.listdir(top)) if os.path.isdir(top) else []:
            own = f"{chapter}/{name}"
            if (re.match(r"\d\d-", chapter) and own not in known
                    and os.path.exists(f"{top}/{name}/exercise.conf")):
                raise BookError(f"{own}: no chapter has this exercise")
    look_needs(found)
    return found


def sections(book):
    """name -> the section in which the book defines it."""
    found = {}
    for path in book.paths:
        marks = [(n, m[1]) for n, t in book.prose[path]
                 if (m := SECTION.match(t))]
        for c in book.chunks:
            if c.path == path and not c.name.startswith("exercises/"):
                before = [s for n, s in marks if n < c.line]
                for name, _ in c.defs:
                    if before:
                        found.setdefault(name, before[-1])
    return found


def titles(book):
    """sec:x -> 'section "X"': a terminal has no numbers."""
    kinds = {"sec": "section", "ch": "chapter"}
    return {m[2]: f'{kinds[m[2].split(":")[0]]} "{m[1]}"'
            for path in book.paths for _, text in book.prose[path]
            if (m := HEADING.match(text))}


def quote(text):
    if text is None:
        return "NULL"
    escaped = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "?": "\\?"}
    out = "".join(escaped.get(c, c) if ord(c) < 128 else "".join(
        f"\\{b:03o}" for b in c.encode()) for c in text)
    parts = textwrap.wrap(out, 60, drop_whitespace=False,
                          break_long_words=False) or [""]
    return "\n        ".join(f'"{p}"' for p in parts)


def words(names):
    return ("(const char *const[]){" +
            ", ".join([quote(n) for n in names] + ["NULL"]) + "}")


def entry(e, folder, given, titles):
    stars, minutes, points = e.numbers
    out = [f".name = {quote(e.name)}", f".chapter = {quote(e.chapter)}",
           f".title = {quote(e.title)}", f".stars = {stars}",
           f".minutes = {minutes}", f".points = {points}",
           f".statement = {quote(e.statement(titles))}"]
    if e.conf:
        own = os.path.join(folder, e.folder())
        out += [".judged = true",
                f".needs = {quote(e.conf.get('needs', [None])[0])}",
                f".files = {words(e.conf['files'])}",
                f".allow = {words(e.conf['allow'])}",
                f".uses = {words(e.conf['uses'])}",
                f".builds = {quote(' '.join(e.conf['builds']))}",
                ".hints = {" + ",\n        ".join(map(quote, e.conf["hint"]))
                + "}",
                f".calls = {words(e.conf['call'])}",
                f".model = &{model(e)}",
                f".given = {quote(f'{given}/exercises/{e.folder()}')}",
                f".staff = {quote(own + '/staff')}"]
    return "    {" + ",\n     ".join(out) + "},\n"


def model(e):
    return "model_" + e.name.replace("-", "_")


def table(found, book, folder, given):
    out = ["/* Written by table.py. */\n#include <stdlib.h>\n"
           '#include <string.h>\n\n#include "exercise.h"\n'
           '#include "model.h"\n#include "work.h"\n\n']
    out += [f"extern const struct model {model(e)};\n"
            for e in found if e.conf]
    out += ["\nstatic const struct exercise all[] = {\n"]
    known = titles(book)
    out += [entry(e, folder, given, known) for e in found]
    out += ["    {0}\n};\n\n"]
    out += ["static const char *const sections[][2] = {\n"]
    out += [f"    {{{quote(n)}, {quote(s)}}},\n"
            for n, s in sorted(sections(book).items())]
    out += ["};\n\n", CODE]
    return "".join(out)


CODE = """\
const struct exercise *exercise_all(void)
{
    return all;
}

const struct exercise *exercise_find(const char *name)
{
    for (const struct exercise *e = all; e->name != NULL; e++)
        if (strcmp(e->name, name) == 0)
            return e;
    return NULL;
}

static int by_name(const void *a, const void *b)
{
    const char *const *row = b;

    return strcmp(a, row[0]);
}

const char *section_of(const char *name)
{
    const char *const *row = bsearch(name, sections,
        sizeof sections / sizeof *sections, sizeof *sections, by_name);

    return row != NULL ? row[1] : NULL;
}
"""


def tool(args):
    if len(args) > 2 and args[0] == "names":
        for e in load(args[1], args[2:]):
            if e.conf:
                print(e.name, e.chapter, e.folder(),
                      ",".join(e.conf["files"]), ",".join(e.conf["builds"]))
    elif len(args) > 3 and args[0] == "table":
        book = Book(args[3:])
        sys.stdout.write(table(load(args[1], args[3:]), book, args[1],
                               args[2]))
    else:
        raise BookError(__doc__)


if __name__ == "__main__":
    main(tool)
