"""The record: it only grows, and what is wrong with it is said."""
import os
import sqlite3
import stat
import subprocess
import time

from common import Case, boxed, main


class Record(Case):
    TABLES = ("setting person roster exercise submission regrade decision "
              "run chk override event").split()

    def setUp(self):
        super().setUp()
        self.db = self.path("class", "class.db")
        self.write("roster.csv", "student_id,last_name,first_name,email\n"
                   "ann,Lee,Ann,a@example.org\n")
        self.coil("init", "--title", "T", "--roster",
                  self.path("roster.csv"))
        self.hand_in({"ann": "partial", "bob": "pass"})

    def fill(self):
        """Put at least a row into each table."""
        self.coil("grade")
        self.coil("regrade", FAKE_STRICT="1", FAKE_JUDGE="b")
        self.coil("apply")
        self.coil("override", "bob", "toy-one", "3", "--reason", "late")

    def test_no_table_lets_a_row_change_or_go(self):
        self.fill()
        with sqlite3.connect(self.db) as db:
            tables = [r[0] for r in db.execute(
                "SELECT name FROM sqlite_schema WHERE type = 'table'")]
            self.assertEqual(sorted(tables), sorted(self.TABLES))
            for table in tables:
                count = db.execute(f"SELECT count(*) FROM {table}")
                self.assertGreater(count.fetchone()[0], 0, table)
                names = [r[1] for r in db.execute(
                    f"PRAGMA table_info({table})")]
                for sql in (f"DELETE FROM {table}",
                            f"UPDATE {table} SET {names[0]} = {names[0]}",
                            f"REPLACE INTO {table} SELECT * FROM {table}"):
                    with self.assertRaisesRegex(sqlite3.Error,
                                                "only grows", msg=sql):
                        db.execute(sql)

    def test_same_run_cannot_be_replaced_under_another_id(self):
        self.fill()
        with sqlite3.connect(self.db) as db:
            columns = [r[1] for r in db.execute("PRAGMA table_info(run)")
                       if r[1] != "id"]
            names = ", ".join(columns)
            with self.assertRaisesRegex(sqlite3.Error, "only grows"):
                db.execute(f"REPLACE INTO run ({names}) SELECT {names} "
                           "FROM run WHERE score IS NOT NULL")

    def test_files_are_for_the_teacher_alone(self):
        for name in ("class.db", "seed"):
            mode = os.stat(self.path("class", name)).st_mode
            self.assertEqual(stat.S_IMODE(mode), 0o600, name)
        self.assertEqual(
            stat.S_IMODE(os.stat(self.path("class")).st_mode), 0o700)

    def test_seed_that_others_may_read_is_not_used(self):
        os.chmod(self.path("class", "seed"), 0o644)
        self.assertIn("others may read the seed", self.refused("grade"))
        self.assertEqual(self.rows("SELECT count(*) FROM run"), [(0,)])

    def test_seeds_differ_by_exercise_and_are_not_the_secret(self):
        self.write("in/ann/two.c", "// fake pass\n")
        self.write("in/ann/two.h", "int two;\n")
        self.coil("import", "toy-two", self.path("in"))
        self.coil("grade")
        seeds = {r[0] for r in self.rows("SELECT seed FROM run")}
        secret = self.read("class/seed").strip()
        self.assertEqual(len(seeds), 2)
        for seed in seeds:
            self.assertRegex(seed, "^[0-9a-f]{16}$")
            self.assertNotIn(seed, secret)

    def test_seeds_have_no_leading_zero_which_a_judge_would_drop(self):
        """Of 40 classes some have a hash that begins with one."""
        for i in range(40):
            self.env["COIL_CLASS"] = self.path(f"c{i}")
            self.coil("init")
            self.write(f"c{i}/seed", f"{i:064x}\n")
            self.write("in/ann/one.c", "// fake pass\n")
            self.coil("import", "toy-one", self.path("in"))
            self.coil("grade")
        with open(self.log, encoding="utf-8") as f:
            seeds = {line.split()[2] for line in f}
        self.assertEqual(len(seeds), 40)
        self.assertFalse([s for s in seeds if s[0] == "0"])

    def damage(self):
        size = os.path.getsize(self.db)
        with open(self.db, "r+b") as f:
            for at in range(4096, size, 4096):
                f.seek(at)
                f.write(b"\xa5" * 512)

    def test_damaged_record_is_named_and_not_written(self):
        self.damage()
        with open(self.db, "rb") as f:
            before = f.read()
        for words in (["grade"], ["status"], ["report"]):
            self.assertIn("damaged", self.refused(*words))
        with open(self.db, "rb") as f:
            self.assertEqual(f.read(), before)

    def test_file_that_is_no_record_is_named(self):
        with open(self.db, "wb") as f:
            f.write(b"no database at all\n" * 100)
        self.assertIn("damaged", self.refused("grade"))
        os.remove(self.db)
        with sqlite3.connect(self.db) as db:
            db.execute("CREATE TABLE t (x)")
        self.assertIn("is no record of submissions", self.refused("grade"))

    def test_missing_class_and_missing_record_are_named(self):
        os.remove(self.db)
        self.assertIn("cannot open the record", self.refused("grade"))
        self.assertIn("there is no class",
                      self.refused("grade", "--class", "/nowhere"))

    def test_locked_record_is_named(self):
        db = sqlite3.connect(self.db, isolation_level=None)
        db.execute("BEGIN EXCLUSIVE")
        said = self.refused("status")
        db.execute("ROLLBACK")
        db.close()
        self.assertIn("in use by another program", said)
        self.coil("status")

    def test_second_command_that_changes_is_refused_while_one_works(self):
        self.write("state/hold", "")
        first = subprocess.Popen([self.tool, "class", "grade"],
                                 env=dict(self.env, FAKE_HOLD="0"),
                                 stdout=subprocess.DEVNULL,
                                 stderr=subprocess.DEVNULL)
        work = self.path("class", "spool", "work")
        while not (os.path.exists(work) and os.listdir(work)):
            self.assertIsNone(first.poll())
            time.sleep(0.01)
        said = self.refused("drop")
        os.remove(self.path("state", "hold"))
        self.assertEqual(first.wait(), 0)
        self.assertIn("another ./coil class is at work", said)

    def test_read_only_record_is_named(self):
        done = subprocess.run(
            [*boxed("--ro-bind", self.path("class"), self.path("class")),
             self.tool, "class", "override", "bob", "toy-one", "1",
             "--reason", "r"], env=self.env, text=True, capture_output=True)
        self.assertEqual(done.returncode, 1, done.stderr)
        self.assertRegex(done.stderr, "may not be written|cannot open")
        self.assertEqual(self.rows("SELECT count(*) FROM override"), [(0,)])

    def test_full_disk_is_named_and_nothing_is_lost(self):
        """The record is put on a disk of its own, which is then filled."""
        script = """set -e
            cp -a "$1/." /mnt
            head -c 30000000 /dev/zero > /mnt/fill 2>/dev/null || :
            sha256sum < /mnt/class.db
            set +e
            "$2" class import toy-one "$3" --class /mnt; echo "status $?"
            sha256sum < /mnt/class.db
            rm /mnt/fill
            "$2" class import toy-one "$3" --class /mnt; echo "status $?"
            """
        for i in range(60):
            self.write(f"in/p{i}/one.c", f"// fake pass {i}\n" * 2000)
        done = subprocess.run(
            [*boxed("--size", str(16 << 20), "--tmpfs", "/mnt"), "sh", "-c",
             script, "sh", self.path("class"), self.tool, self.path("in")],
            env=self.env, text=True, capture_output=True)
        said = done.stdout + done.stderr
        sums = [r for r in done.stdout.splitlines() if r.endswith(" -")]
        self.assertEqual(done.returncode, 0, said)
        self.assertIn("is full", said)
        self.assertIn("status 1", said)
        self.assertEqual(len(sums), 2, said)
        self.assertEqual(sums[0], sums[1])
        self.assertIn("60 taken", said)

    def test_version_of_a_newer_coil_is_not_touched(self):
        with sqlite3.connect(self.db) as db:
            db.execute("PRAGMA user_version = 2")
        self.assertIn("newer Coil", self.refused("grade"))

    # ---- what counts ----------------------------------------------------
    def later(self, person, word, when):
        self.write(f"in/{person}/one.c", f"// fake {word}\n// {when}\n")
        self.coil("import", "toy-one", self.path("in"), "--received", when)
        self.coil("grade")

    def test_best_or_last_counts_as_the_course_says(self):
        self.later("cid", "pass", "2026-01-01")
        self.later("cid", "partial", "2026-01-02")
        self.assertEqual(self.scores()["cid"], 10)
        self.coil("init", "--counts", "last")
        self.assertEqual(self.scores()["cid"], 6)
        self.coil("init", "--counts", "best")
        self.assertEqual(self.scores()["cid"], 10)

    def test_lateness_is_a_view_and_a_later_date_needs_no_regrade(self):
        self.coil("init", "--due", "toy-one=2026-01-10", "--late", "10",
                  "--late-max", "50", "--grace", "3600")
        for person, when in (("in-time", "2026-01-10"),
                             ("grace", "2026-01-10T00:59:59Z"),
                             ("day", "2026-01-11T00:00:00Z"),
                             ("two", "2026-01-11T01:00:01Z"),
                             ("never", "2026-03-01")):
            self.later(person, "pass", when)
        got = self.scores()
        self.assertEqual([got[p] for p in
                          ("in-time", "grace", "day", "two", "never")],
                         [10, 10, 9, 8, 5])
        runs = self.rows("SELECT count(*) FROM run")
        self.coil("init", "--due", "toy-one=2026-01-12")
        self.assertEqual(self.scores()["two"], 10)
        self.assertEqual(self.rows("SELECT count(*) FROM run"), runs)

    def test_best_is_after_what_lateness_takes(self):
        self.coil("init", "--due", "toy-one=2026-01-10", "--late", "30")
        self.later("cid", "partial", "2026-01-09")
        self.later("cid", "pass", "2026-01-12")
        self.assertEqual(self.scores()["cid"], 6)

    def test_override_survives_regrade_and_new_submission(self):
        self.coil("grade")
        self.coil("override", "ann", "toy-one", "9.5", "--reason", "oral")
        self.assertEqual(self.scores()["ann"], 9.5)
        self.coil("regrade", FAKE_STRICT="1", FAKE_JUDGE="b")
        self.assertIn("an override counts", self.coil("diff"))
        self.coil("apply")
        self.later("ann", "pass", "2026-05-01")
        self.assertEqual(self.scores()["ann"], 9.5)
        self.coil("override", "ann", "toy-one", "--withdraw", "--reason",
                  "mistaken")
        self.assertEqual(self.scores()["ann"], 10)
        self.assertEqual(self.rows("SELECT count(*) FROM override"), [(2,)])

    def test_override_needs_reason_person_and_number(self):
        for words in (["ann", "toy-one", "3"],
                      ["nobody", "toy-one", "3", "--reason", "r"],
                      ["ann", "toy-one", "-3", "--reason", "r"],
                      ["ann", "toy-one", "x", "--reason", "r"],
                      ["ann", "toy-two", "3", "--reason", "r"]):
            if words[2] == "-3":
                words = ["--reason", "r", "--", "ann", "toy-one", "-3"]
            self.refused("override", *words)
        self.assertEqual(self.rows("SELECT count(*) FROM override"), [(0,)])

    def test_every_run_keeps_how_it_was_judged(self):
        before = int(time.time())
        self.coil("grade")
        rows = self.rows("SELECT key, judge, seed, profile, host, started, "
                         "ended, status, score, report FROM run")
        self.assertEqual(len(rows), 2)
        for key, judge, seed, profile, host, start, end, *_ in rows:
            self.assertRegex(key, "^[0-9a-f]{64}$")
            self.assertEqual(judge, "fa4e")
            self.assertRegex(seed, "^[0-9a-f]{16}$")
            self.assertEqual(profile, '{"box":"none"}')
            self.assertEqual(host, os.uname().nodename)
            self.assertTrue(before <= start <= end)

    def test_roster_that_is_no_csv_adds_nobody(self):
        for text in ("name\nann\n", 'student_id\ncid\n"dee\n',
                     'student_id\ncid\n"dee"x\n', "student_id\n\x01\n"):
            said = self.refused("init", "--roster",
                                self.write("bad.csv", text))
            self.assertIn("bad.csv, row ", said)
        self.assertEqual(self.rows("SELECT name FROM person ORDER BY 1"),
                         [("ann",), ("bob",)])

    def test_wrong_settings_are_refused(self):
        for words in (["--counts", "worst"], ["--late", "-1"],
                      ["--late", "x"], ["--late-max", "101"],
                      ["--visibility", "maybe"], ["--due", "toy-one"],
                      ["--due", "toy-one=2026-13-01"],
                      ["--due", "nothing=2026-01-01"],
                      ["--due", "toy-thought=2026-01-01"],
                      ["--nonsense", "1"]):
            self.refused("init", *words)


if __name__ == "__main__":
    main()
