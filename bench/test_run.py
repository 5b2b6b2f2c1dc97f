"""The driver's own checks fire: each case here gives it something wrong."""
import contextlib
import copy
import io
import json
import os
import stat
import sys
import tempfile
import unittest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import rows  # noqa: E402
import run  # noqa: E402

GOOD = {
    "machine": {"cpu": "x", "cores": 2, "kernel": "6", "compiler": "gcc", "flags": "-O2", "CPython": "3.11.2", "date": "2026-01-01"},
    "rows": {"a": {"title": "a", "unit": "ns", "ours": 1.0, "peer": 2.0, "peer_name": "p", "ratio": 0.5, "goal": 0.6,
                   "spread": [0.4, 0.6]}},
}


def names_of_results():
    return [f[:-5] for f in os.listdir(f"{run.HERE}/results") if f.endswith(".json")]


class Programs(unittest.TestCase):
    """Two small programs in a folder, run as a group."""

    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)

    def program(self, name, text, shell=True):
        path = f"{self.folder.name}/{name}"
        with open(path, "w") as f:
            f.write("#!/bin/sh\n" + text if shell else text)
        os.chmod(path, stat.S_IRWXU)
        return path

    def group(self, ours, check=7):
        peer = self.program("peer.py", f"print('a\\t4.0\\t{check}')\n", shell=False)
        return rows.Group(self.program("ours", ours), peer, {"a": rows.Row("a", 0.6)})

    def measure(self, ours, **more):
        return run.measure(self.group(ours, **more), self.folder.name, 3)

    def test_rounds_are_collected_in_pairs(self):
        got = self.measure("printf 'a\\t2.0\\t7\\n'")
        self.assertEqual(got, {"a": ([2.0] * 3, [4.0] * 3, "7")})

    def test_different_results_end_the_run(self):
        with self.assertRaisesRegex(run.Failed, "our check is '8', the peer's '7'"):
            self.measure("printf 'a\\t2.0\\t8\\n'")

    def test_a_result_that_changes_ends_the_run(self):
        counter = f"{self.folder.name}/count"
        text = f"echo x >> {counter}; printf 'a\\t2.0\\t%d\\n' $(wc -l < {counter})"
        peer = self.program("peer.py", f"n = len(open({counter!r}).readlines())\nprint(f'a\\t4.0\\t{{n}}')\n", shell=False)
        group = rows.Group(self.program("ours", text), peer, {"a": rows.Row("a")})
        with self.assertRaisesRegex(run.Failed, "the check changed"):
            run.measure(group, self.folder.name, 2)

    def test_a_missing_row_ends_the_run(self):
        with self.assertRaisesRegex(run.Failed, "no row a"):
            self.measure("true")

    def test_an_unknown_or_broken_line_ends_the_run(self):
        for line in ("b\\t1\\t7", "a\\t1", "a\\t1\\t7\\na\\t1\\t7"):
            with self.assertRaisesRegex(run.Failed, "unexpected line"):
                self.measure(f"printf '{line}\\n'")

    def test_a_program_that_fails_ends_the_run(self):
        with self.assertRaisesRegex(run.Failed, "status 3\nouch"):
            self.measure("echo ouch >&2; exit 3")


class Figures(unittest.TestCase):
    def test_medians_ratio_and_spread(self):
        got = run.figures(rows.Row("t", 0.5, "ns"), [1.0, 3.0, 2.0], [4.0, 4.0, 8.0])
        self.assertEqual((got["ours"], got["peer"], got["ratio"], got["spread"], got["best"]), (2.0, 4.0, 0.5, [0.25, 0.75], 0.25))

    def test_a_time_of_zero_is_no_result(self):
        with self.assertRaisesRegex(run.Failed, "not above zero"):
            run.figures(rows.Row("t"), [0.0], [1.0])

    def test_numbers_in_a_check_become_fields(self):
        got = run.figures(rows.Row("t", fields=("young", "full")), [1.0], [2.0], "13 8")
        self.assertEqual((got["young"], got["full"]), (13, 8))

    def test_a_difference_is_taken_round_by_round(self):
        got = run.differences("03-gc", {"build-700": ([5.0, 6.0], [9.0, 8.0]), "build-off": ([1.0, 1.0], [2.0, 3.0])})
        self.assertEqual(got["share-700"][1:], ([4.0, 5.0], [7.0, 5.0]))


class Format(unittest.TestCase):
    def test_a_whole_file_passes(self):
        run.validate(GOOD)
        run.validate(json.loads(json.dumps(GOOD)))

    def test_each_missing_field_is_found(self):
        for path in (["machine", "cpu"], ["machine", "compiler"], ["machine", "flags"], ["machine", "CPython"], ["machine", "date"],
                     ["rows", "a"], ["rows", "a", "title"], ["rows", "a", "unit"], ["rows", "a", "ours"], ["rows", "a", "peer"],
                     ["rows", "a", "peer_name"], ["rows", "a", "ratio"], ["rows", "a", "spread"]):
            bad = copy.deepcopy(GOOD)
            at = bad
            for key in path[:-1]:
                at = at[key]
            del at[path[-1]]
            with self.assertRaises(run.Failed, msg=path):
                run.validate(bad)

    def test_a_spread_upside_down_is_found(self):
        bad = copy.deepcopy(GOOD)
        bad["rows"]["a"]["spread"].reverse()
        with self.assertRaisesRegex(run.Failed, "spread"):
            run.validate(bad)


class Committed(unittest.TestCase):
    """What the book prints was measured: all of the plan, and as it came out."""

    @classmethod
    def setUpClass(cls):
        cls.data = {}
        for name in names_of_results():
            with open(f"{run.HERE}/results/{name}.json") as f:
                cls.data[name] = json.load(f)

    def test_each_chapter_of_the_plan_has_its_results_and_no_other(self):
        self.assertEqual(sorted(self.data), sorted(rows.CHAPTERS))

    def test_results_are_those_of_the_plan(self):
        for name, data in self.data.items():
            run.compare(name, data)

    def refuse(self, message, change):
        data = copy.deepcopy(self.data["01-objects"])
        change(data["rows"])
        with self.assertRaisesRegex(run.Failed, message):
            run.compare("01-objects", data)

    def test_a_row_that_vanished_is_found(self):
        self.refuse("int is missing", lambda r: r.pop("int"))

    def test_a_row_that_nobody_planned_is_found(self):
        self.refuse("new is not planned", lambda r: r.update(new=r["int"]))

    def test_a_goal_that_was_moved_is_found(self):
        self.refuse("goal is 9.9, planned 1.3", lambda r: r["count-pair"].update(goal=9.9))

    def test_a_figure_typed_by_hand_is_found(self):
        self.refuse("is no ratio of", lambda r: r["int"].update(ours=r["int"]["ours"] / 2))


class Arguments(unittest.TestCase):
    def refuse(self, *argv):
        with self.assertRaises(SystemExit), contextlib.redirect_stderr(io.StringIO()) as err:
            run.arguments(list(argv))
        return err.getvalue()

    def test_results_need_enough_rounds(self):
        self.assertIn("results need 7 rounds", self.refuse("--rounds", "3"))

    def test_an_unknown_chapter_is_refused(self):
        self.assertIn("no such chapter", self.refuse("77"))

    def test_the_peer_is_debians_python(self):
        self.assertEqual(run.PYTHON, "/usr/bin/python3")


class Plan(unittest.TestCase):
    def test_row_names_are_unique_in_a_chapter(self):
        for name, groups in rows.CHAPTERS.items():
            names = [r for g in groups for r in g.rows] + list(rows.DIFFERENCES.get(name, ()))
            self.assertEqual(len(names), len(set(names)), name)


unittest.main()
