"""Grading: engines, faults of the judge, regrades."""
import ctypes
import os
import signal
import subprocess
import time

from common import Case, main

MANY = 24
PR_SET_CHILD_SUBREAPER = 36             # linux/prctl.h


def adopt_orphans():
    """From now on a process that loses its parent below us is our child."""
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0):
        raise OSError(ctypes.get_errno(), "prctl")


class Grade(Case):
    def setUp(self):
        super().setUp()
        self.coil("init")

    def kinds(self):
        return {"ann": "pass", "bob": "partial", "cid": "fail",
                "dee": "compile", "eve": "reject"}

    def test_grades_by_what_the_judge_says(self):
        self.hand_in(self.kinds())
        said = self.coil("grade")
        self.assertIn("5 judged", said)
        self.assertEqual(self.scores(), {"ann": 10, "bob": 6, "cid": 0,
                                         "dee": 0, "eve": 0})
        self.assertIn("5 handed in by 5, 5 judged, 0 left",
                      self.coil("status"))
        self.assertIn("first: 1 of 3", self.coil("report"))

    def test_nothing_is_judged_twice(self):
        self.hand_in(self.kinds())
        self.coil("grade")
        self.assertIn("Nothing is left", self.coil("grade"))
        self.assertEqual(len(self.judged()), 5)

    def test_same_files_of_two_people_are_judged_once(self):
        self.hand_in({"ann": "pass", "bob": "pass"})
        self.coil("grade")
        self.hand_in({"cid": "pass"})
        self.assertIn("0 judged, 1 with the same files", self.coil("grade"))
        self.assertEqual(len(self.judged()), 1)
        self.assertEqual(set(self.scores().values()), {10})

    # ---- the judge's own faults -------------------------------------------
    def faulty(self, word, reason, *options):
        self.hand_in({"ann": word, "bob": "pass"})
        said = self.coil("grade", *options, status=3)
        self.assertIn("not judged: ann, toy-one: " + reason, said)
        self.assertEqual(self.scores(), {"ann": None, "bob": 10})
        self.assertEqual(self.rows("SELECT DISTINCT status, score FROM run "
                                   "WHERE score IS NULL"),
                         [("grader-error", None)])
        self.assertIn(reason, self.coil("status"))
        self.assertIn("1 left", self.coil("status"))

    def test_fault_that_the_judge_reports_is_no_score(self):
        self.faulty("error", "the box could not be made")

    def test_fault_by_signal_is_no_score(self):
        self.faulty("crash", "the judge ended by signal 6")

    def test_fault_by_early_end_is_no_score(self):
        self.faulty("quit", "the judge left no report")

    def test_fault_by_time_is_no_score(self):
        self.faulty("hang", "the judge took more than 1 seconds",
                    "--limit", "1")

    def test_report_with_too_many_points_is_no_score(self):
        self.faulty("too-much", "the report has no score that can be")

    def test_report_with_points_that_no_check_earned_is_no_score(self):
        self.faulty("unearned", "the report scores what was not seen")

    def test_report_of_other_files_is_no_score(self):
        self.faulty("other-files", "the report is of other files")

    def test_report_of_another_judge_is_no_score(self):
        self.faulty("other-judge", "it was judged by another judge")

    def test_report_of_another_seed_is_no_score(self):
        self.faulty("other-seed", "the report is of another task")

    def test_fault_that_passes_by_is_judged_again_at_once(self):
        self.hand_in({"ann": "flaky"})
        said = self.coil("grade")
        self.assertIn("trying once more", said)
        self.assertEqual(self.scores(), {"ann": 10})
        self.assertEqual(self.rows("SELECT status FROM run ORDER BY id"),
                         [("grader-error",), ("pass",)])

    def test_fault_is_tried_again_by_the_next_run(self):
        self.hand_in({"ann": "error"})
        self.coil("grade", status=3)
        self.coil("grade", status=3)
        self.assertEqual(len(self.judged()), 4)

    def test_judge_that_fails_its_reference_judges_nobody(self):
        """The reference of the broken judge does not pass."""
        self.hand_in({"ann": "pass"})
        self.env["FAKE_JUDGE"] = ""
        self.assertIn("the reference of toy-one does not pass here",
                      self.refused("grade"))
        self.assertEqual(self.rows("SELECT count(*) FROM run"), [(0,)])

    def test_engine_that_is_not_there_gives_no_faults_to_anyone(self):
        self.hand_in({"ann": "pass"})
        for engine in ("parallel", "slurm"):
            said = self.refused("grade", "--engine", engine, PATH="/none")
            self.assertIn("did not run", said)
        self.assertEqual(self.rows("SELECT count(*) FROM run"), [(0,)])

    # ---- killed, and gone on ----------------------------------------------
    def start(self, hold, *options):
        """Grade, up to some lines of the log."""
        self.write("state/hold", "")
        grading = subprocess.Popen(
            [self.tool, "class", "grade", "--jobs", "2", *options],
            env=dict(self.env, FAKE_HOLD=str(hold)), cwd=self.top,
            text=True, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        self.addCleanup(grading.stderr.close)
        return grading

    def go_on(self):
        os.remove(self.path("state", "hold"))

    def wait_for_tasks(self):
        """Until no process is left that the killed one began."""
        while True:
            try:
                os.waitpid(-1, 0)
            except ChildProcessError:
                return

    def kill_half_way(self, *options):
        words = ["pass", "partial", "fail", "compile"]
        people = {f"p{i:03}": f"{words[i % 4]} {i}" for i in range(MANY)}
        self.hand_in(people)
        adopt_orphans()
        grading = self.start(MANY // 2, *options)
        while len(self.judged()) < MANY // 2 - 2:
            self.assertIsNone(grading.poll(), "it ended before the half")
            time.sleep(0.01)
        os.kill(grading.pid, signal.SIGKILL)
        grading.wait()
        self.wait_for_lock()
        self.go_on()
        self.wait_for_tasks()
        spool = self.path("class", "spool")
        done = [n for n in os.listdir(os.path.join(spool, "results"))
                if not n.endswith(".tmp")]
        before = self.judged()
        self.assertEqual(self.rows("SELECT count(*) FROM run"), [(0,)])
        self.assertTrue(0 < len(done) < MANY, done)
        said = self.coil("grade", "--jobs", "2", *options)
        self.assertIn(f"{len(done)} were judged before and not yet", said)
        lines = self.judged()
        self.assertEqual(len(set(lines)), MANY)
        self.assertEqual(len(lines) - len(before), MANY - len(done))
        want = [10, 6, 0, 0]
        self.assertEqual(self.scores(), {p: want[i % 4] for i, p in
                                         enumerate(sorted(people))})
        self.assertEqual(self.rows("SELECT count(*), count(DISTINCT "
                                   "submission) FROM run"), [(MANY, MANY)])
        self.assertIn("Nothing is left", self.coil("grade", *options))
        for folder in ("tasks", "results", "work"):
            self.assertEqual(os.listdir(os.path.join(spool, folder)), [])

    def test_local_engine_goes_on_after_kill(self):
        self.kill_half_way()

    def test_gnu_parallel_goes_on_after_kill(self):
        self.kill_half_way("--engine", "parallel")

    def test_gnu_parallel_takes_hosts_from_a_file(self):
        self.hand_in(self.kinds())
        self.write("hosts", "2/:\n")
        self.coil("grade", "--engine", "parallel", "--hosts",
                  self.path("hosts"))
        self.assertEqual(self.scores(), {"ann": 10, "bob": 6, "cid": 0,
                                         "dee": 0, "eve": 0})

    def test_names_of_folders_may_have_what_a_shell_reads(self):
        strange = self.path("a b'$(touch x)")
        os.rename(self.path("class"), strange)
        self.env["COIL_CLASS"] = strange
        self.write("in/ann/one.c", "// fake pass\n")
        self.coil("import", "toy-one", self.path("in"))
        self.coil("grade", "--engine", "parallel")
        self.assertIn("1 judged, 0 left", self.coil("status"))
        self.assertFalse(os.path.exists(self.path("x")))

    def test_progress_is_shown_as_lines_where_no_terminal_is(self):
        self.hand_in({f"p{i}": f"pass {i}" for i in range(10)})
        grading = self.start(6)
        line = grading.stderr.readline()
        while " of 10" not in line:
            self.assertTrue(line)
            line = grading.stderr.readline()
        self.assertRegex(line, r"\[#+\.+\] \d of 10, \d+:\d\d left")
        self.go_on()
        self.assertRegex(grading.stderr.read(), r"\[#{30}\] 10 of 10")
        self.assertEqual(grading.wait(), 0)

    def test_no_process_is_left_after_kill(self):
        self.hand_in({"ann": "hang", "bob": "hang 2"})
        grading = self.start(1000)
        while True:
            with open(f"/proc/{grading.pid}/task/{grading.pid}/children",
                      encoding="ascii") as f:
                engine = f.read().split()
            tree = [int(p) for e in engine for p in self.below(int(e))]
            if len(tree) == 4:
                break
            self.assertIsNone(grading.poll())
        os.kill(grading.pid, signal.SIGKILL)
        grading.wait()
        end = time.time() + 60
        while any(self.alive(p) for p in tree) and time.time() < end:
            time.sleep(0.01)
        self.assertEqual([p for p in tree if self.alive(p)], [])

    def below(self, pid):
        """The processes below one."""
        try:
            with open(f"/proc/{pid}/task/{pid}/children",
                      encoding="ascii") as f:
                direct = [int(p) for p in f.read().split()]
        except OSError:
            return []
        return direct + [q for p in direct for q in self.below(p)]

    def alive(self, pid):
        try:
            with open(f"/proc/{pid}/stat", encoding="ascii") as f:
                return f.read().rsplit(")", 1)[1].split()[0] != "Z"
        except OSError:
            return False

    # ---- regrades -----------------------------------------------------------
    def regraded(self):
        self.hand_in(self.kinds())
        self.coil("grade")
        return self.coil("regrade", "--reason", "stricter",
                         FAKE_JUDGE="b", FAKE_STRICT="1")

    def test_regrade_counts_only_after_apply(self):
        before = {"ann": 10, "bob": 6, "cid": 0, "dee": 0, "eve": 0}
        said = self.regraded()
        self.assertIn("5 judged", said)
        self.assertEqual(self.scores(), before)
        said = self.coil("diff")
        self.assertIn("bob, toy-one: partial 6, now fail 0", said)
        self.assertIn("first: pass, now wrong", said)
        self.assertIn("1 differ, 4 are as before", said)
        self.coil("apply")
        self.assertEqual(self.scores(), {**before, "bob": 0})
        self.assertIn("there is no open set", self.refused("diff"))

    def test_regrade_that_is_dropped_changes_nothing(self):
        self.regraded()
        self.coil("drop")
        self.assertEqual(self.scores()["bob"], 6)
        self.refused("apply")

    def test_regrade_by_the_same_judge_and_seed_has_nothing_to_do(self):
        self.hand_in(self.kinds())
        self.coil("grade")
        self.assertIn("0 judged", self.coil("regrade"))
        self.assertEqual(len(self.judged()), 5)
        self.coil("drop")
        self.assertIn("5 judged", self.coil("regrade", "--again"))
        self.assertIn("0 differ, 5 are as before", self.coil("diff"))

    def test_regrade_with_a_fresh_seed_has_another_seed(self):
        self.hand_in(self.kinds())
        self.coil("grade")
        self.coil("regrade", "--fresh-seed")
        self.assertEqual(len(self.rows("SELECT DISTINCT seed FROM run")), 2)

    def test_regrade_goes_on_with_its_set(self):
        self.regraded()
        said = self.coil("regrade", FAKE_JUDGE="b", FAKE_STRICT="1")
        self.assertIn("Set 1 goes on", said)
        self.assertIn("0 judged", said)
        self.assertEqual(self.rows("SELECT count(*) FROM regrade"), [(1,)])

    def test_set_with_a_fault_says_so_and_keeps_the_score(self):
        self.hand_in({"ann": "partial"})
        self.coil("grade")
        self.coil("regrade", FAKE_JUDGE="b", FAKE_BREAK="1", status=3)
        self.assertIn("1 were not judged and keep what they have",
                      self.coil("diff"))
        self.coil("apply")
        self.assertEqual(self.scores(), {"ann": 6})

    def test_grade_tells_of_scores_by_an_earlier_judge(self):
        self.hand_in({"ann": "pass"})
        self.coil("grade")
        self.hand_in({"bob": "fail"})
        self.assertIn("1 have a score by an earlier judge",
                      self.coil("grade", FAKE_JUDGE="b"))
        self.assertEqual(len(self.judged()), 2)

    def test_only_one_exercise_is_graded_when_asked(self):
        self.hand_in({"ann": "pass"})
        self.write("in/ann/two.c", "// fake pass\n")
        self.write("in/ann/two.h", "int two;\n")
        self.coil("import", "toy-two", self.path("in"))
        self.coil("grade", "--exercise", "toy-two")
        self.assertEqual(self.rows("SELECT exercise, score FROM grade "
                                   "ORDER BY 1"),
                         [("toy-one", None), ("toy-two", 5)])

    def test_exercise_for_thought_is_not_taken(self):
        self.write("in/ann/x.c", "x")
        self.assertIn("for thought", self.refused("import", "toy-thought",
                                                  self.path("in")))

    def test_paths_are_those_of_the_person_who_typed_them(self):
        self.write("home/in/ann/one.c", "// fake pass\n")
        self.coil("import", "toy-one", "in", COIL_FROM=self.path("home"))
        self.coil("export", "csv", "--out", "c.csv",
                  COIL_FROM=self.path("home"))
        self.assertIn("ann", self.read("home/c.csv"))

    def test_wrong_words_are_refused(self):
        for words in (["nothing"], ["grade", "--engine", "cloud"],
                      ["grade", "--jobs", "0"], ["grade", "--jobs"],
                      ["import", "toy-one"], ["import", "no", "/tmp"],
                      ["export", "word", "--out", "x"], ["export", "csv"],
                      ["task", "/tmp", "../../x", "1"], ["chunk"]):
            self.refused(*words)
        self.assertIn("usage:", self.coil("help"))


if __name__ == "__main__":
    main()
