"""What the tests of the tool share: a scratch project, reports, a terminal."""
import fcntl
import json
import os
import pty
import re
import select
import shutil
import struct
import subprocess
import sys
import termios
import time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "..", "..", "tangle", "tests"))
from tools import ToolCase  # noqa: E402

GIVEN = "exercises/04-pools/"
TOOL = os.environ["COIL_TOOL"]
HEAP = """digraph objects {
  rankdir=LR;
  "a" [shape=plaintext];
  "a" -> o1;
  "b" [shape=plaintext];
  "b" -> o1;
  "c" [shape=plaintext];
  o1 [shape=box, label="list\\ncount 2"];
  o1 -> o2;
  o1 -> o1;
  o2 [shape=box, label="str 'x'\\ncount 1"];
  o3 [shape=box, label="tuple\\ncount 1"];
  o3 -> o2;
}
"""
CHECKS = {"classes": "every size has its class",
          "limits": "the borders are right"}


def check(name, status="pass", **more):
    weight = 3 if name == "classes" else 7
    return {"name": name, "says": CHECKS[name], "weight": weight,
            "earned": weight if status == "pass" else 0, "status": status,
            "build": "plain", "cases": 4, "calls": 12, **more}


def report(status, checks=(), **more):
    score = sum(c["earned"] for c in checks)
    made = {"version": 1, "exercise": "pools-map", "chapter": "04-pools",
            "judge": "3a", "profile": {"box": "bwrap"}, "status": status, "score": score,
            "points": 10, "checks": list(checks),
            "compile": {"status": "pass", "messages": []}, **more}
    return {k: v for k, v in made.items() if v is not None}


WRONG = check("limits", "wrong", heap=HEAP, output="hello\n\x1b[31mred\n",
              case={"calls": ["open", "class 512", "class 1"], "at": 1,
                    "expected": "31", "got": "32", "tried": 14,
                    "seed": "8f2c"})
REPORTS = {
    "pass": report("pass", [check("classes"), check("limits")]),
    "wrong": report("partial", [check("classes"), WRONG]),
    "skip": report("fail", [
        check("classes", "crash", signal=11,
              trace=[{"function": "abort", "file": "abort.c", "line": 9},
                     {"function": "map_class", "file": "map.c", "line": 4}]),
        check("limits", "skipped", needs="classes")]),
    "compile": report("compile-error", compile={
        "status": "fail", "messages": [
            {"file": "map.c", "line": 4, "column": 5, "kind": "error",
             "text": "too few arguments to function 'coil_list_append'",
             "see": "sec:ch2-list"},
            {"file": "map.c", "line": 3, "column": 1, "kind": "warning",
             "text": "unused"}]}, score=None),
    "rejected": report("rejected", gate=[
        {"symbol": "fork", "why": "not in the list of what map.c may use"}]),
    "fault": report("grader-error", reason="no room in /tmp", score=None),
    "nobox": report("pass", [check("classes")], profile={"box": "none"}),
}
STARTER = """#include "map.h"

size_t map_class(size_t size)
{
    return size;
}
"""


class LearnCase(ToolCase):
    def setUp(self):
        super().setUp()
        for name in ("wrong", "pass", "skip", "compile", "rejected",
                     "fault", "nobox"):
            self.write(f"reports/{name}.json", json.dumps(REPORTS[name]))
        self.write(GIVEN + "map/given/map.c", STARTER)
        self.write(GIVEN + "map/given/map.h", "size_t map_class(size_t size);\n")
        self.write(GIVEN + "map/given/test_map.c", "int main(void) {}\n")
        self.write(GIVEN + "list/given/list.c", "int list;\n")
        self.write(GIVEN + "list/given/extra.c", "int extra;\n")
        self.write(GIVEN + "map/staff/reference/map.c", "/* the reference */\n")
        self.env = {"PATH": os.environ["PATH"], "TERM": "xterm",
                    "LC_ALL": "C.UTF-8", "USER": "ann"}

    def at(self, name):
        return os.path.join(self.dir, name)

    def real_project(self):
        """The book's exercises, for the real judge, and not played ones."""
        root = os.environ["COIL_ROOT"]
        shutil.rmtree(self.at("exercises"))
        for name in ("book", "exercises"):
            os.symlink(os.path.join(root, name), self.at(name))

    def tool(self, *args, ok=True, **options):
        env = {**self.env, **options.pop("env", {})}
        options.setdefault("stdin", subprocess.DEVNULL)
        return self.run_tool(TOOL, *args, ok=ok, env=env, **options)

    def answer(self, name, more=""):
        """The learner's file, of which the judge will say that report."""
        self.write("work/04-pools/map/map.c",
                   STARTER + more + f"// report: {name}\n")

    def command(self, name, out):
        """The line that repro says to type."""
        return re.search(rf"(?m)^{name}:? +(.*)$", out)[1]

    def state(self):
        return json.loads(self.read("work/state.json"))

    def of(self, name="pools-map"):
        return self.state()["exercises"][name]

    def checked(self, name, ok=False):
        self.tool("start", "pools-map")
        self.answer(name)
        return self.tool("check", ok=ok)


class Terminal:
    """The tool with a terminal: type keys, wait for a text."""
    def __init__(self, case, *args, env=None):
        self.ours, theirs = pty.openpty()
        fcntl.ioctl(theirs, termios.TIOCSWINSZ,
                    struct.pack("HHHH", 50, 90, 0, 0))
        self.theirs = theirs
        self.before = termios.tcgetattr(theirs)
        self.text = ""

        def own_terminal():
            os.setsid()
            fcntl.ioctl(0, termios.TIOCSCTTY, 0)

        self.process = subprocess.Popen(
            [TOOL, *args], cwd=case.dir, stdin=theirs, stdout=theirs,
            stderr=theirs, env={**case.env, **(env or {})},
            preexec_fn=own_terminal)
        case.addCleanup(self.close)
        self.case = case

    def close(self):
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        os.close(self.ours)
        os.close(self.theirs)

    def take(self, seconds):
        if not select.select([self.ours], [], [], seconds)[0]:
            return False
        self.text += os.read(self.ours, 65536).decode(errors="replace")
        return True

    def screen(self):
        """What is to be seen: all since the screen was last made empty."""
        return self.text.rsplit("\x1b[2J", 1)[-1]

    def until(self, *parts):
        end = time.monotonic() + 60
        while not all(p in self.screen() for p in parts):
            if not self.take(1) and time.monotonic() > end:
                self.case.fail(f"no {parts} on the screen:\n{self.screen()}")
        return self.screen()

    def until_true(self, condition):
        end = time.monotonic() + 60
        while not condition():
            self.take(0.1)
            if time.monotonic() > end:
                self.case.fail("it does not come:\n" + self.screen())

    def type(self, keys):
        os.write(self.ours, keys.encode())

    def ended(self):
        end = time.monotonic() + 60
        while self.process.poll() is None:
            self.take(0.1)
            if time.monotonic() > end:
                self.case.fail("it does not end:\n" + self.screen())
        while self.take(0):
            pass
        return self.process.returncode

    def stopped(self):
        how = os.WSTOPPED | os.WNOHANG | os.WNOWAIT
        self.until_true(lambda: os.waitid(os.P_PID, self.process.pid, how))

    def restored(self):
        return termios.tcgetattr(self.theirs) == self.before
