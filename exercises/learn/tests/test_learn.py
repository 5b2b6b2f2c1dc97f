"""Tests of the learner's tool without a terminal, and of its state."""
import json
import os
import resource
import sqlite3
import subprocess
import unittest

from fixture import REPORTS, STARTER, TOOL, LearnCase

AUX = """\\newlabel{ex:pools-map}{{4.1}{261}{Exercises}{section*.1}{}}
\\newlabel{sec:ch2-list}{{2.1}{143}{Lists}{section.2.1}{}}
\\cpos{NW1-2-1}{144}
"""


class LookTest(LearnCase):
    def test_list_shows_every_exercise_and_what_was_done(self):
        self.checked("pass", ok=True)
        out = self.tool("list")
        self.assertRegex(out, r"Chapter 4, pools +1 of 2 passed")
        self.assertRegex(out, r"▸ passed +pools-map +★ +20 min +10 points")
        self.assertRegex(out, r"-  +objects-idea .* to think")
        self.assertIn("]  1 of 2 passed, 10 of 30 points", out)
        self.assertIn("next:  ./coil show", out)

    def test_next_goes_round_and_leaves_out_what_is_passed(self):
        self.assertIn("pools-map: Which class?", self.tool("next"))
        self.assertIn("pools-list: A free list", self.tool("next"))
        self.assertIn("pools-map: Which class?", self.tool("next"))
        self.checked("pass", ok=True)
        self.assertIn("pools-list: A free list", self.tool("next"))
        self.assertIn("last one that is not passed", self.tool("next"))

    def test_show_gives_the_statement_and_what_to_type(self):
        out = self.tool("show", "map")
        self.assertIn("Write map_class.", out)
        self.assertIn("20 minutes   10 points", out)
        self.assertIn("It may call the library, assert, some of string.h; "
                      "nothing else of C.", out)
        self.assertIn(" in a list\n  of a book are\n- another\n", out)
        self.assertTrue(out.endswith("next:  ./coil start pools-map\n"), out)

    def test_show_names_the_page_once_the_book_is_made(self):
        self.assertNotIn("page", self.tool("show", "pools-map"))
        self.write("build/book/woven/tex/book.aux", AUX)
        self.assertIn("Chapter 4, page 261 ", self.tool("show", "pools-map"))

    def test_exercise_has_several_names(self):
        for name in ("pools-map", "ex:pools-map", "04-pools/map", "map",
                     "work/04-pools/map/"):
            self.assertIn("pools-map: ", self.tool("show", name))

    def test_unknown_name_is_told_with_the_nearest(self):
        out = self.tool("show", "pools-mop", ok=False)
        self.assertIn("no exercise pools-mop; pools-map is near", out)
        self.assertIn("next:  ./coil list", out)
        self.assertNotIn("near", self.tool("show", "zzzzzz", ok=False))

    def test_status_says_where_one_is(self):
        self.assertIn("next:  ./coil start pools-map", self.tool("status"))
        self.checked("wrong")
        out = self.tool("status")
        self.assertIn("last check: partial, 3 of 10 points", out)
        self.assertEqual(self.tool(), out)      # no terminal: no watch mode

    def test_words_that_are_wrong_are_refused(self):
        for args in (("list", "x"), ("check", "--nope"), ("hint", "4"),
                     ("check", "--seed"), ("check", "--seed", "xyz"),
                     ("show", "map", "list"), ("check", "--check", "none"),
                     ("verify",), ("nothing",)):
            out = self.tool(*args, ok=False)
            self.assertTrue(out.startswith("coil: "), out)
            self.assertIn("\nnext:  ./coil ", out)

    def test_doctor_says_what_to_do_without_a_box(self):
        out = self.tool("doctor")
        self.assertRegex(out, r"ok +box +bubblewrap +your code runs in a box")
        self.assertRegex(out, r"no +box +seccomp")
        out = self.tool("doctor", ok=False, env={"PLAYED_BOX": "none"})
        self.assertRegex(out, r"no +box +bubblewrap +your code runs under")
        self.assertIn("next:  apt-get install bubblewrap", out)

    def test_plain_output_has_no_escapes(self):
        out = self.checked("wrong")
        for args in ("list", "status", "show", "hint", "heap", "repro"):
            out += self.tool(args)
        self.assertNotIn("\x1b", out)


class WorkTest(LearnCase):
    def test_start_makes_the_files_and_never_writes_over_them(self):
        self.tool("start", "pools-map")
        self.assertEqual(self.read("work/04-pools/map/map.c"), STARTER)
        self.assertTrue(os.path.exists(
            self.at("work/04-pools/map/test_map.c")))
        self.write("work/04-pools/map/map.c", "mine")
        self.assertIn("as you left them", self.tool("start", "pools-map"))
        self.assertEqual(self.read("work/04-pools/map/map.c"), "mine")
        self.assertEqual(self.state()["current"], "pools-map")

    def test_exercise_to_think_about_has_no_files(self):
        for command in ("start", "check", "reset", "hint", "solution",
                        "submit"):
            out = self.tool(command, "objects-idea", ok=False)
            self.assertIn("objects-idea is for thought", out)

    def test_reset_keeps_a_backup_of_each_time(self):
        self.tool("start", "pools-map")
        for n, text in ((1, "one"), (2, "two")):
            self.write("work/04-pools/map/map.c", text)
            out = self.tool("reset", "pools-map")
            self.assertIn(f"work/04-pools/map/backup-{n}.", out)
            self.assertEqual(
                self.read(f"work/04-pools/map/backup-{n}/map.c"), text)
            self.assertEqual(self.read("work/04-pools/map/map.c"), STARTER)
        self.assertIn("as at the start already", self.tool("reset"))
        self.assertFalse(os.path.exists(
            self.at("work/04-pools/map/backup-3")))

    def test_reset_that_cannot_keep_a_backup_changes_nothing(self):
        self.tool("start", "pools-map")
        self.write("work/04-pools/map/map.c", "mine" * 100)
        out = self.tool("reset", ok=False, preexec_fn=small_files)
        self.assertIn("could not be written: File too large", out)
        self.assertEqual(self.read("work/04-pools/map/map.c"), "mine" * 100)

    def test_hints_come_one_by_one_and_are_recorded(self):
        out = self.tool("hint", "pools-map")
        self.assertIn("Look at the borders.", out)
        self.assertNotIn("Divide", out)
        self.assertEqual(self.of()["hints"], 1)
        self.assertIn("Divide by 16.", self.tool("hint", "pools-map"))
        self.assertEqual(self.of()["hints"], 2)
        self.tool("hint", "1", "pools-map")
        self.assertEqual(self.of()["hints"], 2)
        self.assertIn("(size - 1) / 16", self.tool("hint", "3", "map"))
        self.assertEqual(self.of()["hints"], 3)

    def test_solution_is_refused_before_a_pass(self):
        out = self.tool("solution", "pools-map", ok=False)
        self.assertIn("is shown after a pass", out)
        self.assertNotIn("the reference", out)
        self.assertNotIn("gave_up", self.of() if os.path.exists(
            self.at("work/state.json")) else {})
        self.checked("wrong")
        self.assertNotIn("the reference",
                         self.tool("solution", "pools-map", ok=False))

    def test_solution_is_shown_after_a_pass(self):
        self.checked("pass", ok=True)
        self.assertIn("/* the reference */", self.tool("solution"))
        self.assertEqual(self.read("work/04-pools/map/solution/map.c"),
                         "/* the reference */\n")
        self.assertNotIn("gave_up", self.of())

    def test_giving_up_shows_the_solution_and_is_recorded(self):
        out = self.tool("solution", "--give-up", "pools-map")
        self.assertIn("/* the reference */", out)
        self.assertIn("gave_up", self.of())

    def test_nothing_is_shown_that_could_not_be_recorded(self):
        self.tool("start", "pools-map")
        self.write("exercises/04-pools/map/staff/reference/map.c", "/* r */")
        out = self.tool("solution", "--give-up", ok=False,
                        preexec_fn=small_files)
        self.assertIn("could not be written", out)
        self.assertNotIn("/* r */", out)


class CheckTest(LearnCase):
    def test_check_of_what_is_not_started_says_how_to_start(self):
        out = self.tool("check", "pools-map", ok=False)
        self.assertIn("next:  ./coil start pools-map", out)

    def test_pass_is_said_and_kept(self):
        out = self.checked("pass", ok=True)
        self.assertIn("10 of 10 points", out)
        self.assertIn(":) limits", out)
        self.assertIn("next:  ./coil next", out)
        self.assertIn("passed", self.of())
        self.assertEqual(self.of()["best"], 10)

    def test_wrong_answer_is_said_with_case_heap_line_and_next(self):
        out = self.checked("wrong")
        for part in (":) classes", ":( limits  the borders are right   [0 of 7]",
                     "smallest case of 14 tried: 3 calls (seed 8f2c)",
                     "  open\n              ▶ class 512\n",
                     "   in words:\n              class N: map_class of N\n",
                     "   expected:  31\n   got:       32\n",
                     "map.c:3, map_class begins here",
                     "    3 | size_t map_class(size_t size)",
                     "a ──▶ #1  [list, count 2]", "├─▶ #2  [str 'x', count 1]",
                     "└─▶ #1  (see above)", "c  is empty",
                     "no name ──▶ #3  [tuple, count 1]",
                     "hello\n              \\x1b[31mred",
                     "./coil hint 1", "./coil repro", "./coil heap"):
            self.assertIn(part, out)
        self.assertNotIn("passed", self.of())
        self.assertEqual(self.of()["tries"], 1)

    def test_crash_names_the_line_of_the_learner(self):
        out = self.checked("skip")
        self.assertIn("Your code crashed.  Signal 11: Segmentation fault.",
                      out)
        self.assertIn("map.c:4, in map_class", out)
        self.assertIn('not run: needs "classes"', out)

    def test_sanitizer_is_heard_in_plain_words(self):
        freed = json.loads(json.dumps(REPORTS["skip"]))
        del freed["checks"][0]["trace"]
        freed["checks"][0].update(
            freed=[{"function": "map_size", "file": "map.c", "line": 5}],
            output="=====\n==2==ERROR: AddressSanitizer: "
            "heap-use-after-free on address 0x6030\n"
            "READ of size 4\n    #0 0x5555 (/box/out/asan+0x1234)\n\n"
            "freed by thread T0 here:\n    #0 0x5556 (/box/out/asan)\n"
            "SUMMARY: AddressSanitizer: heap-use-after-free\n  0x0c00: 00\n")
        self.write("reports/freed.json", json.dumps(freed))
        out = self.checked("freed")
        self.assertIn("Memory was used after it was freed.", out)
        self.assertIn("freed:     map.c:5, in map_size", out)
        self.assertIn("    5 |     return size;", out)
        self.assertIn("READ of size 4\n", out)
        for noise in ("#0", "=====", "freed by thread", "SUMMARY", "0x0c00"):
            self.assertNotIn(noise, out)
    def test_calls_of_the_case_are_said_in_words(self):
        out = self.checked("wrong")
        self.assertIn("   in words:\n              class N: map_class of N\n",
                      out)
        self.assertNotIn("size C:", out)
        self.assertNotIn("fail N:", out)

    def changed(self, name, **changes):
        """WRONG with some changes, as it is said."""
        other = json.loads(json.dumps(REPORTS["wrong"]))
        other["checks"][1].update(changes)
        self.write(f"reports/{name}.json", json.dumps(other))
        return self.checked(name)

    def test_use_of_what_was_freed_names_both_lines(self):
        out = self.changed(
            "freed", status="crash",
            trace=[{"function": "map_class", "file": "map.c", "line": 4}],
            freed=[{"function": "map_class", "file": "map.c", "line": 3}],
            output="==2==ERROR: heap-use-after-free\n"
                   "    #0 0x5555 (/box/out/asan+0xee4c4)\n"
                   "freed here:\n    #0 0x5556 (/box/out/asan+0xee4c4)\n"
                   "SUMMARY: AddressSanitizer: heap-use-after-free\n"
                   "Shadow bytes around the buggy address:\n  0x00: 00 00\n")
        self.assertIn("where:     map.c:4, in map_class", out)
        self.assertIn("freed:     map.c:3, in map_class", out)
        self.assertIn("heap-use-after-free\n              freed here:\n", out)
        self.assertNotIn("/box", out)
        self.assertNotIn("0x00", out)

    def test_what_is_alive_at_the_close_names_the_last_function(self):
        case = {"calls": ["open", "class 512", "close"], "at": 2,
                "expected": "live 0", "got": "live 1 (int 1)"}
        out = self.changed("close", case=case)
        self.assertIn("▶ close", out)
        self.assertIn("map.c:3, map_class begins here", out)
        self.assertIn("close: the case gives back all it has", out)
        self.assertIn("break map_class'", self.tool("repro"))

    def test_failure_at_the_end_marks_no_call(self):
        leak = json.loads(json.dumps(REPORTS["wrong"]))
        leak["checks"][1].update(status="leak")
        del leak["checks"][1]["case"]["at"]
        self.write("reports/leak.json", json.dumps(leak))
        out = self.checked("leak")
        self.assertIn("Something is still alive at the end.", out)
        self.assertNotIn("▶ class", out)
        self.assertNotIn("▶ open", out)

    def test_compiler_is_heard_plainly_with_the_page_of_the_book(self):
        self.write("book/02-containers.nw", "# C\n## Lists {#sec:ch2-list}\n")
        out = self.checked("compile")
        self.assertIn("It does not compile.", out)
        self.assertIn("map.c:4: error: too few arguments", out)
        self.assertIn("    4 | {", out)
        self.assertIn('has coil_list_append: section "Lists" of chapter 2',
                      out)
        self.assertLess(out.index("too few"), out.index("unused"))
        self.write("build/book/woven/tex/book.aux", AUX)
        self.assertIn("the book has coil_list_append: page 143",
                      self.tool("check", ok=False))

    def test_page_of_a_function_is_found_by_its_definition(self):
        report = json.loads(json.dumps(REPORTS["compile"]))
        del report["compile"]["messages"][0]["see"]
        self.write("reports/compile.json", json.dumps(report))
        self.write("book/02-containers.nw", "## Lists {#sec:ch2-list}\n"
                   "<<a>>=\n#include <x.h>\n@ %def x coil_list_append\n")
        out = self.checked("compile")
        self.assertIn('section "Lists" of chapter 2', out)
        self.write("build/book/woven/tex/book.aux", AUX)
        self.write("build/book/woven/book.tex",
                   "\\midef{1}{coil\\_list}{NW9}\n"
                   "\\midef{2}{coil\\_list\\_append}{NW1-2-1}\n")
        self.assertIn("page 144", self.tool("check", ok=False))

    def test_name_that_is_meant_is_the_one_with_the_page(self):
        report = json.loads(json.dumps(REPORTS["compile"]))
        report["compile"]["messages"][0]["text"] = (
            "implicit declaration of function 'coil_list_put'; "
            "did you mean 'coil_list_append'?")
        self.write("reports/compile.json", json.dumps(report))
        self.write("book/02-containers.nw", "## Lists {#sec:ch2-list}\n"
                   "<<a>>=\nint x;\n@ %def coil_list_append\n")
        out = self.checked("compile")
        self.assertIn("the book has coil_list_append: section", out)
        self.assertNotIn("has coil_list_put", out)
        self.write("book/02-containers.nw", "## Lists {#sec:ch2-list}\n")
        self.assertIn('the book: section "Lists"',
                      self.tool("check", ok=False))

    def test_refused_symbol_is_said(self):
        out = self.checked("rejected")
        self.assertIn("fork: not in the list of what map.c may use", out)
        self.assertNotIn("your own test", out)

    def test_refused_print_is_found_and_has_a_way_out(self):
        gate = [{"symbol": "puts",
                 "why": "not in the list of what map.c may use"}]
        self.write("reports/print.json", json.dumps(
            {**REPORTS["rejected"], "gate": gate}))
        self.answer("print", "int f(void) { return sprintf(0, 0) +\n"
                    'printf ("a\\n"); }\n')
        out = self.tool("check", ok=False)
        self.assertIn('map.c:8\n       8 | printf ("a\\n"); }\n', out)
        self.assertIn("print them in your own test", out)

    def test_fault_of_the_judge_is_no_try(self):
        out = self.checked("fault")
        self.assertIn("The judge failed, not you: no room in /tmp", out)
        self.assertIn("next:  ./coil doctor", out)
        self.assertNotIn("tries", self.of())

    def test_check_without_a_box_says_so(self):
        self.assertIn("without a box", self.checked("nobox", ok=True))

    def test_best_score_and_pass_stay(self):
        self.checked("pass", ok=True)
        self.checked("wrong")
        of = self.of()
        self.assertEqual((of["best"], of["score"]), (10, 3))
        self.assertIn("passed", of)

    def test_single_check_is_no_try(self):
        self.tool("start", "pools-map")
        self.answer("wrong")
        self.tool("check", "--check", "limits", ok=False)
        self.assertNotIn("tries", self.of())
        self.answer("pass")
        out = self.tool("check", "--check", "limits")
        self.assertIn("./coil check   (all of it", out)
        self.assertNotIn("passed", self.of())

    def test_seed_is_the_learners_own_or_the_one_given(self):
        def seed(name):
            return json.loads(self.read(f"work/reports/{name}.json"))["seed"]
        self.checked("wrong")
        first = seed("pools-map")
        self.assertRegex(first, "^[0-9a-f]{16}$")
        self.tool("check", ok=False)
        self.assertEqual(seed("pools-map"), first)
        self.tool("check", "--seed", "1f", ok=False)
        self.assertEqual(seed("pools-map"), "1f")


class AfterTest(LearnCase):
    def test_heap_draws_a_picture(self):
        self.checked("wrong")
        out = self.tool("heap")
        self.assertIn("The objects when limits failed", out)
        self.assertIn("work/04-pools/map/heap.svg", out)
        self.assertIn("<svg", self.read("work/04-pools/map/heap.svg"))

    def test_heap_without_dot_says_what_to_install(self):
        self.checked("wrong")
        out = self.tool("heap", ok=False, env={"PATH": "/nonexistent"})
        self.assertIn("a ──▶ #1", out)
        self.assertIn("next:  apt-get install graphviz", out)

    def test_heap_and_repro_need_a_failure(self):
        for command in ("heap", "repro"):
            self.assertIn("was not checked yet",
                          self.tool(command, "pools-map", ok=False))
        self.checked("pass", ok=True)
        self.assertIn("has no picture", self.tool("heap", ok=False))
        self.assertIn("no check of pools-map failed",
                      self.tool("repro", ok=False))

    def test_repro_is_a_program_of_the_smallest_case(self):
        self.checked("wrong")
        out = self.tool("repro")
        self.assertIn("gdb -ex 'break map_class'", out)
        self.assertIn("no classes of pools-map failed",
                      self.tool("repro", "--check", "classes", ok=False))
        self.tool("repro", "--check", "limits")
        text = self.read("work/04-pools/map/repro.c")
        self.assertIn('    "class 512",        /* expected 31 */\n', text)
        self.assertIn('    "open",\n', text)

    def test_repro_of_what_the_sanitizer_saw_has_it(self):
        two = json.loads(json.dumps(REPORTS["wrong"]))
        two["checks"][0].update(status="leak", build="asan", earned=0,
                                case={"calls": ["open"]})
        self.write("reports/two.json", json.dumps(two))
        self.checked("two")
        out = self.tool("repro")
        self.assertIn("clang -fsanitize=address,undefined ", out)
        self.assertIn("/asan/libcoil.a", out)
        self.assertIn("ASAN_OPTIONS detect_leaks=0", out)
        self.assertIn("other:  ./coil repro pools-map --check limits\n", out)
        out = self.tool("repro", "--check", "limits")
        self.assertIn("build:  cc -std", out)
        self.assertIn("/plain/libcoil.a", out)
        self.assertNotIn("ASAN_OPTIONS", out)

    def test_bench_is_of_what_counts_instructions(self):
        out = self.tool("bench", "pools-map", ok=False)
        self.assertIn("next:  ./coil bench pools-list", out)
        self.tool("start", "pools-list")
        for name, ratio in (("fast", 1.25), ("none", None)):
            checks = [{"name": "speed", "status": "pass", "weight": 1,
                       "earned": 1, "says": "as fast as the book's"}]
            if ratio:
                checks[0]["ratio"] = ratio
            self.write(f"reports/{name}.json", json.dumps(
                {"status": "pass", "score": 20, "checks": checks}))
        self.write("work/04-pools/list/list.c", "// report: fast\n")
        self.assertIn("1.25 times those of the reference",
                      self.tool("bench", "pools-list"))
        self.write("work/04-pools/list/list.c", "// report: none\n")
        self.assertIn("must be right before it is counted",
                      self.tool("bench", "pools-list", ok=False))


class SubmitTest(LearnCase):
    PACK = "work/04-pools/map/pools-map.sub"

    def submit(self, *args, ok=True, **options):
        self.tool("start", "pools-map")
        self.answer("pass")
        return self.tool("submit", *args, ok=ok, **options)

    def test_submit_lists_what_goes_in_and_records(self):
        out = self.submit("--yes")
        before, after = out.split("Left out:")
        self.assertIn("   map.c ", before)
        self.assertIn("test_map.c", after)
        self.assertIn("Did you write this yourself", out)
        self.assertIn("10 of 10 points", out)
        self.assertIn("next:  ./coil verify " + self.PACK, out)
        self.assertIn("submitted", self.of())
        with sqlite3.connect(self.at("work/record.db")) as db:
            rows = db.execute("select count(*) from submission").fetchone()
        self.assertEqual(rows, (1,))

    def test_submit_without_an_answer_submits_nothing(self):
        out = self.submit(ok=False)
        self.assertIn("nobody is here to answer", out)
        self.assertIn("next:  ./coil submit pools-map --yes", out)
        self.assertFalse(os.path.exists(self.at(self.PACK)))
        self.assertFalse(os.path.exists(self.at("work/record.db")))

    def test_submit_of_a_missing_file_is_refused(self):
        self.submit("--yes")
        os.remove(self.at("work/04-pools/map/map.c"))
        self.assertIn("not started", self.tool("submit", "--yes", ok=False))

    def test_pack_goes_where_it_is_asked_to(self):
        os.mkdir(self.dir + "/else")
        self.submit("--yes", "-o", "mine.sub",
                    env={"COIL_FROM": self.dir + "/else"})
        self.assertTrue(os.path.exists(self.dir + "/else/mine.sub"))
        self.tool("verify", "mine.sub",
                  env={"COIL_FROM": self.dir + "/else"})

    def test_verify_sees_what_was_changed(self):
        self.submit("--yes")
        self.assertIn("as yours", self.tool("verify", self.PACK))
        mine = self.read("work/04-pools/map/map.c")
        self.write("work/04-pools/map/map.c", mine.replace("size;", "zero;"))
        self.assertIn("not as yours is now", self.tool("verify", self.PACK))
        path = self.at(self.PACK)
        with open(path, "rb") as f:
            text = f.read()
        with open(path, "wb") as f:
            f.write(text.replace(b"map_class", b"map_CLASS"))
        self.tool("verify", self.PACK, ok=False)
        with open(path, "wb") as f:
            f.write(text[:-700])
        self.tool("verify", self.PACK, ok=False)
        self.assertIn("cannot be read",
                      self.tool("verify", "nowhere.sub", ok=False))

    def test_submission_judges_what_is_in_the_pack(self):
        self.tool("start", "pools-map")
        self.answer("pass", "// wait\n")
        p = subprocess.Popen([TOOL, "submit", "--yes"], cwd=self.dir,
                             env=self.env, stdout=subprocess.PIPE, text=True)
        while not os.path.exists(self.at("work/.submitted/map.c")):
            self.assertIsNone(p.poll())
        self.answer("wrong")
        self.write("go", "")
        self.assertIn("10 of 10 points", p.communicate()[0])
        self.assertFalse(os.path.exists(self.at("work/.submitted")))


def small_files():
    """A disk without room: files may not grow beyond 16 bytes."""
    import signal
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (16, 16))


class StateTest(LearnCase):
    def damage(self, text):
        self.checked("pass", ok=True)
        self.tool("hint", "2", "pools-map")
        self.write("work/state.json", text)
        return self.tool("status")

    def test_torn_state_is_told_kept_and_mended(self):
        self.checked("pass", ok=True)
        self.tool("hint", "2", "pools-map")
        whole = self.read("work/state.json")
        torn = whole[:len(whole) // 2]
        self.write("work/state.json", torn)
        out = self.tool("status")
        self.assertIn("work/state.json is damaged (line ", out)
        self.assertIn("kept as work/state.json.damaged-1", out)
        self.assertIn("1 of 2 passed", out)
        self.assertEqual(self.read("work/state.json.damaged-1"), torn)
        self.assertIn("passed", self.of())
        self.assertNotIn("damaged", self.tool("status"))

    def test_state_is_mended_from_the_reports_alone(self):
        self.checked("pass", ok=True)
        os.remove(self.at("work/state.json.old"))
        self.write("work/state.json", "")
        self.assertIn("1 of 2 passed", self.tool("status"))

    def test_second_damage_does_not_replace_the_first(self):
        self.damage("{")
        self.write("work/state.json", "[]")
        out = self.tool("status")
        self.assertIn("kept as work/state.json.damaged-2", out)
        self.assertEqual(self.read("work/state.json.damaged-1"), "{")
        self.assertEqual(self.read("work/state.json.damaged-2"), "[]")

    def test_state_of_another_shape_is_damaged(self):
        for text in ("[]", "{}", '{"version": 1}', '{"version": 1, '
                     '"exercises": {"pools-map": 3}}', "\x00\xff{",
                     '{"version": 1, "version": 1, "exercises": {}}'):
            self.write("work/state.json", text)
            self.assertIn("damaged", self.tool("status"), text)

    def test_newer_state_is_left_alone(self):
        text = '{"version": 2, "exercises": {}}'
        self.write("work/state.json", text)
        self.assertIn("newer coil", self.tool("status", ok=False))
        self.assertEqual(self.read("work/state.json"), text)

    def test_full_disk_leaves_the_state_as_it_was(self):
        self.checked("wrong")
        before = self.read("work/state.json")
        out = self.tool("hint", "2", ok=False, preexec_fn=small_files)
        self.assertIn("work/state.json could not be written: File too large",
                      out)
        self.assertIn("next:  free some room", out)
        self.assertEqual(self.read("work/state.json"), before)
        self.assertEqual([f for f in os.listdir(self.at("work"))
                          if ".new" in f], [])

    def test_full_disk_does_not_hide_what_was_seen(self):
        self.tool("start", "pools-map")
        self.answer("wrong")
        self.tool("check", ok=False)    # the seed is there
        out = self.tool("check", ok=False, preexec_fn=small_files)
        self.assertIn("could not be written", out)
        self.assertIn(":( limits", out)
        self.assertEqual(self.of()["tries"], 1)

    def test_folder_that_cannot_be_written_is_told(self):
        self.write("work", "a file, and so no folder")
        self.assertIn("work/ cannot be written", self.tool("list", ok=False))

    def test_two_at_once_lose_nothing(self):
        self.tool("start", "pools-map")
        many = [subprocess.Popen(
            [TOOL, "hint", str(n % 3 + 1), "pools-map"], cwd=self.dir,
            env=self.env, stdout=subprocess.DEVNULL) for n in range(8)]
        many += [subprocess.Popen(
            [TOOL, "hint", str(n % 3 + 1), "pools-list"], cwd=self.dir,
            env=self.env, stdout=subprocess.DEVNULL) for n in range(8)]
        self.assertEqual([p.wait() for p in many], [0] * 16)
        self.assertEqual(self.of("pools-map")["hints"], 3)
        self.assertEqual(self.of("pools-list")["hints"], 3)
        self.assertIn("started", self.of("pools-map"))


if __name__ == "__main__":
    unittest.main()
