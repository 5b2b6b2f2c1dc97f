"""A class that hands in an exercise: right, wrong, hostile, broken.

simulate(exercise, folder, count) makes a folder for `import` from the
staff's files, and says what must come of each person: the key is the
name, the value one of

    full      all points            some      fewer than all
    none      no points             refused   not taken
"""
import os
import random
import re
import stat
import tarfile

from common import make_tar, make_zip, tar_entry

ROOT = os.path.normpath(os.path.join(os.path.dirname(
    os.path.abspath(__file__)), "../../.."))

# Each is put into the reference; none may have all points.  They run in
# the judge's box alone.
HOSTILE = {
    "exits": "__attribute__((constructor)) static void go(void)\n"
             "{ _Exit(0); }\n",
    "prints": "#include <stdio.h>\n__attribute__((constructor)) static "
              "void go(void)\n{ puts(\"ok\"); }\n",
    "forks": "#include <unistd.h>\n__attribute__((constructor)) static "
             "void go(void)\n{ for (;;) fork(); }\n",
    "reads": "#include \"/etc/passwd\"\n",
    "includes": "#include \"map.c\"\n",
    "asm": "__asm__(\".incbin \\\"/etc/passwd\\\"\");\n",
    "kills": "#include <signal.h>\n__attribute__((constructor)) static "
             "void go(void)\n{ kill(-1, SIGKILL); }\n",
    "defines": "int main(void) { return 0; }\n",
}


def read(*names):
    with open(os.path.join(ROOT, *names), encoding="utf-8") as f:
        return f.read()


class Simulation:
    def __init__(self, chapter, name, folder, seed=1):
        self.staff = os.path.join("exercises", chapter, name, "staff")
        self.file = name + ".c"
        self.reference = read(self.staff, "reference", self.file)
        self.starter = read("src/exercises", chapter, name, self.file)
        self.folder = folder
        self.dice = random.Random(seed)
        self.want = {}

    def wrong(self):
        folder = os.path.join(ROOT, self.staff, "wrong")
        return [read(folder, n) for n in sorted(os.listdir(folder))
                if n.endswith(".c")]

    def own(self, text, i):
        """The same program in other letters."""
        text = re.sub(r"(?m)^/\*.*$", lambda m: f"/* p{i} */\n" + m[0],
                      text, count=1)
        return f"/* handed in by number {i} */\n" + text.replace(
            "\n\n", "\n" * self.dice.choice([1, 2, 3]))

    def put(self, person, text, want):
        """In one of the ways in which systems and people hand in."""
        top = os.path.join(self.folder, person)
        data = text.encode()
        way = self.dice.randrange(4)
        if way == 0:
            self.file_of(f"{person}.zip", make_zip({self.file: data}))
        elif way == 1:
            self.file_of(f"{person}.tar.gz", make_tar([
                tar_entry(f"hw/{self.file}", data)]))
        else:
            os.makedirs(os.path.join(top, "src" if way == 2 else ""))
            self.file_of(os.path.join(person, "src" if way == 2 else "",
                                      self.file), data)
        self.want[person] = want

    def file_of(self, name, data):
        with open(os.path.join(self.folder, name), "wb") as f:
            f.write(data)

    def broken(self, person, kind):
        """What intake must refuse."""
        good = self.reference.encode()
        if kind == 0:
            data = make_zip({self.file: good})[:-40]
        elif kind == 1:
            data = make_zip({"../../" + self.file: good})
        elif kind == 2:
            data = make_zip({self.file: ("/etc/passwd",
                                         stat.S_IFLNK | 0o777)})
        elif kind == 3:
            data = make_zip({"notes.txt": b"I forgot it"})
        else:
            data = make_zip({self.file: b"x" * 70000})
        if kind == 5:
            data = make_tar([tar_entry(self.file, kind=tarfile.FIFOTYPE)])
            self.file_of(f"{person}.tar.gz", data)
        else:
            self.file_of(f"{person}.zip", data)
        self.want[person] = "refused"

    def run(self, count):
        os.makedirs(self.folder)
        wrong = self.wrong()
        hostile = list(HOSTILE.values())
        for i in range(count):
            person = f"student-{i:03}"
            kind = i % 12
            if kind < 4:
                self.put(person, self.own(self.reference, i), "full")
            elif kind < 8:
                self.put(person, self.own(wrong[i % len(wrong)], i), "some")
            elif kind == 8:
                self.put(person, self.own(self.starter, i), "some")
            elif kind == 9:
                self.put(person, self.own(self.reference, i).replace(
                    ";", "", 1), "none")
            elif kind == 10:
                self.put(person, hostile[i // 12 % len(hostile)] +
                         self.own(self.reference, i), "none")
            else:
                self.broken(person, i // 12 % 6)
        return self.want


def simulate(chapter, name, folder, count):
    return Simulation(chapter, name, folder).run(count)
