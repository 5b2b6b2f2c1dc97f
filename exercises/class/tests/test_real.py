"""A class with the real judge: 24 people, killed half-way and gone on."""
import json
import os
import signal
import subprocess
import time

import jsonschema

from common import REAL, Case, main
from simulate import ROOT, simulate

CHAPTER, NAME, EXERCISE = "04-pools", "map", "pools-map"


def read_staff(name):
    with open(os.path.join(ROOT, "exercises", CHAPTER, NAME, "staff",
                           name), "rb") as f:
        return f.read()


class Real(Case):
    COUNT = 24

    def setUp(self):
        super().setUp()
        self.tool = REAL
        self.env["COIL_CLASS"] = self.path("class")
        self.coil("init", "--due", EXERCISE + "=2026-06-01")
        self.want = simulate(CHAPTER, NAME, self.path("in"), self.COUNT)
        said = self.coil("import", EXERCISE, self.path("in"))
        self.refused_ = [p for p, w in self.want.items() if w == "refused"]
        self.taken = len(self.want) - len(self.refused_)
        self.assertIn(f"{self.taken} taken, 0 there before, "
                      f"{len(self.refused_)} refused", said)
        for person in self.refused_:
            self.assertIn(f"{person}: refused: ", said)

    def results(self):
        folder = self.path("class", "spool", "results")
        return os.listdir(folder) if os.path.exists(folder) else []

    def kill_half_way(self, *options):
        """SIGKILL, when half of the results are there."""
        grading = subprocess.Popen(
            [self.tool, "class", "grade", "--jobs", "2", *options],
            env=self.env, cwd=ROOT, stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL)
        while len(self.results()) < self.taken // 2:
            self.assertIsNone(grading.poll(), "it ended before the half")
            time.sleep(0.02)
        os.kill(grading.pid, signal.SIGKILL)
        grading.wait()
        self.wait_for_lock()
        self.assertEqual(self.rows("SELECT count(*) FROM run"), [(0,)])

    def check(self):
        """Nothing is lost, nothing judged twice, and all as it must."""
        self.assertEqual(
            self.rows("SELECT count(*), count(DISTINCT submission), "
                      "count(score) FROM run"), [(self.taken,) * 3])
        for name, status, score, points in self.rows(
                "SELECT name, status, score, points FROM grade"):
            want = self.want[name]
            said = f"{name}: {want}, but {status} with {score}"
            if want == "full":
                self.assertEqual((status, score), ("pass", points), said)
            elif want == "some":
                self.assertIn(status, ("partial", "fail"), said)
                self.assertLess(score, points, said)
            elif want == "none":
                self.assertIn(status, ("rejected", "compile-error", "fail",
                                       "partial"), said)
                self.assertLess(score, points, said)
            else:
                self.assertIsNone(score, said)
        self.assertIn("Nothing is left", self.coil("grade"))

    def grade(self, *options):
        """Kill it half-way, go on, and say how long that took."""
        begin = time.monotonic()
        self.kill_half_way(*options)
        at = len(self.results())
        said = self.coil("grade", "--jobs", "2", *options)
        self.assertIn("were judged before and not yet recorded", said)
        self.check()
        print(f"\n{len(self.want)} people, {self.taken} judged, killed at "
              f"{at}, {time.monotonic() - begin:.0f} s; by status:",
              self.rows("SELECT status, count(*) FROM run GROUP BY 1"))

    def test_real_class_killed_half_way_loses_nothing(self):
        self.grade()

    def test_real_class_is_judged_alike_by_gnu_parallel(self):
        """Same seeds, same judge: the same points as by our own pool."""
        self.coil("grade", "--jobs", "2", "--engine", "parallel")
        self.check()
        self.assertIn("0 judged", self.coil("regrade"))
        self.coil("drop")
        self.coil("regrade", "--again", "--jobs", "2")
        self.assertIn(f"0 differ, {self.taken} are as before",
                      self.coil("diff"))

    def test_real_autograder_judges_as_gradescope_calls_it(self):
        """run_autograder of the zip, over folders like Gradescope's."""
        self.coil("export", "autograder", EXERCISE, "--out",
                  self.path("a.zip"))
        os.mkdir(self.path("grader"))
        subprocess.run(["unzip", "-q", self.path("a.zip"), "run_autograder",
                        "seed", "-d", self.path("grader", "source")],
                       check=True)
        os.mkdir(self.path("grader", "results"))
        os.mkdir(self.path("grader", "submission"))
        for source, full in (("reference/map.c", True),
                             ("wrong/edge.c", False)):
            self.write("grader/submission/map.c", read_staff(source))
            subprocess.run([self.path("grader", "source",
                                      "run_autograder")], check=True,
                           env=dict(self.env, COIL_TOOL=REAL,
                                    AUTOGRADER=self.path("grader")))
            self.check_results(full)

    def check_results(self, full):
        here = os.path.dirname(os.path.abspath(__file__))
        with open(os.path.join(here, "gradescope.schema.json"),
                  encoding="utf-8") as f:
            schema = json.load(f)
        results = json.loads(self.read("grader/results/results.json"))
        jsonschema.validate(results, schema)
        most = sum(t["max_score"] for t in results["tests"])
        self.assertEqual(results["score"] == most, full)


class Needs(Case):
    def test_real_class_links_the_reference_of_what_is_needed(self):
        """Ann's deque is broken; what counts are her levels with ours."""
        self.tool = REAL
        self.coil("init")
        for name in ("levels", "deque"):
            with open(os.path.join(ROOT, "exercises/02-containers", name,
                                   "staff/reference", name + ".c"),
                      encoding="utf-8") as f:
                text = f.read()
            if name == "deque":
                text = text.replace("item = *place(d, 0);", "item = NULL;")
                self.write("work/02-containers/deque/deque.c", text)
            self.write(f"in/ann/{name}.c", text)
        said = self.coil("import", "containers-levels", self.path("in"))
        self.assertIn("1 taken", said)
        self.coil("grade")
        [(report,)] = self.rows("SELECT report FROM run")
        report = json.loads(report)
        self.assertEqual((report["status"], report["score"]), ("pass", 20))
        self.assertEqual([f["name"] for f in report["files"]],
                         ["levels.c"])
        self.assertIs(report["linked"][0]["own"], False)


if __name__ == "__main__":
    main()
