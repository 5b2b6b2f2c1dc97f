"""Tests of tangle.py and transcript.sh."""
import os
import resource
import signal
import unittest

from tools import TRANSCRIPT, ToolCase


class TangleTest(ToolCase):
    def line_of(self, name, text):
        rows = self.read(name).splitlines(keepends=True)
        return next(n for n, row in enumerate(rows, 1) if text in row)

    def test_src_has_names_and_indentation_and_no_line(self):
        self.tangle("src", "src", *self.sample())
        text = self.read("src/box.c")
        self.assertIn("    if (box->number != number) {\n"
                      "        /* do the put */\n"
                      "        box->number = number;\n"
                      "    }\n", text)
        self.assertNotIn("#line", text)
        self.assertIn("# print seven\n", self.read("src/demo/01-box/seven.py"))

    def test_place_leaves_nothing_until_it_is_filled(self):
        names = self.sample()
        self.tangle("src", "src", names[0])
        self.assertNotIn("tell the label", self.read("src/box.c"))
        self.assertNotIn(" \n", self.read("src/box.c"))
        self.tangle("src", "src", *names)
        self.assertIn("    /* tell the label */\n    box->puts++;\n",
                      self.read("src/box.c"))

    def test_unchanged_file_is_not_written(self):
        names = self.sample()
        self.tangle("src", "src", *names)
        for f in ("src/box.c", "src/label.c"):
            os.utime(os.path.join(self.dir, f), (1, 1))
        text = self.read(names[1]).replace("return box->puts;",
                                           "return box->puts + 0;")
        self.write(names[1], text)
        self.tangle("src", "src", *names)
        times = [os.path.getmtime(os.path.join(self.dir, "src", f))
                 for f in ("box.c", "label.c")]
        self.assertEqual(times[0], 1)
        self.assertGreater(times[1], 1)

    def test_file_that_left_the_book_is_removed(self):
        names = self.sample()
        self.tangle("src", "src", *names)
        self.tangle("src", "src", names[0])
        self.assertFalse(os.path.exists(self.dir + "/src/label.c"))

    def test_checkpoint_takes_what_comes_later_as_empty(self):
        self.tangle("trees", "t", *self.sample())
        self.assertNotIn("coil_box_get(const", self.read("t/cp-empty/box.c"))
        self.assertIn("coil_box_put(struct", self.read("t/cp-box/box.c"))
        self.assertFalse(os.path.exists(self.dir + "/t/cp-box/demo"))
        self.assertFalse(os.path.exists(self.dir + "/t/ch01/label.c"))
        self.assertTrue(os.path.exists(self.dir + "/t/ch02/label.c"))

    def test_plan_is_written_only_when_a_file_comes(self):
        names = self.sample()
        self.tangle("plan", "plan", *names)
        self.assertIn("set(coil_ch_trees ch01 ch02)", self.read("plan"))
        self.assertIn("set(coil_cp-box_tests box)", self.read("plan"))
        os.utime(self.dir + "/plan", (1, 1))
        self.write(names[1], self.read(names[1]) + "One more line.\n")
        self.tangle("plan", "plan", *names)
        self.assertEqual(os.path.getmtime(self.dir + "/plan"), 1)
        self.write(names[1], self.read(names[1])
                   + "\n<<more.c>>=\nint coil_more;\n@\n")
        self.tangle("plan", "plan", *names)
        self.assertGreater(os.path.getmtime(self.dir + "/plan"), 1)

    def test_chapters_alone_leaves_out_checkpoints(self):
        names = self.sample()
        self.tangle("trees", "t", *names)
        every = sorted(os.listdir(self.dir + "/t"))
        self.tangle("trees", "--chapters", "u", *names)
        self.assertNotEqual([t for t in every if t.startswith("cp-")], [])
        self.assertEqual(sorted(os.listdir(self.dir + "/u")),
                         [t for t in every if t.startswith("ch")])
        self.tangle("plan", "--chapters", "plan", *names)
        self.assertNotIn("cp-", self.read("plan"))

    def test_lazy_leaves_a_file_whose_lines_moved(self):
        names = self.sample()
        self.tangle("trees", "--lazy", "t", *names)
        before = self.read("t/ch01/box.c")
        moved = "A new line.\n\n" + self.read(names[0])
        self.write(names[0], moved)
        self.tangle("trees", "--lazy", "t", *names)
        self.assertEqual(self.read("t/ch01/box.c"), before)
        self.write(names[0], moved.replace("return box->number;",
                                           "return 0 + box->number;"))
        self.tangle("trees", "--lazy", "t", *names)
        line = self.line_of(names[0], "int coil_box_get(const struct "
                            "coil_box *box)\n")
        self.assertIn(f"#line {line} ", self.read("t/ch01/box.c"))

    def test_compiler_points_at_the_chapter(self):
        names = self.sample([("box->number = number;",
                              "box->numbr = number;")])
        self.tangle("trees", "t", *names)
        out = self.run_tool("gcc", "-c", "-It/ch01/include", "-o", "x.o",
                            "t/ch01/box.c", ok=False)
        line = self.line_of(names[0], "numbr")
        self.assertRegex(out, rf"{names[0]}:{line}:6: error:.*numbr")

    def test_debugger_steps_through_the_chapter(self):
        names = self.sample()
        self.tangle("trees", "t", *names)
        self.run_tool("gcc", "-g", "-O0", "-It/ch02/include", "-o", "x",
                      "t/ch02/box.c", "t/ch02/label.c",
                      "t/ch02/demo/01-box/seven.c")
        put = self.line_of(names[0], "box->number = number;")
        label = self.line_of(names[1], "box->puts++;")
        out = self.run_tool("gdb", "-nx", "-batch", "-ex",
                            f"break {names[0]}:{put}", "-ex", "run",
                            "-ex", "info line", "-ex", "step",
                            "-ex", "info line", "x")
        self.assertIn(f'Line {put} of "{self.dir}/{names[0]}"', out)
        self.assertIn(f'Line {label} of "{self.dir}/{names[1]}"', out)

    def test_undefined_chunk_is_one_line_with_its_place(self):
        names = self.sample([("<<do the put>>=", "<<do the putt>>=")])
        line = self.line_of(names[0], "        <<do the put>>")
        out = self.tangle("trees", "t", *names, ok=False)
        self.assertOneLine(out, f"{names[0]}:{line}: undefined chunk "
                           "<<do the put>>")

    def test_chunk_of_a_later_chapter_is_undefined_before(self):
        names = self.sample([("<<tell the label>>=\n@ %place 2\n", "")])
        out = self.tangle("trees", "t", *names, ok=False)
        self.assertOneLine(out, "undefined chunk <<tell the label>>")

    def test_chunk_in_a_macro_is_refused(self):
        names = self.sample([("#define COIL_BOX_EMPTY 0",
                              "#define COIL_BOX_EMPTY \\\n"
                              "    <<nothing at all>>")])
        out = self.tangle("src", "src", *names, ok=False)
        self.assertOneLine(out, "a chunk in a macro")

    def test_file_outside_the_tree_is_refused(self):
        names = self.sample([("<<label.c>>=", "<<../label.c>>=")])
        out = self.tangle("src", "src", *names, ok=False)
        self.assertOneLine(out, "would leave the tree")

    def test_broken_chapter_is_one_line(self):
        self.write("01-x.nw", "# X {#ch:x}\n\nA << b here.\n")
        out = self.tangle("src", "src", "01-x.nw", ok=False)
        self.assertIn("01-x.nw:3: unescaped <<", out)
        self.assertNotIn("Traceback", out)

    def test_chapter_without_a_number_is_refused(self):
        self.write("extra.nw", "# X {#ch:x}\n")
        out = self.tangle("src", "src", "extra.nw", ok=False)
        self.assertOneLine(out, "extra.nw: a chapter is named NN-slug.nw")

    def test_missing_noweb_is_one_line(self):
        env = dict(os.environ, NOWEB_LIB="/nowhere")
        out = self.tangle("src", "src", *self.sample(), ok=False, env=env)
        self.assertOneLine(out, "/nowhere/markup is missing: install noweb")

    def test_full_disk_is_one_line_and_harms_no_file(self):
        names = self.sample()
        self.tangle("src", "src", *names)
        before = self.read("src/box.c")
        self.write(names[0], self.read(names[0]).replace(
            "return box->number;", "return 0 + box->number;"))

        def no_room():                  # a write now fails, as on a full disk
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (100, 100))
        out = self.tangle("src", "src", *names, ok=False, preexec_fn=no_room)
        self.assertNotIn("Traceback", out)
        self.assertRegex(out, "File too large|write|mnt")
        self.assertEqual(self.read("src/box.c"), before)
        self.assertEqual([f for f in os.listdir(self.dir + "/src")
                          if f.startswith(".new")], [])


class TranscriptTest(ToolCase):
    def go(self, mode, *command, **options):
        return self.run_tool(TRANSCRIPT, mode, "t/x.txt", "got", *command,
                             **options)

    def test_same_text_passes(self):
        self.write("t/x.txt", "7\n")
        self.assertEqual(self.go("check", "echo", "7"), "")

    def test_other_text_shows_the_difference(self):
        self.write("t/x.txt", "7\n")
        out = self.go("check", "echo", "8", ok=False)
        self.assertIn("-7\n+8\n", out)
        self.assertIn("./coil update", out)
        self.assertEqual(self.read("t/x.txt"), "7\n")

    def test_failing_program_fails_even_with_the_right_text(self):
        self.write("t/x.txt", "7\n")
        out = self.go("check", "sh", "-c", "echo 7; exit 3", ok=False)
        self.assertIn("failed with status 3", out)

    def test_missing_text_says_what_to_do(self):
        out = self.go("check", "echo", "7", ok=False)
        self.assertOneLine(out, "t/x.txt is missing: ./coil update")

    def test_update_writes_the_text(self):
        self.assertIn("wrote", self.go("update", "echo", "7"))
        self.assertEqual(self.read("t/x.txt"), "7\n")
        self.assertEqual(self.go("update", "echo", "7"), "")


if __name__ == "__main__":
    unittest.main()
