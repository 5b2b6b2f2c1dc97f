"""The tool with the real judge and the first exercise of the book."""
import os
import re
import shutil
import subprocess
import unittest

from fixture import TOOL, LearnCase

ROOT = os.environ["COIL_ROOT"]
STAFF = ROOT + "/exercises/04-pools/map/staff/"


class RealTest(LearnCase):
    def setUp(self):
        super().setUp()
        shutil.rmtree(self.dir + "/exercises")
        os.symlink(ROOT + "/book", self.dir + "/book")
        os.symlink(ROOT + "/exercises", self.dir + "/exercises")
        self.tool("start", "pools-map")

    def mine(self, text=None, reference=False):
        if reference:
            with open(STAFF + "reference/map.c", encoding="utf-8") as f:
                text = f.read()
        self.write("work/04-pools/map/map.c", text)

    def command(self, name, out):
        return re.search(rf"(?m)^{name}:? +(.*)$", out)[1]

    def test_starter_fails_and_says_where(self):
        out = self.tool("check", ok=False)
        self.assertIn("0 of 10 points", out)
        self.assertRegex(out, r"expected: +16\n   got: +32\n")
        self.assertRegex(out, r"where: +map.c:\d+, map_classes begins here")

    def test_reference_passes_and_is_submitted(self):
        self.mine(reference=True)
        self.assertIn("10 of 10 points", self.tool("check"))
        out = self.tool("submit", "--yes")
        self.assertIn("Submitted, and packed", out)
        self.assertNotIn("judge failed", out)

    def test_repro_builds_and_gives_the_wrong_answer(self):
        self.tool("check", ok=False)
        out = self.tool("repro")
        self.run_tool("sh", "-c", self.command("build", out))
        self.assertEqual(self.run_tool(self.command("run", out)),
                         "classes  ->  32\n")

    def test_gdb_stops_in_the_function_of_the_learner(self):
        self.tool("check", ok=False)
        out = self.tool("repro")
        self.run_tool("sh", "-c", self.command("build", out))
        step = self.command("step", out).replace("gdb ", "gdb -batch ", 1)
        self.assertIn("map.c:5", self.run_tool("sh", "-c", step))

    def test_given_tests_build_and_fail(self):
        out = self.tool("start", "pools-map")
        lines = re.search(r"others:\n(.*)&&\n(.*)\n", out)
        self.run_tool("sh", "-c", lines[1])
        self.assertIn("map_size(8): 144, not 160",
                      self.run_tool("sh", "-c", lines[2], ok=False))

    def test_name_of_several_is_told_with_all_of_them(self):
        self.assertIn("leak may be one of several: objects-leak, gc-leak, ",
                      self.tool("show", "leak", ok=False))

    def test_compiler_error_has_its_line(self):
        self.mine("#include \"map.h\"\nint map_class(size_t n)\n{\n"
                  "    return nothing;\n}\n")
        out = self.tool("check", ok=False)
        self.assertIn("It does not compile.", out)
        self.assertIn("    4 |     return nothing;", out)

    def test_forbidden_function_is_refused(self):
        self.mine("#include \"map.h\"\nint fork(void);\n"
                  "size_t map_classes(void) { return (size_t)fork(); }\n"
                  "int map_class(size_t n) { return (int)n; }\n"
                  "size_t map_size(int c) { return (size_t)c; }\n"
                  "size_t map_waste(const size_t *r, size_t n)"
                  " { return r[n - 1]; }\n")
        out = self.tool("check", ok=False)
        self.assertIn("does not allow", out)
        self.assertIn("fork", out)

    def test_judge_takes_paths_as_they_were_typed(self):
        self.mine(reference=True)
        os.mkdir(self.at("there"))
        os.rename(self.at("work/04-pools/map"), self.at("there/mine"))
        self.tool("judge", "pools-map", "mine", "--seed", "1", "--json",
                  "report.json", "--solutions", "../work",
                  env={"COIL_FROM": self.at("there")})
        self.assertIn('"status": "pass"', self.read("there/report.json"))

    def test_doctor_says_what_box_there_is(self):
        p = subprocess.run([TOOL, "doctor"], capture_output=True, text=True,
                           check=False)
        self.assertRegex(p.stdout, r"box +bubblewrap +your code runs")
        self.assertEqual(p.returncode == 0, "no  " not in p.stdout)


if __name__ == "__main__":
    unittest.main()
