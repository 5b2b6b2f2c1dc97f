"""What the tests of classes share."""
import contextlib
import fcntl
import io
import os
import shutil
import sqlite3
import subprocess
import sys
import tarfile
import tempfile
import unittest
import zipfile

FAKE = os.environ["CLASS_FAKE"]
REAL = os.environ.get("COIL_TOOL", "")


class Case(unittest.TestCase):
    """A test with a folder of its own, which is the current one."""

    def setUp(self):
        self.top = tempfile.mkdtemp(prefix="coil-class.")
        self.addCleanup(shutil.rmtree, self.top, ignore_errors=True)
        self.log = self.path("log")
        os.mkdir(self.path("state"))
        self.env = dict(os.environ, COIL_CLASS=self.path("class"),
                        FAKE_LOG=self.log, FAKE_STATE=self.path("state"),
                        HOME=self.top)
        self.env.pop("COIL_FROM", None)
        self.tool = FAKE

    def path(self, *names):
        return os.path.join(self.top, *names)

    def write(self, name, text):
        path = self.path(name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "wb") as f:
            f.write(text if isinstance(text, (bytes, bytearray)) else text.encode())
        return path

    def read(self, name):
        with open(self.path(name), encoding="utf-8", newline="") as f:
            return f.read()

    def run_tool(self, *words, status=0, **env):
        done = subprocess.run([self.tool, *words], cwd=self.top,
                              env=dict(self.env, **env), text=True,
                              stdin=subprocess.DEVNULL,
                              capture_output=True, timeout=800)
        self.assertEqual(done.returncode, status,
                         f"{words}\n{done.stdout}\n{done.stderr}")
        return done.stdout + done.stderr

    def coil(self, *words, status=0, **env):
        return self.run_tool("class", *words, status=status, **env)

    def refused(self, *words, **env):
        """The command fails with a plain line, which is returned."""
        said = self.coil(*words, status=1, **env)
        self.assertRegex(said, r"(?m)^coil: .+")
        return said

    def hand_in(self, people, name="one.c", exercise="toy-one", *options):
        """people: {person: word for the fake judge}"""
        for person, word in people.items():
            self.write(f"in/{person}/{name}",
                       f"// fake {word}\nint one;\n")
        said = self.coil("import", exercise, self.path("in"), *options)
        shutil.rmtree(self.path("in"))
        return said

    def rows(self, sql, *values):
        path = self.path("class", "class.db")
        with contextlib.closing(sqlite3.connect(path)) as db:
            return db.execute(sql, values).fetchall()

    def scores(self):
        return dict(self.rows("SELECT name, score FROM grade "
                              "WHERE exercise = 'toy-one'"))

    def wait_for_lock(self):
        """Until all that a killed command has left behind is dead."""
        with open(self.path("class", "lock"), "rb") as f:
            fcntl.flock(f, fcntl.LOCK_EX)

    def judged(self):
        """The lines of the fake judge's log, but for the reference's."""
        if not os.path.exists(self.log):
            return []
        with open(self.log, encoding="utf-8") as f:
            lines = f.read().splitlines()
        shas = {r[0] for r in self.rows("SELECT sha256 FROM submission")}
        return [line for line in lines if line.split()[1] in shas]


def make_zip(entries):
    """entries: name: text, or name: (text, mode)"""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as z:
        items = entries.items() if isinstance(entries, dict) else entries
        for name, text in items:
            text, mode = text if isinstance(text, tuple) else (text, 0)
            info = zipfile.ZipInfo(name, (2026, 1, 31, 12, 0, 0))
            info.create_system = 3
            info.external_attr = (mode or 0o100644) << 16
            info.compress_type = zipfile.ZIP_DEFLATED
            z.writestr(info, text)
    return out.getvalue()


def tar_entry(name, text=b"", kind=tarfile.REGTYPE, link=""):
    info = tarfile.TarInfo(name)
    info.type = kind
    info.linkname = link
    info.size = len(text) if kind == tarfile.REGTYPE else 0
    info.mode = 0o6755
    return info, text


def make_tar(entries, mode="w:gz", form=tarfile.GNU_FORMAT):
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode=mode, format=form) as t:
        for info, text in entries:
            t.addfile(info, io.BytesIO(text) if text else None)
    return out.getvalue()


def boxed(*options):
    """bubblewrap's words for a box that sees all, with some changes."""
    return ["bwrap", "--bind", "/", "/", "--dev", "/dev", *options, "--"]


def main():
    unittest.main(argv=[sys.argv[0], "-v", *sys.argv[1:]])
