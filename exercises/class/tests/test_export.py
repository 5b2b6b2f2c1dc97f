"""Exports, each read back by a check of its own format."""
import csv
import html.parser
import json
import os
import re
import stat
import subprocess
import xml.etree.ElementTree
import zipfile

import jsonschema

from common import Case, main

HERE = os.path.dirname(os.path.abspath(__file__))
COLUMNS = ("assignment duedate timestamp student_id last_name first_name "
           "email raw_score late_submission_penalty score max_score").split()


def schema(name):
    with open(os.path.join(HERE, name), encoding="utf-8") as f:
        return json.load(f)


class Page(html.parser.HTMLParser):
    """Is it well formed?  What elements and what text has it?"""

    VOID = {"meta"}

    def __init__(self, text):
        super().__init__()
        self.open, self.seen, self.text = [], [], ""
        self.bad = []
        self.feed(text)
        self.close()
        self.bad += [f"{e} is open" for e in self.open]

    def handle_starttag(self, tag, attrs):
        self.seen.append((tag, dict(attrs)))
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            self.bad.append(f"</{tag}>")

    def handle_data(self, data):
        self.text += data


class Export(Case):
    def setUp(self):
        super().setUp()
        self.write("roster.csv", "student_id,last_name,first_name,email\r\n"
                   'ann,"Lee, ""A""",Ann\u00e9,a@example.org\r\n'
                   "bob,=1+1,Bob,b@example.org\r\n"
                   "zoe,Nothing,Zoe,z@example.org\r\n")
        self.coil("init", "--title", "Course <1>", "--roster",
                  self.path("roster.csv"), "--due", "toy-one=2026-01-10",
                  "--late", "10")
        for person, word, when in (
                ("ann", "pass", "2026-01-12"),
                ("bob", "partial", "2026-01-09"),
                ("c<i>d&", "compile", "2026-01-09"),
                ("dee", "reject", "2026-01-09"),
                ("eve", "error", "2026-01-09"),
                ("fay", "fail", "2026-01-09")):
            self.write(f"in/{person}/one.c", f"// fake {word}\n")
            self.coil("import", "toy-one", self.path(f"in/{person}"),
                      "--received", when, "--person", person)
        self.coil("grade", status=3)
        self.coil("override", "fay", "toy-one", "2.5", "--reason",
                  "a good <idea>")
        self.seeds = {r[0] for r in self.rows("SELECT seed FROM run")}

    def export(self, form, *options):
        self.coil("export", form, *options, "--out", self.path("out"))

    def files(self):
        return {n: self.read(f"out/{n}") for n in
                sorted(os.listdir(self.path("out")))}

    # ---- CSV ----------------------------------------------------------------
    def test_csv_is_rfc_4180_with_the_columns_of_nbgrader(self):
        self.export("csv")
        text = self.read("out")
        for line in text.split("\r\n"):
            self.assertNotIn("\n", line)
        self.assertTrue(text.endswith("\r\n"))
        rows = list(csv.DictReader(text.splitlines(), strict=True))
        self.assertEqual(list(rows[0]), COLUMNS)
        by = {r["student_id"]: r for r in rows}
        self.assertEqual(list(by), ["ann", "bob", "c<i>d&", "dee", "eve",
                                    "fay", "zoe"])
        self.assertEqual(by["ann"], {
            "assignment": "toy-one", "duedate": "2026-01-10T00:00:00Z",
            "timestamp": "2026-01-12T00:00:00Z", "student_id": "ann",
            "last_name": 'Lee, "A"', "first_name": "Ann\u00e9",
            "email": "a@example.org", "raw_score": "10",
            "late_submission_penalty": "2", "score": "8",
            "max_score": "10"})
        self.assertEqual(by["bob"]["last_name"], "'=1+1")
        self.assertEqual(by["fay"]["score"], "2.5")
        self.assertEqual(by["fay"]["raw_score"], "0")
        self.assertEqual((by["zoe"]["score"], by["zoe"]["timestamp"]),
                         ("0", ""))

    # ---- Gradescope -----------------------------------------------------------
    def results(self):
        return {n: json.loads(t) for n, t in self.files().items()}

    def test_gradescope_results_are_as_its_page_says(self):
        self.coil("init", "--visibility", "after_published")
        self.export("gradescope")
        all_ = self.results()
        self.assertEqual(len(all_), 5)      # none of eve's, none of zoe's
        for one in all_.values():
            jsonschema.validate(one, schema("gradescope.schema.json"))
            self.assertEqual(one["visibility"], "after_published")
        scores = {n[5:8]: r["score"] for n, r in all_.items()}
        self.assertEqual(scores, {"ann": 8, "bob": 6, "c-i": 0, "dee": 0,
                                  "fay": 2.5})
        bob = next(r for n, r in all_.items() if "bob" in n)
        self.assertEqual([(t["status"], t["score"], t["max_score"])
                          for t in bob["tests"]],
                         [("passed", 6, 6), ("failed", 0, 4)])
        self.assertIn("Expected: 31", bob["tests"][1]["output"])

    def test_seed_is_in_nothing_that_a_student_sees(self):
        self.export("gradescope")
        for one in self.results().values():
            self.assertIn(one.pop("extra_data")["seed"], self.seeds)
            self.no_seed(json.dumps(one))
        for form in ("html", "check50"):
            os.rename(self.path("out"), self.path("before-" + form))
            self.export(form)
            for text in self.files().values():
                self.no_seed(text)

    def no_seed(self, text):
        for seed in [*self.seeds, "5eed5eed"]:
            self.assertNotIn(seed, text)

    def test_gradescope_schema_fires(self):
        good = {"score": 1, "tests": [{"score": 1, "max_score": 2,
                                       "status": "passed", "name": "n"}]}
        check = schema("gradescope.schema.json")
        jsonschema.validate(good, check)
        for key, value in (("score", "1"), ("visibility", "sometimes"),
                           ("output_format", "pdf"), ("tests", {}),
                           ("unknown", 1),
                           ("tests", [{"status": "pass"}])):
            with self.assertRaises(jsonschema.ValidationError):
                jsonschema.validate({**good, key: value}, check)
        with self.assertRaises(jsonschema.ValidationError):
            jsonschema.validate({"tests": [{"name": "no score"}]}, check)

    def report_of(self, person):
        text = self.rows("SELECT r.report FROM run r JOIN submission s ON "
                         "s.id = r.submission JOIN person p ON p.id = "
                         "s.person WHERE p.name = ?", person)[-1][0]
        return self.write("report.json", text)

    def test_gradescope_results_of_one_report(self):
        self.coil("export", "gradescope", "--report", self.report_of("bob"),
                  "--out", self.path("results.json"))
        one = json.loads(self.read("results.json"))
        jsonschema.validate(one, schema("gradescope.schema.json"))
        self.assertEqual(one["score"], 6)

    def test_fault_of_the_judge_makes_no_results(self):
        self.refused("export", "gradescope", "--report",
                     self.report_of("eve"), "--out",
                     self.path("results.json"))
        self.assertFalse(os.path.exists(self.path("results.json")))

    def test_autograder_has_what_gradescope_calls(self):
        self.export("autograder", "toy-one")
        self.assertEqual(stat.S_IMODE(os.stat(self.path("out")).st_mode),
                         0o600)
        with zipfile.ZipFile(self.path("out")) as z:
            self.assertIsNone(z.testzip())
            names = set(z.namelist())
            for name in ("setup.sh", "run_autograder", "seed",
                         "coil/CMakeLists.txt", "coil/coil",
                         "coil/exercises/tool.c", "coil/book/04-pools.nw"):
                self.assertIn(name, names)
            for name in ("setup.sh", "run_autograder"):
                self.write(name, z.read(name))
                self.assertEqual(z.getinfo(name).external_attr >> 16 & 0o777,
                                 0o755)
                subprocess.run(["sh", "-n", self.path(name)], check=True)
            self.assertIn(z.read("seed").decode(), self.seeds)
            for name in names:
                self.assertFalse(name.startswith(("/", "..")), name)
                self.assertNotIn("/build/", name)

    # ---- JUnit ------------------------------------------------------------------
    def test_junit_is_as_its_schema_says(self):
        self.export("junit")
        subprocess.run(["xmllint", "--noout", "--schema",
                        os.path.join(HERE, "junit.xsd"), self.path("out")],
                       check=True, capture_output=True)
        root = xml.etree.ElementTree.fromstring(self.read("out"))
        suites = {s.get("name"): s for s in root}
        self.assertEqual(sorted(suites), [
            "toy-one.ann", "toy-one.bob", "toy-one.c<i>d&", "toy-one.dee",
            "toy-one.fay"])
        failure = suites["toy-one.bob"].find("testcase/failure")
        self.assertEqual(failure.get("type"), "crash")
        self.assertIn("<script>alert(1)</script>", failure.text)
        self.assertIn('"quoted"', failure.get("message"))
        self.assertEqual(suites["toy-one.c<i>d&"].find("testcase/failure")
                         .get("type"), "compile-error")
        self.assertIsNotNone(suites["toy-one.fay"].find("testcase/skipped"))
        for suite in root:
            for count, what in (("tests", "testcase"),
                                ("failures", "testcase/failure"),
                                ("skipped", "testcase/skipped")):
                self.assertEqual(int(suite.get(count)),
                                 len(suite.findall(what)))

    def test_junit_schema_fires(self):
        for text in ("<testsuites><testsuite/></testsuites>",
                     "<testsuites><testcase name='x'/></testsuites>"):
            done = subprocess.run(
                ["xmllint", "--noout", "--schema",
                 os.path.join(HERE, "junit.xsd"), self.write("x", text)],
                capture_output=True)
            self.assertEqual(done.returncode, 3)

    # ---- check50 ------------------------------------------------------------------
    def test_check50_is_as_its_page_says(self):
        self.export("check50")
        all_ = self.results()
        for one in all_.values():
            jsonschema.validate(one, schema("check50.schema.json"))
        fay = next(r for n, r in all_.items() if "fay" in n)
        self.assertEqual([r["passed"] for r in fay["results"]],
                         [False, None])
        self.assertEqual(fay["results"][1]["dependency"], "first")
        self.assertEqual(fay["results"][0]["cause"]["expected"], "31")
        dee = next(r for n, r in all_.items() if "dee" in n)
        self.assertEqual(dee["error"]["type"], "rejected")

    # ---- HTML -----------------------------------------------------------------------
    def test_pages_are_whole_and_say_all_in_words(self):
        self.export("html")
        pages = {n: Page(t) for n, t in self.files().items()}
        self.assertEqual(len(pages), 7)
        for name, page in pages.items():
            self.assertEqual(page.bad, [], name)
            tags = [t for t, _ in page.seen]
            for tag in ("html", "title", "main", "h1", "h2"):
                self.assertEqual(tags.count(tag), 1, (name, tag))
            self.assertEqual(page.seen[0], ("html", {"lang": "en"}))
            for tag in ("script", "img", "link", "a", "iframe", "i", "b"):
                self.assertNotIn(tag, tags, name)
            for tag, attrs in page.seen:
                self.assertFalse([a for a in attrs if a.startswith("on")])
                if tag == "th":
                    self.assertIn(attrs["scope"], ("col", "row"))
            self.assertEqual(tags.count("table"), tags.count("caption"))

    def test_pages_escape_all_that_comes_from_outside(self):
        self.export("html")
        files = self.files()
        bob = next(t for n, t in files.items() if "bob" in n)
        self.assertNotIn("<script", bob)
        self.assertIn("&lt;script&gt;alert(1)&lt;/script&gt;", bob)
        self.assertNotIn("\x1b", bob)
        self.assertIn("Course &lt;1&gt;", bob)
        cid = next(t for n, t in files.items() if "c-i" in n)
        self.assertIn("<h1>c&lt;i&gt;d&amp;</h1>", cid)
        fay = next(t for n, t in files.items() if "fay" in n)
        self.assertIn("a good &lt;idea&gt;", fay)

    def test_pages_draw_the_objects_of_a_wrong_answer(self):
        self.export("html")
        files = self.files()
        fay = next(t for n, t in files.items() if "fay" in n)
        self.assertIn("The objects when it failed:\n"
                      "   kept ──▶ #1  [list, count 2]\n"
                      "         ├─▶ #2  [str &#39;&lt;b&gt;&amp;&#39;,"
                      " count 1]\n"
                      "         └─▶ #1  (see above)\n"
                      "   no name ──▶ #3  [int 7, count 1]\n", fay)
        self.assertEqual(Page(fay).bad, [])
        bob = next(t for n, t in files.items() if "bob" in n)
        self.assertNotIn("The objects", bob)

    def test_pages_say_points_lateness_and_what_failed(self):
        self.export("html")
        text = {n[5:8]: " ".join(Page(t).text.split()) for n, t in
                self.files().items()}
        self.assertIn("8 of 10 points", text["ann"])
        self.assertIn("2 of 10 points are taken off", text["ann"])
        self.assertIn("The program crashed.", text["bob"])
        self.assertIn("> class 512 Expected: 31 Got: 32", text["bob"])
        self.assertIn("one, one.c:3", text["bob"])
        self.assertIn("one.c:1:2: error: expected <;> & more", text["c-i"])
        self.assertIn("fork: not in the list", text["dee"])
        self.assertIn("Nothing has been judged.", text["eve"])
        self.assertIn("2.5 of 10 points", text["fay"])
        self.assertIn("Nothing has been judged.", text["zoe"])

    # ---- similarity -------------------------------------------------------------------
    def test_similarity_finds_copies_with_other_names(self):
        with open(os.path.join(HERE, "fake/one/staff/reference/one.c"),
                  encoding="utf-8") as f:
            reference = f.read()
        own = ("// fake fail\nint one(int a)\n{\n    int b = 1;\n"
               "    while (a > 0 && b < 100) {\n        b = b * 2 - a;\n"
               "        switch (b) {\n        case 7:\n"
               "            return 1;\n        default:\n"
               "            a--;\n        }\n    }\n"
               "    return b ? b : a;\n}\n")
        for person, text in (("gus", own), ("hal", re.sub(
                r"\bb\b", "count", re.sub(r"\ba\b", "arg", own))),
                ("ida", reference)):
            self.write(f"in2/{person}/one.c", text)
        self.coil("import", "toy-one", self.path("in2"))
        self.export("similarity")
        rows = list(csv.DictReader(self.read("out").splitlines()))
        pairs = {(r["person"], r["like"]): int(r["percent"]) for r in rows}
        self.assertEqual(pairs[("gus", "hal")], 100)
        self.assertEqual(pairs[("hal", "gus")], 100)
        self.assertEqual(pairs[("ida", "reference")], 100)
        self.assertNotIn(("gus", "ida"), pairs)
        self.assertNotIn(("gus", "reference"), pairs)

    def test_output_that_cannot_be_written_is_named(self):
        for form in ("csv", "junit", "html", "gradescope", "similarity"):
            self.refused("export", form, "--out", "/proc/nowhere/x")


if __name__ == "__main__":
    main()
