"""The class of 200, with the real judge; see test_real.py."""
import os
import subprocess

import test_real
from common import main


class Case(test_real.Real):
    COUNT = int(os.environ.get("COIL_CLASS_COUNT", "200"))

    test_real_class_killed_half_way_loses_nothing = None
    test_real_class_is_judged_alike_by_gnu_parallel = None
    test_real_autograder_judges_as_gradescope_calls_it = None


class Many(Case):
    def test_class_of_200_killed_half_way_loses_nothing(self):
        self.grade()

    def test_class_of_200_through_gnu_parallel_loses_nothing(self):
        self.grade("--engine", "parallel")


class Zip(Case):
    COUNT = 1

    def test_autograder_builds_its_tool_and_judges(self):
        """setup.sh and run_autograder of the zip; apt-get does nothing."""
        self.write("bin/apt-get", "#!/bin/sh\n")
        os.chmod(self.path("bin/apt-get"), 0o755)
        self.coil("export", "autograder", "pools-map", "--out",
                  self.path("a.zip"))
        source = self.path("grader", "source")
        os.mkdir(self.path("grader"))
        subprocess.run(["unzip", "-q", self.path("a.zip"), "-d", source],
                       check=True)
        os.mkdir(self.path("grader", "results"))
        env = dict(self.env, AUTOGRADER=self.path("grader"))
        env.pop("COIL_TOOL")
        env["PATH"] = self.path("bin") + ":" + env["PATH"]
        subprocess.run([os.path.join(source, "setup.sh")], check=True,
                       env=env, stdout=subprocess.DEVNULL)
        self.write("grader/submission/map.c", test_real.read_staff(
            "reference/map.c"))
        subprocess.run([os.path.join(source, "run_autograder")],
                       check=True, env=env)
        self.check_results(True)


if __name__ == "__main__":
    main()
