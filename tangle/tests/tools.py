"""What the tests of the tools share: a folder, and running a tool in it."""
import os
import shutil
import subprocess
import tempfile
import unittest

HERE = os.path.dirname(os.path.abspath(__file__))
SAMPLE = os.path.join(HERE, "sample")
TANGLE = os.path.join(HERE, "..", "tangle", "tangle.py")
LINT = os.path.join(HERE, "..", "lint", "lint.py")
TRANSCRIPT = os.path.join(HERE, "..", "tangle", "transcript.sh")
COIL = os.path.join(HERE, "..", "..", "coil")


class ToolCase(unittest.TestCase):
    def setUp(self):
        self.dir = tempfile.mkdtemp()
        self.addCleanup(shutil.rmtree, self.dir)

    def write(self, name, text):
        path = os.path.join(self.dir, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w", encoding="utf-8") as f:
            f.write(text)
        return path

    def read(self, name):
        with open(os.path.join(self.dir, name), encoding="utf-8") as f:
            return f.read()

    def sample(self, change=()):
        """The sample chapters in our folder, with (old, new) changes."""
        names = sorted(f for f in os.listdir(SAMPLE) if f.endswith(".nw"))
        unused = [old for old, _ in change]
        for name in names:
            with open(os.path.join(SAMPLE, name), encoding="utf-8") as f:
                text = f.read()
            for old, new in change:
                if old in text and old in unused:
                    unused.remove(old)
                text = text.replace(old, new)
            self.write(name, text)
        self.assertEqual(unused, [], "the sample has changed")
        return names

    def run_tool(self, *command, ok=True, **options):
        """Run in our folder; return what it printed, both streams."""
        p = subprocess.run(command, cwd=self.dir, text=True, check=False,
                           encoding="utf-8", stdout=subprocess.PIPE,
                           stderr=subprocess.STDOUT, **options)
        self.assertEqual(p.returncode == 0, ok, p.stdout)
        return p.stdout

    def tangle(self, *args, **options):
        return self.run_tool("/usr/bin/python3", "-B", TANGLE, *args,
                             **options)

    def assertOneLine(self, text, part):
        self.assertIn(part, text)
        self.assertEqual(text.count("\n"), 1, text)
        self.assertNotIn("Traceback", text)
