"""Tests of watch mode, at a terminal of their own."""
import os
import signal
import unittest

from fixture import STARTER, LearnCase, Terminal

KEYS = "n next   h hint   l list   c check   x reset   q quit"


class WatchTest(LearnCase):
    def watch(self, **env):
        env.setdefault("NO_COLOR", "1")
        return Terminal(self, env=env)

    def test_first_start_makes_the_files_and_shows_the_statement(self):
        w = self.watch()
        out = w.until("Write map_class.", KEYS)
        self.assertIn("0 of 2 passed, 0 of 30 points", out)
        self.assertIn("work/04-pools/map/map.c", out)
        self.assertEqual(self.read("work/04-pools/map/map.c"), STARTER)
        w.type("q")
        self.assertEqual(w.ended(), 0)
        self.assertTrue(w.restored())
        self.assertIn("next:  ./coil ", w.screen())

    def test_saving_the_file_checks_it(self):
        w = self.watch()
        w.until(KEYS)
        self.answer("wrong")
        w.until(":( limits", "expected:  31", KEYS)
        self.answer("pass")
        out = w.until("10 of 10 points", "Passed.  next:  n", KEYS)
        self.assertIn("1 of 2 passed, 10 of 30 points", out)
        self.assertIn("passed", self.of())

    def test_file_that_is_renamed_into_place_is_seen(self):
        w = self.watch()
        w.until(KEYS)
        self.write("work/04-pools/map/new", STARTER + "// report: pass\n")
        os.rename(self.at("work/04-pools/map/new"),
                  self.at("work/04-pools/map/map.c"))
        w.until("10 of 10 points")

    def test_other_files_are_not_checked(self):
        w = self.watch()
        w.until(KEYS)
        self.write("work/04-pools/map/notes.txt", "mine")
        self.write("work/04-pools/map/.map.c.swp", "an editor's")
        w.type("l")
        w.until("Chapter 4, pools")
        self.assertNotIn("checking", w.text)

    def test_save_during_a_check_is_checked_after_it(self):
        w = self.watch()
        w.until(KEYS)
        self.answer("wrong", "// wait\n")
        w.until("checking  1 of 3  compile")
        self.answer("pass", "// wait again\n")
        w.until("saved again")
        w.type("l")                     # keys are heard meanwhile
        w.until("Chapter 4, pools", "checking")
        w.type("l")
        w.until("Not checked yet")
        self.write("go", "")
        w.until("10 of 10 points")
        w.until_true(lambda: self.of()["tries"] == 2)

    def test_keys(self):
        w = self.watch()
        w.until(KEYS)
        w.type("h")
        self.assertNotIn("Divide", w.until("Look at the borders.", KEYS))
        w.type("h")
        w.until("Divide by 16.")
        self.assertEqual(self.of()["hints"], 2)
        w.type("l")
        w.until("pools-list", "any key goes back")
        w.type("c")
        w.until("no report of that name")
        w.type("n")
        w.until("Write an allocator.")
        self.assertEqual(self.state()["current"], "pools-list")
        self.assertEqual(self.read("work/04-pools/list/extra.c"),
                         "int extra;\n")
        w.type("\x04")
        self.assertEqual(w.ended(), 0)

    def test_reset_asks_and_keeps(self):
        self.tool("start", "pools-map")
        self.answer("wrong")
        w = self.watch()
        w.until(":( limits")
        w.type("xn")
        w.until("Write an allocator.", KEYS)    # no y: n is next
        w.type("n")
        w.until(":( limits", KEYS)
        w.type("x")
        w.until("Set pools-map back to the start?")
        w.type("y")
        w.until("what you had is in work/04-pools/map/backup-1")
        self.assertEqual(self.read("work/04-pools/map/map.c"), STARTER)
        self.assertIn("wrong", self.read("work/04-pools/map/backup-1/map.c"))

    def test_end_of_a_check_does_not_take_the_list_away(self):
        self.tool("start", "pools-map")
        self.answer("pass", "// wait\n")
        w = self.watch()
        w.until("checking  1 of 3  compile")
        w.type("l")
        w.until("Chapter 4, pools")
        self.write("go", "")
        w.until("checked: pass", "Chapter 4, pools", "1 of 2 passed")
        w.type(" ")
        w.until("10 of 10 points")

    def test_arrow_keys_do_nothing(self):
        w = self.watch()
        w.until(KEYS)
        w.type("\x1b[D\x1bOq\x1b[24~")
        w.type("l")
        w.until("Chapter 4, pools")
        self.assertIsNone(w.process.poll())

    def test_signals_restore_the_terminal(self):
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            w = self.watch()
            w.until(KEYS)
            self.assertFalse(w.restored())
            os.kill(w.process.pid, number)
            self.assertEqual(w.ended(), -number)
            self.assertTrue(w.restored())

    def test_control_c_ends_a_check_too(self):
        self.tool("start", "pools-map")
        self.answer("pass", "// wait\n")
        w = self.watch()
        w.until("checking  1 of 3  compile")
        w.type("\x03")
        self.assertEqual(w.ended(), -signal.SIGINT)
        self.assertTrue(w.restored())
        self.assertNotIn("tries", self.of())

    def test_stopped_it_restores_and_takes_the_terminal_again(self):
        w = self.watch()
        w.until(KEYS)
        os.kill(w.process.pid, signal.SIGTSTP)
        w.stopped()
        self.assertTrue(w.restored())
        w.text = ""
        os.kill(w.process.pid, signal.SIGCONT)
        w.until(KEYS)
        self.assertFalse(w.restored())

    def test_terminal_that_goes_away_ends_it(self):
        w = self.watch()
        w.until(KEYS)
        w.process.send_signal(signal.SIGHUP)
        self.assertEqual(w.ended(), -signal.SIGHUP)

    def test_progress_goes_on_where_it_was(self):
        self.checked("pass", ok=True)
        w = self.watch()
        w.until("Write an allocator.")
        w.type("q")
        w.ended()
        self.assertEqual(self.state()["current"], "pools-list")

    def test_no_color_and_dumb_are_heeded(self):
        self.checked("wrong")
        for env, colored in (({"NO_COLOR": "1"}, False), ({}, True),
                             ({"NO_COLOR": ""}, True),
                             ({"TERM": "dumb"}, False)):
            t = Terminal(self, "check", env=env)
            self.assertEqual(t.ended(), 1)
            self.assertIn(":( limits", t.text.replace("\x1b[31m", ""))
            self.assertEqual("\x1b[31m" in t.text, colored, env)

    def test_damaged_state_is_told_on_the_screen(self):
        w = self.watch()
        w.until(KEYS)
        self.write("work/state.json", "{")
        w.type("l")
        w.until("work/state.json is damaged", KEYS)
        w.type("l")
        w.until(KEYS)

    def test_folder_that_is_gone_is_made_again(self):
        w = self.watch()
        w.until(KEYS)
        os.rename(self.at("work/04-pools/map"), self.dir + "/away")
        for name in os.listdir(self.dir + "/away"):
            os.remove(f"{self.dir}/away/{name}")
        os.rmdir(self.dir + "/away")
        w.until("the folder is gone: c makes it again")
        w.type("c")
        w.until("no report of that name")
        self.assertEqual(self.read("work/04-pools/map/map.c"), STARTER)

    def test_honesty_question_at_a_terminal(self):
        self.checked("pass", ok=True)
        t = Terminal(self, "submit")
        t.until("[y/N]")
        t.type("n\n")
        self.assertEqual(t.ended(), 1)
        self.assertIn("nothing was submitted", t.text)
        self.assertNotIn("submitted", self.of())
        t = Terminal(self, "submit")
        t.until("[y/N]")
        t.type("y\n")
        self.assertEqual(t.ended(), 0, t.text)
        self.assertIn("submitted", self.of())


if __name__ == "__main__":
    unittest.main()
