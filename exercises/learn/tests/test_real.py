"""The tool with the real judge and some exercises of the book."""
import hashlib
import json
import os
import re
import shutil
import subprocess
import unittest

from fixture import TOOL, LearnCase

ROOT = os.environ["COIL_ROOT"]
STAFF = ROOT + "/exercises/04-pools/map/staff/"
WORK = "work/02-containers/"


class RealTest(LearnCase):
    def setUp(self):
        super().setUp()
        self.real_project()
        self.tool("start", "pools-map")

    def mine(self, text=None, reference=False):
        if reference:
            with open(STAFF + "reference/map.c", encoding="utf-8") as f:
                text = f.read()
        self.write("work/04-pools/map/map.c", text)

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

class OwnTest(LearnCase):
    """containers-levels builds on containers-deque: both are solved."""
    def setUp(self):
        super().setUp()
        self.real_project()
        self.tool("start", "containers-deque")
        self.out = self.tool("start", "containers-levels")
        self.deque, self.levels = self.take("deque"), self.take("levels")

    def take(self, name):
        with open(f"{ROOT}/exercises/02-containers/{name}/staff/reference/"
                  f"{name}.c", encoding="utf-8") as f:
            text = f.read()
        self.write(f"{WORK}{name}/{name}.c", text)
        return text

    def change(self, name, old, new):
        text = getattr(self, name)
        self.assertEqual(text.count(old), 1)
        self.write(f"{WORK}{name}/{name}.c", text.replace(old, new))

    def own(self, *more):
        """check --own must fail; what it says, and that of its report."""
        out = self.tool("check", "--own", *more, ok=False)
        self.assertIn("linked with your own containers-deque, in "
                      "work/02-containers/deque", out)
        return out, self.report()

    def report(self):
        return json.loads(self.read("work/reports/containers-levels.json"))

    def test_own_solution_is_linked_and_named(self):
        digest = hashlib.sha256(self.deque.encode()).hexdigest()
        self.write(WORK + "deque/deque.c", self.deque + "/* mine */\n")
        out = self.tool("check", "--own")
        self.assertIn("20 of 20 points", out)
        self.assertIn("linked with your own containers-deque", out)
        self.assertIn("next:  ./coil check   (with ours", out)
        [linked] = self.report()["linked"]
        self.assertIs(linked["own"], True)
        self.assertNotEqual(linked["files"][0]["sha256"], digest)
        self.assertEqual(json.loads(self.read("work/state.json"))
                         ["exercises"]["containers-levels"].get("tries"),
                         None)              # it was no try
        out = self.tool("check")
        self.assertIn("linked with our containers-deque", out)
        [linked] = self.report()["linked"]
        self.assertIs(linked["own"], False)
        self.assertEqual(linked["files"][0]["sha256"], digest)
        self.assertTrue(self.of("containers-levels")["passed"])

    def test_own_solution_that_is_wrong_fails_alone(self):
        self.change("deque", "item = *place(d, 0);",
                    "item = *place(d, d->len - 1);")
        out, report = self.own()
        self.assertEqual(report["status"], "fail")
        self.assertIn(":( levels", out)
        out = self.tool("repro")            # with the same deque
        self.run_tool("sh", "-c", self.command("build", out))
        case = report["checks"][0]["case"]
        said = re.findall("  ->  (.*)", self.run_tool(
            self.command("run", out)))
        self.assertEqual(said[case["at"]], case["got"])
        self.assertIn("20 of 20 points", self.tool("check"))
        self.assertIn("20 of 20 points",
                      self.tool("submit", "--yes"))
        self.assertIs(self.report()["linked"][0]["own"], False)

    def test_crash_in_own_solution_has_its_line(self):
        self.change("deque", "    item = *place(d, 0);\n",
                    "    item = ((coil_obj *volatile *)d->items)[d->cap];\n"
                    "    item = *place(d, 0);\n")
        out, _ = self.own("--check", "levels")
        self.assertRegex(out, r"where: +deque.c:\d+, in deque_pop_left, "
                              r"of your containers-deque\n +\d+ \| ")
        self.assertRegex(self.tool("repro"), "(?m)^build: .*-fsanitize=.* "
                         + WORK + "deque/deque.c ")

    def test_own_solution_that_is_not_there_is_told(self):
        for missing in (WORK + "deque/deque.c", WORK + "deque"):
            path = self.at(missing)
            if os.path.isdir(path):
                shutil.rmtree(path)
            else:
                os.remove(path)
            for command in ("check", "bench"):
                out = self.tool(command, "--own", "containers-levels",
                                ok=False)
                self.assertIn(
                    "coil: containers-deque is not started: there is none "
                    "of yours to link with containers-levels\n"
                    "next:  ./coil start containers-deque", out)
        self.assertIn("20 of 20 points", self.tool("check"))
        out = self.judge()                  # and by the judge alone
        self.assertEqual((out["status"], out["gate"]), ("rejected", [
            {"symbol": "deque.c",
             "why": "of containers-deque: its folder cannot be opened"}]))

    def judge(self):
        self.run_tool(TOOL, "judge", "containers-levels", WORK + "levels",
                      "--solutions", "work", "--json", "r.json", ok=False)
        return json.loads(self.read("r.json"))

    def test_own_solution_that_does_not_compile_has_its_line(self):
        self.change("deque", "item = *place(d, 0);", "item = nothing;")
        out, report = self.own()
        self.assertEqual(report["status"], "compile-error")
        self.assertIn("It does not compile.", out)
        self.assertRegex(out, r"deque.c:\d+: error: 'nothing' undeclared")
        self.assertRegex(out, r"\| +item = nothing;")

    def test_own_solution_without_a_function_does_not_link(self):
        self.change("deque", "coil_obj *deque_pop_left(coil_obj *deque)\n{",
                    "coil_obj *deque_pop_first(coil_obj *deque)\n{")
        out, report = self.own()
        self.assertEqual(report["status"], "compile-error")
        self.assertIn("undefined reference to 'deque_pop_left'", out)

    def test_own_solution_obeys_the_rules_of_its_exercise(self):
        for line, symbol in (
                ("#pragma GCC optimize 3", "pragma"),
                ("int levels_help(void) { return 0; }", "levels_help"),
                ("int fork(void); int deque_x(void) { return fork(); }",
                 "fork"),
                ("void deque_a(void) { __asm__(\"\"); }", "__asm__"),
                ("#include \"levels.c\"", "levels.c")):
            self.write(WORK + "deque/deque.c",
                       self.deque + f"\n{line}\n")
            out, report = self.own()
            self.assertEqual(report["status"], "rejected", line)
            self.assertIn(symbol, [g["symbol"] for g in report["gate"]])
            self.assertIn("does not allow", out)
            if symbol == "fork":            # the line, in its own file
                self.assertRegex(out, r" deque.c:\d+\n +\d+ \| int fork")
        self.assertIn("20 of 20 points", self.tool("check"))

    def test_reference_is_counted_with_ours(self):
        self.change("deque", "    d->first++;\n",
                    "    for (volatile int i = 0; i < 2000; i++)\n"
                    "        continue;\n    d->first++;\n")
        out, report = self.own("--check", "speed")
        speed = report["checks"][-1]
        self.assertEqual((speed["name"], speed["status"]),
                         ("speed", "wrong"))
        self.assertGreater(speed["ratio"], 2)
        self.assertIn("--check speed --own", out)

    def test_deque_must_be_used_through_its_header(self):
        self.change("levels", "place = deque_pop_left(queue);",
                    "place = deque_pop(queue);")
        out = self.tool("check", ok=False)
        self.assertIn("deque_pop_left: levels.c must use it", out)
        self.change("levels", '#include "deque.h"', '#include "deque.c"')
        out = self.tool("check", ok=False)
        self.assertIn("deque.c: levels.c may not include it", out)

    def test_given_tests_are_built_with_what_is_needed(self):
        self.assertIn("builds on containers-deque: ./coil check links ours",
                      self.out)
        self.assertIn("may call the library, containers-deque, assert",
                      self.out)
        lines = re.search(r"others:\n(.*)&&\n(.*)\n", self.out)
        self.run_tool("sh", "-c", lines[1])
        self.assertIn("KeyError: 'museum'", self.run_tool("sh", "-c",
                                                          lines[2]))

    def test_own_without_an_earlier_exercise_is_refused(self):
        out = self.tool("check", "--own", "containers-deque", ok=False)
        self.assertIn("coil: containers-deque builds on no earlier "
                      "exercise: --own has nothing to link\n"
                      "next:  ./coil check", out)


if __name__ == "__main__":
    unittest.main()
