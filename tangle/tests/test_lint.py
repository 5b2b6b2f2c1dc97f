"""Each rule of lint.py is silent on the sample and fires on a fault."""
import os
import subprocess
import unittest

from tools import LINT, SAMPLE, ToolCase

# rule: changes to the sample, then what the complaint must say
FAULTS = {
    "undefined": ([("and [[<<do the put>>]] writes",
                    "and [[<<do the\nputt>>]] writes")],
                  "01-box.nw:38: <<do the\nputt>> is defined nowhere"),
    "unused": ([("It needs a field.",
                 "\n\n<<a step nobody takes>>=\nint x;\n@\n")],
               "02-label.nw:5: <<a step nobody takes>> is used by no file"),
    "length": ([("int puts;", "int puts;\n" * 41)],
               "02-label.nw:5: <<box: fields>> has 41 lines, 40 at most"),
    "width": ([("int puts;", "int puts;" + 64 * " " + "/**/\n\tint n;")],
              "02-label.nw:6: 77 columns, 72 at most\n"
              "02-label.nw:7: a tab"),
    "continued": ([("<<label.c>>=", "<<do the put>>=\nputs(0);\n@\n"
                    "<<label.c>>=")],
                  "<<do the put>> continues chapter 1, which left no place"),
    "twice": ([("@ %def coil_box_puts", "@ %def coil_box_puts coil_box_get")],
              "02-label.nw:24: coil_box_get is in the %def of 01-box.nw:26"),
    "defs": ([("@ %def coil_box_puts", "@")],
             "label.c: function coil_box_puts has no %def in the book"),
    "spelling": ([("The file has one part.", "The file hass one `paart`.")],
                 "01-box.nw:38: unknown word: hass\n"),
    "layers": ([('#include "coil/box.h"\n\n<<box: functions>>',
                 '#include "coil/box.h"\n#include "internal/label.h"\n\n'
                 "<<box: functions>>"),
                ("<<label.c>>=", "<<internal/label.h>>=\nint coil_l;\n@\n"
                 "<<label.c>>=")],
               "01-box.nw:42: internal/label.h belongs to chapter 2"),
    "adds": ([("    <<tell the label>>\n", "    box->number += 0"
               "<<tell the label>>;\n"),
              ("box->puts++;", "+ 1")],
             "of chapter 1 is changed by chapter 2: box->number += 0;"),
    "src": ([("return box->puts;", "return box->puts + 0;")],
            "src/label.c: not as in the book"),
    "transcripts": ([("{.transcript program=\"01-box/seven\"}",
                      "{.transcript program=\"01-box/eight\"}")],
                    "01-box.nw:105: no program demo/01-box/eight"),
    "durations": ([("It needs a field.", "It takes 20 ns.")],
                  "02-label.nw:3: 20 ns: typed by hand"),
    "headers": ([("int coil_box_puts(const",
                  "size_t coil_box_puts(const")],
                "include/coil/box.h: does not compile by itself"),
    "tested": ([("int coil_box_puts(const struct coil_box *box);",
                 "int coil_box_puts(const struct coil_box *box);\n"
                 "int coil_box_more(void);")],
               "include/coil/box.h: no test calls coil_box_more"),
    "tests": ([('tests="box"', 'tests="box bax"')],
              "checkpoint box: there is no test bax in chapter 1"),
    "words": ([], "note.txt:2: TOD" "O"),
}
MORE = {
    "durations": [([("It needs a field.", "It takes some 20 ns.\n\n"
                     "And 3 microseconds.")],
                   "02-label.nw:5: 3 microseconds: typed by hand")],
    "spelling": [([("<<the number is new>>", "<<the numberr is new>>")],
                  "01-box.nw:68: unknown word: numberr"),
                 ([("int puts;", "int puts;  /* how offten */")],
                  "02-label.nw:5: unknown word: offten")],
    "tests": [([('{.checkpoint #cp:box tests="box"}',
                 '{#cp:box .checkpoint tests="box"}')],
               "01-box.nw:77: not built: a checkpoint is"),
              ([('{.checkpoint #cp:box tests="box"}',
                 '{.checkpoint #cp:box\ntests="box"}')],
               "01-box.nw:77: not built: a checkpoint is")],
    "transcripts": [
        ([("<<demo/01-box/seven.py>>", "<<demo/01-box/more/seven.py>>")],
         "demo/01-box/more/seven.py is never run: a program is demo/01-box/"),
        ([("<<demo/01-box/seven.py>>", "<<seven.py>>")],
         "01-box.nw:98: seven.py is never run"),
        ([("<<label.c>>=", "<<demo/01-box/eight.c>>=\nint x;\n@\n\n"
           "<<label.c>>=")], "demo/01-box/eight.c is never run")],
    "continued": [
        ([("%place 2\n\n<<box: prototypes>>=",
           "%place 3\n\n<<box: prototypes>>=")],
         "<<box: fields>> is promised to chapter 3"),
        ([("<<label.c>>=", "<<nothing yet>>=\n@ %place  3\n\n"
           "<<label.c>>=\n<<nothing yet>>")],
         "<<nothing yet>> is empty, and no place"),
        ([("<<tell the label>>=\nbox->puts++;\n@\n", "")],
         "chapter 2 does not fill <<tell the label>>"),
        ([("<<box: fields>>=\n@ %place", "<<box: fields>>=\nint x;\n"
           "@ %place")], "<<box: fields>> is no place")],
    "undefined": [([("        <<do the put>>", "        <<do the putt>>")],
                   "<<do the putt>> is defined nowhere")],
    "defs": [([("%def coil_box_puts", "%def coil_box_puts coil_box_pets")],
              "%def coil_box_pets: not in this chunk"),
             ([("%def COIL_BOX_EMPTY coil_box coil", "%def coil")],
              "macro COIL_BOX_EMPTY has no %def")],
}


class LintTest(ToolCase):
    def lint(self, rule, names, ok):
        return self.run_tool("/usr/bin/python3", "-B", LINT, rule, "--book",
                             ".", "--src", "src", "--top", ".", *names, ok=ok)

    def prepare(self, rule):
        """What the rule compares the chapters with."""
        names = self.sample()
        self.write("transcripts/01-box/seven.txt", "7\n")
        if rule == "src":
            self.tangle("src", "src", *names)
        if rule == "words":
            self.run_tool("git", "init", "-q")
        if rule in ("tests", "tested"):
            self.write("tests/CMakeLists.txt",
                       "coil_add_test(box CHAPTER 01 SOURCES test_box.c)\n"
                       "coil_add_test(none CHAPTER 01 SOURCES test_none.c)\n")
            self.write("tests/test_box.c",
                       "coil_box_get coil_box_put coil_box_puts\n")
        return names

    def check(self, rule):
        names = self.prepare(rule)
        self.assertEqual(self.lint(rule, names, True), "")
        for change, complaint in [FAULTS[rule], *MORE.get(rule, [])]:
            self.sample(change)
            self.write("note.txt", "Here is a\nTOD" "O for you.\n")
            self.assertIn(complaint, self.lint(rule, names, False))

    def test_every_rule_has_a_fault(self):
        p = subprocess.run(["/usr/bin/python3", "-B", LINT, "--rules"],
                           check=True, capture_output=True, text=True)
        self.assertEqual(set(p.stdout.split()), set(FAULTS))

    def test_width_is_also_that_of_exercises(self):
        names = self.sample()
        self.write("exercises/01-box/one/driver.c", 71 * "x" + "é\n")
        self.write("exercises/01-box/one/table.txt", 99 * "x" + "\n")
        self.assertEqual(self.lint("width", names, True), "")
        self.write("exercises/01-box/one/driver.c",
                   "int x;\n" + 72 * "x" + "é\n")
        self.write("exercises/judge/wide.h", "\tint x;\n")
        self.assertEqual(self.lint("width", names, False),
                         "exercises/01-box/one/driver.c:2: 73 columns,"
                         " 72 at most\nexercises/judge/wide.h:1: a tab\n")

    def test_long_chunk_is_a_warning(self):
        names = self.sample([("int puts;", "int puts;\n" * 26)])
        self.assertIn("26 lines; 4 to 15 is good (warning)",
                      self.lint("length", names, True))

    def test_text_and_program_belong_together(self):
        names = self.prepare("transcripts")
        self.write("transcripts/01-box/nine.txt", "9\n")
        self.assertIn("01-box/nine.txt: no program prints it",
                      self.lint("transcripts", names, False))
        os.remove(self.dir + "/transcripts/01-box/nine.txt")
        os.remove(self.dir + "/transcripts/01-box/seven.txt")
        self.assertIn("seven.txt is missing (./coil update writes it)",
                      self.lint("transcripts", names, False))

    def test_each_test_is_registered_for_a_chapter_that_is_there(self):
        names = self.prepare("tests")
        good = self.read("tests/CMakeLists.txt")
        self.write("tests/fuzz/fuzz_box.c", "")
        fuzz = "coil_add_fuzz(box CHAPTER 01 RUNS 9\n  SOURCES a.c)\n"
        self.write("tests/CMakeLists.txt", good + fuzz)
        self.assertEqual(self.lint("tests", names, True), "")
        for text, complaint in (
                (good, "tests/fuzz/fuzz_box.c: no coil_add_test"),
                (fuzz + "# " + good, "tests/test_box.c: no coil_add_test"),
                (fuzz + good.replace("01 SOURCES test_n", "07 SOURCES test_n"),
                 "test none: not run: there is no chapter 07"),
                (fuzz + good.replace("01 SOURCES test_b", "02 SOURCES test_b"),
                 "test box: registered for chapter 02, but box is of chapter 1")):
            self.write("tests/CMakeLists.txt", text)
            self.assertIn(complaint, self.lint("tests", names, False))

    def test_twin_row_is_complete_and_has_a_chapter(self):
        names = self.prepare("tests")
        for part in ("c", "py", "txt"):
            self.write("tests/twin/box-1." + part, "/* chapter: 01 */\n")
        self.assertEqual(self.lint("tests", names, True), "")
        self.write("tests/twin/box-1.c", "int main(void);\n")
        self.assertIn("tests/twin/box-1.c:1: no chapter",
                      self.lint("tests", names, False))
        self.write("tests/twin/box-1.c", "/* chapter: 11 */\n")
        self.assertIn("tests/twin/box-1.c:1: not run: there is no chapter 11",
                      self.lint("tests", names, False))
        os.remove(self.dir + "/tests/twin/box-1.txt")
        self.assertIn("there is no twin/box-1.txt",
                      self.lint("tests", names, False))

    def test_words_are_found_without_git(self):
        names = self.sample()
        self.write("note.txt", "Here is a\nTOD" "O for you.\n")
        self.assertIn("note.txt:2: TOD" "O", self.lint("words", names, False))

    def test_stray_file_in_src(self):
        names = self.prepare("src")
        self.write("src/stray.c", "int x;\n")
        self.assertIn("src/stray.c: not as in the book",
                      self.lint("src", names, False))

    def test_every_byte_of_src_counts(self):
        names = self.prepare("src")
        text = self.read("src/label.c")
        with open(self.dir + "/src/label.c", "wb") as f:
            f.write(text.replace("\n", "\r\n").encode())
        self.assertIn("src/label.c: not as in the book",
                      self.lint("src", names, False))
        self.write("src/label.c", text)
        with open(self.dir + "/src/stray.o", "wb") as f:
            f.write(b"\xff\xfe")
        self.assertIn("src/stray.o: not as in the book",
                      self.lint("src", names, False))

    def test_code_after_the_last_chapter_is_unused(self):
        names = self.sample()
        self.write("99-back.nw", "# Back {#ch:back}\n\n<<ghost.c>>=\nint x;\n@\n")
        self.assertIn("99-back.nw:3: <<ghost.c>> stands in no chapter",
                      self.lint("unused", [*names, "99-back.nw"], False))

    def test_word_list_is_honoured(self):
        names = self.sample([("It needs a field.", "It needs a qwertz.")])
        self.assertIn("qwertz", self.lint("spelling", names, False))
        self.write("words.txt", "# a comment\nqwertz\n")
        self.assertEqual(self.lint("spelling", names, True), "")

    def test_unknown_rule_is_refused(self):
        out = self.run_tool("/usr/bin/python3", "-B", LINT, "nonsense",
                            ok=False)
        self.assertIn("lint.py RULE", out)

    def test_stats_of_the_sample(self):
        stats = os.path.join(os.path.dirname(LINT), "stats.py")
        names = [os.path.join(SAMPLE, n) for n in sorted(os.listdir(SAMPLE))
                 if n.endswith(".nw")]
        out = self.run_tool("/usr/bin/python3", "-B", stats, *names)
        row = next(r for r in out.split("\n") if r.startswith("02-label"))
        # 14 words before the first chunk, 11 after it; 8 lines of code
        self.assertEqual(row.split(), ["02-label", "25", "8", "3.1", "4",
                                       "1", "5", "5", "14"])


for rule in FAULTS:
    setattr(LintTest, f"test_rule_{rule}",
            lambda self, rule=rule: self.check(rule))

if __name__ == "__main__":
    unittest.main()
