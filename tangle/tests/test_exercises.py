"""Tests of exercises/table.py."""
import os
import unittest

from tools import HERE, ToolCase

TABLE = os.path.join(HERE, "..", "exercises", "table.py")

CHAPTER = """# One {#ch:one}
## Rows {#sec:rows}
<<include/coil/row.h>>=
int coil_row(void);
@ %def coil_row

::: {.exercise #ex:one-row stars=2 minutes=40 points=5 title="A [[row]]"}
Write [[row_new]] as in @sec:rows; see `a`
and **b**.

```{.c .illustrative}
int x;
```
:::

::: {.exercise #ex:one-think stars=1 minutes=5 title="Think"}
Why?
:::
"""
CONF = """# a comment
files = row.c row.h
allow = malloc
  free
builds = plain asan
hint = one
hint = two
  goes on
hint = three
call = put K V: V is stored
  under "K"
"""


class ExercisesTest(ToolCase):
    def table(self, what="table", chapter=CHAPTER, conf=CONF, ok=True,
              folder="ex/01-one/row"):
        self.write("01-one.nw", chapter)
        self.write(f"{folder}/exercise.conf", conf)
        given = ["given"] if what == "table" else []
        return self.run_tool("/usr/bin/python3", "-B", TABLE, what, "ex",
                             *given, "01-one.nw", ok=ok)

    def test_entry_has_what_the_chapter_and_conf_say(self):
        text = self.table()
        for part in ('.name = "one-row"', '.chapter = "01-one"',
                     '.title = "A row"', ".stars = 2", ".minutes = 40",
                     ".points = 5", '"row.c", "row.h", NULL',
                     '"malloc", "free", NULL', '"two goes on"',
                     '"put K V: V is stored under \\"K\\"", NULL',
                     ".needs = NULL", ".uses = (const char *const[]){NULL}",
                     ".model = &model_one_row",
                     '"given/exercises/01-one/row"',
                     '{"coil_row", "sec:rows"}'):
            self.assertIn(part, text)
        self.assertEqual(text.count(".judged = true"), 1)
        self.assertIn('.name = "one-think"', text)

    def test_statement_is_plain(self):
        text = self.table().replace('"\n        "', "")
        self.assertIn('Write row_new as in section \\"Rows\\"; see a and b.'
                      "\\n\\n    int x;", text)

    def test_table_compiles(self):
        text = self.table()
        head = os.path.join(HERE, "..", "..", "exercises", "judge")
        for name in ("exercise.h", "model.h"):
            with open(os.path.join(head, name), encoding="utf-8") as f:
                self.write(name, f.read())
        self.write("work.h", "const char *section_of(const char *);\n")
        self.write("all.c", text)
        self.run_tool("gcc", "-std=c11", "-Wall", "-Wextra", "-Wpedantic",
                      "-Werror", "-c", "all.c")

    def test_names_are_those_that_are_judged(self):
        self.assertEqual(self.table("names"),
                         "one-row 01-one 01-one/row row.c,row.h plain,asan\n")

    def two(self, conf, ok=True):
        """The exercise one-row, and one-walk behind it."""
        self.write("ex/01-one/walk/exercise.conf",
                   CONF.replace("row.c row.h", "walk.c") + conf)
        return self.table(chapter=CHAPTER + """
::: {.exercise #ex:one-walk stars=1 minutes=5 points=5 title="Walk"}
Walk over the row.
:::
""", ok=ok)

    def test_exercise_may_need_one_before_it(self):
        text = self.two("needs = one-row\nuses = row_new row_get\n")
        self.assertIn('.needs = "one-row"', text)
        self.assertIn('.uses = (const char *const[]){"row_new", "row_get", '
                      'NULL}', text)

    def test_need_of_what_does_not_stand_before_is_refused(self):
        for name in ("one-walk", "one-think", "one-other"):
            out = self.two(f"needs = {name}\n", ok=False)
            self.assertOneLine(out, f"01-one.nw:20: it needs {name}: that is "
                                    "one judged exercise before it")

    def test_need_with_a_file_of_the_same_name_is_refused(self):
        out = self.two("needs = one-row\nfiles = row.c\n", ok=False)
        self.assertOneLine(out, "01-one.nw:20: two files row.c are linked")

    def test_folder_without_statement_is_refused(self):
        out = self.table(folder="ex/01-one/other", ok=False)
        self.assertOneLine(out, "01-one/other: no chapter has this exercise")

    def test_judged_without_points_is_refused(self):
        out = self.table(chapter=CHAPTER.replace(" points=5", ""), ok=False)
        self.assertOneLine(out, "01-one.nw:7: it is judged: points=")

    def test_hints_are_three(self):
        out = self.table(conf=CONF.replace("hint = one\n", ""), ok=False)
        self.assertOneLine(out, "it needs three hints")

    def test_call_without_meaning_is_refused(self):
        out = self.table(conf=CONF + "call = put K V\n", ok=False)
        self.assertOneLine(out, "call = name ARGUMENTS: meaning")

    def test_unknown_key_is_refused(self):
        out = self.table(conf=CONF + "hints = none\n", ok=False)
        self.assertOneLine(out, "exercise.conf:12: what is this?")

    def test_name_of_another_chapter_is_refused(self):
        out = self.table(chapter=CHAPTER.replace("ex:one-row", "ex:two-row"),
                         ok=False)
        self.assertOneLine(out, "its name begins with one-")


if __name__ == "__main__":
    unittest.main()
