"""The driver's own checks fire: each case here gives it something wrong."""
import contextlib
import copy
import io
import json
import os
import signal
import stat
import sys
import tempfile
import unittest
import unittest.mock
import warnings

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import figures  # noqa: E402
import profile  # noqa: E402
import rows  # noqa: E402
import run  # noqa: E402

GOOD = {
    "machine": {"cpu": "x", "cores": 2, "kernel": "6", "compiler": "gcc", "flags": "-O2", "CPython": "3.11.2",
                "commit": "0", "date": "2026-01-01"},
    "rows": {"a": {"title": "a", "unit": "ns", "ours": 1.0, "peer": 2.0, "peer_name": "p", "ratio": 0.5, "goal": 0.6,
                   "spread": [0.4, 0.6]}},
}
OURS, PEER = "printf 'a\\t2.0\\t7\\n'", "printf 'a\\t4.0\\t7\\n'"


def names_of_results():
    return [f[:-5] for f in os.listdir(f"{figures.HERE}/results") if f.endswith(".json")]


class Programs(unittest.TestCase):
    """Small programs in a folder, run as a group."""

    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)

    def program(self, name, text):
        path = f"{self.folder.name}/{name}"
        with open(path, "w") as f:
            f.write("#!/bin/sh\n" + text)
        os.chmod(path, stat.S_IRWXU)
        return path

    def group(self, ours, **peers):
        peers = {rows.CPYTHON: PEER, **peers}
        peers = {name: self.program(name, text) for name, text in peers.items()}
        return rows.Group(self.program("ours", ours), peers, {"a": rows.Row("a", 0.6)})


class Rounds(Programs):
    def measure(self, ours, **peers):
        group = self.group(ours, **peers)
        return run.measure(group, run.peers_here(group, ""), self.folder.name, 3)

    def test_rounds_are_collected_in_turn(self):
        got = self.measure(OURS, lua="printf 'a\\t5.0\\t7\\n'")
        self.assertEqual(got, {"a": ({"ours": [2.0] * 3, "cpython": [4.0] * 3, "lua": [5.0] * 3}, "7")})

    def test_different_results_end_the_run(self):
        with self.assertRaisesRegex(run.Failed, "our check is '8', that of CPython 3.11 '7'"):
            self.measure("printf 'a\\t2.0\\t8\\n'")

    def test_any_peer_with_another_result_ends_the_run(self):
        with self.assertRaisesRegex(run.Failed, "our check is '7', that of Lua 5.4 '9'"):
            self.measure(OURS, lua="printf 'a\\t5.0\\t9\\n'")

    def test_a_peer_without_a_program_is_left_out(self):
        group = self.group(OURS)
        group.peers["lua"] = "{bin}/peer_lua a"
        self.assertEqual(run.peers_here(group, self.folder.name), [rows.CPYTHON])

    def test_a_peer_may_print_some_of_the_rows(self):
        group = self.group("printf 'a\\t2.0\\t7\\nb\\t3.0\\t7\\n'", lua=PEER)
        group.peers[rows.CPYTHON] = group.ours
        group.rows["b"], group.only = rows.Row("b"), {"lua": ["a"]}
        got = run.measure(group, ["cpython", "lua"], self.folder.name, 1)
        self.assertEqual(got["b"][0], {"ours": [3.0], "cpython": [3.0]})
        self.assertEqual(figures.names_of(group, ["cpython", "lua"]),
                         [("a", "a", "cpython"), ("a@lua", "a", "lua"), ("b", "b", "cpython")])

    def test_a_result_that_changes_ends_the_run(self):
        counter = f"{self.folder.name}/count"
        text = f"echo x >> {counter}; printf 'a\\t2.0\\t%d\\n' $(wc -l < {counter})"
        group = self.group(text)
        group.peers = {rows.CPYTHON: self.program("other", f"printf 'a\\t4.0\\t%d\\n' $(wc -l < {counter})")}
        with self.assertRaisesRegex(run.Failed, "the check changed"):
            run.measure(group, [rows.CPYTHON], self.folder.name, 2)

    def test_a_missing_row_ends_the_run(self):
        with self.assertRaisesRegex(run.Failed, "no row a"):
            self.measure("true")

    def test_an_unknown_or_broken_line_ends_the_run(self):
        for line in ("b\\t1\\t7", "a\\t1", "a\\t1\\t7\\na\\t1\\t7"):
            with self.assertRaisesRegex(run.Failed, "unexpected line"):
                self.measure(f"printf '{line}\\n'")

    def test_programs_get_a_small_stack(self):
        run.limit()
        self.assertEqual(run.run([self.program("p", "printf 'a\\t1\\t%s' $(ulimit -s)")], ["a"]), {"a": (1, str(run.STACK // 1024))})

    def test_a_program_that_fails_ends_the_run(self):
        with self.assertRaisesRegex(run.Failed, "status 3\nouch"):
            self.measure("echo ouch >&2; exit 3")


class Figures(unittest.TestCase):
    def test_medians_ratio_and_spread(self):
        got = figures.line(rows.Row("t", 0.5, "ns"), "cpython", [1.0, 3.0, 2.0], [4.0, 4.0, 8.0])
        self.assertEqual((got["ours"], got["peer"], got["ratio"], got["spread"], got["best"]), (2.0, 4.0, 0.5, [0.25, 0.75], 0.25))

    def test_a_time_of_zero_is_no_result(self):
        with self.assertRaisesRegex(run.Failed, "not above zero"):
            figures.line(rows.Row("t"), "cpython", [0.0], [1.0])

    def test_numbers_in_a_check_become_fields(self):
        got = figures.line(rows.Row("t", fields=("young", "full")), "cpython", [1.0], [2.0], "13 8")
        self.assertEqual((got["young"], got["full"]), (13, 8))

    def test_a_difference_is_taken_round_by_round(self):
        got = figures.derived("03-gc", {"build-700": ({"ours": [5.0, 6.0], "cpython": [9.0, 8.0]}, ""),
                                    "build-off": ({"ours": [1.0, 1.0], "cpython": [2.0, 3.0]}, "")})
        self.assertEqual(got["share-700"][1], {"ours": [4.0, 5.0], "cpython": [7.0, 5.0]})

    def test_a_mean_is_taken_for_each_peer(self):
        parts = rows.DERIVED["04-blocks"]["pair"][2]
        got = figures.derived("04-blocks", {part: ({"ours": [n], "cpython": [2 * n], "glibc": [9 - n]}, "")
                                        for part, n in zip(parts, (1.0, 1.0, 4.0, 4.0))})
        for side, mean in (("ours", 2.0), ("cpython", 4.0), ("glibc", 40 ** 0.5)):
            self.assertAlmostEqual(got["pair"][1][side][0], mean)

    def test_a_derived_row_needs_all_its_parts(self):
        self.assertEqual(figures.derived("04-blocks", {"pair-16": ({"ours": [1.0]}, "")}), {})

    def test_each_peer_has_its_goal(self):
        row = rows.Row("t", 0.5, lua=2.0)
        self.assertEqual([figures.line(row, p, [1.0], [1.0]).get("goal") for p in ("cpython", "lua", "glibc")], [0.5, 2.0, None])


class Format(unittest.TestCase):
    def test_a_whole_file_passes(self):
        figures.validate(GOOD)
        figures.validate(json.loads(json.dumps(GOOD)))

    def test_each_missing_field_is_found(self):
        for path in (["machine", "cpu"], ["machine", "compiler"], ["machine", "flags"], ["machine", "CPython"], ["machine", "commit"], ["machine", "date"],
                     ["rows", "a"], ["rows", "a", "title"], ["rows", "a", "unit"], ["rows", "a", "ours"], ["rows", "a", "peer"],
                     ["rows", "a", "peer_name"], ["rows", "a", "ratio"], ["rows", "a", "spread"]):
            bad = copy.deepcopy(GOOD)
            at = bad
            for key in path[:-1]:
                at = at[key]
            del at[path[-1]]
            with self.assertRaises(run.Failed, msg=path):
                figures.validate(bad)

    def test_a_spread_upside_down_is_found(self):
        bad = copy.deepcopy(GOOD)
        bad["rows"]["a"]["spread"].reverse()
        with self.assertRaisesRegex(run.Failed, "spread"):
            figures.validate(bad)


class Committed(unittest.TestCase):
    """What the book prints was measured: all of the plan, and as it came out."""

    @classmethod
    def setUpClass(cls):
        cls.data = {}
        for name in names_of_results():
            with open(f"{figures.HERE}/results/{name}.json") as f:
                cls.data[name] = json.load(f)

    def test_each_set_of_the_plan_has_its_results_and_no_other(self):
        self.assertEqual(sorted(self.data), sorted(rows.SETS))

    def test_results_are_those_of_the_plan(self):
        for name, data in self.data.items():
            figures.compare(name, data)

    def refuse(self, message, change, at="rows"):
        data = copy.deepcopy(self.data["01-objects"])
        change(data[at])
        with self.assertRaisesRegex(run.Failed, message):
            figures.compare("01-objects", data)

    def test_a_peer_without_its_version_is_found(self):
        self.refuse("no version of GLib", lambda m: m.pop("GLib"), "machine")

    def test_a_peer_that_vanished_is_found(self):
        self.refuse("count-pair@glib is missing", lambda r: r.pop("count-pair@glib"))

    def test_results_of_no_commit_are_found(self):
        self.refuse("in no commit", lambda m: m.update(commit="0 with changes"), "machine")

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

    def test_the_book_wants_all_rows(self):
        self.assertIn("the book wants all rows", self.refuse("--book", "--only", "int"))
        self.assertIn("the book wants all rows", self.refuse("--book", "--smoke"))

    def test_an_unknown_chapter_is_refused(self):
        self.assertIn("no such chapter", self.refuse("77"))

    def test_the_peer_is_debians_python(self):
        self.assertEqual(run.PYTHON, "/usr/bin/python3")


class Session(Programs):
    """A whole run of one set in a folder: what is printed and what is written."""

    def setUp(self):
        super().setUp()
        self.tree = self.folder.name
        os.makedirs(f"{self.tree}/bench")
        with open(f"{self.tree}/bench/build.json", "w") as f:
            json.dump({"compiler": "cc", "flags": "-O2"}, f)
        self.book = f"{self.tree}/book"
        group = self.group(OURS, lua=PEER)
        self.patch(figures, "BOOK", self.book)
        self.patch(figures, "commit", lambda: "0")
        self.patch(rows, "SETS", {"01-x": [group]})
        self.patch(rows, "DERIVED", {})

    def patch(self, *args):
        patch = unittest.mock.patch.object(*args)
        patch.start()
        self.addCleanup(patch.stop)

    def main(self, *argv):
        with contextlib.redirect_stdout(io.StringIO()) as out:
            self.status = run.main(["--build", self.tree, *argv])
        return out.getvalue()

    def read(self, path):
        with open(path) as f:
            return json.load(f)

    def test_a_reader_writes_below_build_alone(self):
        self.assertIn(f"Results: {self.tree}/results/01-x.json\n", self.main())
        self.assertEqual(os.listdir(f"{self.tree}/results"), ["01-x.json"])
        self.assertEqual(list(self.read(f"{self.tree}/results/01-x.json")["rows"]), ["a", "a@lua"])
        self.assertFalse(os.path.exists(self.book))

    def test_the_books_ratio_stands_beside_the_readers(self):
        out = self.main("--book")
        self.assertRegex(out, r"1/2 a +2.0 to +4.0 ns: 0.5 \[0.5 to 0.5\]; goal 0.6 met")
        data = self.read(f"{self.book}/01-x.json")
        data["rows"]["a@lua"].update(ratio=0.7, spread=[0.6, 0.8])
        figures.save(data, f"{self.book}/01-x.json")
        self.assertRegex(self.main(), r"2/2 a@lua +2.0 to +4.0 ns: 0.5 \[0.5 to 0.5\]; book 0.7 \[0.6 to 0.8\]")

    def test_a_missing_peer_is_named_and_the_rest_measured(self):
        rows.SETS["01-x"][0].peers["boehm"] = "{bin}/peer_boehm"
        out = self.main()
        self.assertIn("Not measured, as their libraries are missing: Boehm GC\n", out)
        self.assertIn("2/2 a@lua", out)

    def test_the_book_is_not_written_without_a_peer(self):
        rows.SETS["01-x"][0].peers["boehm"] = "{bin}/peer_boehm"
        with self.assertRaisesRegex(run.Failed, "these are missing: Boehm GC"):
            self.main("--book")

    def test_the_book_is_not_written_with_changes(self):
        self.patch(figures, "commit", lambda: "0 with changes")
        with self.assertRaisesRegex(run.Failed, "commit first"):
            self.main("--book")

    def test_what_was_complete_survives_an_interruption(self):
        self.main()
        whole = self.read(f"{self.tree}/results/01-x.json")
        signal.signal(signal.SIGINT, signal.default_int_handler)
        warnings.simplefilter("ignore", ResourceWarning)        # of the program that was left
        more = self.group(OURS)
        more.ours, more.rows = self.program("more", "kill -INT $PPID; exec sleep 9"), {"b": rows.Row("b")}
        rows.SETS["01-x"].append(more)
        for argv in [], ["--book"]:
            out = self.main(*argv)
            self.assertEqual(self.status, 130)
            self.assertIn("Interrupted: 2 of 3 rows are complete", out)
            self.assertIn(f"A part of 01-x: {self.tree}/results/01-x.part.json\n", out)
            self.assertEqual(list(self.read(f"{self.tree}/results/01-x.part.json")["rows"]), ["a", "a@lua"])
            self.assertEqual(self.read(f"{self.tree}/results/01-x.json"), whole)
            self.assertFalse(os.path.exists(self.book), "half a set in the book")

    def test_smoke_and_part_write_nothing(self):
        self.assertIn("a@lua                  the same result as Lua 5.4", self.main("--smoke"))
        self.main("--only", "a", "--rounds", "1")
        self.assertFalse(os.path.exists(f"{self.tree}/results"))

    def test_nothing_built_is_told(self):
        rows.SETS["01-x"][0].ours = "{bin}/bench_x"
        with self.assertRaisesRegex(run.Failed, "nothing to measure"):
            self.main()


CALLGRIND = """version: 1
positions: line
events: Ir

fn=(1) outer
0 10
cfn=(2) inner.constprop.0
calls=3 0
0 600
0 5

fn=(2)
0 600

fn=(3) 0x00000000004fee40
0 7

fn=(4) outer'2
0 1

totals: 623
"""


class Profiles(Programs):
    def test_a_function_has_its_own_cost_alone(self):
        self.assertEqual(profile.self_costs(CALLGRIND), {"outer": 16, "inner": 600, profile.NAMELESS: 7})

    def test_a_program_that_fails_or_prints_no_row_is_told(self):
        for text in ("exit 3", "echo b"):
            with self.assertRaisesRegex(figures.Failed, "status"):
                profile.run([self.program("p", text)], "faults", "a")

    def test_the_case_and_the_clock_reach_the_program(self):
        self.assertEqual(profile.run([self.program("p", """printf "%s\\t7\\t$BENCH_CLOCK" "$BENCH_CASE" """)], "faults", "a"), 7)

    def test_instructions_are_counted_and_divided(self):
        with unittest.mock.patch.object(profile, "VALGRIND", self.program("valgrind", f"""
for word; do case $word in --callgrind-out-file=*) cat >"${{word#*=}}" <<'END'
{CALLGRIND}
END
esac; done
printf 'a\\t10\\t'""")):
            parts = profile.instructions(["x"], "a", 5)
        self.assertEqual(parts, [["inner", 60], ["outer", 1.6], [profile.NAMELESS, 0.7]])


class CommittedProfiles(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.data = {}
        for name in rows.PROFILES:
            with open(f"{figures.BOOK}/{profile.FOLDER}/{name}.json") as f:
                cls.data[name] = json.load(f)

    def test_they_are_those_of_the_plan(self):
        self.assertEqual(sorted(os.listdir(f"{figures.BOOK}/{profile.FOLDER}")), sorted(f"{n}.json" for n in rows.PROFILES))
        for name, data in self.data.items():
            profile.compare(name, data)
            self.assertFalse(data["machine"]["commit"].endswith("changes"))

    def break_it(self, change, message):
        data = copy.deepcopy(self.data["04-pools"])
        change(data["rows"])
        with self.assertRaisesRegex(figures.Failed, message):
            profile.compare("04-pools", data)

    def test_a_count_typed_by_hand_is_found(self):
        self.break_it(lambda r: r["int"].update(ours=45), "make no 45")

    def test_a_row_that_vanished_is_found(self):
        self.break_it(lambda r: r.pop("int"), "planned")

    def test_another_peer_is_found(self):
        self.break_it(lambda r: r["int"].update(peer_name="Lua 5.4"), "beside Lua")


class Commit(unittest.TestCase):
    def test_changes_are_told_but_for_results(self):
        with tempfile.TemporaryDirectory() as folder, unittest.mock.patch.object(figures, "SOURCE", folder):
            def git(*words):
                figures.subprocess.run(["git", "-C", folder, "-c", "user.name=x", "-c", "user.email=x", *words], check=True,
                                   capture_output=True)

            self.assertEqual(figures.commit(), "unknown")
            git("init")
            git("commit", "--allow-empty", "-m", "x")
            self.assertRegex(figures.commit(), "^[0-9a-f]{12}$")
            os.makedirs(f"{folder}/bench/results")
            figures.save({}, f"{folder}/bench/results/x.json")
            self.assertRegex(figures.commit(), "^[0-9a-f]{12}$")
            figures.save({}, f"{folder}/bench/x.json")
            self.assertRegex(figures.commit(), "^[0-9a-f]{12} with changes$")


class Plan(unittest.TestCase):
    def test_row_names_are_unique_in_a_set(self):
        for name, groups in rows.SETS.items():
            names = [r for g in groups for r in g.rows] + list(rows.DERIVED.get(name, ()))
            self.assertEqual(len(names), len(set(names)), name)

    def test_goals_are_beside_peers_of_the_row(self):
        for groups in rows.SETS.values():
            for g in groups:
                for row in g.rows:
                    goals = [p for p, goal in g.rows[row].goals.items() if goal is not None]
                    self.assertLessEqual(set(goals), {p for p in g.peers if row in g.rows_of(p)}, row)

    def test_progress_counts_all_rows(self):
        with tempfile.TemporaryDirectory() as tree:
            args = run.arguments(["04"])
            _, rounds = run.count(args.names, args, tree)
            self.assertEqual(rounds, 7 * sum(len(rows.SETS[n]) for n in args.names))


unittest.main()
