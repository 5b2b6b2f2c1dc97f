"""Tests of ./coil, with the package manager and CMake played by stubs."""
import os
import pty
import shutil
import subprocess
import unittest

from tools import COIL, ToolCase

BASIC = """sh ls sed awk tee cut grep basename dirname cat mkdir df head tail
id rm wc env chmod""".split()
TOOLS = """cmake ninja gcc clang pkg-config gdb ctags hunspell git pandoc
 xelatex latexmk dot pdftocairo python3-config bwrap valgrind
 parallel sim_c xmllint unzip""".split()
STUB = '#!/bin/sh\necho "$(basename "$0") $*" >> "$CALLS"\n'
CMAKE = STUB + """
case $* in
--version) echo "cmake version ${CMAKE_IS:-3.25.1}" ;;
*--preset\\ asan*) echo "50% tests passed, 1 tests failed out of 2"
    exit ${ASAN:-0} ;;
*--workflow*) echo "100% tests passed, 0 tests failed out of 3" ;;
--build*) mkdir -p build/book/woven
    : > build/book/woven/03-gc.pdf
    exit ${BUILD:-0} ;;
esac
"""


class CoilTest(ToolCase):
    def setUp(self):
        super().setUp()
        shutil.copy(COIL, self.dir)
        for name in ("00-preface", "01-objects", "03-gc"):
            self.write(f"book/{name}.nw", "")
        for name in BASIC:
            os.makedirs(self.dir + "/bin", exist_ok=True)
            os.symlink(shutil.which(name), f"{self.dir}/bin/{name}")
        for name in TOOLS:
            self.stub(name, STUB)
        self.stub("cmake", CMAKE)
        self.stub("id", "#!/bin/sh\necho 0\n")
        self.env = {"PATH": self.dir + "/bin", "CALLS": self.dir + "/calls"}

    def stub(self, name, text):
        path = f"{self.dir}/bin/{name}"
        if os.path.lexists(path):
            os.remove(path)
        os.chmod(self.write("bin/" + name, text), 0o755)

    def coil(self, *args, ok=True, **env):
        return self.run_tool("./coil", *args, ok=ok, env={**self.env, **env},
                             stdin=subprocess.DEVNULL)

    def debian(self):
        """A Debian that lacks ninja; its apt-get installs one."""
        os.remove(self.dir + "/bin/ninja")
        self.stub("dpkg-query", STUB + "echo install ok installed\n")
        self.stub("apt-get", STUB + f'case $1 in install) [ "$2" = -s ] || '
                  f': > {self.dir}/bin/ninja; '
                  f'/bin/chmod 755 {self.dir}/bin/ninja 2>/dev/null ;; esac\n'
                  "exit 0\n")

    def test_chapter_has_four_names(self):
        for name in ("3", "03", "gc", "03-gc"):
            out = self.coil("book", name)
            self.assertIn("--target book-03-gc", self.read("calls"))
            self.assertTrue(out.endswith("build/book/woven/03-gc.pdf\n"), out)
            os.remove(self.dir + "/calls")

    def test_unknown_chapter_names_those_there_are(self):
        out = self.coil("book", "7", ok=False)
        self.assertOneLine(out, "no chapter 7; there are: 00-preface "
                           "01-objects 03-gc")

    def test_unknown_command_and_option_are_refused(self):
        self.assertOneLine(self.coil("bok", ok=False), "unknown command bok")
        self.assertOneLine(self.coil("--yess", ok=False), "unknown option")
        self.assertOneLine(self.coil("clean", "3", ok=False),
                           "clean takes no chapter")

    def with_tool(self, **changes):
        """A cmake which makes a tool that says what it was given."""
        made = "build/exercises/exercises"
        self.stub("cmake", CMAKE.replace(
            "*--preset\\ asan*)", "*--build*exercises*)\n"
            "    echo '[1/2] Compiling'\n"
            f"    mkdir -p {made}; printf '#!/bin/sh\\n"
            "echo tool \"$COIL_FROM\" \"$@\"\\nexit 3\\n' > " + made +
            f"/coil-tool; chmod 755 {made}/coil-tool; exit ${{BUILD:-0}} ;;\n"
            "*--preset\\ exercises*) mkdir -p build/exercises\n"
            "    : > build/exercises/build.ninja ;;\n"
            "*--preset\\ asan*)"))

    def coil_words(self, *args, cwd=None, **env):
        p = subprocess.run([self.dir + "/coil", *args], text=True,
                           cwd=cwd or self.dir, env={**self.env, **env},
                           stdin=subprocess.DEVNULL, check=False,
                           capture_output=True)
        return p.returncode, p.stdout, p.stderr

    def test_words_of_exercises_reach_the_tool_as_they_are(self):
        self.with_tool()
        os.mkdir(self.dir + "/here")
        self.assertIn("Building what exercises need",
                      self.coil_words("list")[2])
        for words in (("list",), ("check", "pools-map", "--seed", "1f"),
                      ("hint", "2"), ("bench", "pools-list"),
                      ("submit", "--yes"), ("solution", "--give-up"),
                      ("verify", "a b.sub"), ("class", "grade", "x")):
            code, out, err = self.coil_words(*words, cwd=self.dir + "/here")
            self.assertEqual((code, out, err),
                             (3, f"tool {self.dir}/here {' '.join(words)}\n",
                              ""))

    def test_tool_is_configured_once(self):
        self.with_tool()
        self.coil_words("list")
        self.coil_words("list")
        calls = self.read("calls")
        self.assertEqual(calls.count("cmake --preset exercises"), 1, calls)
        self.assertEqual(calls.count("cmake --build --preset exercises"), 2)

    def test_tool_that_does_not_build_is_told(self):
        self.with_tool()
        code, out, err = self.coil_words("list", BUILD="1")
        self.assertEqual((code, out), (1, ""))
        self.assertIn("the build failed; all it said is in "
                      "build/logs/exercises.log", err)

    def test_exercises_need_their_own_packages_alone(self):
        self.with_tool()
        for name in ("hunspell", "xelatex", "ctags"):
            os.remove(f"{self.dir}/bin/{name}")
        self.assertEqual(self.coil_words("list")[0], 3)
        os.remove(self.dir + "/bin/bwrap")
        code, out, _ = self.coil_words("list")
        self.assertEqual(code, 1)
        self.assertIn("  bubblewrap ", out)

    def test_alone_without_terminal_it_says_the_status_once_built(self):
        self.with_tool()
        self.assertEqual(self.coil(), self.coil("help"))
        self.coil_words("list")
        self.assertEqual(self.coil_words()[1], f"tool {self.dir} watch\n")

    def test_help_names_every_command(self):
        out = self.coil("help")
        for name in "book test bench build update doctor clean help".split():
            self.assertRegex(out, rf"(?m)^  {name} ")
        self.assertEqual(self.coil(), out)

    def test_elsewhere_it_names_the_packages_and_stops(self):
        os.remove(self.dir + "/bin/ninja")
        out = self.coil("book", ok=False)
        self.assertIn("  ninja-build                runs the build\n", out)
        self.assertIn("this is no Debian", out)
        self.assertFalse(os.path.exists(self.dir + "/calls"))

    def test_missing_tool_is_installed_without_a_question(self):
        self.debian()
        out = self.coil("book", "gc")
        self.assertIn("ninja-build                runs the build", out)
        self.assertIn("apt-get install -y -q --no-install-recommends "
                      "ninja-build", self.read("calls"))

    def test_package_lists_are_fetched_when_missing(self):
        self.debian()
        self.stub("apt-get", STUB + f'[ "$2" = -s ] && exit 1\nexit 1\n')
        out = self.coil("book", ok=False)
        self.assertIn("apt-get -q update", self.read("calls"))
        self.assertIn("apt-get update failed", out)

    def test_failed_installation_says_what_apt_says(self):
        self.debian()
        self.stub("apt-get", STUB + '[ "$2" = -s ] && exit 0\n'
                  "echo 'E: the mirror is away'; exit 100\n")
        out = self.coil("book", ok=False)
        self.assertIn("E: the mirror is away", out)

    def test_user_without_sudo_gets_the_command(self):
        self.debian()
        self.stub("id", "#!/bin/sh\necho 1000\n")
        out = self.coil("book", ok=False)
        self.assertIn("only root may install", out)
        self.assertIn("--no-install-recommends ninja-build", out)

    def test_question_at_a_terminal_is_heeded(self):
        self.debian()
        ours, theirs = pty.openpty()
        os.write(ours, b"n\n")
        p = subprocess.run(["./coil", "book"], cwd=self.dir, env=self.env,
                           stdin=theirs, capture_output=True, text=True,
                           check=False)
        os.close(ours)
        os.close(theirs)
        self.assertEqual(p.returncode, 1)
        self.assertIn("[Y/n]", p.stdout)
        self.assertIn("nothing installed", p.stderr)
        self.assertNotIn("apt-get", self.read("calls")
                         if os.path.exists(self.dir + "/calls") else "")

    def test_old_cmake_is_refused(self):
        out = self.coil("book", ok=False, CMAKE_IS="3.22.1")
        self.assertOneLine(out, "CMake 3.25 or newer is needed; here is 3.22")

    def test_full_disk_is_told_before_the_build(self):
        self.stub("df", "#!/bin/sh\necho header\necho x 9 8 1 90% /\n")
        out = self.coil("book", ok=False)
        self.assertOneLine(out, "needs 300 MB in ., and only 1 MB are free")

    def test_full_disk_is_told_after_the_build(self):
        self.stub("df", "#!/bin/sh\necho header\n"
                  "[ -e built ] && free=1 || free=999\n"
                  "echo x 9 8 $free 90% /\n")
        self.stub("cmake", CMAKE.replace("--build*)", "--build*) : > built\n"))
        out = self.coil("book", "gc", ok=False, BUILD="2")
        self.assertIn("coil: the build failed; it needs 20 MB in ., and only "
                      "1 MB are free\n", out)

    def test_failed_build_fails(self):
        out = self.coil("book", "gc", ok=False, BUILD="2")
        self.assertIn("the build failed", out)

    def test_summary_counts_over_all_presets(self):
        out = self.coil("test", ok=False, ASAN="8")
        self.assertIn("  asan        1 passed, 1 failed\n", out)
        self.assertTrue(out.endswith("  all        13 passed, 1 failed\n"),
                        out)

    def test_skipped_is_not_passed(self):
        self.stub("cmake", CMAKE.replace(
            "failed out of 3\"", "failed out of 3\"\n"
            "    echo '\t 1 - weave.epub (Skipped)'"))
        out = self.coil("test", ok=False)
        self.assertIn("  dev         2 passed, 0 failed, 1 skipped\n", out)
        self.assertTrue(out.endswith("  all         9 passed, 1 failed\n"),
                        out)

    def test_preset_that_does_not_build_fails(self):
        self.stub("cmake", CMAKE.replace("echo \"50%", "echo \"no "))
        out = self.coil("test", ok=False)
        self.assertIn("  asan     not built; see build/logs/asan.log", out)

    def test_all_passed_is_success(self):
        self.stub("cmake", CMAKE.replace(
            "50% tests passed, 1 tests failed out of 2",
            "100% tests passed, 0 tests failed out of 2"))
        out = self.coil("test")
        self.assertTrue(out.endswith("  all        14 passed, 0 failed\n"),
                        out)

    def test_package_of_two_groups_is_named_once(self):
        os.remove(self.dir + "/bin/bwrap")
        out = self.coil("doctor", ok=False)
        self.assertTrue(out.endswith("--no-install-recommends bubblewrap\n"),
                        out)

    def test_doctor_asks_the_tool_about_the_box(self):
        self.with_tool()
        self.assertNotIn("tool", self.coil("doctor").split("\n"))
        self.coil_words("list")
        self.assertIn("tool  doctor\n", self.coil("doctor"))

    def test_doctor_names_what_is_missing(self):
        self.assertIn("Nothing is missing.", self.coil("doctor"))
        os.remove(self.dir + "/bin/gdb")
        out = self.coil("doctor", ok=False)
        self.assertRegex(out, r"MISSING +test +gdb")
        self.assertTrue(out.endswith("--no-install-recommends gdb\n"), out)

    def bench(self, *args, **options):
        """With a bench/run.py that tells how it was called."""
        self.write("bench/run.py", "import sys; print('run', sys.argv[1:])")
        return self.coil("bench", *args, **options)

    def test_bench_measures_all_or_a_chapter(self):
        self.assertIn("run []\n", self.bench())
        self.assertIn("run ['03']\n", self.bench("gc"))

    def without_lua(self):
        self.debian()
        self.stub("ninja", STUB)
        self.stub("dpkg-query", STUB + "case $* in *lua*) exit 1; esac\n"
                  "echo install ok installed\n")

    def test_bench_goes_on_without_the_peers(self):
        self.without_lua()
        out = self.bench()
        self.assertIn("liblua5.4-dev              another\n", out)
        self.assertIn("still missing after the installation", out)
        self.assertTrue(out.endswith("Going on without them.\nrun []\n"),
                        out)

    def test_bench_stops_without_the_headers_of_python(self):
        os.remove(self.dir + "/bin/python3-config")
        out = self.bench(ok=False)
        self.assertIn("python3-dev ", out)
        self.assertNotIn("run []", out)

    def test_doctor_does_without_the_peers(self):
        self.without_lua()
        out = self.coil("doctor")
        self.assertRegex(out, r"optional +peers +liblua5.4-dev")
        self.assertIn("Nothing is missing.", out)

    def test_second_one_waits_for_the_first(self):
        os.symlink(shutil.which("flock"), self.dir + "/bin/flock")
        self.stub("cmake", CMAKE.replace("--build*)", "--build*)\n"
                  "[ ! -e build/busy ] || echo broken\n"
                  ": > build/busy; /bin/sleep 1; /bin/rm build/busy\n"))
        first = subprocess.Popen(["./coil", "book", "gc"], cwd=self.dir,
                                 env=self.env, stdout=subprocess.DEVNULL)
        while not os.path.exists(self.dir + "/build/busy"):
            self.assertIsNone(first.poll())
        out = self.coil("book", "gc")
        self.assertEqual(first.wait(), 0)
        self.assertIn("Another ./coil is at work here", out)
        self.assertNotIn("broken", out)

    def test_tree_that_cannot_be_written_is_told(self):
        self.write("build", "a file, and so no folder")
        out = self.coil("book", "gc", ok=False)
        self.assertIn(f"coil: cannot write in {self.dir}\n", out)

    def test_clean_removes_build_alone(self):
        self.coil("book", "gc")
        self.coil("clean")
        self.assertFalse(os.path.exists(self.dir + "/build"))
        self.assertTrue(os.path.exists(self.dir + "/book/03-gc.nw"))


if __name__ == "__main__":
    unittest.main()
